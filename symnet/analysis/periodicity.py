"""The smallest positive period."""

from __future__ import annotations

from flint import fmpq

from symnet.analysis.fact import Fact
from symnet.analysis.oscillation import wave
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.monomials import ONE, compare
from symnet.balls.oscillation import period_of, zeros_of_a_period
from symnet.balls.reals import ExactReal, Interval, arb_of
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided


def period(subject: Subject) -> Fact:
    """The smallest positive period, or null when there is none."""
    first, last = subject.pieces[0], subject.pieces[-1]
    if first.element is None or last.element is None:
        return proved("period", None, "The domain has an end, so that no shift maps it to itself.")
    single = len(subject.pieces) == 1
    if single and first.element.is_constant:
        return proved("period", None, "A constant has every period, and therefore no smallest one.")
    for i, side in ((len(subject.pieces) - 1, -1), (0, 1)):
        try:
            subject.limit(i, side)
        except Undecided:
            continue
        return proved("period", None, "f has a limit at infinity without being constant, which excludes a period.")
    if single:
        full = period_of(subject.field, first.element.generators)
        if full is not None:
            return proved("period", ExactReal(smallest(first.element, full, subject)), "f is a function of one angle, and no fraction of this period is one.")
        for side in (-1, 1):
            found = wave(subject, 0, side)
            if found is not None and compare(found.growth, ONE) > 0:
                return proved("period", None, "f is continuous and unbounded, which excludes a period.")
    raise Undecided("no period was proved or excluded")


def smallest(element: Element, full: Element, subject: Subject) -> Element:
    """The smallest period, a fraction 1/k of `full` where k divides the number of critical points of a period."""
    field = element.field
    count = 0
    for factor, _ in field.factor(element.derivative().num)[1]:
        if period_of(field, field.used(factor)) is not None:
            count += len(zeros_of_a_period(field, factor, full, subject.budget))
    if not count:
        raise Undecided("a period without critical points")
    for k in range(count, 1, -1):
        if count % k:
            continue
        part = full.scaled(fmpq(1, k))
        image = Substitution(field, field.x + part, Interval(None, None)).element(element)
        if (image - element).is_zero:
            return part
        for sample in (fmpq(1, 7), fmpq(5, 11), fmpq(13, 17)):
            x = arb_of(sample, 160)
            if not (element.ball(x, 160) - element.ball(x + part.ball(None, 160), 160)).contains(0):
                break
        else:
            raise Undecided("a smaller period was neither proved nor excluded")
    return full
