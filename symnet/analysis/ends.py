"""Limits at infinity."""

from __future__ import annotations

from symnet.analysis.fact import Fact
from symnet.analysis.oscillation import oscillates
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
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
        constants = {element.key for _, _, element in subject.defined if element.is_constant}
        if len(constants) < 2 and all(element.is_constant for _, _, element in subject.defined):
            raise Undecided("a periodic function with constant pieces")
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
