"""The tree of a declaration as its body is written, in microseconds: SymPy's normal forms are not asked for.

The body is called with a `Written` variable, whose operators build the tree; the words of the vocabulary do
the same when one of their arguments is `Written`. The function is that of `default_expression`, the spelling
is not: who shows a formula, or proves something about it, takes the normal one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symnet.definitions import folding
from symnet.definitions.activation import Activation
from symnet.definitions.tree import Apply, Cases, Compare, Condition, Logic, Node, Number, Variable
from symnet.definitions.vocabulary import WRITTEN


def declared_tree(activation: Activation) -> Node:
    """The body's own tree, with the parameters at their fixed values or defaults."""
    parameters = {name: Written(node(value)) for name, value in activation.parameter_values.items()}
    return node(activation.define(Written(Variable("x")), **parameters))


@dataclass(frozen=True, eq=False)
class Written:
    """A part of a body; `+`, `<` and so on make larger parts."""

    node: Node

    def __add__(self, other: Any) -> Written:
        return Written(folding.add(self.node, node(other)))

    def __radd__(self, other: Any) -> Written:
        return Written(folding.add(node(other), self.node))

    def __sub__(self, other: Any) -> Written:
        return Written(folding.subtract(self.node, node(other)))

    def __rsub__(self, other: Any) -> Written:
        return Written(folding.subtract(node(other), self.node))

    def __mul__(self, other: Any) -> Written:
        return Written(folding.multiply(self.node, node(other)))

    def __rmul__(self, other: Any) -> Written:
        return Written(folding.multiply(node(other), self.node))

    def __truediv__(self, other: Any) -> Written:
        return Written(folding.divide(self.node, node(other)))

    def __rtruediv__(self, other: Any) -> Written:
        return Written(folding.divide(node(other), self.node))

    def __pow__(self, other: Any) -> Written:
        return Written(folding.power(self.node, node(other)))

    def __rpow__(self, other: Any) -> Written:
        return Written(folding.power(node(other), self.node))

    def __neg__(self) -> Written:
        return Written(folding.negate(self.node))

    def __lt__(self, other: Any) -> Holds:
        return Holds(Compare("<", self.node, node(other)))

    def __le__(self, other: Any) -> Holds:
        return Holds(Compare("<=", self.node, node(other)))

    def __gt__(self, other: Any) -> Holds:
        return Holds(Compare(">", self.node, node(other)))

    def __ge__(self, other: Any) -> Holds:
        return Holds(Compare(">=", self.node, node(other)))


@dataclass(frozen=True, eq=False)
class Holds:
    """A condition of a body."""

    condition: Condition

    def __bool__(self) -> bool:
        raise TypeError("a body may ask whether a condition holds only in Piecewise")


def node(part: Any) -> Node:
    """A part of a body, or an exact number, as a tree."""
    if isinstance(part, Written):
        return part.node
    if isinstance(part, int):
        return Number(Fraction(part))
    from sympy import Symbol

    from symnet.definitions.algebra import from_sympy

    return from_sympy(part, Symbol("x", real=True))


def _condition(part: Any) -> Condition:
    return part.condition if isinstance(part, Holds) else Logic("true" if part else "false")


def _word(name: str, arguments: tuple[Any, ...]) -> Any:
    """What a word of the vocabulary means when it is applied to parts of a body."""
    if name == "Piecewise":
        return Written(Cases(tuple((node(value), _condition(condition)) for value, condition in arguments)))
    if name == "And":
        return Holds(Logic("and", tuple(map(_condition, arguments))))
    return Written(Apply(name.lower(), tuple(map(node, arguments))))


WRITTEN.update(dict.fromkeys((Written, Holds), _word))
