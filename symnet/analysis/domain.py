"""The domain: where the expression, exactly as typed, has a value."""

from __future__ import annotations

from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved


def domain(subject: Subject) -> Fact:
    """Maximal intervals, the single points that they leave out, and points that stand alone."""
    intervals = [subject.closure(i, k) for i, k in subject.runs]
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
        reason = "Outside these intervals, or at the excluded points, an operation of the expression as typed has no value."
    return proved("domain", claim, reason)
