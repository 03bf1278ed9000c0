"""Doubles of typed trees: a cheap filter before a proof, never part of one."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

from symnet.analysis.target import typed_tree
from symnet.definitions.activation import activations
from symnet.definitions.declared import declared_tree
from symnet.definitions.tree import Apply, Cases, Compare, Condition, Constant, Node, Number, Variable, walk

POINTS = (-6.13, -3.71, -2.37, -1.73, -1.09, -0.61, -0.29, 0.17, 0.43, 0.87, 1.31, 1.93, 2.59, 3.47, 6.29)
"""On both sides of the usual breakpoints, in no progression."""
STEP = 1e-5
"""Half the width of a difference quotient."""
ARITHMETIC = (ValueError, ZeroDivisionError, OverflowError)
"""What doubles raise where there is no value."""
Real = Callable[[float], float]


@dataclass(frozen=True, eq=False)
class Curve:
    """A tree as a function of doubles: nan where undefined or too large."""

    tree: Node

    @cached_property
    def compiled(self) -> Real:
        """The tree as nested closures, which may raise what arithmetic raises."""
        return _compiled(self.tree)

    def __call__(self, x: float) -> float:
        """The value at x."""
        try:
            return self.compiled(x)
        except ARITHMETIC:
            return math.nan

    def slope(self, x: float) -> float:
        """The difference quotient at x."""
        return (self(x + STEP) - self(x - STEP)) / (2 * STEP)

    @cached_property
    def values(self) -> tuple[float, ...]:
        """The values at `POINTS`."""
        return tuple(map(self, POINTS))

    @cached_property
    def slopes(self) -> tuple[float, ...]:
        """The difference quotients at `POINTS`."""
        return tuple(map(self.slope, POINTS))

    @cached_property
    def numbers(self) -> frozenset[Fraction]:
        """The sizes of the numbers that occur, without 0."""
        return frozenset(abs(node.value) for node in walk(self.tree) if isinstance(node, Number) and node.value)


@cache
def catalogue() -> dict[str, Curve]:
    """The built-in activations at their defaults, as they are declared, one name for each function.

    What a person declared takes no part: facts are cached by the function alone.
    """
    found: dict[tuple[float, ...], tuple[str, Curve]] = {}
    for a in activations:
        if a.define.__module__.startswith("symnet."):
            curve = Curve(declared_tree(a))
            found.setdefault(tuple(round(v, 11) for v in curve.values), (a.name, curve))
    return dict(found.values())


@cache
def normal_tree(name: str) -> Node:
    """The tree that facts are proved about: SymPy's normal form, which takes longer."""
    return typed_tree(activations[name])[2]


def _compiled(node: Node) -> Real:
    if isinstance(node, Number | Constant):
        number = float(node.value) if isinstance(node, Number) else math.pi if node.name == "pi" else math.e
        return lambda x: number
    if isinstance(node, Variable):
        return lambda x: x
    if isinstance(node, Cases):
        return _chosen([(_condition(condition), _compiled(value)) for value, condition in node.branches])
    if not isinstance(node, Apply):
        return lambda x: math.nan
    arguments = [_compiled(a) for a in node.arguments]
    if len(arguments) == 2 and node.head in _OF_TWO:
        two, (first, second) = _OF_TWO[node.head], arguments
        return lambda x: two(first(x), second(x))
    head = _FUNCTIONS[node.head] if node.head in _FUNCTIONS else getattr(math, node.head)
    if len(arguments) == 1:
        inner = arguments[0]
        return lambda x: head(inner(x))
    return lambda x: head(*[a(x) for a in arguments])


def _chosen(branches: list[tuple[Callable[[float], bool], Real]]) -> Real:
    def first(x: float) -> float:
        for holds, value in branches:
            if holds(x):
                return value(x)
        return math.nan

    return first


def _condition(condition: Condition) -> Callable[[float], bool]:
    if isinstance(condition, Compare):
        compare = _COMPARISONS[condition.operator]
        left, right = _compiled(condition.left), _compiled(condition.right)
        return lambda x: compare(left(x), right(x))
    parts = [_condition(c) for c in condition.arguments]
    if condition.operator == "not":
        return lambda x: not parts[0](x)
    if condition.operator in ("and", "true"):
        return lambda x: all(part(x) for part in parts)
    return lambda x: any(part(x) for part in parts)


def _sign(x: float) -> float:
    return (x > 0) - (x < 0)


def _power(a: float, b: float) -> float:
    result = a**b
    return math.nan if isinstance(result, complex) else result


_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_OF_TWO: dict[str, Callable[[float, float], float]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "pow": _power,
}  # fmt: skip
_FUNCTIONS: dict[str, Callable[..., float]] = {
    "add": lambda *u: sum(u),
    "neg": operator.neg,
    "mul": lambda *u: math.prod(u),
    "max": max,
    "min": min,
    "abs": abs,
    "sign": _sign,
    "heaviside": lambda a: (1 + _sign(a)) / 2,
    "exp": lambda a: math.exp(a) if a < 709 else math.inf,
    "cbrt": lambda a: math.copysign(abs(a) ** (1 / 3), a),
    "sech": lambda a: 1 / math.cosh(a),
}
