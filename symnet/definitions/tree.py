"""The typed tree: an expression exactly as a person wrote it, before any algebra touches it.

SymPy simplifies while it builds (``sqrt(x)**2`` becomes ``x``, ``x/x`` becomes ``1``), and with that
loses where the expression was defined. The tree keeps every operation as typed. The domain, the
certified enclosures and the JSON contract are computed from it; `definitions.algebra` turns it into
SymPy and back, `definitions.spelling` into text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Number:
    """An exact rational."""

    value: Fraction


@dataclass(frozen=True)
class Constant:
    """``pi`` or ``e``."""

    name: str


@dataclass(frozen=True)
class Variable:
    """The variable of the expression."""

    name: str


@dataclass(frozen=True)
class FreeParameter:
    """A parameter that is not fixed, with what is assumed of it (``"real"``, ``"positive"``, …)."""

    name: str
    assumption: str = "real"


@dataclass(frozen=True)
class Apply:
    """An operation on arguments.

    Heads: ``add`` and ``mul`` (any number of arguments), ``sub``, ``div``, ``neg``, ``pow`` (two or one),
    ``max`` and ``min`` (any number), and the one-argument functions exp log sqrt cbrt abs sign sin cos
    tan asin acos atan sinh cosh tanh asinh acosh atanh sech erf erfc heaviside.
    """

    head: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Compare:
    """A condition: ``<``, ``<=``, ``>``, ``>=``, ``==`` or ``!=``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Logic:
    """``and``, ``or`` or ``not`` of conditions, or the constants ``true`` and ``false`` without arguments."""

    operator: str
    arguments: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Cases:
    """A piecewise expression: the first branch whose condition holds; undefined where none does."""

    branches: tuple[tuple[Node, Condition], ...]


Node: TypeAlias = Number | Constant | Variable | FreeParameter | Apply | Cases
Condition: TypeAlias = Compare | Logic


def walk(node: Node | Condition) -> Iterator[Node | Condition]:
    """Every node of the tree, a parent before its children, left to right; however deep the tree is."""
    pending = [node]
    while pending:
        here = pending.pop()
        yield here
        pending += reversed(children(here))


def children(node: Node | Condition) -> tuple[Node | Condition, ...]:
    """The nodes directly below `node`, left to right."""
    if isinstance(node, Apply | Logic):
        return node.arguments
    if isinstance(node, Compare):
        return (node.left, node.right)
    if isinstance(node, Cases):
        return tuple(part for branch in node.branches for part in branch)
    return ()


def depth(node: Node | Condition) -> int:
    """The number of nodes on the longest way from `node` down to a leaf."""
    deepest, pending = 0, [(node, 1)]
    while pending:
        here, level = pending.pop()
        deepest = max(deepest, level)
        pending += [(child, level + 1) for child in children(here)]
    return deepest


def substitute(node: Node, leaf: Variable | FreeParameter, replacement: Node) -> Node:
    """`node` with every occurrence of `leaf` replaced."""
    return _substitute(node, leaf, replacement)


def _substitute(node: Any, leaf: Variable | FreeParameter, replacement: Node) -> Any:
    if node == leaf:
        return replacement
    if isinstance(node, Apply | Logic):
        return replace(node, arguments=tuple(_substitute(a, leaf, replacement) for a in node.arguments))
    if isinstance(node, Compare):
        return replace(
            node, left=_substitute(node.left, leaf, replacement), right=_substitute(node.right, leaf, replacement)
        )
    if isinstance(node, Cases):
        return Cases(
            tuple((_substitute(v, leaf, replacement), _substitute(c, leaf, replacement)) for v, c in node.branches)
        )
    return node
