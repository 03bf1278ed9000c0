"""One fact at a time, on parts of the parameters' ranges that are split where a sign changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flint import fmpq

from symnet.analysis.fact import UNKNOWN, Fact
from symnet.analysis.parametric.cases import joined
from symnet.analysis.parametric.parts import Part, beginning
from symnet.analysis.parametric.scaling import by_scaling
from symnet.analysis.parametric.tidy import tidied
from symnet.analysis.subject import Subject
from symnet.balls.field import Field
from symnet.balls.parameters import Box, Critical
from symnet.balls.undecided import NeedsFinerBase
from symnet.balls.work import Budget
from symnet.definitions.tree import FreeParameter, Node, walk
from symnet.errors import DefinitionError

UNITS = 200_000
"""For all facts on all parts; scaling gets what is left, or a share of its own."""
UNITS_OF_SCALING = 100_000
MOST_PARTS = 15
FINEST_BASES = 8
OWN_NAMES = {
    "y": "y is the variable of the inverse",
    "f": "f is the function itself",
    "k": "k counts the members of a family",
}
Question = Callable[[Subject], Fact]


@dataclass
class Family:
    """The functions that an expression with parameters stands for, part by part."""

    tree: Node
    text: str
    budget: Budget

    def __post_init__(self) -> None:
        self._subjects: dict[str, Subject] = {}

    def fact(self, name: str, question: Question, part: Part) -> Fact:
        """The fact on a part; raises `Critical` where the part must be split."""
        from symnet.analysis.decision import decide_one

        for _ in range(FINEST_BASES):
            subject = self._subject(part)
            try:
                return decide_one(name, question, subject)
            except NeedsFinerBase as need:
                bases = {key: subject.field.bases[key] for key in subject.field.refined} | {need.key: need.base}
                self._subjects[part.key] = self._made(part, bases)
        return Fact(name, UNKNOWN, reason="Not decided: no common base of the exponentials was found.")

    def _subject(self, part: Part) -> Subject:
        known = self._subjects.get(part.key)
        if known is None:
            known = self._subjects[part.key] = self._made(part, {})
        return known

    def _made(self, part: Part, bases: Mapping[str, fmpq]) -> Subject:
        box = Box(part.ranges) if part.ranges else None
        return Subject(part.tree(self.tree), Field(bases, self.budget, box), self.budget, self.text)


def decide_for_every_value(
    tree: Node, text: str, questions: Mapping[str, Question], deadline: float | None = None, units: int = UNITS
) -> tuple[dict[str, Fact], bool]:
    """The facts of an expression with parameters, and whether the clock cut nothing short."""
    assumptions = _assumptions(tree)
    family = Family(tree, text, Budget(units, deadline))
    start = beginning(assumptions)
    facts = {
        name: joined(name, over(family, name, question, start), assumptions) for name, question in questions.items()
    }
    open_ones = {name: question for name, question in questions.items() if not whole(facts[name])}
    if open_ones:
        family.budget.units = max(family.budget.units, UNITS_OF_SCALING)
        facts |= by_scaling(family, open_ones, facts, assumptions)
    return {name: neatly(fact, assumptions) for name, fact in facts.items()}, not family.budget.cut_short


def _assumptions(tree: Node) -> dict[str, str]:
    """What is assumed of each parameter; a name that facts use for something else is refused."""
    found = {node.name: node.assumption for node in walk(tree) if isinstance(node, FreeParameter)}
    for name in found:
        if name in OWN_NAMES:
            raise DefinitionError(f"a parameter cannot be called '{name}' here, where {OWN_NAMES[name]}; rename it")
    return found


def neatly(fact: Fact, assumptions: Mapping[str, str]) -> Fact:
    """The fact with its texts in their neat form."""
    return replace(fact, value=tidied(fact.value, assumptions), exact=tidied(fact.exact, assumptions))


def whole(fact: Fact) -> bool:
    """Whether the fact is proved for all values that the assumptions allow."""
    return fact.verdict != UNKNOWN and not fact.evidence.get("partial", False)


def over(family: Family, name: str, question: Question, parts: list[Part]) -> list[tuple[Part, Fact]]:
    """The fact on each part, these split where it must be."""
    pending, found = list(parts), []
    while pending:
        part = pending.pop(0)
        try:
            fact = family.fact(name, question, part)
        except Critical as critical:
            if len(found) + len(pending) < MOST_PARTS:
                pending[:0] = part.split(critical)
                continue
            fact = Fact(name, UNKNOWN, reason="Not decided: the parameters have too many critical values.")
        found.append((part, fact))
    return found
