"""Zero as a rational function of the parts: proofs where there are some, and never a wrong one."""

import pytest
from sympy import E, Rational, cos, exp, log, pi, sin, sqrt, symbols, tanh

from symnet.calculus.rational import vanishes

x, a = symbols("x a", positive=True)

ZERO = [
    exp(x) / (1 + exp(x)) - 1 / (1 + exp(-x)),
    exp(2 * x + 1) - E * exp(x) ** 2,
    exp(a * (x - 1)) - exp(a * x) / exp(a),
    exp(x / 2) ** 2 - exp(x),
    sqrt(x**2 + 1) ** 3 / (x**2 + 1) - sqrt(x**2 + 1),
    (x**2 + 1) ** Rational(-3, 2) - (sqrt(x**2 + 1) - x**2 / sqrt(x**2 + 1)) / (x**2 + 1),
    sqrt(1 + sqrt(x)) ** 4 - (1 + sqrt(x)) ** 2,
    1 / sqrt(pi) - sqrt(pi) / pi,
    (1 - tanh(x) ** 2) * tanh(x) - tanh(x) + tanh(x) ** 3,
    tanh(x * (x + 1)) - tanh(x**2 + x),
]
NOT_PROVED = [
    exp(x) - 1,
    exp(x) - exp(x + 1),
    sqrt(x + 1) - x,
    sin(x) ** 2 + cos(x) ** 2 - 1,
    log(x**2) - 2 * log(x) + Rational(1, 10**40),
    tanh(x) - tanh(x + Rational(1, 10**40)),
]


@pytest.mark.parametrize("e", ZERO, ids=str)
def test_zero_is_proved(e):
    assert vanishes(e)
    assert not vanishes(e + Rational(1, 10**40))


@pytest.mark.parametrize("e", NOT_PROVED, ids=str)
def test_nothing_else_is(e):
    assert not vanishes(e)
