"""Monotonicity over all pairs of points of D, not only within one interval."""

from __future__ import annotations

from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.limits import Limit
from symnet.balls.order import compare
from symnet.balls.reals import Real
from symnet.balls.undecided import Undecided

REASONS = {
    "constant": "f takes one value only.",
    "strictly increasing": "The derivative is positive except at isolated points, and no step between the intervals goes down.",
    "strictly decreasing": "The derivative is negative except at isolated points, and no step between the intervals goes up.",
    "nondecreasing": "The derivative is never negative, f has one value at more than one point, and no step goes down.",
    "nonincreasing": "The derivative is never positive, f has one value at more than one point, and no step goes up.",
    "non-monotone": "f rises between some points of its domain and falls between others.",
}


def monotonicity(subject: Subject) -> Fact:
    """The strongest true label over all x < y in D."""
    label = monotone_label(subject)
    return proved("monotonicity", label, REASONS[label])


def monotone_label(subject: Subject) -> str:
    """One of the keys of `REASONS`."""
    rises = falls = flat = False
    unsure: Undecided | None = None
    for i, _, _ in subject.defined:
        slope = subject.derivative(i, 1)
        if slope.is_zero:
            flat = True
            continue
        try:
            signs = subject.chart(slope, i).sign_set
        except Undecided as reason:
            signs = sampled_signs(subject, i)
            unsure = reason
        rises, falls = rises or 1 in signs, falls or -1 in signs
    if rises and falls:
        return "non-monotone"
    if unsure is not None:
        raise unsure
    for step in _steps(subject):
        rises, falls = rises or step > 0, falls or step < 0
    if rises and falls:
        return "non-monotone"
    if not rises and not falls:
        return "constant"
    flat = flat or _level_gap(subject)
    return (
        ("nondecreasing" if flat else "strictly increasing")
        if rises
        else ("nonincreasing" if flat else "strictly decreasing")
    )


def sampled_signs(subject: Subject, i: int) -> set[int]:
    """Signs that f′ surely takes on cell i, at a few exact points."""
    from flint import fmpq

    from symnet.balls.interval import arb_of
    from symnet.balls.reals import ExactReal

    slope, interval = subject.derivative(i, 1), subject.pieces[i].interval
    signs = set()
    for k in range(-40, 41):
        point = fmpq(k * 37, 101)
        if interval.contains(ExactReal(subject.field.rational(point))):
            value = slope.ball(arb_of(point, 128), 128)
            if value > 0:
                signs.add(1)
            elif value < 0:
                signs.add(-1)
    return signs


def _steps(subject: Subject) -> list[int]:
    """The signs of f's steps between neighbouring cells and the points between them."""
    levels: list[Real | Limit] = []
    steps = []
    for i, piece in enumerate(subject.pieces):
        if piece.element is not None:
            if levels:
                steps.append(_step(levels[-1], subject.limit(i, 1)))
            if i == len(subject.pieces) - 1:
                break
            levels.append(subject.limit(i, -1))
        value = subject.junctions[i].value if i < len(subject.junctions) else None
        if value is not None:
            if levels:
                last = levels[-1]
                here = i if piece.element is not None else None
                if here is not None and subject.continuous_from(i, -1):
                    steps.append(0)
                else:
                    steps.append(_step(last, value.real))
            levels.append(value.real)
            if subject.neighbour(i, 1) is not None and subject.continuous_from(i, 1):
                levels[-1] = subject.limit(i + 1, 1)
    return steps


def _level_gap(subject: Subject) -> bool:
    """Whether f has one value on both shores of a gap of D: (x, x <= 0), (x - 1, x >= 1) takes 0 twice."""
    shore: Real | None = None
    for piece, junction in zip(subject.pieces, subject.junctions, strict=False):
        if piece.element is not None:
            shore = None
        if junction.value is not None:
            if shore is not None and compare(shore, junction.value.real) == 0:
                return True
            shore = junction.value.real
    return False


def _step(before: Real | Limit, after: Real | Limit) -> int:
    """The sign of after - before; infinite limits count as such."""
    low, high = (b.value if isinstance(b, Limit) else b for b in (before, after))
    if low is None:
        assert isinstance(before, Limit)
        if high is None:
            assert isinstance(after, Limit)
            return 0 if before.sign == after.sign else after.sign
        return -before.sign
    if high is None:
        assert isinstance(after, Limit)
        return after.sign
    if low is high:
        return 0
    return compare(high, low)
