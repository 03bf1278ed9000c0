"""Infimum and supremum, where they are attained, and where they are only approached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flint import arb

from symnet.analysis.candidates import Candidate, candidates
from symnet.analysis.fact import Fact
from symnet.analysis.listing import within_reach
from symnet.analysis.subject import Subject
from symnet.analysis.ties import ordered
from symnet.analysis.values import proved
from symnet.balls.order import coincide, compare
from symnet.balls.reals import Real
from symnet.balls.undecided import Undecided


def infimum(subject: Subject) -> Fact:
    """The greatest lower bound of f on D."""
    return _bound(subject, "infimum", -1)


def supremum(subject: Subject) -> Fact:
    """The least upper bound of f on D."""
    return _bound(subject, "supremum", 1)


def _bound(subject: Subject, name: str, direction: int) -> Fact:
    claim = extreme(subject, 0, direction)
    if isinstance(claim["value"], str):
        reason = f"f takes values {'above' if direction > 0 else 'below'} every bound."
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
    tails: list[arb] = []
    found = candidates(subject, order, direction, tails)
    if found is None:
        return unbounded(direction)
    if order == 0 and _even(subject):
        found = [replace(c, mirrored=True) for c in found]
    return choose(subject, found, direction, tails, order)


def _even(subject: Subject) -> bool:
    from symnet.analysis.symmetry import parity_label

    try:
        return parity_label(subject) == "even"
    except Undecided:
        return False


def choose(
    subject: Subject, found: list[Candidate], direction: int, tails: Sequence[arb] = (), order: int = 0
) -> dict[str, Any]:
    """The record of the greatest (1) or least (-1) candidate, which must beat the bounds of the tails."""
    if not found:
        raise Undecided("the domain is empty")
    best: list[Candidate] = []
    for candidate in found:
        side = 1 if not best else ordered(subject, candidate, best[0], order) * direction
        if side > 0:
            best = [candidate]
        elif side == 0:
            best.append(candidate)
    for bound in tails:
        if not best[0].value.ball(128) * direction > bound * direction and not (
            order == 0 and _never_beyond(subject, best[0].value, direction)
        ):
            raise Undecided("an oscillating tail was not bounded by the extreme found")
    spans = sorted({c.interval for c in best if c.interval is not None})
    intervals = merge(subject, spans)
    points: list[Real] = []
    for candidate in best:
        if (
            candidate.at is not None
            and not inside(candidate.at, intervals)
            and not any(coincide(candidate.at, p) for p in points)
        ):
            points.append(candidate.at)
    attained = any(c.attained for c in best)
    if subject.periodic is not None:
        intervals = [pair for pair in intervals if pair == ["-oo", "oo"] or any(_near(end) for end in pair)]
    if len(points) > 1 and (subject.periodic is not None or any(subject.infinite(i) for i, _, _ in subject.defined)):
        points = [p for p in points if within_reach(p)]
    points.sort(key=float)
    exact = next((c.value for c in best if c.value.exact is not None), best[0].value)
    return {"value": exact, "attained": attained, "at": points, "intervals": intervals}


def _never_beyond(subject: Subject, value: Real, direction: int) -> bool:
    """Whether f itself stays on one side of an exact value on every cell."""
    if value.exact is None:
        return False
    for i, _, element in subject.defined:
        difference = element - value.exact
        if not difference.is_zero and direction in subject.chart(difference, i).sign_set:
            return False
    return True


def _near(end: Real | str) -> bool:
    return isinstance(end, Real) and within_reach(end)


def merge(subject: Subject, spans: list[tuple[int, int]]) -> list[list[Any]]:
    """Cells as closed intervals, neighbours joined where f is defined between them."""
    joined: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        if (
            joined
            and joined[-1][1] == a - 1
            and subject.junctions[a - 1].value is not None
            and subject.continuous_at(a - 1)
        ):
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
