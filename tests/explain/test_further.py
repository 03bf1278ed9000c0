"""The rows beyond the usual properties: formulas as mathematics, and equal to what the analysis proved."""

import pytest
from sympy import Expr, N, Piecewise, Symbol

from symnet.analysis import analyse
from symnet.definitions.activation import activations
from symnet.explain.activation.closed import identity, mathematics
from symnet.explain.activation.further import further
from symnet.explain.activation.properties import properties
from symnet.explain.function import Function
from symnet.render import render

NAMES = ("gelu", "elu", "tanh")


def rows(section):
    """The names of the rows."""
    return [row.property.words for row in section.blocks[0].rows]


@pytest.fixture(scope="module", params=NAMES)
def function(request):
    return Function(activations[request.param])


def test_every_kind_of_row_is_there(function):
    names = " ".join(rows(further(function)))
    for word in ("Range of the slope", "Where little gradient passes", "antiderivative", "normal input", "distance"):
        assert word in names


def test_inverse_is_mathematics():
    """Not a text in typewriter letters: it is computed with, and undoes f."""
    for name in ("elu", "softsign", "tanh", "cube", "isru", "arctan", "leaky_relu", "log_sigmoid"):
        function = Function(activations[name])
        text = analyse(name).facts["inverse"].value["expression"]
        solved = mathematics(text, function, "y")
        assert isinstance(solved, Expr)
        for x in (-1, 2):
            value = N(function.value(x), 30)
            assert abs(N(solved.subs(Symbol("y"), value), 30) - x) < 1e-15
    assert mathematics(analyse("elu").facts["inverse"].value["expression"], Function(activations["elu"]), "y").has(
        Piecewise
    )


def test_an_inverse_without_a_formula_is_said_to_exist():
    section = properties(Function(activations["tanhshrink"]))
    assert "Inverse" in rows(section) and "Not decided" not in rows(section)


@pytest.mark.parametrize("name", ["tanh", "silu", "softplus", "mish"])
def test_identities_print_as_written(name):
    function = Function(activations[name])
    for relation in analyse(name, extras=True).facts["relations"].value:
        equation = identity(relation["left"], relation["right"], function)
        assert len(equation.sides) == 2


def test_the_error_function_is_called_erf():
    from symnet.explain import explain

    text = render(explain("gelu"), "markdown")
    text = text if isinstance(text, str) else text.decode()
    assert "Errorfunction" not in text and r"\operatorname{erf}" in text
