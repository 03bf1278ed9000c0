"""Breakpoints without end: each family of joins against one-sided differences at several of its members."""

import mpmath
import pytest
from sympy import (
    Abs,
    Heaviside,
    Max,
    Ne,
    Piecewise,
    Rational,
    Symbol,
    cos,
    exp,
    lambdify,
    nan,
    oo,
    pi,
    sign,
    sin,
    tan,
)

from symnet.calculus.differentiate import differentiate
from symnet.calculus.families import K, common_period
from symnet.errors import UnsupportedExpressionError

x = Symbol("x", real=True)
PERIODIC = [
    Abs(sin(x)),
    Max(sin(x), 0),
    x * Abs(sin(x)),
    sin(x) * Abs(sin(x)),
    Max(sin(x), cos(x)),
    Max(sin(x), Rational(1, 3)),
    exp(-x) * Max(cos(x), 0),
    Abs(sin(pi * x)),
    Abs(Abs(sin(x)) - Rational(1, 2)),
    x**2 + Max(0, sin(3 * x + 1)),
    Abs(sin(2 * x) + cos(3 * x)),
    Piecewise((sin(x), sin(x) > 0), (sin(x) ** 2, True)),
    cos(x) * Max(sin(x), 0),
]


@pytest.mark.parametrize("f", PERIODIC, ids=str)
def test_slopes_at_the_members_of_a_family(f):
    d = differentiate(f, x)
    assert d.joins_decided
    assert d.joins
    program, h = lambdify(x, f, "mpmath"), mpmath.mpf("1e-25")
    with mpmath.workdps(60):
        for join in d.joins:
            assert join.check.enough
            for k in (-3, 0, 1, 4):
                at = mpmath.mpf(str(join.location.subs(K, k).evalf(60)))
                for side, slope in ((-1, join.left_slope), (1, join.right_slope)):
                    expected = mpmath.mpf(str(slope.subs(K, k).evalf(60)))
                    quotient = (program(at + side * h) - mpmath.mpf(str(join.value.subs(K, k).evalf(60)))) / (side * h)
                    assert abs(quotient - expected) < mpmath.mpf("1e-20") * (1 + abs(expected) * 1000)
    d.check()


@pytest.mark.parametrize("f", PERIODIC, ids=str)
def test_every_corner_of_a_window_belongs_to_a_family(f):
    """A dense search for jumps of the slope, far from where the families were found, meets only their members."""
    d, program = differentiate(f, x), lambdify(x, f, "mpmath")
    members = {float(j.location.subs(K, k)) for j in d.joins if j.kind in ("kink", "depends") for k in range(-12, 13)}
    step, corners = mpmath.mpf("1e-4"), []
    with mpmath.workdps(30):
        grid = [mpmath.mpf(9) + k * step for k in range(30000)]
        values = [program(t) for t in grid]
        for i in range(1, len(grid) - 1):
            bend = abs(values[i - 1] - 2 * values[i] + values[i + 1]) / step
            if bend > mpmath.mpf("0.01") * (1 + abs(values[i])):
                corners.append(float(grid[i]))
    inside = [m for m in members if 9.001 < m < 11.998]
    assert all(min(abs(c - m) for m in members) < 2e-4 for c in corners)
    if not f.has(exp):  # there the corners are too small for the search
        assert all(min(abs(c - m) for c in corners) < 2e-4 for m in inside)


def test_jumps():
    d = differentiate(Heaviside(sin(x)), x)
    assert [(j.location, j.kind) for j in d.joins] == [(2 * pi * K, "jump"), (2 * pi * K + pi, "jump")]
    assert d.result == Piecewise((0, Ne(sin(x), 0)), evaluate=False)


def test_no_value_is_claimed_at_a_corner():
    for f in (Abs(sin(x)), Max(sin(x), 0), x * sign(sin(x)), Abs(tan(x))):
        assert differentiate(f, x).result.subs(x, 0) is nan
    smooth = differentiate(sin(x) * Abs(sin(x)), x)
    assert [j.kind for j in smooth.joins] == ["smooth", "smooth"]
    assert smooth.result.subs(x, pi) == 0


def test_a_corner_that_depends_on_the_member():
    first, second = differentiate(x * Abs(sin(x)), x).joins
    assert (first.kind, first.condition) == ("depends", 4 * pi * K)
    assert second.kind == "kink"


def test_periods():
    assert common_period([sin(x)], x) == 2 * pi
    assert common_period([sin(2 * x), cos(3 * x + 1)], x) == 2 * pi
    assert common_period([sin(pi * x), cos(pi * x / 2)], x) == 4
    assert common_period([sin(4 * x), cos(6 * x)], x) == pi
    for switches in ([sin(x), sin(pi * x)], [x * sin(x)], [sin(x**2)], [x]):
        with pytest.raises(UnsupportedExpressionError):
            common_period(switches, x)


def test_what_has_no_common_period_is_not_looked_at():
    for f in (Max(sin(x**2), 0), Max(sin(x), 0) * Abs(sin(pi * x)), x * sign(sin(x)), Max(x * sin(x), 0)):
        assert not differentiate(f, x).joins_decided


def test_the_joins_of_a_family_are_rows():
    rows = [row for row in differentiate(Abs(sin(x)), x).rows("brief") if row.join is not None]
    assert [row.join.location for row in rows] == [2 * pi * K, 2 * pi * K + pi]
    assert all(row.check.symbolic == "proved" for row in rows)
    assert oo not in [row.join.left_slope for row in rows]
