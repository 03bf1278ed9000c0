"""Kinks: f is continuous and its one-sided slopes differ, or are infinite."""

from __future__ import annotations

from typing import Any

from symnet.analysis.fact import Fact
from symnet.analysis.listing import periodic_list
from symnet.analysis.subject import Subject, same_limit
from symnet.analysis.values import proved


def kinks(subject: Subject) -> Fact:
    """Every kink with both slopes, in [-oo, oo]."""
    found: list[dict[str, Any]] = []
    for j, junction in enumerate(subject.junctions):
        if not subject.interior(j) or not subject.continuous_at(j):
            continue
        left, right = subject.slope(j, -1), subject.slope(j, 1)
        assert left is not None and right is not None
        if left.finite and right.finite and same_limit(left, right, junction.value):
            continue
        slopes = [s.value if s.finite else s.text for s in (left, right)]
        found.append({"at": junction.point, "left_slope": slopes[0], "right_slope": slopes[1]})
    if subject.periodic is not None:
        return periodic_list(
            subject, "kinks", found, "f is periodic; the breakpoints of several periods were examined."
        )
    reason = (
        "The limits of the derivative from both sides differ or are infinite there."
        if found
        else "At every breakpoint inside the domain where f is continuous the slopes from both sides agree and are finite."
    )
    return proved("kinks", found, reason, infinite=False, family=None)
