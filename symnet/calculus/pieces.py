"""Split a piecewise expression into sorted smooth pieces and the breakpoints between them.

The switching functions (the arguments of Abs, sign and Heaviside, the differences of the arguments
of Max and Min, the conditions of Piecewise) change sign only at their zeros. Those zeros split the
real line into cells; on a cell every head is resolved by its sign at one sample point, which leaves
an expression without heads. Slopes at a breakpoint are the one-sided limits of the two neighbouring
derivatives, never SymPy's silent choice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sympy import (
    Abs,
    Expr,
    Heaviside,
    Integer,
    Max,
    Min,
    Piecewise,
    Rational,
    S,
    Symbol,
    diff,
    limit,
    oo,
    sign,
)
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational
from sympy.logic.boolalg import And, Not, Or

from symnet.calculus.numbers import NotRealError, sign_of
from symnet.calculus.smooth_zeros import Finder
from symnet.calculus.switches import borders, switching_functions, zeros
from symnet.errors import UnsupportedExpressionError


@dataclass(frozen=True)
class Piece:
    """One smooth formula and the open interval on which it holds."""

    expression: Expr
    left: Expr
    """Exact left end, or -oo."""
    right: Expr
    """Exact right end, or oo."""


@dataclass(frozen=True)
class Breakpoint:
    """A point where the formula changes, with what f and its slope do on either side."""

    location: Expr
    value: Expr
    """f there, as the expression says; nan where it is undefined."""
    left_limit: Expr
    right_limit: Expr
    left_slope: Expr
    """The limit of f′ from the left."""
    right_slope: Expr

    @property
    def continuous(self) -> bool:
        """Whether both limits equal the value."""
        return bool(_same(self.left_limit, self.value)) and bool(_same(self.right_limit, self.value))

    @property
    def kink(self) -> bool:
        """Whether f is continuous there and the two slopes differ."""
        return self.continuous and not _same(self.left_slope, self.right_slope)


@dataclass(frozen=True)
class Pieces:
    """The smooth pieces of an expression from left to right, and the breakpoints between them."""

    variable: Symbol
    pieces: tuple[Piece, ...]
    breakpoints: tuple[Breakpoint, ...]

    @property
    def smooth(self) -> bool:
        """Whether there is one piece only."""
        return not self.breakpoints

    @property
    def kinks(self) -> tuple[Breakpoint, ...]:
        """The breakpoints where f is continuous and its slope is not."""
        return tuple(b for b in self.breakpoints if b.kink)


@lru_cache(maxsize=512)
def split(expression: Expr, variable: Symbol, finder: Finder | None = None) -> Pieces:
    """The smooth pieces of `expression`, sorted, equal neighbours merged.

    Free parameters are allowed where their assumptions decide the order of the breakpoints;
    otherwise, or where a switching function has zeros that are not found exactly,
    `UnsupportedExpressionError`. A `finder` finds zeros without a closed form too, and may look at a
    bounded interval only.
    """
    locations: list[Expr] = []
    for switch in switching_functions(expression, variable):
        for zero in (*zeros(switch, variable, finder), *borders(switch, variable, finder)):
            if not any(_same(zero, known) for known in locations):
                locations.append(zero)
    left, right = finder.ends if finder is not None else (None, None)
    ends = [-oo if left is None else left, *_sorted(locations), oo if right is None else right]
    cells = [Piece(_resolved(expression, variable, _sample(a, b)), a, b) for a, b in pairwise(ends)]
    pieces, breakpoints = [cells[0]], []
    for cell in cells[1:]:
        previous, here = pieces[-1], cell.left
        value = _value(expression, variable, here)
        left, right = _limit(previous.expression, variable, here, "-"), _limit(cell.expression, variable, here, "+")
        if _same(previous.expression, cell.expression) and _same(value, left):
            pieces[-1] = Piece(previous.expression, previous.left, cell.right)
            continue
        slopes = (
            _limit(diff(previous.expression, variable), variable, here, "-"),
            _limit(diff(cell.expression, variable), variable, here, "+"),
        )
        breakpoints.append(Breakpoint(here, value, left, right, *slopes))
        pieces.append(cell)
    return Pieces(variable, tuple(pieces), tuple(breakpoints))


def resolve(expression: Expr, variable: Symbol, point: Expr) -> Expr:
    """`expression` with every head replaced by the branch that holds at `point`."""
    if not expression.has(Abs, sign, Heaviside, Max, Min, Piecewise) or not expression.has(variable):
        return expression

    def at(e: Expr) -> Expr:
        return e.subs(variable, point)

    if isinstance(expression, Piecewise):
        for value, condition in expression.args:
            if _holds(condition, variable, point):
                return resolve(value, variable, point)
        return S.NaN
    arguments = [resolve(a, variable, point) for a in expression.args]
    if isinstance(expression, Abs):
        return arguments[0] if sign_of(at(arguments[0])) >= 0 else -arguments[0]
    if isinstance(expression, sign):
        return Integer(sign_of(at(arguments[0])))
    if isinstance(expression, Heaviside):
        return (Integer(0), Rational(1, 2), Integer(1))[sign_of(at(arguments[0])) + 1]
    if isinstance(expression, (Max, Min)):
        wanted = 1 if isinstance(expression, Max) else -1
        best = arguments[0]
        for other in arguments[1:]:
            if sign_of(at(other) - at(best)) * wanted > 0:
                best = other
        return best
    return expression.func(*arguments)


def _resolved(expression: Expr, variable: Symbol, point: Expr) -> Expr:
    """`resolve`, or nan where a switching function has no real value."""
    try:
        return resolve(expression, variable, point)
    except NotRealError:
        return S.NaN


def _holds(condition: object, variable: Symbol, point: Expr) -> bool:
    if condition in (True, S.true):
        return True
    if condition in (False, S.false):
        return False
    if isinstance(condition, (And, Or, Not)):
        inner: Iterable[bool] = (_holds(c, variable, point) for c in condition.args)
        return (
            all(inner)
            if isinstance(condition, And)
            else any(inner)
            if isinstance(condition, Or)
            else not next(iter(inner))
        )
    if isinstance(condition, Relational):
        difference = resolve(condition.lhs - condition.rhs, variable, point).subs(variable, point)
        order = sign_of(difference)
        return {Lt: order < 0, Le: order <= 0, Gt: order > 0, Ge: order >= 0, Eq: order == 0, Ne: order != 0}[
            condition.func
        ]
    raise UnsupportedExpressionError(f"cannot decide the condition {condition}")


def _sorted(locations: list[Expr]) -> list[Expr]:
    ordered: list[Expr] = []
    for location in locations:
        place = next((i for i, known in enumerate(ordered) if sign_of(location - known) < 0), len(ordered))
        ordered.insert(place, location)
    return ordered


def _sample(left: Expr, right: Expr) -> Expr:
    if left == -oo:
        return Integer(0) if right == oo else right - 1
    return left + 1 if right == oo else (left + right) / 2


def _same(a: Expr, b: Expr) -> bool:
    if a == b:
        return True
    if not (getattr(a, "is_finite", None) is not False and getattr(b, "is_finite", None) is not False):
        return False
    difference = (a - b).expand()
    if difference.is_number:
        try:
            return sign_of(difference) == 0
        except NotRealError:
            return False
    if difference.is_zero is not None:
        return difference.is_zero
    if _differs_at_a_point(difference):
        return False
    from sympy import simplify

    return simplify(difference) == 0


def _differs_at_a_point(difference: Expr) -> bool:
    """Whether two expressions are told apart by one rational point, to 30 digits: cheap, and it spares most of `simplify`."""
    points = {s: Rational(7 + 4 * i, 11 + 2 * i) for i, s in enumerate(sorted(difference.free_symbols, key=str))}
    value = difference.subs(points).evalf(30, maxn=200)
    return bool(value.is_Float and abs(value) > Rational(1, 10**20))


def _value(expression: Expr, variable: Symbol, point: Expr) -> Expr:
    return _resolved(expression, variable, point).subs(variable, point)


def _limit(expression: Expr, variable: Symbol, point: Expr, side: str) -> Expr:
    if expression is S.NaN:
        return expression
    value = expression.subs(variable, point)
    if value.is_finite or (value.free_symbols and not value.has(S.NaN, S.ComplexInfinity, oo, -oo)):
        return value
    return limit(expression, variable, point, side)
