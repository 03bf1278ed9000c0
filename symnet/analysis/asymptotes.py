"""Horizontal, oblique and vertical asymptotes."""

from __future__ import annotations

from typing import Any

from flint import arb

from symnet.analysis.fact import Fact
from symnet.analysis.listing import family_of, within_reach
from symnet.analysis.oscillation import oscillates
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.expansion import End
from symnet.balls.field import Field
from symnet.balls.limits import limit_of
from symnet.balls.monomials import T, compare
from symnet.balls.periods import period_of
from symnet.balls.reals import ExactReal
from symnet.balls.tails import germ, tail
from symnet.balls.undecided import Undecided


def asymptotes(subject: Subject) -> Fact:
    """Lines that f approaches at -oo and oo, and points where |f| tends to infinity."""
    found: list[dict[str, Any]] = []
    for side, i in (("-oo", 0), ("oo", len(subject.pieces) - 1)):
        element = subject.pieces[i].element
        if element is None or subject.periodic is not None:
            continue
        line = _line(subject, i, side)
        if line is not None:
            found.append({"side": side, "slope": ExactReal(line[0]), "intercept": ExactReal(line[1])})
    for j, junction in enumerate(subject.junctions):
        limits = [subject.side_limit(j, side) for side in (-1, 1)]
        if any(limit is not None and not limit.finite for limit in limits):
            found.append({"vertical_at": junction.point})
    if subject.periodic is not None:
        poles = [record["vertical_at"] for record in found]
        found = [record for record in found if within_reach(record["vertical_at"])]
        reason = "f is periodic and not constant, which excludes lines; |f| tends to infinity at these points."
        return proved("asymptotes", found, reason, infinite=bool(poles), family=family_of(poles, subject.periodic))
    reason = (
        "Read from the expansions at the ends, whose rest tends to 0."
        if found
        else "No expansion at an end has the form slope*x + intercept, and f has no pole."
    )
    return proved("asymptotes", found, reason)


def _line(subject: Subject, i: int, side: str) -> tuple[Element, Element] | None:
    element, field = subject.pieces[i].element, subject.field
    assert element is not None
    if not element.is_constant and period_of(field, element.generators) is not None:
        return None
    end = End(None, 1 if side == "oo" else -1)
    slope = _slope(field, element, end)
    if slope is None:
        if oscillates(subject, i, 1 if side == "-oo" else -1):
            return None
        raise Undecided("the growth at an end was not decided")
    if slope is False:
        return None
    rest = element - field.x * slope
    try:
        limit = limit_of(rest, end)
    except Undecided:
        if oscillates(subject, i, 1 if side == "-oo" else -1, rest):
            return None
        raise
    return (slope, limit.element) if limit.element is not None else None


def _slope(field: Field, element: Element, end: End) -> Element | bool | None:
    """The only slope that an asymptote can have; False when f grows faster than every line; None if undecided."""
    try:
        g = tail(field, element, end).germ
    except Undecided:
        g, _ = germ(field, element, end)
    slope = field.zero
    for m, c in g.terms:
        order = compare(m, T)
        if order > 0:
            if isinstance(c, arb):
                return None if c.contains(0) else False
            if isinstance(c, Element) and c.is_zero:
                continue
            return False
        if order == 0:
            if isinstance(c, arb):
                return None
            slope = (c if isinstance(c, Element) else field.rational(c)).scaled(end.side)
    return slope
