"""Zeros and fixed points."""

from __future__ import annotations

from typing import Any

from symnet.analysis.fact import Fact
from symnet.analysis.range import inside, merge
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.element import Element


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
    points, spans = [], []
    for i, _, element in subject.defined:
        difference = element - other
        if difference.is_zero:
            spans.append((i, i))
            continue
        points.extend(zero.point for zero in subject.chart(difference, i).zeros)
    on_junctions = []
    for junction in subject.junctions:
        if junction.value is None:
            continue
        target = other if other.is_constant or junction.point.exact is None else junction.point.exact
        if junction.value.equals(target):
            on_junctions.append(junction.point)
    intervals = merge(subject, spans)
    points.extend(p for p in on_junctions if not inside(p, intervals))
    points.sort(key=float)
    return {"points": points, "intervals": intervals, "infinite": False, "family": None}
