"""Questions that need finer bases of exponentials or roots than the other facts do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from symnet.analysis.subject import Subject
from symnet.balls.field import Field
from symnet.balls.undecided import NeedsFinerBase, Undecided

MOST_REFINEMENTS = 6
Found = TypeVar("Found")


def refined(subject: Subject, question: Callable[[Subject], Found]) -> Found:
    """The answer of `question`, asked again of a copy of the subject whenever a base has to be finer.

    The subject itself keeps its bases: finer ones would make every other fact slower.
    """
    field = subject.field
    bases = {key: field.bases[key] for key in field.refined}
    for _ in range(MOST_REFINEMENTS):
        try:
            return question(subject)
        except NeedsFinerBase as need:
            bases[need.key] = need.base
            subject = Subject(subject.tree, Field(bases, field.budget, field.box), field.budget, subject.text)
    raise Undecided("no common base of the exponentials was found")
