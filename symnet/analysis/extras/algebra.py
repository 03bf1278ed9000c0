"""Algebraic identities: homogeneity and idempotence."""

from __future__ import annotations

from flint import fmpq

from symnet.analysis.extras.identity import equal
from symnet.analysis.fact import Fact
from symnet.analysis.reflection import Answer, enclosure
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.reals import ExactReal
from symnet.balls.undecided import Undecided
from symnet.definitions.tree import Variable, substitute, walk


def homogeneity(subject: Subject) -> Fact:
    """The degree k with f(a*x) = a^k * f(x) for every a > 0, or null.

    By Euler's theorem x*f′(x) = k*f(x) on every cell; the cells can only break at 0.
    """
    degrees = set()
    for i, _, element in subject.defined:
        if element.is_zero:
            continue
        ratio = subject.field.x * subject.derivative(i, 1) / element
        if not ratio.is_constant:
            return proved("homogeneity", None, "x*f′(x)/f(x) is not constant, which excludes every degree.")
        degrees.add(ratio)
    zero = subject.field.zero
    if len(degrees) != 1 or any(j.point.exact is None or not j.point.exact.is_zero for j in subject.junctions):
        return proved("homogeneity", None, "f breaks at a point other than 0, or its two sides have different degrees.")
    degree = degrees.pop()
    at_zero = next((j.value for j in subject.junctions), None)
    if at_zero is not None and not degree.is_zero and not at_zero.equals(zero):
        return proved("homogeneity", None, "The value at 0 is not 0.")
    return proved("homogeneity", ExactReal(degree), "x*f′(x) = k*f(x) on both sides of 0 (Euler).")


def idempotence(subject: Subject) -> Fact:
    """Whether f(f(x)) = f(x) for every x in D."""
    variable = next((node for node in walk(subject.tree) if isinstance(node, Variable)), None)
    twice = subject.tree if variable is None else substitute(subject.tree, variable, subject.tree)
    if variable is not None and _moved(subject):
        return proved("idempotence", False, "At a sample point f(f(x)) is not f(x).")
    answer = equal(subject.tree, twice, subject.budget)
    if answer is Answer.OPEN:
        raise Undecided("f(f(x)) = f(x) was neither proved nor refuted")
    words = "equal" if answer is Answer.YES else "not equal"
    return proved(
        "idempotence", answer is Answer.YES, f"f(f(x)) and f(x) were compared on every cell: they are {words}."
    )


def _moved(subject: Subject) -> bool:
    """Whether f moves one of its values."""
    for k in range(-40, 41):
        value = enclosure(subject, fmpq(k * 7 + 1, 23))
        again = None if value is None else enclosure(subject, value)
        if value is not None and again is not None and not value.overlaps(again):
            return True
    return False
