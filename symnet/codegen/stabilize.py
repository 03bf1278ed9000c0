"""From a smooth formula on part of the line to the regimes that keep its digits there.

Candidate forms (`candidates`), what the function becomes far out (`tails`) and, where every form cancels, polynomials
(`polynomials`); which of them serves where, the running error bound decides (`regimes`).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Sequence

from flint import arb
from sympy import Expr, S, Symbol, cos, sin, tan

from symnet.codegen.assess import LARGEST
from symnet.codegen.bounds import GOOD, TINY, Bounds, border, grid
from symnet.codegen.candidates import Candidate, candidates
from symnet.codegen.cells import Cell
from symnet.codegen.form import number
from symnet.codegen.origin import leading_at_zero
from symnet.codegen.overflowing import overflowing_waves
from symnet.codegen.plan import Regime
from symnet.codegen.polynomials import interpolate
from symnet.codegen.regimes import LOOSER, choose
from symnet.codegen.run_form import at_infinity
from symnet.codegen.tails import leading_terms, limit, tails

UNKNOWN = f"no form within {LOOSER[-1]:g} ULP is known"

WIDEST = 6.0
"""Wider gaps are not worth polynomials."""


NOWHERE = Candidate("outside the domain", number(S.NaN), S.NaN)


def stabilize(cell: Cell, variable: Symbol, holes: Collection[float] = ()) -> tuple[Regime, ...]:
    """The regimes of one cell, from left to right; no form will see the isolated floats in `holes`."""
    expression, left, right = cell.expression, cell.left, cell.right
    forms = list(candidates(expression, variable))
    if not cell.function.has(variable):
        return (Regime(left, right, forms[0].form),)
    bounds = Bounds(expression, variable, [p for p in grid(left, right) if p not in holes], cell.function)
    if any(bounds.undefined(p) for p in bounds.points):
        forms.append(NOWHERE)
    if any(abs(bounds.truth(p)) < arb(2) ** -1080 and _nonzero(bounds, p) for p in bounds.points if p):
        forms.append(Candidate("vanishes", number(0), S.Zero))
    beyond = {(s, p > 0, abs(p) > 1) for s in (1, -1) for p in bounds.points if s * bounds.truth(p).mid() > LARGEST}
    bounds.unsteady = expression.has(sin, cos, tan) and any((-s, *place) in beyond for s, *place in beyond)
    if bounds.unsteady:
        forms += overflowing_waves(expression, variable)
    for sign, infinite in ((1, S.Infinity), (-1, S.NegativeInfinity)):
        if not bounds.unsteady and sign in {s for s, *_ in beyond}:
            forms.append(Candidate("beyond the range of floats", number(infinite), infinite))
    for candidate in forms:
        if bounds.reach(candidate, 0) == len(bounds.points) and _right_at_infinity(
            candidate, expression, variable, left, right
        ):
            return (Regime(left, right, candidate.form),)
    everywhere = list(forms)
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
        best = min(
            everywhere,
            key=lambda c: (
                c.form.constant,
                sum(math.isinf(bounds.alone(c, p)) for p in inside),
                max(bounds(c, p) for p in inside),
            ),
        )
        return tuple(_computable(bounds, best, start, end, inside))

    regimes = choose(bounds, forms, left, right, gap)
    if any(UNKNOWN in r.reason for r in regimes if r.left < TINY and r.right > -TINY):
        sides = tuple(side for side, end in ((-1, left), (1, right)) if side * end > TINY)
        forms += leading_at_zero(expression, variable, sides)
        regimes = choose(bounds, forms, left, right, gap)
    for side, tail in far.items():
        regimes = _with_limit(regimes, bounds, tail, side)
    return _merge(regimes)


def _nonzero(bounds: Bounds, point: float) -> bool:
    """Whether a tiny value is more than a zero of an oscillation, which says nothing of the floats around it."""
    return not (bounds.truth(point).is_zero() and bounds.expression.has(sin, cos, tan))


def _computable(bounds: Bounds, best: Candidate, start: float, end: float, inside: list[float]) -> Iterator[Regime]:
    """The best form where it can be run at all, and nan, rather than a warning and a wrong number, where it overflows on the way."""

    def runs(p: float) -> bool:
        return not math.isinf(bounds.alone(best, p))

    edges = [start]
    for a, b in itertools.pairwise(inside):
        if runs(a) != runs(b):
            same = runs if runs(a) else lambda p: not runs(p)
            edges.append(math.nextafter(border(same, a, b, 80), math.inf))
    states = [runs(p) for p in inside]
    kinds = [key for key, _ in itertools.groupby(states)] or [True]
    for kind, left, following in zip(kinds, edges, [*edges[1:], None], strict=True):
        right = end if following is None else math.nextafter(following, -math.inf)
        yield Regime(
            left, right, best.form if kind else number(S.NaN), f"{best.name if kind else 'not computed'}; {UNKNOWN}"
        )


def _with_limit(
    regimes: tuple[Regime, ...], bounds: Bounds, tail: Sequence[Candidate], side: int
) -> tuple[Regime, ...]:
    """The outermost regime must be right at ±∞ too; where its form is not, the tail takes over as late as it may."""
    outer = regimes[0 if side < 0 else -1]
    if outer.form is NOWHERE.form:
        return regimes
    tail = tail or [limit(bounds.expression, bounds.variable, side)]
    found = at_infinity(outer.form, side)
    if found in [at_infinity(t.form, side) for t in tail]:
        return regimes
    limiting = tail[0]
    points = [p for p in bounds.points if outer.left <= p <= outer.right]
    good = 0
    for point in points if side < 0 else reversed(points):
        if bounds(limiting, point) > GOOD:
            break
        good += 1
    start = side * math.inf if good == 0 else points[good - 1] if side < 0 else points[-good]
    inner, rest = math.nextafter(start, -side * math.inf), regimes[1:] if side < 0 else regimes[:-1]
    if side < 0:
        kept = (Regime(inner, outer.right, outer.form, outer.reason),) if inner <= outer.right else ()
        return (Regime(-math.inf, start, limiting.form, limiting.name), *kept, *rest)
    kept = (Regime(outer.left, inner, outer.form, outer.reason),) if outer.left <= inner else ()
    return (*rest, *kept, Regime(start, math.inf, limiting.form, limiting.name))


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
    for side, end in ((-1, left), (1, right)):
        if math.isinf(end):
            tail = tails(expression, variable, side) or [limit(expression, variable, side)]
            if at_infinity(candidate.form, side) not in [at_infinity(t.form, side) for t in tail]:
                return False
    return True
