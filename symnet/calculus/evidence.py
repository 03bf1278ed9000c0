"""The evidence for an equation of a derivation: a symbolic proof if one is found, and agreement to 50 digits.

The two sides of a step are compared twice, by means that share nothing with the rules. Symbolically:
SymPy differentiates what still stands, and a short ladder of exact rewrites tries to bring the
difference to 0; it may end "not decided", which is no verdict. Numerically: automatic differentiation
in ball arithmetic (`calculus.jets`) at seeded rational points inside a piece, at least four of them,
with free parameters at seeded values that satisfy their assumptions. A disagreement is never passed on.
"""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts and the results of expressions as Basic.)

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from flint import arb, ctx
from sympy import (
    Abs,
    Derivative,
    Expr,
    Heaviside,
    Integer,
    Max,
    Min,
    Piecewise,
    Rational,
    S,
    Subs,
    Symbol,
    exp,
    expand,
    powsimp,
    sign,
    together,
)
from sympy.logic.boolalg import Boolean, true

from symnet.calculus.jets import Point, value
from symnet.calculus.points import holds, sample
from symnet.calculus.rational import explodes, vanishes
from symnet.calculus.rules.rule import standing
from symnet.calculus.undecided import Undecided
from symnet.errors import DerivationError

DIGITS = 50
POINTS = 4
PRECISIONS = (256, 512, 1024, 4096)
LARGEST_PROVED = 1000
"""Differences with more operations than this are left to the numeric check."""
LARGEST_EXPANDED = 150
"""Longer ones are only compared as rational functions of their parts, which is fast."""


@dataclass(frozen=True)
class Check:
    """How an equation was checked."""

    symbolic: str
    """``"proved"`` or ``"not decided"``."""
    points: tuple[tuple[tuple[str, Rational], ...], ...]
    """The points at which both sides agree, each as (symbol, value) pairs."""
    fewest: int
    """The number of points in the piece that has the fewest."""
    digits: int = DIGITS

    @property
    def enough(self) -> bool:
        """Whether at least four points were compared in every piece."""
        return self.fewest >= POINTS

    def __str__(self) -> str:
        few = "" if self.enough else f" (fewer than {POINTS} in a piece)"
        where = "1 point" if len(self.points) == 1 else f"{len(self.points)} points"
        return f"{self.symbolic}; {where}{few} to {self.digits} digits"


def verify(left: Expr, right: Expr, variable: Symbol, where: Boolean = true, is_cell: bool = False) -> Check:
    """Check ``left = right`` wherever `where` holds; raises `DerivationError` when the two sides differ.

    `is_cell` promises that no condition inside changes its answer there: the symbolic proof may then
    put the branch that holds at one point in the place of every max, |x| and case distinction.
    """
    agreed = []
    left_there, right_there, known = left, right, not is_cell
    for point in sample(left, right, variable, where):
        if not known:
            with suppress(Undecided):
                left_there, right_there, known = on_cell(left, point), on_cell(right, point), True
        outcome = _agree(left, right, point)
        if outcome is None and is_cell:
            outcome = _agree(left_there, right_there, point)
        if outcome is False:
            at = ", ".join(f"{symbol} = {number}" for symbol, number in point.items())
            raise DerivationError(f"a step is wrong at {at}: {left} is not {right}")
        if outcome:
            agreed.append(tuple((str(symbol), number) for symbol, number in point.items()))
            if len(agreed) == POINTS:
                break
    proved = equal(left_there, right_there)
    return Check("proved" if proved else "not decided", tuple(agreed), len(agreed))


def _agree(left: Expr, right: Expr, point: Point) -> bool | None:
    """True when both sides agree to 50 digits, False when they certainly differ, None when neither can be told."""
    for precision in PRECISIONS:
        with ctx.workprec(precision):
            try:
                first, second = value(left, point), value(right, point)
            except Undecided:
                continue
            difference = first - second
            if not difference.contains(0):
                return False
            scale = 1 + abs(first)
            if difference.abs_upper() < scale * arb(10) ** -DIGITS:
                return True
    return None


def on_cell(expression: Expr, point: Point) -> Expr:
    """`expression` with every case distinction replaced by the branch that holds at `point`."""
    if not expression.has(Abs, Heaviside, Max, Min, Piecewise, sign):
        return expression
    if isinstance(expression, Derivative):
        return standing(on_cell(expression.expr, point), expression.variables[0])
    if isinstance(expression, Piecewise):
        return next((on_cell(value, point) for value, condition in expression.args if holds(condition, point)), S.NaN)
    arguments = [on_cell(a, point) for a in expression.args]
    if isinstance(expression, (Max, Min)):
        best = arguments[0]
        for other in arguments[1:]:
            if holds(other > best if isinstance(expression, Max) else other < best, point):
                best = other
        return best
    if isinstance(expression, (Abs, sign, Heaviside)):
        positive = holds(arguments[0] > 0, point)
        if isinstance(expression, Abs):
            return arguments[0] if positive else -arguments[0]
        return Integer(1 if positive else -1 if isinstance(expression, sign) else 0)
    return expression.func(*arguments)


def equal(left: Expr, right: Expr) -> bool:
    """Whether a ladder of exact rewrites proves the two sides equal; False means only "not proved"."""
    if left == right:
        return True
    if left.has(Piecewise, Max, Min) or right.has(Piecewise, Max, Min):
        return False  # SymPy differentiates these with values of its own at the joints
    difference = evaluated(left) - evaluated(right)
    if difference == 0:
        return True
    if difference.count_ops() > LARGEST_PROVED:
        return False
    if vanishes(difference):
        return True
    if explodes(difference):
        return False
    return difference.count_ops() <= LARGEST_EXPANDED and any(step(difference) == 0 for step in LADDER)


def evaluated(expression: Expr) -> Expr:
    """`expression` with every standing derivative and substitution carried out by SymPy."""
    return expression.doit(deep=True) if expression.has(Derivative, Subs) else expression


def _as_fraction(e: Expr) -> Expr:
    return expand(together(e).as_numer_denom()[0])


def _in_exponentials(e: Expr) -> Expr:
    return powsimp(expand(_as_fraction(e.rewrite(exp)), power_exp=True))


LADDER = (expand, _as_fraction, _in_exponentials)
"""Exact rewrites, cheapest first."""
