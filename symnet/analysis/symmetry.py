"""Parity."""

from __future__ import annotations

from flint import ctx

from symnet.analysis.fact import Fact
from symnet.analysis.finite import parity_of_points
from symnet.analysis.reflection import (
    SAMPLES,
    Answer,
    enclosure,
    lopsided,
    meets_a_gap,
    mirrored,
    refuted,
    refuted_at_ends,
)
from symnet.analysis.structure import parity_of
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.interval import arb_of
from symnet.balls.undecided import Undecided


def parity(subject: Subject) -> Fact:
    """even, odd or neither (zero is even)."""
    label = parity_label(subject)
    reason = {
        "even": "f(-x) - f(x) is the zero function on the mirrored domain.",
        "odd": "f(-x) + f(x) is the zero function on the mirrored domain.",
        "neither": "The domain is not symmetric, or f(-x) is neither f(x) nor -f(x) at some point.",
    }[label]
    return proved("parity", label, reason)


def parity_label(subject: Subject) -> str:
    """The parity of f."""
    if not subject.defined:
        return parity_of_points(subject)
    built = parity_of(subject.tree)
    if built == "even" or (built == "odd" and subject.field.box is None and _somewhere_not_zero(subject)):
        return built
    zero = subject.field.zero
    even = is_mirrored(subject, zero, 1, zero)
    if even is Answer.YES:
        return "even"
    odd = is_mirrored(subject, zero, -1, zero)
    if odd is Answer.YES:
        return "odd"
    if even is Answer.NO and odd is Answer.NO:
        return "neither"
    raise Undecided("neither proved nor refuted")


def _somewhere_not_zero(subject: Subject) -> bool:
    values = (enclosure(subject, t) for t in SAMPLES)
    return any(value is not None and not value.contains(0) for value in values)


def is_mirrored(subject: Subject, centre: Element, factor: int, constant: Element | None) -> Answer:
    """Whether f(2a - x) = factor*f(x) + constant, proved on the cells or refuted at points."""
    answer = mirrored(subject, centre, factor, constant)
    if answer is not Answer.OPEN:
        return answer
    if meets_a_gap(subject, centre):
        return Answer.NO
    if subject.field.box is not None:
        return Answer.NO if refuted_at_ends(subject, centre, factor, constant) else Answer.OPEN
    with ctx.workprec(192):
        return Answer.NO if _refuted_at_points(subject, centre, factor, constant) else Answer.OPEN


def _refuted_at_points(subject: Subject, centre: Element, factor: int, constant: Element | None) -> bool:
    ball = centre.ball(None, 160)
    if lopsided(subject, ball):
        return True
    if constant is None:
        return refuted(subject, ball, lambda right, left: left - factor * right)
    for t in SAMPLES:
        right, left = enclosure(subject, ball + arb_of(t, 160)), enclosure(subject, ball - arb_of(t, 160))
        if right is not None and left is not None and not (left - factor * right).contains(0):
            return True
    for junction in subject.junctions:
        there = enclosure(subject, 2 * ball - junction.point.ball(160))
        if (
            junction.value is not None
            and there is not None
            and not (there - factor * junction.value.real.ball(160)).contains(0)
        ):
            return True
    return False
