"""How large an expression may be: bounds within which reading takes milliseconds and analysis ends.

An expression comes from a stranger. ``9**9**9`` is five characters and never ends; 55 nested exp are
a short line and no number at all. Each bound is far above what an activation needs.
"""

from __future__ import annotations

from symnet.definitions.tree import Apply, Condition, Node, Number, Variable, children

LENGTH = 2000
"""Characters of text."""
BRACKETS = 50
"""Brackets inside brackets, and signs in a row."""
DEPTH = 100
"""Operations inside operations."""
NODES = 3000
"""Operations, numbers and names in all, catalogue functions written out."""
DIGITS = 500
"""Characters of one number, and the largest decimal exponent."""
BITS = 8000
"""Bits of a number that is computed from the numbers in the text."""
EXPONENT = 1000
"""The largest power, up and down."""
EXPONENTIALS = 4
"""exp, sinh, cosh and powers with the variable in the exponent, inside one another."""


def nested_exponentials(node: Node | Condition) -> int:
    """How many functions of exponential growth stand inside one another."""
    inner = max((nested_exponentials(child) for child in children(node)), default=0)
    return inner + (isinstance(node, Apply) and _exponential(node) and _varies(node))


def _exponential(node: Apply) -> bool:
    if node.head == "pow":
        return not isinstance(node.arguments[1], Number) and _varies(node.arguments[1])
    return node.head in ("exp", "sinh", "cosh")


def _varies(node: Node | Condition) -> bool:
    return isinstance(node, Variable) or any(_varies(child) for child in children(node))
