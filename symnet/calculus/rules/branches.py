"""Rules for functions given by cases: true inside each piece, silent about the points between."""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts and the results of expressions as Basic.)

from __future__ import annotations

from sympy import And, Eq, Expr, Ge, Gt, Le, Lt, Max, Min, Not, Or, Piecewise, Symbol, false
from sympy.logic.boolalg import Boolean

from symnet.calculus.rules.rule import rule, standing

STRICT = (Lt, Gt)
INEQUALITIES = (*STRICT, Le, Ge)


@rule("maximum rule")
def maximum(e: Expr, x: Symbol) -> Expr | None:
    """max(u, v)′ = u′ where u > v, and v′ where v > u"""
    return _largest(e, x) if isinstance(e, Max) else None


@rule("minimum rule")
def minimum(e: Expr, x: Symbol) -> Expr | None:
    """min(u, v)′ = u′ where u < v, and v′ where v < u"""
    return _largest(e, x) if isinstance(e, Min) else None


def _largest(e: Expr, x: Symbol) -> Expr:
    """The derivative of whichever argument wins, two at a time."""
    first, *others = sorted(e.args, key=lambda a: (not a.has(x), a.sort_key()))
    rest = e.func(*others)
    wins, loses = (first > rest, first < rest) if isinstance(e, Max) else (first < rest, first > rest)
    return Piecewise((standing(first, x), wins), (standing(rest, x), loses), evaluate=False)


@rule("branch by branch")
def piecewise(e: Expr, x: Symbol) -> Expr | None:
    """On each piece, differentiate the formula that holds there."""
    if not isinstance(e, Piecewise):
        return None
    branches, before = [], []
    for branch, condition in e.args:
        here = strict(And(condition, *(failed for failed in before if not _follows(failed, condition))))
        before.append(Not(condition))
        if here != false:
            branches.append((standing(branch, x), here))
    return Piecewise(*branches, evaluate=False)


def _follows(failed: Boolean, condition: Boolean) -> bool:
    """Whether a condition implies an alternative of `failed`, so that `failed` need not be said beside it."""
    return any(_implies(part, other) for part in And.make_args(condition) for other in Or.make_args(failed))


def _implies(first: Boolean, second: Boolean) -> bool:
    """Whether one inequality implies another whose sides differ from its own by a constant."""
    if first == second:
        return True
    if not isinstance(first, INEQUALITIES) or not isinstance(second, INEQUALITIES):
        return False
    gain = (second.gts - second.lts) - (first.gts - first.lts)
    return bool(gain.is_number and (gain.is_positive or (gain.is_zero and isinstance(first, STRICT))))


def strict(condition: Boolean) -> Boolean:
    """The inner points of a condition: ≤ becomes <, ≥ becomes >, and an equation holds nowhere."""
    if isinstance(condition, (And, Or)):
        return condition.func(*(strict(c) for c in condition.args))
    if isinstance(condition, Le):
        return condition.lhs < condition.rhs
    if isinstance(condition, Ge):
        return condition.lhs > condition.rhs
    return false if isinstance(condition, Eq) else condition
