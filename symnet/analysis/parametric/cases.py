"""What was found on the parts, joined to one fact: equal claims become one case with one condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from symnet.analysis.cells import cells_of
from symnet.analysis.fact import PROVED, UNKNOWN, Fact
from symnet.analysis.parametric.parts import Part, Where, formula, leaves, number
from symnet.balls.element import Element
from symnet.balls.field import Field
from symnet.balls.order import compare
from symnet.balls.parameters import Box, Critical, Range
from symnet.balls.spelling import spell
from symnet.balls.undecided import NeedsFinerBase, Undecided
from symnet.balls.work import Budget
from symnet.definitions.tree import substitute
from symnet.errors import SymnetError

UNITS = 5_000
WORDS = {"positive": " > 0", "nonnegative": " >= 0", "real": " real"}
Found = tuple[Part, Fact]


@dataclass(frozen=True)
class Group:
    """Neighbouring parts on which one claim holds."""

    parts: tuple[Part, ...]
    fact: Fact


def spelled(assumptions: Mapping[str, str]) -> tuple[str, ...]:
    """``alpha > 0``, ``beta real``: the assumptions in words."""
    return tuple(name + WORDS[assumption] for name, assumption in assumptions.items())


def joined(name: str, found: Sequence[Found], assumptions: Mapping[str, str]) -> Fact:
    """The fact for all parts."""
    groups = _groups([(part, fact) for part, fact in found])
    known = [group for group in groups if group.fact.verdict == PROVED]
    conditions = spelled(assumptions)
    if not known:
        return Fact(name, UNKNOWN, reason=found[0][1].reason, conditions=conditions)
    if len(groups) == 1:
        return replace(groups[0].fact, conditions=conditions)
    whole = [part for part, _ in found]
    ifs = [condition(group.parts, whole) for group in known]
    partial = len(known) < len(groups)
    evidence: dict[str, Any] = _common([group.fact.evidence for group in known])
    reasons = list(dict.fromkeys(group.fact.reason for group in known))
    reason = (
        reasons[0]
        if len(reasons) == 1
        else " ".join(f"If {words}: {group.fact.reason}" for words, group in zip(ifs, known, strict=True))
    )
    if partial:
        evidence["partial"] = True
        reason += " For other values of the parameters it is not decided."
    values = [{"if": words, "value": g.fact.value} for words, g in zip(ifs, known, strict=True)]
    exact = [{"if": words, "value": g.fact.exact} for words, g in zip(ifs, known, strict=True)]
    return Fact(
        name,
        PROVED,
        {"cases": values},
        {"cases": exact} if all(g.fact.exact is not None for g in known) else None,
        reason,
        evidence,
        conditions,
    )


def _common(evidences: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What all cases say beside their values; where they differ, the more cautious word."""
    first = dict(evidences[0])
    for key in first:
        values = [evidence.get(key) for evidence in evidences]
        if any(value != values[0] for value in values):
            first[key] = True if key == "infinite" else None
    return first


def _groups(found: Sequence[Found]) -> list[Group]:
    groups: list[Group] = []
    for part, fact in found:
        if groups and (merged := _merged(groups[-1], part, fact)) is not None:
            groups[-1] = merged
        else:
            groups.append(Group((part,), fact))
    return groups


def _merged(group: Group, part: Part, fact: Fact) -> Group | None:
    """The group with the next part, if its claim holds there too."""
    last = group.parts[-1]
    moved = [name for name in part.where if part.where[name] is not last.where[name]]
    if len(moved) != 1 or not _touch(last.where[moved[0]], part.where[moved[0]]):
        return None
    parts = (*group.parts, part)
    if fact.verdict == UNKNOWN or group.fact.verdict == UNKNOWN:
        return Group(parts, fact) if fact.verdict == group.fact.verdict else None
    here, before = part.where[moved[0]], last.where[moved[0]]
    if _same(group.fact, fact):
        return Group(parts, group.fact if isinstance(here, Element) else fact)
    if isinstance(here, Element):
        return Group(parts, group.fact) if _agree(group.fact, fact, moved[0], here) else None
    if len(group.parts) == 1 and isinstance(before, Element):
        return Group(parts, fact) if _agree(fact, group.fact, moved[0], before) else None
    return None


def _touch(before: Where, after: Where) -> bool:
    """Whether a value and a range lie side by side."""
    if isinstance(before, Range):
        return isinstance(after, Element) and before.high is after
    return isinstance(after, Range) and after.low is before


def _same(a: Fact, b: Fact) -> bool:
    return (a.value, a.exact, dict(a.evidence)) == (b.value, b.exact, dict(b.evidence))


def _agree(general: Fact, single: Fact, name: str, at: Element) -> bool:
    """Whether the claim with a parameter is, at one of its values, the claim that was proved there."""
    if dict(general.evidence) != dict(single.evidence):
        return False
    if general.value == single.value:
        return True
    if general.exact is None or single.exact is None:
        return _equal(general.value, single.value, name, at)
    return _equal(general.exact, single.exact, name, at)


def _equal(a: Any, b: Any, name: str, at: Element) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_equal(a[key], b[key], name, at) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(_equal(x, y, name, at) for x, y in zip(a, b, strict=True))
    if isinstance(a, str) and isinstance(b, str) and a != b:
        return _equal_texts(a, b, name, at)
    return a == b


def _equal_texts(a: str, b: str, name: str, at: Element) -> bool:
    """Whether two texts are the same function (or number) once the parameter has its value."""
    try:
        left, right = formula(a), formula(b)
        for leaf in leaves(left, name):
            left = substitute(left, leaf, number(at))
        budget = Budget(UNITS)
        field = Field({}, budget, Box({"f": Range()}))
        one, other = cells_of(left, field, budget), cells_of(right, field, budget)
    except (SymnetError, Undecided, Critical, NeedsFinerBase, ZeroDivisionError, AssertionError):
        return False
    if [piece.element for piece in one.pieces] != [piece.element for piece in other.pieces]:
        return False
    try:
        return all(compare(j.point, k.point) == 0 for j, k in zip(one.junctions, other.junctions, strict=True))
    except SymnetError:
        return False


def condition(parts: Sequence[Part], whole: Sequence[Part]) -> str:
    """The condition under which one of the parts holds, where one of `whole` is given."""
    words: list[str] = []
    for name in parts[0].where:
        words += _interval(name, [p.where[name] for p in parts], [p.where[name] for p in whole])
    return words[0] if len(words) == 1 else " & ".join(f"({word})" for word in words)


def _interval(name: str, places: Sequence[Where], everywhere: Sequence[Where]) -> list[str]:
    first, last = places[0], places[-1]
    if isinstance(first, Element) and last is first:
        outer = all(place is first for place in everywhere)
        return [] if outer else [f"{name} == {spell(first)}"]
    low, low_closed = _end(first, "low")
    high, high_closed = _end(last, "high")
    lowest, lowest_closed = _end(everywhere[0], "low")
    highest, highest_closed = _end(everywhere[-1], "high")
    words = []
    if low is not None and not (low is lowest and low_closed == lowest_closed):
        words.append(f"{name} {'>=' if low_closed else '>'} {spell(low)}")
    if high is not None and not (high is highest and high_closed == highest_closed):
        words.append(f"{name} {'<=' if high_closed else '<'} {spell(high)}")
    return words


def _end(place: Where, side: str) -> tuple[Element | None, bool]:
    if isinstance(place, Element):
        return place, True
    return (place.low if side == "low" else place.high), False
