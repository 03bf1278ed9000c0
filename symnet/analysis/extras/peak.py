"""The largest |f| where it is taken inside: branch and bound with balls, the peaks enclosed as roots of f′.

A part of a cell is dropped once |f| on it is proved to stay below a value that |f| takes somewhere. A part
that survives is halved until f″ has one sign on it (it then holds at most one critical point) or f′ has no
zero (it then matters only if it touches an end of its cell, where the one-sided limit is a candidate).
Parts where f is small are never searched for critical points, which is what makes this cheap.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from flint import arb, fmpq

from symnet.analysis.extras.sampling import Curve
from symnet.analysis.subject import Subject
from symnet.balls.closed_forms import closed_form
from symnet.balls.coefficients import ball
from symnet.balls.element import Element
from symnet.balls.expansion import End, Expansion
from symnet.balls.interval import arb_of, dyadic
from symnet.balls.limits import limit_of
from symnet.balls.monomials import ONE, compare
from symnet.balls.order import compare as order
from symnet.balls.reals import Computed, ExactReal, Real, Root
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided

PRECISION = 128
EDGES = (8, 12, 16, 24, 32)
GRID = 400
MOST_TOLD = 3
"""So many of the largest values on the grid are certified."""
MOST_PARTS = 1500
MARGIN = fmpq(1, 2**100)
"""More than the error of an end as a rational: the search begins just outside the cell."""
NARROWEST = fmpq(1, 2**40)


@dataclass(frozen=True)
class Peak:
    """A candidate: |f| at a point."""

    at: Real
    value: Real


def peaks(subject: Subject) -> list[Peak]:
    """Every point where |f| is largest, for an f that is continuous and smaller towards infinite ends."""
    for j, junction in enumerate(subject.junctions):
        if junction.value is not None and not subject.continuous_at(j):
            raise Undecided("f jumps")
    bound = _reached(subject)
    found: list[Peak] = []
    for i, _, element in subject.defined:
        found += _on_cell(subject, i, element, bound)
    best: list[Peak] = []
    for peak in found:
        side = 1 if not best else order(peak.value, best[0].value)
        if side > 0:
            best = [peak]
        elif side == 0 and not any(order(peak.at, other.at) == 0 for other in best):
            best.append(peak)
    if not best:
        raise Undecided("no peak was found")
    return best


def _reached(subject: Subject) -> arb:
    """A number that |f| surely exceeds somewhere: nearly its largest value on a grid, at the points that doubles tell."""
    curve = Curve(subject.tree)
    sizes = {k: abs(curve(k / 32 + 1 / 1013)) for k in range(-GRID, GRID + 1)}
    best = arb(0)
    for k in sorted((k for k, size in sizes.items() if math.isfinite(size)), key=lambda k: -sizes[k])[:MOST_TOLD]:
        x = fmpq(k, 32) + fmpq(1, 1013)
        for _, piece, element in subject.defined:
            if piece.interval.contains(ExactReal(subject.field.rational(x))):
                value = abs(element.ball(arb_of(x, PRECISION), PRECISION)).lower()
                if value > best:
                    best = arb(value)
    return best * arb(fmpq(4095, 4096))


def _on_cell(subject: Subject, i: int, element: Element, bound: arb) -> list[Peak]:
    interval = subject.pieces[i].interval
    low, high = _edge(element, interval.left, -1, bound), _edge(element, interval.right, 1, bound)
    slope, bend = subject.derivative(i, 1), subject.derivative(i, 2)
    survivors = _survivors(subject, element, slope, bend, low, high, bound)
    found: list[Peak] = []
    for a, b in survivors:
        hull = arb_of(a, PRECISION).union(arb_of(b, PRECISION))
        if not slope.ball(hull, PRECISION).contains(0):
            continue
        root = _root(slope, a, b)
        if root is not None and interval.contains(root):
            found.append(Peak(root, _size(element, root)))
    for side, end in ((1, interval.left), (-1, interval.right)):
        if end is not None:
            limit = limit_of(element, End(end, side))
            if limit.value is None:
                raise Undecided("f is not bounded at a breakpoint")
            found.append(Peak(end, _absolute(limit.value)))
    return found


def _edge(element: Element, end: Real | None, side: int, bound: arb) -> fmpq:
    """A rational beyond which |f| stays below the bound, or just outside a finite end."""
    if end is not None:
        return dyadic(end.ball(PRECISION), PRECISION) + side * MARGIN * (1 + abs(dyadic(end.ball(64))))
    for start in EDGES:
        try:
            expansion = Expansion(element.field, End(None, side), fmpq(start), 3)
            total = arb(0)
            for m, c in expansion.element(element).terms:
                if compare(m, ONE) > 0:
                    raise Undecided("f is not bounded")
                total = total + abs(ball(c)).upper() * expansion.algebra.reach.supremum(m)
            if total < bound:
                return fmpq(side * start)
        except Undecided:
            continue
    raise Undecided("a tail was not bounded")


def _survivors(
    subject: Subject, element: Element, slope: Element, bend: Element, low: fmpq, high: fmpq, bound: arb
) -> list[tuple[fmpq, fmpq]]:
    """The parts on which |f| may exceed the bound, each with f′ or f″ of one sign, neighbours of one bend joined."""
    pending, kept, parts = [(low, high)], [], 0
    while pending:
        a, b = pending.pop()
        parts += 1
        if parts > MOST_PARTS:
            raise Undecided("a peak was not separated")
        hull = arb_of(a, PRECISION).union(arb_of(b, PRECISION))
        value, rise = element.ball(hull, PRECISION), slope.ball(hull, PRECISION)
        middle = (a + b) / 2
        if rise.is_finite():
            centre = arb_of(middle, PRECISION)
            mean = element.ball(centre, PRECISION) + rise * (hull - centre)
            value = value.intersection(mean) if value.is_finite() and value.overlaps(mean) else mean
        if value.is_finite() and abs(value) < bound:
            continue
        curve = bend.ball(hull, PRECISION)
        if (rise.is_finite() and not rise.contains(0)) or (curve.is_finite() and not curve.contains(0)):
            kept.append((a, b))
            continue
        if b - a < NARROWEST:
            raise Undecided("a peak was not separated")
        pending += [(a, middle), (middle, b)]
    return _merged(sorted(kept), slope, bend)


def _merged(parts: list[tuple[fmpq, fmpq]], slope: Element, bend: Element) -> list[tuple[fmpq, fmpq]]:
    """Neighbours as one part where f″ still has one sign, so that a root on their border is not lost."""
    joined: list[tuple[fmpq, fmpq]] = []
    for a, b in parts:
        if joined and joined[-1][1] == a:
            hull = arb_of(joined[-1][0], PRECISION).union(arb_of(b, PRECISION))
            if not bend.ball(hull, PRECISION).contains(0) or not slope.ball(hull, PRECISION).contains(0):
                joined[-1] = (joined[-1][0], b)
                continue
            at = slope.ball(arb_of(a, PRECISION), PRECISION)
            if at.contains(0):
                raise Undecided("a critical point lies on a border")
        joined.append((a, b))
    return joined


def _root(slope: Element, a: fmpq, b: fmpq) -> Real | None:
    """The critical point in a part where f″ has one sign; None when f′ keeps its sign."""
    left, right = (slope.ball(arb_of(end, 256), 256) for end in (a, b))
    if not (left > 0 or left < 0) or not (right > 0 or right < 0):
        raise Undecided("a critical point lies on a border")
    if (left > 0) == (right > 0):
        return None
    return closed_form(Root(slope.field, slope.num, a, b))


def _size(element: Element, at: Real) -> Real:
    if at.exact is not None:
        return _absolute(ExactReal(Substitution(element.field, at.exact).element(element)))
    return Computed(lambda precision: abs(element.ball(at.ball(precision + 16), precision + 48)))


def _absolute(value: Real) -> Real:
    if value.exact is not None and value.exact.is_zero:
        return value
    negative = value.ball(PRECISION) < 0
    if value.exact is not None:
        return ExactReal(-value.exact) if negative else value
    return Computed(lambda precision: abs(value.ball(precision)))
