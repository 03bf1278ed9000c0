"""Infimum and supremum, where they are attained, and where they are only approached."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.reals import Computed, ExactReal, Real, compare
from symnet.balls.undecided import Undecided


@dataclass(frozen=True)
class Candidate:
    """A value that f takes (at a point, or on a whole cell) or approaches."""

    value: Real
    attained: bool
    at: Real | None = None
    interval: tuple[int, int] | None = None
    mirrored: bool = False
    """Whether the candidate at the opposite point has the same value, by the parity of f."""


def infimum(subject: Subject) -> Fact:
    """The greatest lower bound of f on D."""
    return _bound(subject, "infimum", -1)


def supremum(subject: Subject) -> Fact:
    """The least upper bound of f on D."""
    return _bound(subject, "supremum", 1)


def _bound(subject: Subject, name: str, direction: int) -> Fact:
    claim = extreme(subject, 0, direction)
    if isinstance(claim["value"], str):
        reason = "f takes values beyond every bound." if claim["value"] in ("oo", "-oo") else ""
    elif claim["attained"]:
        reason = "The critical values, the values at breakpoints and the limits at the ends were compared; this one is the extreme and is taken."
    else:
        reason = "The critical values, the values at breakpoints and the limits at the ends were compared; this limit is the extreme and is never taken."
    return proved(name, claim, reason)


def unbounded(direction: int) -> dict[str, Any]:
    """The claim of an infinite bound."""
    return {"value": "oo" if direction > 0 else "-oo", "attained": False, "at": [], "intervals": []}


def extreme(subject: Subject, order: int, direction: int) -> dict[str, Any]:
    """The supremum (1) or infimum (-1) of the derivative of this order over D, as the contract's record.

    For order 1 the values at junctions are the one-sided slopes.
    """
    found = candidates(subject, order, direction)
    if found is None:
        return unbounded(direction)
    if order == 0 and _even(subject):
        found = [replace(c, mirrored=True) for c in found]
    return choose(subject, found, direction)


def _even(subject: Subject) -> bool:
    from symnet.analysis.symmetry import parity_label

    try:
        return parity_label(subject) == "even"
    except Undecided:
        return False


def choose(subject: Subject, found: list[Candidate], direction: int) -> dict[str, Any]:
    """The record of the greatest (1) or least (-1) candidate."""
    if not found:
        raise Undecided("the domain is empty")
    best: list[Candidate] = []
    for candidate in found:
        order = 1 if not best else ordered(subject, candidate, best[0]) * direction
        if order > 0:
            best = [candidate]
        elif order == 0:
            best.append(candidate)
    spans = sorted({c.interval for c in best if c.interval is not None})
    intervals = merge(subject, spans)
    points: list[Real] = []
    for candidate in best:
        if candidate.at is not None and not inside(candidate.at, intervals) and not any(compare(candidate.at, p) == 0 for p in points):
            points.append(candidate.at)
    points.sort(key=float)
    attained = any(c.attained for c in best)
    exact = next((c.value for c in best if c.value.exact is not None), best[0].value)
    return {"value": exact, "attained": attained, "at": points, "intervals": intervals}


def ordered(subject: Subject, a: Candidate, b: Candidate) -> int:
    """The order of two values; those at mirrored points of a symmetric function are equal."""
    if a.value is b.value:
        return 0
    if a.mirrored and a.at is not None and b.at is not None and not disjoint(a.value, b.value) and opposite(a.at, b.at):
        return 0
    return compare(a.value, b.value)


def disjoint(a: Real, b: Real) -> bool:
    """Whether two numbers differ within 128 bits."""
    return not a.ball(128).overlaps(b.ball(128))


def opposite(a: Real, b: Real) -> bool:
    """Whether b = -a."""
    from symnet.analysis.reflection import reflected_point

    field = a.exact.field if a.exact is not None else getattr(a, "field", None)
    if field is None:
        return False
    try:
        return compare(reflected_point(a, field.zero), b) == 0
    except Undecided:
        return False


def candidates(subject: Subject, order: int, direction: int) -> list[Candidate] | None:
    """Everything that may be the extreme; None when f is unbounded in the direction."""
    found: list[Candidate] = []
    for i, _, _ in subject.defined:
        element = subject.derivative(i, order)
        if element.is_constant:
            found.append(Candidate(ExactReal(element), True, None, (i, i)))
            continue
        for side in (1, -1):
            limit = subject.limit(i, side, order)
            if not limit.finite:
                if limit.sign == direction:
                    return None
                continue
            assert limit.value is not None
            found.append(Candidate(limit.value, False))
        for zero in subject.chart(element.derivative(), i).zeros:
            if zero.multiplicity % 2:
                found.append(Candidate(value_at(element, zero.point), True, zero.point))
            else:
                continue
    for j, junction in enumerate(subject.junctions):
        if junction.value is None:
            continue
        if order == 0:
            found.append(Candidate(junction.value.real, True, junction.point))
            continue
        for side in (-1, 1):
            slope = subject.slope(j, side)
            if slope is None:
                continue
            if not slope.finite:
                if slope.sign == direction:
                    return None
                continue
            assert slope.value is not None
            found.append(Candidate(slope.value, True, junction.point))
    return found


def value_at(element: Element, point: Real) -> Real:
    """The value of an element at a point inside its cell."""
    if element.is_constant:
        return ExactReal(element)
    if point.exact is not None:
        from symnet.balls.substitution import Substitution

        try:
            return ExactReal(Substitution(element.field, point.exact).element(element))
        except (Undecided, ZeroDivisionError):
            pass
    return Computed(lambda precision: element.ball(point.ball(precision), precision + 32))


def merge(subject: Subject, spans: list[tuple[int, int]]) -> list[list[Any]]:
    """Cells as closed intervals, neighbours joined where f is defined between them."""
    joined: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        if joined and joined[-1][1] == a - 1 and subject.junctions[a - 1].value is not None and subject.continuous_at(a - 1):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return [subject.closure(a, b) for a, b in joined]


def inside(point: Real, intervals: list[list[Any]]) -> bool:
    """Whether the point lies in one of the closed intervals."""
    for left, right in intervals:
        after = isinstance(left, str) or compare(left, point) <= 0
        before = isinstance(right, str) or compare(point, right) <= 0
        if after and before:
            return True
    return False


