"""What holds for every value of the parameters: the same rows of facts, by cases where the answer depends on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from symnet.analysis import Fact, analyse
from symnet.errors import DefinitionError
from symnet.explain import formula
from symnet.explain.activation.fact_rows import letters
from symnet.explain.activation.graph import listed
from symnet.explain.activation.properties import ROWS, undecided
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.sheet import FactRow, FactTable, Section, Text

Row = Callable[[Mapping[str, Fact], Function], FactRow | None]


class _Asked(dict[str, Fact]):
    """Facts that remember which of them a row asked for."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        super().__init__(facts)
        self.names: list[str] = []

    def __getitem__(self, name: str) -> Fact:
        self.names.append(name)
        return super().__getitem__(name)


def families(function: Function) -> Section | None:
    """The table of facts for all values of the parameters that were not fixed."""
    free = function.activation.free_parameters
    if not free:
        return None
    frame = Frame("activation", "families", function.voice)
    symbols = listed([p.symbol for p in free])
    try:
        facts = analyse(function.activation, assume={p.name: p.assumption for p in free}).facts
    except DefinitionError:  # a parameter has a name that the facts need for themselves
        return None
    rows = [row for make in ROWS for row in _rows(make, facts, function)]
    if left := undecided(facts):
        rows.append(left)
    assumed = listed([frame.text(p.assumption, symbol=p.symbol) for p in free])
    blocks = [frame.paragraph("intro", assumed=assumed), FactTable(tuple(rows))]
    return Section(frame.part, frame.text("title", symbols=symbols), frame.text("cue", symbols=symbols), tuple(blocks))


def _rows(make: Row, facts: Mapping[str, Fact], function: Function) -> Iterator[FactRow]:
    """The row for each case of the facts that it tells; none where these part in different places."""
    asked = _Asked({name: _case(fact, 0) for name, fact in facts.items()})
    first = make(asked, function)
    if first is None:
        return
    by_cases = [facts[name] for name in dict.fromkeys(asked.names) if _conditions(facts[name])]
    conditions = {tuple(_conditions(fact)) for fact in by_cases}
    if len(conditions) > 1:
        return
    if not conditions:
        yield first
        return
    for k, condition in enumerate(conditions.pop()):
        row = make({name: _case(fact, k) for name, fact in facts.items()}, function)
        if row is not None:
            words = Text("{property}, if {condition}", {"property": row.property, "condition": _read(condition)})
            yield replace(row, property=words)


def _conditions(fact: Fact) -> list[str]:
    return [case["if"] for case in fact.value["cases"]] if _by_cases(fact.value) else []


def _by_cases(claim: Any) -> bool:
    return isinstance(claim, dict) and "cases" in claim


def _case(fact: Fact, k: int) -> Fact:
    """The fact with the claims of its k-th case."""

    def chosen(claim: Any) -> Any:
        return claim["cases"][min(k, len(claim["cases"]) - 1)]["value"] if _by_cases(claim) else claim

    return replace(fact, value=chosen(fact.value), exact=chosen(fact.exact), reason=_reason(fact, k))


def _reason(fact: Fact, k: int) -> str:
    """The part of the reason that is about the k-th case."""
    conditions = _conditions(fact)
    start = fact.reason.find(f"If {conditions[k]}: ") if k < len(conditions) else -1
    if start < 0:
        return fact.reason
    start += len(f"If {conditions[k]}: ")
    stop = fact.reason.find(f" If {conditions[k + 1]}: ", start) if k + 1 < len(conditions) else -1
    return fact.reason[start : stop if stop >= 0 else None]


def _read(condition: str) -> Text:
    """A condition as mathematics."""
    parts = []
    for clause in condition.split(" & "):
        text = clause[1:-1] if " & " in condition else clause
        left, kind, right = formula.read(text, letters(text), {})
        parts.append(formula.RELATIONS[kind](left, right, evaluate=False))
    return Text(" and ".join(f"{{c{k}}}" for k in range(len(parts))), {f"c{k}": part for k, part in enumerate(parts)})
