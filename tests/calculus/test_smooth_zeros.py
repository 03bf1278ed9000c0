"""Zeros without a closed form: complete, exact, and told from one another; signs of numbers are proved or refused."""

import mpmath
import pytest
from sympy import (
    Abs,
    Max,
    Min,
    Piecewise,
    Rational,
    Symbol,
    acos,
    atan,
    cos,
    erf,
    exp,
    expand,
    lambdify,
    log,
    pi,
    sin,
    sqrt,
    tanh,
)

from symnet.calculus.differentiate import differentiate
from symnet.calculus.numbers import NotRealError, sign_of
from symnet.calculus.pieces import split
from symnet.calculus.smooth_zeros import Finder
from symnet.calculus.zero import Zero
from symnet.errors import UnsupportedExpressionError

x = Symbol("x", real=True)


@pytest.mark.parametrize(
    "f",
    [
        x**3 - x - 1,
        x**5 - x - 1,
        cos(x) - x,
        exp(x) - 2 - x**2,
        x * tanh(x) - 1,
        erf(x) - Rational(1, 3),
        sin(x) - x / 10,
        log(x**2 + 1) - 1,
        sqrt(x**2 + 1) - 2 * x,
        (x**2 - 3) / (x**2 + 1),
        exp(exp(x)) - 20 + x,
    ],
    ids=str,
)
def test_every_change_of_sign_on_a_grid_has_its_zero(f):
    found = Finder(x).zeros(f)
    program = lambdify(x, f, "mpmath")
    with mpmath.workdps(40):
        grid = [mpmath.mpf(k) / 64 + mpmath.mpf("0.00123") for k in range(-700, 200 if f.has(exp(exp(x))) else 700)]
        changes = [(a, b) for a, b in zip(grid, grid[1:], strict=False) if program(a) * program(b) < 0]
        inside = [z for z in found if grid[0] < float(z) < grid[-1]]
        assert len(changes) == len(inside)
        for (a, b), z in zip(changes, inside, strict=True):
            assert a < z.evalf(40) < b
            assert abs(program(mpmath.mpf(str(z.evalf(40))))) < mpmath.mpf("1e-30")


def test_closed_forms_are_kept():
    assert Finder(x).zeros(x**2 - 2) == [-sqrt(2), sqrt(2)]
    assert Finder(x).zeros(exp(x) - 2) == [log(2)]
    assert Finder(x).zeros(x - pi) == [pi]


def test_a_zero_is_an_exact_number():
    (z,) = Finder(x).zeros(cos(x) - x)
    (again,) = Finder(x).zeros(x - cos(x))
    assert z == again
    assert hash(z) == hash(again)
    assert str(z) == "0.7390851332..."
    assert z.is_positive
    assert sign_of(cos(z) - z) == 0
    assert sign_of((cos(z) - z) / (2 - z) * sqrt(z + 3)) == 0
    assert sign_of(cos(z) - z + Rational(1, 10**60)) == 1
    (left, right) = Finder(x).zeros(x**2 - 2 * x - Rational(1, 10**9))
    assert sign_of(left - right) == -1


def test_what_cannot_be_told_from_zero_is_refused():
    (z,) = Finder(x).zeros(cos(x) - x)
    (w,) = Finder(x).zeros(exp(x) - 2 + x**3)
    assert isinstance(w, Zero)
    assert sign_of(z - w) == 1
    with pytest.raises(UnsupportedExpressionError, match="could not be told from 0"):
        sign_of(
            sin(z) ** 2
            + cos(z) ** 2
            - 1
            + (w - expand((w + 1) ** 2))
            + expand((w + 1) ** 2)
            - w
            + atan(w) * (z - cos(z))
        )
    with pytest.raises(NotRealError):
        sign_of(log(-2))
    with pytest.raises(NotRealError):
        sign_of(acos(2))


@pytest.mark.parametrize("f", [sin(x), sin(x) - Rational(1, 2), 1 / x, log(x) - 1, sqrt(x) - 1])
def test_infinitely_many_zeros_and_partial_domains_are_refused(f):
    with pytest.raises(UnsupportedExpressionError):
        Finder(x).zeros(f)


@pytest.mark.parametrize(
    ("f", "places", "kinds"),
    [
        (Max(cos(x) - x, 0), [0.7390851332151607], ["kink"]),
        (Min(exp(x) - 2, x**2), [1.3190736768573653], ["kink"]),
        (Max(cos(x) - x, 0) ** 2, [0.7390851332151607], ["smooth"]),
        (Piecewise((x, exp(x) < 2 - x), (x**2, True)), [0.44285440100238858], ["jump"]),
        (Abs(cos(x) - x) / (2 - x), [0.7390851332151607], ["kink"]),
        (Max(x**3 - x - 1, 0) * Abs(x**2 - x - 7), [1.324717957244746, 3.192582403567252], ["kink", "kink"]),
        (Abs(x * tanh(x) - 1), [-1.1996786402577339, 1.1996786402577339], ["kink", "kink"]),
    ],
    ids=str,
)
def test_joins_at_zeros_without_a_closed_form(f, places, kinds):
    d = differentiate(f, x)
    assert [float(j.location) for j in d.joins] == pytest.approx(places, rel=1e-15)
    assert [j.kind for j in d.joins] == kinds
    assert all(j.check.enough for j in d.joins)
    assert all(step.check.enough for step in d.walk())


def test_radicals_of_a_cubic_with_decimals_end():
    """SymPy's roots of it overflowed inside SymPy."""
    f = x / (
        1 + Abs(Rational(57, 50) * x + Rational(439, 100) * x**2 + Rational(87, 100) * x**3 + Rational(7, 20) * x**4)
    )
    d = differentiate(f, x)
    assert [str(j.location) for j in d.joins] == ["-0.2728119331...", "0"]
    assert [j.kind for j in d.joins] == ["kink", "smooth"]


def test_the_default_pieces_keep_to_closed_forms():
    with pytest.raises(UnsupportedExpressionError):
        split(Max(cos(x) - x, 0), x)
