"""Formulas that are simpler than they look: constants and straight lines, known by their derivatives."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from symnet.balls.element import Element
from symnet.balls.elementary import as_one_root
from symnet.balls.expansion import End
from symnet.balls.interval import Interval
from symnet.balls.limits import limit_of
from symnet.balls.reals import ExactReal
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided


def constant_value(element: Element, interval: Interval) -> Element | None:
    """The number that the element is on the whole interval, where its derivative is the zero function; else None."""
    if element.free_of_x:
        return element
    return _plainest_value(element, interval) if element.derivative().same_as_zero else None


def _plainest_value(element: Element, interval: Interval) -> Element | None:
    """A value of the element in the interval: a rational one if there is one, else the shortest to write."""
    found = []
    for value in map(as_one_root, _values(element, interval)):
        if value.rational is not None:
            return value
        found.append(value)
    return min(found, key=lambda value: len(value.key), default=None)


def _values(element: Element, interval: Interval) -> Iterator[Element]:
    """Exact values inside the interval, and limits at its ends."""
    field = element.field
    points = [field.rational(point) for point in (fmpq(0), fmpq(1), fmpq(-1), fmpq(1, 2))]
    left, right = (None if end is None else end.exact for end in (interval.left, interval.right))
    if left is not None and right is not None:
        points.append((left + right).scaled(fmpq(1, 2)))
    for at in points:
        try:
            if interval.contains(ExactReal(at)):
                yield Substitution(field, at).element(element)
        except (Undecided, ZeroDivisionError):
            continue
    for end, side in ((interval.left, 1), (interval.right, -1)):
        if end is None:
            continue
        try:
            value = limit_of(element, End(end, side)).element
        except Undecided:
            continue
        if value is not None and value.free_of_x:
            yield value


def straightened(element: Element, interval: Interval) -> Element:
    """The element, or a*x + b when it is one: asin(sin(x)) is x, or pi - x, from cell to cell."""
    field = element.field
    if field.box is not None or all(field.generators[i].constant or i == 0 for i in element.generators):
        return element
    slope = constant_value(element.derivative(), interval)
    if slope is None:
        return element
    intercept = _plainest_value(element - field.x * slope, interval)
    return element if intercept is None else field.x * slope + intercept
