"""`analyse`: the facts of an activation or of a typed expression."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from symnet.analysis.fact import UNKNOWN, Fact
from symnet.analysis.facts import FACTS
from symnet.analysis.subject import Subject
from symnet.balls.field import Field
from symnet.balls.undecided import NeedsFinerBase, Undecided
from symnet.balls.work import Budget
from symnet.definitions.activation import Activation

UNITS = 200_000
UNITS_OF_A_FACT = 50_000


@dataclass(frozen=True)
class Analysis:
    """Every fact about one function."""

    expression: str
    variable: str
    facts: Mapping[str, Fact]

    def to_json(self) -> dict[str, Any]:
        """The JSON contract: plain types, every listed fact present."""
        domain = self.facts["domain"]
        return {
            "expression": self.expression,
            "variable": self.variable,
            "domain": domain.value,
            "facts": {name: fact.to_json() for name, fact in self.facts.items()},
        }


def analyse(target: Activation | str, *, seconds: float | None = None) -> Analysis:
    """Every fact that can be proved about `target`; the rest is unknown.

    `seconds` is a safety net beside the work units: what it cuts short is unknown and never cached.
    """
    from symnet.analysis.target import typed_tree

    text, variable, tree = typed_tree(target)
    deadline = None if seconds is None else time.monotonic() + seconds
    bases: dict[str, Any] = {}
    for _ in range(12):
        budget = Budget(UNITS, deadline)
        field = Field(bases, budget)
        subject = Subject(tree, field, budget, text)
        try:
            facts = {name: _decide(name, subject) for name in FACTS}
        except NeedsFinerBase as need:
            bases[need.key] = need.base
            continue
        return Analysis(text, variable, facts)
    raise Undecided("no common base of the exponentials was found")


def _decide(name: str, subject: Subject) -> Fact:
    """One fact within its share of the units."""
    left = subject.budget.units
    share = min(left, UNITS_OF_A_FACT)
    subject.budget.units = share
    try:
        return FACTS[name](subject)
    except Undecided as reason:
        return Fact(name, UNKNOWN, reason=f"Not decided: {reason}.")
    finally:
        subject.budget.units = left - (share - max(subject.budget.units, 0))
