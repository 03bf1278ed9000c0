"""Breakpoints without end: where every switching function is periodic, each breakpoint of one period stands for
a family c + kT, k a whole number, and one join with the letter k describes all of them.

The pieces are found in one period that begins between two breakpoints. On every translate of it the same formulas
hold, for the branch that is taken depends on the switching functions only; the function itself need not be periodic,
as x·|sin x| is not.
"""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts and the results of expressions as Basic.)

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from sympy import Expr, Rational, S, Symbol, cos, diff, expand, gcd, lcm, pi, sin, tan

from symnet.calculus.joins import Join, join
from symnet.calculus.pieces import Breakpoint, Piece, resolve, split
from symnet.calculus.smooth_zeros import Finder
from symnet.calculus.switches import switching_functions
from symnet.errors import UnsupportedExpressionError

CIRCULAR = (sin, cos, tan)
START = Rational(-17, 1013)
"""Where the period that is looked at begins: hardly ever a breakpoint, and the search says so where it is."""
K = Symbol("k", integer=True)
"""The whole number that counts the members of a family."""


def family_joins(expression: Expr, variable: Symbol) -> tuple[Join, ...]:
    """One join for each family, in the order of a period; `UnsupportedExpressionError` where there are none such."""
    period = common_period(switching_functions(expression, variable), variable)
    return tuple(join(*family, variable) for family in _families(expression, variable, period))


def common_period(switches: Iterable[Expr], variable: Symbol) -> Expr:
    """The smallest period that the angles of all switching functions have in common."""
    speeds = [speed for switch in switches for speed in _speeds(switch, variable)]
    if not speeds:
        raise UnsupportedExpressionError("no switching function is periodic")
    ratios = [speed / speeds[0] for speed in speeds]
    if not all(isinstance(ratio, Rational) for ratio in ratios):
        raise UnsupportedExpressionError("the switching functions have no period in common")
    common = Rational(reduce(gcd, [abs(r.p) for r in ratios]), reduce(lcm, [r.q for r in ratios]))
    return abs(2 * pi / (speeds[0] * common))


def _speeds(switch: Expr, variable: Symbol) -> list[Expr]:
    """The factors a of every angle ax + b; refused where the variable stands outside of an angle, too."""
    if switch == variable:
        raise UnsupportedExpressionError(f"{switch} is not periodic")
    if isinstance(switch, CIRCULAR) and switch.has(variable):
        speed = diff(switch.args[0], variable)
        if speed.has(variable) or not speed.is_number or speed == 0:
            raise UnsupportedExpressionError(f"{switch} is not periodic")
        return [speed]
    return [speed for a in switch.args if isinstance(a, Expr) and a.has(variable) for speed in _speeds(a, variable)]


def _families(expression: Expr, x: Symbol, period: Expr) -> list[tuple[Breakpoint, Piece, Piece]]:
    """Every breakpoint of one period, told for every k, with its two pieces."""
    pieces = split(expression, x, Finder(x, START, START + period))
    if pieces.pieces[0].expression != pieces.pieces[-1].expression:
        raise UnsupportedExpressionError("the period that was looked at begins at a breakpoint")
    families = []
    for b, left, right in zip(pieces.breakpoints, pieces.pieces, pieces.pieces[1:], strict=False):
        here = b.location + K * period
        at, before, after = resolve(expression, x, b.location), left.expression, right.expression
        found = [_at(e, x, here) for e in (at, before, after, diff(before, x), diff(after, x))]
        if any(e.has(S.NaN, S.ComplexInfinity) for e in found[1:]):
            raise UnsupportedExpressionError(f"no value at {here}")
        if any((value - found[0]).has(K) for value in found[1:3]):
            raise UnsupportedExpressionError(f"whether it jumps at {here} depends on {K}")
        families.append((Breakpoint(here, *found), left, right))
    return families


def _at(e: Expr, x: Symbol, here: Expr) -> Expr:
    """`e` at a member of the family, whole turns taken out of every angle."""
    value = e.xreplace({x: here}) if e is S.NaN else e.subs(x, here)
    return expand(value.replace(lambda part: isinstance(part, CIRCULAR), _turned))


def _turned(angle: Expr) -> Expr:
    inner = expand(angle.args[0])
    turns = inner.coeff(K)
    whole = turns / (pi if isinstance(angle, tan) else 2 * pi)
    return angle.func(inner - turns * K) if whole.is_Integer else angle.func(inner)
