"""Parts of the space of parameters: each parameter fixed to an exact number or in an open range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from symnet.balls.element import Element
from symnet.balls.field import Field
from symnet.balls.parameters import Critical, Range
from symnet.balls.spelling import spell
from symnet.definitions.tree import FreeParameter, Node, substitute, walk

Where: TypeAlias = Element | Range


@dataclass(frozen=True)
class Part:
    """Where every parameter is."""

    where: Mapping[str, Where]

    @property
    def ranges(self) -> dict[str, Range]:
        """The parameters that are not fixed."""
        return {name: where for name, where in self.where.items() if isinstance(where, Range)}

    @property
    def key(self) -> str:
        """A text that identifies the part."""
        return "; ".join(f"{name}: {_spelled(where)}" for name, where in self.where.items())

    def with_place(self, name: str, where: Where) -> Part:
        """The part with one parameter put elsewhere."""
        return Part({**self.where, name: where})

    def split(self, critical: Critical) -> list[Part]:
        """The parts between the critical values, and these values, in ascending order."""
        reach = self.where[critical.name]
        assert isinstance(reach, Range)
        parts, low = [], reach.low
        for value in critical.values:
            parts += [self.with_place(critical.name, Range(low, value)), self.with_place(critical.name, value)]
            low = value
        return [*parts, self.with_place(critical.name, Range(low, reach.high))]

    def tree(self, tree: Node) -> Node:
        """The expression with the fixed parameters replaced by their numbers."""
        for name, where in self.where.items():
            if isinstance(where, Element):
                for leaf in leaves(tree, name):
                    tree = substitute(tree, leaf, number(where))
        return tree


def _spelled(where: Where | None) -> str:
    if isinstance(where, Range):
        return f"({_spelled(where.low)}, {_spelled(where.high)})"
    return "oo" if where is None else spell(where)


def leaves(tree: Node, name: str) -> set[FreeParameter]:
    """The leaves that stand for the parameter."""
    return {node for node in walk(tree) if isinstance(node, FreeParameter) and node.name == name}


def number(constant: Element) -> Node:
    """A constant as a tree."""
    from symnet.definitions.expression import read

    return read(spell(constant)).tree


def beginning(assumptions: Mapping[str, str]) -> list[Part]:
    """The parts that the assumptions allow: 0 by itself where a parameter is not negative."""
    zero, parts = Field().zero, [Part({})]
    for name, assumption in assumptions.items():
        places: list[Where] = {
            "positive": [Range(zero, None)],
            "nonnegative": [zero, Range(zero, None)],
            "real": [Range()],
        }[assumption]
        parts = [part.with_place(name, place) for part in parts for place in places]
    return parts


def formula(text: str) -> Node:
    """The tree of a text in x or y; every other name is a real parameter."""
    from symnet.definitions.expression import read
    from symnet.definitions.reading import names

    free = names(text)
    variable = next((name for name in ("x", "y") if name in free), None)
    return read(text, {name: "real" for name in free if name != variable}).tree
