"""Limits at infinity."""

from __future__ import annotations

from symnet.analysis.fact import Fact
from symnet.analysis.oscillation import oscillates
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.order import compare
from symnet.balls.reals import ExactReal
from symnet.balls.undecided import Undecided


def limit_at_minus_infinity(subject: Subject) -> Fact:
    """The limit as x tends to -oo."""
    return _limit(subject, "limit_at_minus_infinity", 0, 1)


def limit_at_plus_infinity(subject: Subject) -> Fact:
    """The limit as x tends to +oo."""
    return _limit(subject, "limit_at_plus_infinity", -1, -1)


def _limit(subject: Subject, name: str, piece: int, side: int) -> Fact:
    where = "minus infinity" if side > 0 else "infinity"
    i = range(len(subject.pieces))[piece]
    if subject.periodic is not None:
        if all(element.is_constant for _, _, element in subject.defined):
            values = [ExactReal(element) for _, _, element in subject.defined]
            values.extend(junction.value.real for junction in subject.junctions if junction.value is not None)
            if not values:
                raise Undecided("the domain is empty")
            if all(compare(value, values[0]) == 0 for value in values):
                return proved(
                    name, values[0], "f has this one value wherever it is defined, and it is defined without end."
                )
        return proved(name, "oscillates", "f is periodic and not constant.")
    if subject.pieces[i].element is None:
        return proved(name, "undefined", f"The expression has no value near {where}.")
    try:
        limit = subject.limit(i, side)
    except Undecided:
        if oscillates(subject, i, side):
            return proved(
                name, "oscillates", "An oscillation that does not die out keeps the limits inferior and superior apart."
            )
        raise
    if not limit.finite:
        return proved(name, limit.text, f"The leading term of the expansion at {where} grows without bound.")
    return proved(
        name,
        limit.value,
        f"The expansion at {where}, valid beyond a proved point, has this constant term and a rest that tends to 0.",
    )
