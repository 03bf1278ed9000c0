"""Convexity on D, kinks and closed ends included."""

from __future__ import annotations

from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject, same_limit
from symnet.analysis.values import proved
from symnet.balls.limits import Limit
from symnet.balls.order import compare
from symnet.balls.undecided import Undecided

REASONS = {
    "linear": "The second derivative is zero and the slope is the same everywhere.",
    "convex": "The second derivative is never negative and no kink bends down.",
    "concave": "The second derivative is never positive and no kink bends up.",
    "neither": "f bends up in one place and down in another, or its domain is no interval.",
}


def convexity(subject: Subject) -> Fact:
    """The label over all of D."""
    label = convex_label(subject)
    return proved("convexity", label, REASONS[label])


def convex_label(subject: Subject) -> str:
    """One of the keys of `REASONS`."""
    if len(subject.runs) != 1 or any(
        j.value is not None and not (subject.runs[0][0] <= k + 1 and k <= subject.runs[0][1])
        for k, j in enumerate(subject.junctions)
    ):
        return "neither"
    up = down = False
    unsure: Undecided | None = None
    for i, _, _ in subject.defined:
        bend = subject.derivative(i, 2)
        if bend.is_zero:
            continue
        try:
            signs = subject.chart(bend, i).sign_set
        except Undecided as reason:
            unsure, signs = reason, sampled(subject, i)
        up, down = up or 1 in signs, down or -1 in signs
    if up and down:
        return "neither"
    for j, junction in enumerate(subject.junctions):
        if junction.value is None:
            continue
        if subject.interior(j):
            if not subject.continuous_at(j):
                return "neither"
            left, right = subject.slope(j, -1), subject.slope(j, 1)
            assert left is not None and right is not None
            bend = turn(subject, j, left, right)
            up, down = up or bend > 0, down or bend < 0
        elif not subject.continuous_at(j):
            side = 1 if subject.neighbour(j, 1) is not None else -1
            limit = subject.side_limit(j, side)
            assert limit is not None
            above = compare(junction.value.real, limit.value) if limit.value is not None else -limit.sign
            up, down = up or above > 0, down or above < 0
    if up and down:
        return "neither"
    if unsure is not None:
        raise unsure
    return "convex" if up else "concave" if down else "linear"


def sampled(subject: Subject, i: int) -> set[int]:
    """Signs that f″ surely takes on cell i."""
    from flint import fmpq

    from symnet.balls.interval import arb_of
    from symnet.balls.reals import ExactReal

    bend, interval = subject.derivative(i, 2), subject.pieces[i].interval
    signs = set()
    for k in range(-40, 41):
        point = fmpq(k * 37, 101)
        if interval.contains(ExactReal(subject.field.rational(point))):
            value = bend.ball(arb_of(point, 128), 128)
            if value > 0:
                signs.add(1)
            elif value < 0:
                signs.add(-1)
    return signs


def turn(subject: Subject, j: int, left: Limit, right: Limit) -> int:
    """The sign of right slope - left slope; two vertical slopes of one sign bend both ways or not at all."""
    if same_limit(left, right, subject.junctions[j].value):
        return 0
    if not right.finite:
        return right.sign
    if not left.finite:
        return -left.sign
    assert left.value is not None and right.value is not None
    return compare(right.value, left.value)
