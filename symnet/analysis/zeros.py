"""Zeros and fixed points."""

from __future__ import annotations

from typing import Any

from symnet.analysis.fact import Fact
from symnet.analysis.listing import any_zero, collect
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
    return collect(subject, elements, extra, intervals, any_zero)
