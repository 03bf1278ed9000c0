"""Convexity by interval: the maximal intervals on which f is convex, and those on which it is concave."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from symnet.analysis.convexity import turn
from symnet.analysis.fact import Fact
from symnet.analysis.listing import within_reach
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.reals import Real


@dataclass(frozen=True)
class _Arc:
    """A part of a cell where f″ has one sign (0: f is linear), and how f passes on to the next arc."""

    left: Real | None
    right: Real | None
    bend: int
    joined: frozenset[int]
    """The bends that continue through the right end: 1 when no kink bends down there, -1 when none bends up."""


BOTH = frozenset({1, -1})


def convexity_intervals(subject: Subject) -> Fact:
    """{"convex", "concave", "infinite"}: closures of the maximal intervals; a linear part counts for both.

    With infinitely many, those whose finite ends lie in [-10, 10].
    """
    arcs, infinite = _arcs(subject)
    claim = {name: _maximal(arcs, bend, infinite) for name, bend in (("convex", 1), ("concave", -1))}
    reason = "From the sign of f″ on every cell and the two slopes at every breakpoint."
    return proved("convexity_intervals", {**claim, "infinite": infinite}, reason)


def _arcs(subject: Subject) -> tuple[list[_Arc], bool]:
    """All arcs from left to right, and whether they go on for ever."""
    arcs: list[_Arc] = []
    infinite = subject.periodic is not None
    for i, piece, _ in subject.defined:
        after = _through(subject, i)
        bend = subject.derivative(i, 2)
        if bend.is_zero:
            arcs.append(_Arc(piece.interval.left, piece.interval.right, 0, after))
            continue
        chart = subject.chart(bend, i)
        infinite = infinite or chart.infinite
        points = [z.point for z in chart.zeros]
        ends = points if chart.infinite else [piece.interval.left, *points, piece.interval.right]
        signs = chart.signs[1:-1] if chart.infinite else chart.signs
        for k, ((left, right), sign) in enumerate(zip(pairwise(ends), signs, strict=True)):
            last = k == len(signs) - 1
            arcs.append(_Arc(left, right, sign, (frozenset() if chart.infinite else after) if last else BOTH))
    return arcs, infinite


def _through(subject: Subject, i: int) -> frozenset[int]:
    """The bends that continue through the right end of cell i."""
    if i >= len(subject.junctions) or not subject.interior(i) or not subject.continuous_at(i):
        return frozenset()
    left, right = subject.slope(i, -1), subject.slope(i, 1)
    assert left is not None and right is not None
    change = turn(subject, i, left, right)
    return BOTH if change == 0 and left.finite else frozenset({change})


def _maximal(arcs: list[_Arc], bend: int, infinite: bool) -> list[list[Real | str]]:
    """The runs of arcs of this bend (or linear) that are joined."""
    spans: list[list[Real | None]] = []
    goes_on = False
    for arc in arcs:
        if arc.bend in (bend, 0):
            if goes_on:
                spans[-1][1] = arc.right
            else:
                spans.append([arc.left, arc.right])
        goes_on = arc.bend in (bend, 0) and bend in arc.joined
    if infinite:
        spans = [s for s in spans if all(end is None or within_reach(end) for end in s)]
    return [["-oo" if left is None else left, "oo" if right is None else right] for left, right in spans]
