"""Zeros and fixed points."""

from __future__ import annotations

from typing import Any

from symnet.analysis.fact import Fact
from symnet.analysis.listing import any_zero, collect, listed
from symnet.analysis.range import extreme, inside, merge
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.reals import Real
from symnet.balls.undecided import Undecided


def zeros(subject: Subject) -> Fact:
    """Where f(x) = 0."""
    return proved("zeros", solutions(subject, subject.field.zero), _reason("f(x) = 0"))


def fixed_points(subject: Subject) -> Fact:
    """Where f(x) = x."""
    return proved("fixed_points", solutions(subject, subject.field.x), _reason("f(x) = x"))


def _reason(equation: str) -> str:
    return f"Every solution of {equation} was isolated, and the search covers the whole domain."


def solutions(subject: Subject, other: Element) -> dict[str, Any]:
    """Where f equals `other`: points and intervals."""
    elements, spans = {}, []
    for i, _, element in subject.defined:
        difference = element - other
        if difference.is_zero:
            spans.append((i, i))
        else:
            elements[i] = difference
    intervals = merge(subject, spans)
    extra = []
    for junction in subject.junctions:
        if junction.value is None:
            continue
        target = other if other.is_constant or junction.point.exact is None else junction.point.exact
        if junction.value.equals(target) and not inside(junction.point, intervals):
            extra.append(junction.point)
    if subject.periodic is not None and not other.is_constant:
        return _periodic_fixed_points(subject, elements, extra, intervals)
    return collect(subject, elements, extra, intervals, any_zero)


def _periodic_fixed_points(
    subject: Subject, elements: dict[int, Element], extra: list[Real], intervals: list[list[Any]]
) -> dict[str, Any]:
    """All fixed points lie within the bounds of f.

    Where f tends to infinity at a point, it meets the diagonal beside every far enough translate of that point.
    """
    points = [z.point for i, element in elements.items() for z in subject.chart(element, i).zeros] + extra
    edge = subject.pieces[-1].interval.right
    assert edge is not None
    unbounded = False
    for direction in (1, -1):
        value = extreme(subject, 0, direction)["value"]
        if isinstance(value, str):
            unbounded = True
        elif not abs(value.ball(64)) < edge.ball(64):
            raise Undecided("f takes values beyond the window")
    if unbounded:
        return {"points": listed(points, True), "intervals": intervals, "infinite": True, "family": None}
    return {"points": listed(points, False), "intervals": intervals, "infinite": False, "family": None}
