"""f along x = q + k*P, where P is a period of all its waves: there every wave keeps the value that it has at q.

The waves frozen at q leave a function g with f(q + k*P) = g(q + k*P) for every whole k; its limits are limits of f along a sequence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from symnet.analysis.periods import waves
from symnet.analysis.structure import varies
from symnet.analysis.subject import Subject
from symnet.balls.field import Field
from symnet.balls.limits import Limit
from symnet.balls.undecided import NeedsFinerBase, Undecided
from symnet.balls.work import Budget
from symnet.definitions.tree import Apply, Cases, Compare, Constant, Logic, Node, Number, Variable, substitute, walk

PHASES: tuple[Node, ...] = (
    *(Number(Fraction(k, 7)) for k in (3, -5, 11, -17, 24, 29, -32, 40)),
    *(Number(q) for q in (Fraction(0), Fraction(1, 2), Fraction(1))),
    *(Apply("mul", (Number(q), Constant("pi"))) for q in (Fraction(1, 2), Fraction(1))),
)
"""Rationals in no progression, and places where waves are often 0 or 1."""
UNITS = 3_000


def frozen(tree: Node, phase: Node) -> Node:
    """The tree with its waves as they are at the phase."""
    variable = next(part for part in walk(tree) if isinstance(part, Variable))
    return _replaced(tree, {wave: substitute(wave, variable, phase) for wave in waves(tree)})


def _replaced(node: Any, images: Mapping[Apply, Node]) -> Any:
    if isinstance(node, Apply) and node in images:
        return images[node]
    if isinstance(node, Apply | Logic):
        return replace(node, arguments=tuple(_replaced(part, images) for part in node.arguments))
    if isinstance(node, Compare):
        return replace(node, left=_replaced(node.left, images), right=_replaced(node.right, images))
    if isinstance(node, Cases):
        return Cases(tuple((_replaced(v, images), _replaced(c, images)) for v, c in node.branches))
    return node


def limits_along(tree: Node, side: int) -> list[tuple[Node, Limit]]:
    """For some phases q the limit of f(q + k*P) as k tends to oo (side 1) or -oo (side -1)."""
    found = []
    for phase in PHASES:
        limit = _limit(frozen(tree, phase), side)
        if limit is not None:
            found.append((phase, limit))
    return found


def _limit(tree: Node, side: int) -> Limit | None:
    budget = Budget(UNITS)
    subject = Subject(tree, Field({}, budget), budget)
    try:
        i = len(subject.pieces) - 1 if side > 0 else 0
        if subject.pieces[i].element is None or not varies(tree):
            return None
        return subject.limit(i, -side)
    except (Undecided, NeedsFinerBase, ZeroDivisionError, AssertionError):
        return None


def differ(a: Limit, b: Limit) -> bool:
    """Whether two limits are proved different."""
    if a.value is None or b.value is None:
        return a.finite != b.finite or a.sign != b.sign
    return not a.value.ball(128).overlaps(b.value.ball(128))
