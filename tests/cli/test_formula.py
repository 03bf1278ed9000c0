"""`symnet formula`: what is printed is the formula, in every form."""

import pytest
from click.testing import CliRunner

from symnet.cli.formula import PRINTERS, command
from symnet.errors import SymnetError


def run(*words):
    outcome = CliRunner().invoke(command, words)
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.output


def test_latex_is_the_default():
    assert run("elu", "--order", "1") == "f'(x) = \\begin{cases} \\alpha e^{x} & x < 0 \\\\ 1 & x > 0 \\end{cases}\n"


@pytest.mark.parametrize("form", PRINTERS)
def test_every_form_prints(form):
    assert run("sigmoid", "--to", form).strip()


def test_derivatives_stand_in_elementary_functions_unless_names_are_asked_for():
    assert "σ" not in run("sigmoid", "--order", "1", "--to", "text")
    assert run("sigmoid", "--order", "1", "--to", "text", "--named", "--bare") == "σ(x)·(1 − σ(x))\n"
    assert "phi" not in run("gelu", "--order", "1").lower()


def test_bare_is_the_right_hand_side():
    assert run("x^2*exp(x)", "--bare") == "x^{2} e^{x}\n"


def test_a_network_has_one_line_an_equation():
    assert len(run("2-3-1").splitlines()) == 4


def test_parameters_can_be_fixed():
    assert r"\alpha" not in run("elu", "--set", "alpha=1/2")


@pytest.mark.parametrize("words", [("mse",), ("2-3-1", "--order", "1"), ("nosuch",), ("2x",)])
def test_one_line_for_what_has_no_formula(words):
    with pytest.raises(SymnetError) as caught:
        run(*words)
    assert str(caught.value)
