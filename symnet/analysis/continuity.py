"""Continuity on D, and jumps."""

from __future__ import annotations

from typing import Any

from symnet.analysis.fact import Fact
from symnet.analysis.listing import periodic_list
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.undecided import Undecided


def continuous(subject: Subject) -> Fact:
    """Whether f is continuous at every point of D."""
    unsure: Undecided | None = None
    for j, junction in enumerate(subject.junctions):
        if junction.value is None:
            continue
        try:
            if not subject.continuous_at(j):
                return proved("continuous", False, "At a breakpoint a one-sided limit is not the value.")
        except Undecided as reason:
            unsure = reason
    if unsure is not None:
        raise unsure
    return proved(
        "continuous",
        True,
        "f is smooth between the breakpoints, and at each of them in the domain the one-sided limits are the value.",
    )


def jumps(subject: Subject) -> Fact:
    """Interior points with two finite one-sided limits where f is discontinuous."""
    found: list[dict[str, Any]] = []
    for j, junction in enumerate(subject.junctions):
        if not subject.interior(j) or subject.continuous_at(j):
            continue
        left, right = subject.side_limit(j, -1), subject.side_limit(j, 1)
        assert left is not None and right is not None and junction.value is not None
        if left.finite and right.finite:
            found.append({"at": junction.point, "left": left.value, "right": right.value, "value": junction.value.real})
    if subject.periodic is not None:
        return periodic_list(
            subject, "jumps", found, "f is periodic; the breakpoints of several periods were examined."
        )
    reason = (
        "The one-sided limits there are finite and not both the value."
        if found
        else "At every breakpoint inside the domain the one-sided limits are the value, or one is infinite."
    )
    return proved("jumps", found, reason, infinite=False, family=None)
