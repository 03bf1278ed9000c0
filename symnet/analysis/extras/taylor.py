"""The Taylor series at 0."""

from __future__ import annotations

from flint import fmpq

from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.reals import ExactReal
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided

ORDER = 8


def taylor_at_zero(subject: Subject) -> Fact:
    """The coefficients of x^0 … x^8, exactly; null where 0 is a breakpoint or outside the domain."""
    zero = ExactReal(subject.field.zero)
    for i, piece, _ in subject.defined:
        if not piece.interval.contains(zero):
            continue
        coefficients, factorial = [], 1
        for k in range(ORDER + 1):
            factorial *= max(k, 1)
            try:
                value = Substitution(subject.field, subject.field.zero).element(subject.derivative(i, k))
            except ZeroDivisionError:
                raise Undecided("a derivative at 0 has no regular form") from None
            coefficients.append(ExactReal(value.scaled(fmpq(1, factorial))))
        return proved("taylor_at_zero", coefficients, "The derivatives at 0 were evaluated exactly.")
    return proved("taylor_at_zero", None, "0 is a breakpoint of f or lies outside its domain.")
