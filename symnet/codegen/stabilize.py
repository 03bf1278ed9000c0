"""From a smooth formula on part of the line to the regimes that keep its digits there.

Candidate forms (`candidates`), what the function becomes far out (`tails`) and, where every form cancels, polynomials
(`polynomials`); which of them serves where, the running error bound decides (`regimes`).
"""

from __future__ import annotations

import math

from sympy import Expr, S, Symbol

from symnet.codegen.candidates import Candidate, candidates
from symnet.codegen.form import number
from symnet.codegen.plan import Regime
from symnet.codegen.polynomials import interpolate
from symnet.codegen.reference import value
from symnet.codegen.regimes import GOOD, LOOSER, Bounds, choose, grid
from symnet.codegen.run_form import at_infinity
from symnet.codegen.tails import FAR, leading_terms, tails

WIDEST = 6.0
"""Wider gaps are not worth polynomials."""


def stabilize(expression: Expr, variable: Symbol, left: float, right: float) -> tuple[Regime, ...]:
    """The regimes of one cell, from left to right."""
    forms = list(candidates(expression, variable))
    if not expression.has(variable):
        return (Regime(left, right, forms[0].form),)
    bounds = Bounds(expression, variable, grid(left, right))
    for candidate in forms:
        if bounds.reach(candidate, 0) == len(bounds.points) and _right_at_infinity(
            candidate, expression, variable, left, right
        ):
            return (Regime(left, right, candidate.form),)
    far = {side: tails(expression, variable, side) for side, end in ((-1, left), (1, right)) if math.isinf(end)}
    forms += [c for tail in far.values() for c in tail]
    forms += [c for side in far for c in leading_terms(expression, variable, side)]

    def gap(start: float, end: float, needed: bool) -> tuple[Regime, ...] | None:
        if end - start <= WIDEST:
            found = interpolate(expression, variable, start, end)
            if found is not None:
                return found
        if not needed:
            return None
        inside = [p for p in bounds.points if start <= p <= end]
        best = min(forms, key=lambda c: max((bounds(c, p) for p in inside), default=math.inf))
        return (Regime(start, end, best.form, f"{best.name}; no form within {LOOSER[-1]:g} ULP is known"),)

    regimes = choose(bounds, forms, left, right, gap)
    for side, tail in far.items():
        regimes = _with_limit(regimes, bounds, tail, side)
    return _merge(regimes)


def _with_limit(regimes: tuple[Regime, ...], bounds: Bounds, tail: list[Candidate], side: int) -> tuple[Regime, ...]:
    """The outermost regime must be right at ±∞ too; where its form is not, the tail takes over as late as it may."""
    outer = regimes[0 if side < 0 else -1]
    wanted = [at_infinity(t.form, side) for t in tail] or [math.nan]
    found = at_infinity(outer.form, side)
    if found in wanted and not math.isnan(found):
        return regimes
    if not tail and math.isinf(found) and _unbounded(bounds, side, found):
        return regimes
    limit = tail[0] if tail else Candidate("has no limit", number(S.NaN), S.NaN)
    points = [p for p in bounds.points if outer.left <= p <= outer.right] if tail else []
    good = 0
    for point in points if side < 0 else reversed(points):
        if bounds(limit, point) > GOOD:
            break
        good += 1
    start = side * math.inf if good == 0 else points[good - 1] if side < 0 else points[-good]
    inner, rest = math.nextafter(start, -side * math.inf), regimes[1:] if side < 0 else regimes[:-1]
    if side < 0:
        kept = (Regime(inner, outer.right, outer.form, outer.reason),) if inner <= outer.right else ()
        return (Regime(-math.inf, start, limit.form, limit.name), *kept, *rest)
    kept = (Regime(outer.left, inner, outer.form, outer.reason),) if outer.left <= inner else ()
    return (*rest, *kept, Regime(start, math.inf, limit.form, limit.name))


def _merge(regimes: tuple[Regime, ...]) -> tuple[Regime, ...]:
    merged = [regimes[0]]
    for regime in regimes[1:]:
        if regime.form is merged[-1].form:
            merged[-1] = Regime(merged[-1].left, regime.right, regime.form, merged[-1].reason)
        else:
            merged.append(regime)
    return tuple(merged)


def _unbounded(bounds: Bounds, side: int, limit: float) -> bool:
    """Whether the function grows toward this infinity without being a power of x, as a logarithm does."""
    near, far = (value(bounds.expression, bounds.variable, side * p) for p in FAR)
    return bool(abs(far) > abs(near)) and bool((far > 0) == (limit > 0))


def _right_at_infinity(candidate: Candidate, expression: Expr, variable: Symbol, left: float, right: float) -> bool:
    """Whether the form itself, run on ±∞, gives the limit."""
    for side, end in ((-1, left), (1, right)):
        if math.isinf(end):
            found = at_infinity(candidate.form, side)
            if math.isnan(found) or found not in [at_infinity(t.form, side) for t in tails(expression, variable, side)]:
                return False
    return True
