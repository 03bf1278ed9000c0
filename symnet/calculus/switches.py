"""Where an expression may change its formula: the zeros of its switching functions, and the ends of their domains.

A switching function is the argument of an Abs, a sign or a Heaviside, the difference of two arguments of a Max or a
Min, or of the two sides of a condition.
"""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts and the results of expressions as Basic.)

from __future__ import annotations

from collections.abc import Iterator

from sympy import (
    Abs,
    Expr,
    Function,
    Heaviside,
    Max,
    Min,
    Piecewise,
    Pow,
    S,
    Symbol,
    acos,
    acosh,
    asin,
    atanh,
    log,
    oo,
    sign,
    tan,
)
from sympy.core.relational import Relational

from symnet.calculus.numbers import sign_of
from symnet.calculus.smooth_zeros import Finder
from symnet.errors import UnsupportedExpressionError

BORDERS: dict[type, tuple[int, ...]] = {log: (0,), asin: (-1, 1), acos: (-1, 1), acosh: (1,), atanh: (-1, 1)}
"""Functions whose domain ends, with the arguments at which it does."""
BORDERS_OF = tuple(BORDERS)
POLES_OF = (tan,)
HEADS = (Abs, sign, Heaviside, Max, Min, Piecewise)
"""What changes its formula."""


def switching_functions(expression: Expr, variable: Symbol) -> Iterator[Expr]:
    """Every expression whose sign decides a branch of `expression`, inner ones resolved by the caller."""
    for node in expression.atoms(*HEADS):
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


def zeros(switch: Expr, variable: Symbol, finder: Finder | None = None) -> list[Expr]:
    """The real zeros of a switching function, exactly; heads inside it are split first."""
    if switch.has(*HEADS):
        from symnet.calculus.pieces import split

        parts = split(switch, variable, finder)
        found = [z for p in parts.pieces for z in zeros(p.expression, variable, finder) if _between(z, p.left, p.right)]
        return found + [b.location for b in parts.breakpoints]
    if not switch.has(variable):
        return []
    if switch.is_polynomial(variable) and switch.as_poly(variable).degree() == 1:
        slope, intercept = switch.as_poly(variable).all_coeffs()
        return _inside(finder, [-intercept / slope])
    if finder is not None and not switch.free_symbols - {variable}:
        try:
            return finder.zeros(switch)
        except UnsupportedExpressionError:
            if finder.bounded:
                raise
    return _solved(switch, variable)


def _solved(switch: Expr, variable: Symbol) -> list[Expr]:
    """What SymPy's solver finds on the whole line, where it says that this is everything."""
    from sympy import Interval, solveset
    from sympy.sets import FiniteSet

    found = solveset(switch, variable, domain=S.Reals)
    if found is S.EmptySet:
        return []
    if isinstance(found, FiniteSet):
        return list(found)
    if isinstance(found, Interval):
        return [end for end in (found.start, found.end) if end.is_finite]
    raise UnsupportedExpressionError(f"cannot find every zero of {switch} exactly")


def _inside(finder: Finder | None, found: list[Expr]) -> list[Expr]:
    """Those that lie where the finder looks."""
    if finder is None or not finder.bounded:
        return found
    left, right = finder.ends
    return [z for z in found if sign_of(z - left) > 0 and sign_of(right - z) > 0]


def borders(switch: Expr, variable: Symbol, finder: Finder | None = None) -> list[Expr]:
    """Where a switching function may change its sign without a zero: its poles, and the ends of its domain."""
    found: list[Expr] = []
    for node in switch.atoms(Pow, Function):
        if not node.has(variable):
            continue
        if isinstance(node, Pow) and not (node.exp.is_Integer and node.exp.is_nonnegative):
            found += zeros(node.base, variable, finder)
        elif isinstance(node, BORDERS_OF):
            found += [z for end in BORDERS[node.func] for z in zeros(node.args[0] - end, variable, finder)]
        elif isinstance(node, POLES_OF):
            raise UnsupportedExpressionError(f"cannot list every pole of {node}")
    return found


def _between(z: Expr, left: Expr, right: Expr) -> bool:
    return (left == -oo or sign_of(z - left) >= 0) and (right == oo or sign_of(right - z) >= 0)
