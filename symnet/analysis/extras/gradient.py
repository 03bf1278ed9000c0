"""What a gradient meets: its bounds, the Clarke subdifferential at kinks, saturated and dead regions."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from flint import fmpq

from symnet.analysis.fact import Fact
from symnet.analysis.listing import within_reach
from symnet.analysis.range import extreme
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.interval import Interval, arb_of
from symnet.balls.order import compare, in_order
from symnet.balls.reals import ExactReal, Real

THRESHOLD = fmpq(1, 1000)


def gradient_bounds(subject: Subject) -> Fact:
    """Infimum and supremum of f′, one-sided slopes included."""
    claim = {"infimum": extreme(subject, 1, -1), "supremum": extreme(subject, 1, 1)}
    return proved(
        "gradient_bounds",
        claim,
        "From the critical values of the derivative, the one-sided slopes and the limits at the ends.",
    )


def clarke_subdifferentials(subject: Subject) -> Fact:
    """[{"at", "interval"}]: at a kink with finite slopes, the interval between them."""
    found: list[dict[str, Any]] = []
    for j, junction in enumerate(subject.junctions):
        if not subject.interior(j) or not subject.continuous_at(j) or subject.differentiable_at(j):
            continue
        left, right = subject.slope(j, -1), subject.slope(j, 1)
        if left is None or right is None or left.value is None or right.value is None:
            continue
        ends = [left.value, right.value] if compare(left.value, right.value) < 0 else [right.value, left.value]
        found.append({"at": junction.point, "interval": ends})
    return proved("clarke_subdifferentials", found, "At a kink it is the interval between the two one-sided slopes.")


def saturation(subject: Subject) -> Fact:
    """{"threshold", "saturated", "dead", "infinite"}: where |f′| < 1/1000, and where f′ = 0, as intervals.

    With infinitely many, those inside [-10, 10].
    """
    saturated: list[list[Real | str]] = []
    dead: list[list[Real | str]] = []
    infinite = subject.periodic is not None
    for i, piece, _ in subject.defined:
        slope = subject.derivative(i, 1)
        if slope.is_zero:
            dead.append(subject.closure(i))
        if slope.is_constant:
            if abs(slope.ball(None, 128)) < 0.001:
                saturated.append(subject.closure(i))
            continue
        limit = subject.field.rational(THRESHOLD)
        charts = [subject.chart(slope - limit, i), subject.chart(slope + limit, i)]
        points: list[Real | None] = [*in_order([z.point for chart in charts for z in chart.zeros])]
        endless = any(chart.infinite for chart in charts)
        infinite = infinite or endless
        for left, right in pairwise(points if endless else [piece.interval.left, *points, piece.interval.right]):
            sample = Interval(left, right).sample()
            if abs(slope.ball(arb_of(sample, 256), 256)) < 0.001:
                saturated.append(["-oo" if left is None else left, "oo" if right is None else right])
    claim = {
        "threshold": ExactReal(subject.field.rational(THRESHOLD)),
        "saturated": _listed(_joined(saturated), infinite),
        "dead": _listed(_joined(dead), infinite),
        "infinite": infinite,
    }
    return proved("saturation", claim, "The equations f′ = 1/1000 and f′ = -1/1000 were solved on every cell.")


def _listed(intervals: list[list[Real | str]], infinite: bool) -> list[list[Real | str]]:
    """The intervals; of infinitely many, those whose finite ends lie in [-10, 10]."""
    if not infinite:
        return intervals
    return [pair for pair in intervals if all(isinstance(end, str) or within_reach(end) for end in pair)]


def _joined(intervals: list[list[Real | str]]) -> list[list[Real | str]]:
    """Neighbouring intervals that share an end as one."""
    joined: list[list[Real | str]] = []
    for left, right in intervals:
        if joined and joined[-1][1] is left:
            joined[-1][1] = right
        else:
            joined.append([left, right])
    return joined
