"""The smallest positive period."""

from __future__ import annotations

from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.undecided import Undecided


def period(subject: Subject) -> Fact:
    """The smallest positive period, or null when there is none."""
    first, last = subject.pieces[0], subject.pieces[-1]
    if first.element is None or last.element is None:
        return proved("period", None, "The domain has an end, so that no shift maps it to itself.")
    if len(subject.pieces) == 1 and first.element.is_constant:
        return proved("period", None, "A constant has every period, and therefore no smallest one.")
    for i, side in ((len(subject.pieces) - 1, -1), (0, 1)):
        try:
            subject.limit(i, side)
        except Undecided:
            continue
        return proved("period", None, "f has a limit at infinity without being constant, which excludes a period.")
    raise Undecided("no period was proved or excluded")
