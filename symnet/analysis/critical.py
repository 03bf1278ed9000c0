"""Critical points, local extrema and inflection points."""

from __future__ import annotations

from typing import Any

from symnet.analysis.candidates import value_at
from symnet.analysis.fact import Fact
from symnet.analysis.listing import (
    any_zero,
    collect,
    family_text,
    infinitely_many,
    periodic_list,
    sign_change,
    within_reach,
)
from symnet.analysis.range import inside, merge
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.order import compare
from symnet.balls.reals import ExactReal


def critical_points(subject: Subject) -> Fact:
    """Where f is differentiable and f′ = 0; plateaus as intervals."""
    points, spans, elements = [], [], {}
    for i, _, _ in subject.defined:
        slope = subject.derivative(i, 1)
        if slope.is_zero:
            spans.append((i, i))
        else:
            elements[i] = slope
    intervals = merge(subject, spans)
    for j, junction in enumerate(subject.junctions):
        if not subject.interior(j) or inside(junction.point, intervals) or not subject.differentiable_at(j):
            continue
        slope = subject.slope(j, 1)
        assert slope is not None and slope.value is not None
        if slope.element is not None and junction.value is not None:
            vanishes = type(junction.value)(junction.point, slope.element).equals(subject.field.zero)
        else:
            vanishes = compare(slope.value, ExactReal(subject.field.zero)) == 0
        if vanishes:
            points.append(junction.point)
    claim = collect(subject, elements, points, intervals, any_zero)
    return proved(
        "critical_points", claim, "Every zero of the derivative was isolated, and the search covers the whole domain."
    )


def extrema(subject: Subject) -> Fact:
    """Interior points strictly above or below a punctured neighbourhood."""
    found: list[dict[str, Any]] = []
    charts = {}
    for i, _, element in subject.defined:
        slope = subject.derivative(i, 1)
        if slope.is_zero:
            continue
        chart = charts[i] = subject.chart(slope, i)
        for zero, before in zip(chart.zeros, chart.signs, strict=False):
            if zero.multiplicity % 2:
                found.append(
                    {
                        "at": zero.point,
                        "value": value_at(element, zero.point),
                        "kind": "maximum" if before > 0 else "minimum",
                    }
                )
    corners = []
    for j, junction in enumerate(subject.junctions):
        if subject.interior(j):
            sides = {_side(subject, j, side) for side in (-1, 1)}
            if sides in ({1}, {-1}):
                assert junction.value is not None
                corners.append(junction.point)
                found.append(
                    {
                        "at": junction.point,
                        "value": junction.value.real,
                        "kind": "maximum" if sides == {1} else "minimum",
                    }
                )
    if subject.periodic is not None:
        return periodic_list(subject, "extrema", found, "f is periodic; on one period f turns exactly at these points.")
    infinite = infinitely_many(charts.values(), sign_change)
    family = family_text(subject, charts, sign_change, corners) if infinite else None
    found = [record for record in found if not infinite or within_reach(record["at"])]
    found.sort(key=lambda record: float(record["at"]))
    reason = (
        "The derivative changes sign, or the value at a breakpoint stands above or below both sides, exactly at these points."
        if found
        else "The derivative changes its sign nowhere, and no breakpoint stands above or below both its sides."
    )
    return proved("extrema", found, reason, infinite=infinite, family=family)


def _side(subject: Subject, j: int, side: int) -> int:
    """1 when f(c) is above f just beside c, -1 below, 0 equal."""
    junction, limit, i = subject.junctions[j], subject.side_limit(j, side), subject.neighbour(j, side)
    assert junction.value is not None and limit is not None and i is not None
    if not limit.finite:
        return -limit.sign
    if not subject.continuous_from(j, side):
        assert limit.value is not None
        return compare(junction.value.real, limit.value)
    slope = subject.derivative(i, 1)
    if slope.is_zero:
        return 0
    chart = subject.chart(slope, i)
    return chart.signs[-1] if side < 0 else -chart.signs[0]


def inflection_points(subject: Subject) -> Fact:
    """Where f is differentiable and f″ strictly changes sign."""
    points, elements = [], {}
    for i, _, _ in subject.defined:
        bend = subject.derivative(i, 2)
        if not bend.is_zero:
            elements[i] = bend
    for j, junction in enumerate(subject.junctions):
        if not subject.interior(j):
            continue
        left, right = bend_beside(subject, j, -1), bend_beside(subject, j, 1)
        if left * right < 0 and subject.differentiable_at(j):
            points.append(junction.point)
    claim = collect(subject, elements, points, [], sign_change)
    return proved(
        "inflection_points",
        claim,
        "The second derivative changes its sign exactly there, by its isolated zeros and its signs beside the breakpoints.",
    )


def bend_beside(subject: Subject, j: int, side: int) -> int:
    """The sign of f″ just beside junction j; 0 where it is identically 0."""
    i = subject.neighbour(j, side)
    assert i is not None
    bend = subject.derivative(i, 2)
    if bend.is_zero:
        return 0
    chart = subject.chart(bend, i)
    return chart.signs[-1] if side < 0 else chart.signs[0]
