"""Texts with parameters as people write them: no needless brackets, no absolute value of what is positive."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from symnet.analysis.neat import neat
from symnet.analysis.parametric.parts import formula
from symnet.definitions.spelling import to_text
from symnet.definitions.tree import Apply, Cases, FreeParameter, Node
from symnet.errors import SymnetError

_DIGITS = re.compile(r"\d\.\d")


def tidied(claim: Any, assumptions: Mapping[str, str]) -> Any:
    """The claim with every text that holds a parameter in its neat form; certified decimals stay as they are."""
    if isinstance(claim, dict):
        return {key: part if key == "if" else tidied(part, assumptions) for key, part in claim.items()}
    if isinstance(claim, list):
        return [tidied(part, assumptions) for part in claim]
    if not isinstance(claim, str) or not any(re.search(rf"\b{name}\b", claim) for name in assumptions):
        return claim
    if _DIGITS.search(claim):
        return claim
    try:
        return to_text(_positive(neat(formula(claim)), assumptions))
    except SymnetError:
        return claim


def _positive(node: Node, assumptions: Mapping[str, str]) -> Any:
    """The tree with abs(p) as p for a positive parameter p."""
    if isinstance(node, Cases):
        return Cases(tuple((_positive(v, assumptions), c) for v, c in node.branches))
    if not isinstance(node, Apply):
        return node
    inner = node.arguments[0]
    if node.head == "abs" and isinstance(inner, FreeParameter) and assumptions.get(inner.name, "real") != "real":
        return inner
    return replace(node, arguments=tuple(_positive(a, assumptions) for a in node.arguments))
