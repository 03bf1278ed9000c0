"""Rational points at which an equation is checked: seeded, inside a piece, with parameters that keep their assumptions."""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts and the results of expressions as Basic.)

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from flint import ctx
from sympy import Expr, Function, Poly, Pow, Rational, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean

from symnet.calculus.jets import Jets, Point, value
from symnet.calculus.undecided import Undecided

ATTEMPTS = 96
PRECISION = 256
TARGETS = tuple(Rational(k, 14) for k in (3, -5, 9, 31, -11, 5, 45, -37))
"""Values that the aimed points give to an inner polynomial."""
LARGEST_DEGREE = 6


def sample(
    left: Expr, right: Expr, variable: Symbol, where: Boolean, others: frozenset[Symbol] = frozenset()
) -> Iterator[Point]:
    """Seeded rational points at which `where` holds: `ATTEMPTS` of them at random, then some that are aimed.

    The latter make an inner expression small, as a function with a narrow domain far out asks for. The `others`
    are symbols that get a value, too.
    """
    symbols = left.free_symbols | right.free_symbols | where.free_symbols | others | {variable}
    parameters = sorted(symbols - {variable}, key=str)
    random = Random(20)
    for attempt in range(ATTEMPTS):
        point = {p: _parameter(p, random) for p in parameters}
        try:
            point[variable] = _inside(where, variable, point, random, attempt)
            if holds(where, point):
                yield point
        except Undecided:
            continue
    for target in TARGETS:
        point = {p: _parameter(p, random) for p in parameters}
        for inner in _inner_polynomials(left + right, variable):
            here = inner.xreplace(point)
            for aim in (target, target * here.subs(variable, 0)):
                for root in _real_roots(here - aim, variable):
                    aimed = {**point, variable: root}
                    if _holds_surely(where, aimed):
                        yield aimed


def _holds_surely(where: Boolean, point: Point) -> bool:
    try:
        return holds(where, point)
    except Undecided:
        return False


def _inner_polynomials(e: Expr, variable: Symbol) -> list[Expr]:
    """The polynomials in the variable that stand inside a function or under a root."""
    inner = {f.args[0] for f in e.atoms(Function) if len(f.args) == 1}
    inner |= {power.base for power in e.atoms(Pow) if not power.exp.is_Integer}
    varying = [i for i in inner if isinstance(i, Expr) and i.has(variable) and i != variable]
    found = [i for i in varying if i.is_polynomial(variable)]
    return sorted(found, key=lambda i: i.sort_key())


def _real_roots(polynomial: Expr, variable: Symbol) -> list[Rational]:
    """Its real roots to 15 digits, as rationals."""
    if polynomial.free_symbols != {variable} or Poly(polynomial, variable).degree() > LARGEST_DEGREE:
        return []
    roots = Poly(polynomial, variable).nroots(n=20, maxsteps=200)
    return [Rational(int(root * 2**50), 2**50) for root in roots if root.is_real]


def holds(where: Boolean, point: Point) -> bool:
    with ctx.workprec(PRECISION):
        return Jets(point, {}).holds(where)


def _parameter(parameter: Symbol, random: Random) -> Rational:
    if parameter.is_integer:
        return Rational(random.randint(-20, 20))
    size = Rational(random.randint(1, 96), 37)
    return size if parameter.is_nonnegative or random.random() < 0.5 else -size


def _inside(where: Boolean, variable: Symbol, point: Point, random: Random, attempt: int) -> Rational:
    """A rational number between the bounds that `where` sets on the variable."""
    low, high = bounds(where, variable, point)
    share = Rational(random.randint(1, 996), 997)
    if low is not None and high is not None:
        return low + (high - low) * share
    reach = Rational(random.choice((1, 1, 3, 3, 12))) * share
    if low is not None:
        return low + reach
    if high is not None:
        return high - reach
    return reach if attempt % 2 else -reach


def bounds(where: Boolean, variable: Symbol, point: Point) -> tuple[Rational | None, Rational | None]:
    """Rational bounds on the variable from conditions such as ``x < a``, at the parameters of `point`."""
    low: Rational | None = None
    high: Rational | None = None
    for condition in where.args if isinstance(where, And) else (where,):
        if not isinstance(condition, Relational) or condition.rel_op not in ("<", "<=", ">", ">="):
            continue
        below = condition.rel_op.startswith("<")
        for side, other, upper in ((condition.lhs, condition.rhs, below), (condition.rhs, condition.lhs, not below)):
            if side != variable or other.has(variable) or other.is_infinite:
                continue
            bound = _rational(other, point)
            if upper:
                high = bound if high is None else min(high, bound)
            else:
                low = bound if low is None else max(low, bound)
    return low, high


def _rational(expression: Expr, point: Point) -> Rational:
    with ctx.workprec(96):
        middle = value(expression, point, accept_breakpoints=True).mid()
        mantissa, exponent = middle.man_exp()
    return Rational(int(mantissa)) * Rational(2) ** int(exponent)
