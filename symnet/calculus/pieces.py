"""Split a piecewise expression into sorted smooth pieces and the breakpoints between them.

The switching functions (the arguments of Abs, sign and Heaviside, the differences of the arguments
of Max and Min, the conditions of Piecewise) change sign only at their zeros. Those zeros split the
real line into cells; on a cell every head is resolved by its sign at one sample point, which leaves
an expression without heads. Slopes at a breakpoint are the one-sided limits of the two neighbouring
derivatives, never SymPy's silent choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sympy import (
    Abs,
    Expr,
    Function,
    Heaviside,
    Integer,
    Max,
    Min,
    Piecewise,
    Pow,
    Rational,
    S,
    Symbol,
    acos,
    acosh,
    asin,
    atanh,
    diff,
    limit,
    log,
    oo,
    sign,
    tan,
)
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational
from sympy.logic.boolalg import And, Not, Or

from symnet.errors import UnsupportedExpressionError

BORDERS: dict[type, tuple[int, ...]] = {log: (0,), asin: (-1, 1), acos: (-1, 1), acosh: (1,), atanh: (-1, 1)}
"""Functions whose domain ends, with the arguments at which it does."""
BORDERS_OF = tuple(BORDERS)
POLES_OF = (tan,)
TINY = Rational(1, 10**20)
"""Numbers below are put to the exact test before their sign is believed."""


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
def split(expression: Expr, variable: Symbol) -> Pieces:
    """The smooth pieces of `expression`, sorted, equal neighbours merged.

    Free parameters are allowed where their assumptions decide the order of the breakpoints;
    otherwise, or where a switching function has zeros that are not found exactly,
    `UnsupportedExpressionError`.
    """
    locations: list[Expr] = []
    for switch in switching_functions(expression, variable):
        for zero in (*_zeros(switch, variable), *_borders(switch, variable)):
            if not any(_same(zero, known) for known in locations):
                locations.append(zero)
    ends = [-oo, *_sorted(locations), oo]
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


def switching_functions(expression: Expr, variable: Symbol) -> Iterator[Expr]:
    """Every expression whose sign decides a branch of `expression`, inner ones resolved by the caller."""
    for node in expression.atoms(Abs, sign, Heaviside, Max, Min, Piecewise):
        if not node.has(variable):
            continue
        if isinstance(node, (Max, Min)):
            arguments = node.args
            yield from (a - b for i, a in enumerate(arguments) for b in arguments[i + 1 :] if (a - b).has(variable))
        elif isinstance(node, Piecewise):
            for _, condition in node.args:
                yield from (r.lhs - r.rhs for r in condition.atoms(Relational) if (r.lhs - r.rhs).has(variable))
        else:
            yield node.args[0]


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
        return arguments[0] if _sign(at(arguments[0])) >= 0 else -arguments[0]
    if isinstance(expression, sign):
        return Integer(_sign(at(arguments[0])))
    if isinstance(expression, Heaviside):
        return (Integer(0), Rational(1, 2), Integer(1))[_sign(at(arguments[0])) + 1]
    if isinstance(expression, (Max, Min)):
        wanted = 1 if isinstance(expression, Max) else -1
        best = arguments[0]
        for other in arguments[1:]:
            if _sign(at(other) - at(best)) * wanted > 0:
                best = other
        return best
    return expression.func(*arguments)


def _resolved(expression: Expr, variable: Symbol, point: Expr) -> Expr:
    """`resolve`, or nan where a switching function has no real value."""
    try:
        return resolve(expression, variable, point)
    except _NotRealError:
        return S.NaN


class _NotRealError(UnsupportedExpressionError):
    """The sign was asked of something that is no real number."""


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
        order = _sign(difference)
        return {Lt: order < 0, Le: order <= 0, Gt: order > 0, Ge: order >= 0, Eq: order == 0, Ne: order != 0}[
            condition.func
        ]
    raise UnsupportedExpressionError(f"cannot decide the condition {condition}")


def _zeros(switch: Expr, variable: Symbol) -> list[Expr]:
    """The real zeros of a switching function, exactly; heads inside it are split first."""
    if switch.has(Abs, sign, Heaviside, Max, Min, Piecewise):
        parts = split(switch, variable)
        found = [z for p in parts.pieces for z in _zeros(p.expression, variable) if _between(z, p.left, p.right)]
        return found + [b.location for b in parts.breakpoints]
    if not switch.has(variable):
        return []
    if switch.is_polynomial(variable) and switch.as_poly(variable).degree() == 1:
        slope, intercept = switch.as_poly(variable).all_coeffs()
        return [-intercept / slope]
    from sympy import Interval, solveset
    from sympy.sets import FiniteSet

    zeros = solveset(switch, variable, domain=S.Reals)
    if zeros is S.EmptySet:
        return []
    if isinstance(zeros, FiniteSet):
        return list(zeros)
    if isinstance(zeros, Interval):
        return [end for end in (zeros.start, zeros.end) if end.is_finite]
    raise UnsupportedExpressionError(f"cannot find every zero of {switch} exactly")


def _borders(switch: Expr, variable: Symbol) -> list[Expr]:
    """Where a switching function may change its sign without a zero: its poles, and the ends of its domain."""
    found: list[Expr] = []
    for node in switch.atoms(Pow, Function):
        if not node.has(variable):
            continue
        if isinstance(node, Pow) and not (node.exp.is_Integer and node.exp.is_nonnegative):
            found += _zeros(node.base, variable)
        elif isinstance(node, BORDERS_OF):
            found += [z for end in BORDERS[node.func] for z in _zeros(node.args[0] - end, variable)]
        elif isinstance(node, POLES_OF):
            raise UnsupportedExpressionError(f"cannot list every pole of {node}")
    return found


def _between(z: Expr, left: Expr, right: Expr) -> bool:
    return (left == -oo or _sign(z - left) >= 0) and (right == oo or _sign(right - z) >= 0)


def _sorted(locations: list[Expr]) -> list[Expr]:
    ordered: list[Expr] = []
    for location in locations:
        place = next((i for i, known in enumerate(ordered) if _sign(location - known) < 0), len(ordered))
        ordered.insert(place, location)
    return ordered


def _sample(left: Expr, right: Expr) -> Expr:
    if left == -oo:
        return Integer(0) if right == oo else right - 1
    return left + 1 if right == oo else (left + right) / 2


def _sign(e: Expr) -> int:
    """The sign of a number under the assumptions on its parameters."""
    from sympy import simplify

    for candidate in (e, e.expand()):
        if candidate.is_zero:
            return 0
        if candidate.is_positive:
            return 1
        if candidate.is_negative:
            return -1
    if e.is_number:
        number = e.evalf(40)
        if not number.is_extended_real or number.has(S.NaN, S.ComplexInfinity):
            raise _NotRealError(f"{e} is no real number")
        if abs(number) < TINY and simplify(e).is_zero:
            return 0
        return 1 if number > 0 else -1
    raise UnsupportedExpressionError(f"the sign of {e} depends on a parameter; fix it with --set")


def _same(a: Expr, b: Expr) -> bool:
    if a == b:
        return True
    if not (getattr(a, "is_finite", None) is not False and getattr(b, "is_finite", None) is not False):
        return False
    difference = (a - b).expand()
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
