"""`analyse`: the facts of an activation or of a typed expression."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from symnet.analysis.endless import ENDLESS
from symnet.analysis.fact import UNKNOWN, Fact
from symnet.analysis.facts import FACTS
from symnet.analysis.place import InfinitelyMany
from symnet.analysis.subject import Subject
from symnet.analysis.target import Assumptions, read_assumptions, typed_tree
from symnet.balls.field import Field
from symnet.balls.undecided import NeedsFinerBase, Undecided
from symnet.balls.work import Budget
from symnet.cache import Store, digest, source_digest
from symnet.definitions.activation import Activation
from symnet.definitions.tree import FreeParameter, Node, walk

UNITS = 200_000
UNITS_OF_A_FACT = 50_000
FINEST_BASES = 12
ENTRIES = Store("facts")


@dataclass(frozen=True)
class Analysis:
    """Every fact about one function."""

    expression: str
    variable: str
    facts: Mapping[str, Fact]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows."""
        from symnet.shortcuts import display

        return display(self)

    def to_json(self) -> dict[str, Any]:
        """The JSON contract: plain types, every listed fact present."""
        return {
            "expression": self.expression,
            "variable": self.variable,
            "domain": self.facts["domain"].value,
            "facts": {name: fact.to_json() for name, fact in self.facts.items()},
        }


def analyse(
    target: Activation | str,
    *,
    seconds: float | None = None,
    extras: bool = False,
    assume: Assumptions = (),
) -> Analysis:
    """Every fact that can be proved about `target`; the rest is unknown.

    `assume` keeps parameters symbolic: ``analyse("elu", assume="alpha>0")``, or several such words; a
    value is then a text in the parameters, or {"cases": [{"if", "value"}, …]}.

    The result is kept in the cache on disk, by the tree, and by the sources that decide facts. Work is
    bounded by units, and `extras` adds the facts beyond the contract; `seconds` is a safety net beside them: what it cuts short is unknown, says so,
    and is never cached.
    """
    text, variable, tree = typed_tree(target, read_assumptions(assume))
    key = digest({"tree": repr(tree), "extras": extras, "sources": source_digest("balls", "analysis", "definitions")})
    known = ENTRIES.get(key)
    if known is not None:
        return Analysis(text, variable, {name: Fact.from_json(name, record) for name, record in known.items()})
    facts, whole = decide(tree, text, None if seconds is None else time.monotonic() + seconds, extras)
    if whole:
        ENTRIES.put(key, {name: fact.to_json() for name, fact in facts.items()})
    return Analysis(text, variable, facts)


def decide(
    tree: Node, text: str = "", deadline: float | None = None, extras: bool = False
) -> tuple[dict[str, Fact], bool]:
    """The facts of a tree, and whether the clock cut nothing short."""
    from symnet.analysis.extras import EXTRAS

    questions = {**FACTS, **EXTRAS} if extras else FACTS
    if any(isinstance(node, FreeParameter) for node in walk(tree)):
        from symnet.analysis.parametric import decide_for_every_value

        return decide_for_every_value(tree, text, FACTS, deadline)
    bases: dict[str, Any] = {}
    for _ in range(FINEST_BASES):
        budget = Budget(UNITS, deadline)
        subject = Subject(tree, Field(bases, budget), budget, text)
        try:
            facts = {name: decide_one(name, question, subject) for name, question in questions.items()}
        except NeedsFinerBase as need:
            bases[need.key] = need.base
            continue
        return facts, not budget.cut_short
    reason = "Not decided: no common base of the exponentials was found."
    return {name: Fact(name, UNKNOWN, reason=reason) for name in questions}, True


def _asked(name: str, question: Callable[[Subject], Fact], subject: Subject) -> Fact:
    """The fact, from all pieces or, where these have no end, from what is proved without them."""
    try:
        return question(subject)
    except InfinitelyMany:
        if name not in ENDLESS:
            raise
        return ENDLESS[name](subject)


def decide_one(name: str, question: Callable[[Subject], Fact], subject: Subject) -> Fact:
    """One fact within its share of the units."""
    left = subject.budget.units
    share = min(left, UNITS_OF_A_FACT)
    subject.budget.units = share
    try:
        return _asked(name, question, subject)
    except Undecided as reason:
        return Fact(name, UNKNOWN, reason=f"Not decided: {reason}.")
    except (ZeroDivisionError, RecursionError, AssertionError) as failure:
        return Fact(
            name,
            UNKNOWN,
            reason=f"Not decided: the search failed ({type(failure).__name__}), which is worth reporting.",
        )
    finally:
        subject.budget.units = left - (share - max(subject.budget.units, 0))
