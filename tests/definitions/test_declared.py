"""A body's own tree is the function that SymPy builds from it, by a second reader at points on every side."""

import math

import pytest
from agreement.evaluation import evaluator

from symnet.definitions.activation import Activation, Parameter, activations
from symnet.definitions.algebra import from_sympy
from symnet.definitions.declared import declared_tree
from symnet.definitions.spelling import to_text
from symnet.definitions.vocabulary import And, Piecewise, exp, sqrt

POINTS = [k / 7 for k in range(-70, 71, 3)]
BUILT_IN = [a for a in activations if a.family != "user"]


@pytest.mark.parametrize("declared", BUILT_IN, ids=lambda a: a.name)
def test_the_same_function(declared):
    own = evaluator(to_text(declared_tree(declared)))
    normal = evaluator(to_text(from_sympy(declared.default_expression, declared.variable)))
    for x in POINTS:
        assert float(own(x)) == pytest.approx(float(normal(x)), rel=1e-12, abs=1e-14)


def test_every_operator_from_both_sides():
    def body(x, a):
        inside = (2 + x - 3) * x / 4 + 5 * x - (6 - x) + 7 / (8 + x**2) - a * sqrt(2) ** x + 2**x
        return Piecewise((inside, And(x >= -1, x < a)), (-exp(x), a <= x), (sqrt(2) * x, 3 > x), (0, True))  # noqa: SIM300

    declared = Activation("declared_here", body, (Parameter("a", "3/2"),))
    own = evaluator(to_text(declared_tree(declared)))
    for x in POINTS:
        inside = (x - 1) * x / 4 + 5 * x - (6 - x) + 7 / (8 + x**2) - 1.5 * math.sqrt(2) ** x + 2**x
        right = inside if -1 <= x < 1.5 else -math.exp(x) if x >= 1.5 else math.sqrt(2) * x
        assert float(own(x)) == pytest.approx(right, rel=1e-12)


def test_no_body_decides_in_python():
    with pytest.raises(TypeError, match="only in Piecewise"):
        declared_tree(Activation("decides", lambda x: x if x > 0 else -x))


def test_the_words_are_still_sympys():
    import sympy

    x = sympy.Symbol("x", real=True)
    assert exp(x) == sympy.exp(x)
    assert sqrt(2) == sympy.sqrt(2)
