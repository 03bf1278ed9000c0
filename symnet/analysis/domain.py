"""The domain: where the expression, exactly as typed, has a value."""

from __future__ import annotations

from typing import Any

from symnet.analysis.fact import Fact
from symnet.analysis.listing import family_of, listed, within_reach
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved


def domain(subject: Subject) -> Fact:
    """Maximal intervals, the single points that they leave out, and points that stand alone."""
    intervals = [subject.closure(i, k) for i, k in subject.runs]
    if subject.periodic is not None:
        return _periodic(subject, intervals)
    excluded = [
        junction.point
        for j, junction in enumerate(subject.junctions)
        if junction.value is None and subject.neighbour(j, -1) is not None and subject.neighbour(j, 1) is not None
    ]
    alone = [
        junction.point
        for j, junction in enumerate(subject.junctions)
        if junction.value is not None and subject.neighbour(j, -1) is None and subject.neighbour(j, 1) is None
    ]
    claim = {"intervals": intervals, "excluded": excluded, "points": alone}
    if intervals == [["-oo", "oo"]]:
        reason = "Every operation of the expression has a value at every real number."
    else:
        reason = (
            "Outside these intervals, or at the excluded points, an operation of the expression as typed has no value."
        )
    return proved("domain", claim, reason)


def _periodic(subject: Subject, intervals: list[list[Any]]) -> Fact:
    """The domain of a periodic function with infinitely many pieces: what meets [-10, 10], and the family."""
    whole = intervals == [["-oo", "oo"]]
    excluded = [
        junction.point
        for j, junction in enumerate(subject.junctions)
        if junction.value is None and subject.neighbour(j, -1) is not None and subject.neighbour(j, 1) is not None
    ]
    if not whole:
        intervals = [
            subject.closure(i, k) for i, k in subject.runs if not subject.cut_off(i, 1) and not subject.cut_off(k, -1)
        ]
        intervals = [pair for pair in intervals if any(within_reach(end) for end in pair)]
    claim = {
        "intervals": intervals,
        "excluded": listed(excluded, True),
        "points": [],
        "infinite": not whole,
        "family": family_of(excluded, subject.periodic) if excluded else None,
    }
    return proved(
        "domain",
        claim,
        "The expression as typed is periodic; it has no value outside these intervals and their translates.",
    )
