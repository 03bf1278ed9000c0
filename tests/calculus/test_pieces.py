"""Pieces: breakpoints in order, limits and slopes from both sides, never SymPy's silent choice."""

import pytest
from sympy import Abs, Heaviside, Max, Min, Piecewise, Rational, Symbol, exp, oo, sign, sqrt

from symnet.calculus.pieces import split
from symnet.errors import UnsupportedExpressionError

x = Symbol("x", real=True)
alpha = Symbol("alpha", positive=True)


def slopes(expression):
    return [(b.location, b.left_slope, b.right_slope) for b in split(expression, x).breakpoints]


@pytest.mark.parametrize(
    "relu", [Max(0, x), Piecewise((x, x > 0), (0, True)), Piecewise((0, x <= 0), (x, True)), (x + Abs(x)) / 2]
)
def test_every_spelling_of_relu_has_the_same_kink(relu):
    assert slopes(relu) == [(0, 0, 1)]
    assert [(p.expression, p.left, p.right) for p in split(relu, x).pieces] == [(0, -oo, 0), (x, 0, oo)]


def test_hardswish():
    assert slopes(x * Min(Max(x + 3, 0), 6) / 6) == [(-3, 0, -Rational(1, 2)), (3, Rational(3, 2), 1)]


def test_a_symbolic_slope():
    assert slopes(Piecewise((alpha * (exp(x) - 1), x < 0), (x, True))) == [(0, alpha, 1)]


def test_a_jump_keeps_its_value_and_its_limits():
    (step,) = split(Heaviside(x), x).breakpoints
    assert (step.value, step.left_limit, step.right_limit) == (Rational(1, 2), 0, 1)
    assert not step.continuous
    (jump,) = split(sign(x), x).breakpoints
    assert (jump.value, jump.left_limit, jump.right_limit) == (0, -1, 1)


def test_equal_neighbours_are_merged():
    assert split(Piecewise((x, x < 1), (x, True)), x).smooth
    assert split(Max(x, x - 1), x).smooth


def test_nested_clamps_are_sorted():
    nested = Max(Min(Max(Min(x, 4), -4) + 1, 2), -2)
    assert [b.location for b in split(nested, x).breakpoints] == [-3, 1]


def test_an_algebraic_breakpoint_is_exact():
    assert [b.location for b in split(Abs(x**2 - 2), x).breakpoints] == [-sqrt(2), sqrt(2)]


def test_a_tie_beyond_doubles_is_told_apart():
    close = Piecewise((0, x < 1), (1, x < 1 + Rational(1, 10**40)), (2, True))
    assert len(split(close, x).breakpoints) == 2


def test_what_is_not_found_exactly_is_refused():
    with pytest.raises(UnsupportedExpressionError):
        split(Max(exp(x) - 2, x**2), x)
