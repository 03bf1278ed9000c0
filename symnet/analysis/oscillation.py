"""Oscillation at an end: sines and cosines of something that tends to infinity."""

from __future__ import annotations

from flint import fmpq

from symnet.analysis.subject import Subject
from symnet.balls.element import Element
from symnet.balls.monomials import ONE, compare
from symnet.balls.order import compare as order_of
from symnet.balls.oscillation import Oscillation, oscillation
from symnet.balls.periods import period_of
from symnet.balls.reals import ExactReal


def wave(
    subject: Subject, i: int, side: int, element: Element | None = None, start: fmpq | None = None
) -> Oscillation | None:
    """The oscillating leading term of f (or `element`) at the left (1) or right (-1) end of cell i."""
    function = subject.pieces[i].element if element is None else element
    assert function is not None
    return oscillation(subject.field, function, subject.end(i, side), start or fmpq(8))


def oscillates(subject: Subject, i: int, side: int, element: Element | None = None) -> bool:
    """Whether lim inf < lim sup is proved: the wave has two values and does not die out."""
    function = subject.pieces[i].element if element is None else element
    assert function is not None
    if not function.is_constant and period_of(subject.field, function.generators) is not None:
        return True
    found = wave(subject, i, side, element)
    if found is None or compare(found.growth, ONE) < 0:
        return False
    if compare(found.growth, ONE) == 0 or found.signs() == {1, -1}:
        low, high = found.extremes(subject.budget)
        return order_of(low, high) < 0
    if not found.exact:
        return False
    zero = ExactReal(subject.field.zero)
    return any(order_of(bound, zero) == 0 for bound in found.extremes(subject.budget))
