"""Rules for functions given by cases: true inside each piece, silent about the points between."""

from __future__ import annotations

from sympy import Expr, Max, Min, Piecewise, Symbol, true

from symnet.calculus.rules.rule import rule, standing


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
    wins = first > rest if isinstance(e, Max) else first < rest
    return Piecewise((standing(first, x), wins), (standing(rest, x), true), evaluate=False)


@rule("branch by branch")
def piecewise(e: Expr, x: Symbol) -> Expr | None:
    """On each piece, differentiate the formula that holds there."""
    if not isinstance(e, Piecewise):
        return None
    return Piecewise(*((standing(branch, x), condition) for branch, condition in e.args), evaluate=False)
