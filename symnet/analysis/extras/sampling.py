"""Doubles of typed trees: a cheap filter before a proof, never part of one."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

from symnet.analysis.target import typed_tree
from symnet.definitions.activation import activations
from symnet.definitions.tree import Apply, Cases, Compare, Condition, Constant, Logic, Node, Number, Variable

POINTS = (-6.13, -3.71, -2.37, -1.73, -1.09, -0.61, -0.29, 0.17, 0.43, 0.87, 1.31, 1.93, 2.59, 3.47, 6.29)
"""On both sides of the usual breakpoints, in no progression."""


@cache
def catalogue() -> dict[str, Node]:
    """The built-in activations at their defaults, one name for each function."""
    found: dict[tuple[float, ...], tuple[str, Node]] = {}
    for a in activations:
        if a.family != "user":
            tree = typed_tree(a)[2]
            found.setdefault(tuple(round(v, 11) for v in sampled(tree)), (a.name, tree))
    return dict(found.values())


@cache
def sampled(node: Node, scale: float = 1.0) -> tuple[float, ...]:
    """The values at `POINTS` times the scale; nan where undefined or too large."""
    return tuple(value(node, scale * x) for x in POINTS)


@cache
def slopes(node: Node) -> tuple[float, ...]:
    """Difference quotients at `POINTS`."""
    h = 1e-5
    return tuple((value(node, x + h) - value(node, x - h)) / (2 * h) for x in POINTS)


def value(node: Node, x: float) -> float:
    """The tree at x, nan where it has no value."""
    try:
        return _value(node, x)
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan


def _value(node: Node, x: float) -> float:
    if isinstance(node, Number):
        return float(node.value)
    if isinstance(node, Constant):
        return math.pi if node.name == "pi" else math.e
    if isinstance(node, Variable):
        return x
    if isinstance(node, Cases):
        return next((_value(v, x) for v, condition in node.branches if _holds(condition, x)), math.nan)
    if isinstance(node, Apply):
        arguments = [_value(a, x) for a in node.arguments]
        result = _FUNCTIONS[node.head](*arguments) if node.head in _FUNCTIONS else getattr(math, node.head)(*arguments)
        return math.nan if isinstance(result, complex) else result
    return math.nan


def _holds(condition: Condition, x: float) -> bool:
    if isinstance(condition, Compare):
        a, b = _value(condition.left, x), _value(condition.right, x)
        return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}[condition.operator]
    assert isinstance(condition, Logic)
    parts = [_holds(c, x) for c in condition.arguments]
    return {
        "and": all(parts), "or": any(parts), "not": not (parts and parts[0]), "true": True, "false": False,
    }[condition.operator]  # fmt: skip


def _sign(x: float) -> float:
    return (x > 0) - (x < 0)


_FUNCTIONS: dict[str, Callable[..., float]] = {
    "add": lambda *u: sum(u),
    "sub": lambda a, b: a - b,
    "neg": lambda a: -a,
    "mul": lambda *u: math.prod(u),
    "div": lambda a, b: a / b,
    "pow": lambda a, b: a**b,
    "max": max,
    "min": min,
    "abs": abs,
    "sign": _sign,
    "heaviside": lambda a: (1 + _sign(a)) / 2,
    "exp": lambda a: math.exp(a) if a < 709 else math.inf,
    "cbrt": lambda a: math.copysign(abs(a) ** (1 / 3), a),
    "sech": lambda a: 1 / math.cosh(a),
}
