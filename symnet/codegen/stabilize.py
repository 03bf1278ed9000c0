"""From a smooth formula on part of the line to the regimes that keep its digits there.

Candidate forms (`candidates`), what the function becomes far out (`tails`) and, where every form cancels, polynomials
(`polynomials`); which of them serves where, the running error bound decides (`regimes`).
"""

from __future__ import annotations

import math

from sympy import Expr, Symbol

from symnet.codegen.candidates import Candidate, candidates
from symnet.codegen.plan import Regime
from symnet.codegen.polynomials import interpolate
from symnet.codegen.regimes import GOOD, Bounds, choose, grid
from symnet.codegen.tails import tails

WIDEST = 64.0
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
    for side, end in ((-1, left), (1, right)):
        if math.isinf(end):
            forms += tails(expression, variable, side)

    def gap(start: float, end: float) -> tuple[Regime, ...]:
        if end - start <= WIDEST:
            found = interpolate(expression, variable, start, end)
            if found is not None:
                return found
        inside = [p for p in bounds.points if start <= p <= end]
        best = min(forms, key=lambda c: max((bounds(c, p) for p in inside), default=math.inf))
        return (Regime(start, end, best.form, f"{best.name}; no form within {GOOD:g} ULP is known"),)

    return _merge(choose(bounds, forms, left, right, gap))


def _merge(regimes: tuple[Regime, ...]) -> tuple[Regime, ...]:
    merged = [regimes[0]]
    for regime in regimes[1:]:
        if regime.form is merged[-1].form:
            merged[-1] = Regime(merged[-1].left, regime.right, regime.form, merged[-1].reason)
        else:
            merged.append(regime)
    return tuple(merged)


def _right_at_infinity(candidate: Candidate, expression: Expr, variable: Symbol, left: float, right: float) -> bool:
    """Whether the form itself, run on ±∞, gives the limit."""
    return all(
        _at_infinity(candidate, expression, variable, side) for side, end in ((-1, left), (1, right)) if math.isinf(end)
    )


def _at_infinity(candidate: Candidate, expression: Expr, variable: Symbol, side: int) -> bool:
    from symnet.codegen.run_form import at_infinity

    wanted = [at_infinity(t.form, side) for t in tails(expression, variable, side)]
    found = at_infinity(candidate.form, side)
    return not math.isnan(found) and (found in wanted or not wanted)
