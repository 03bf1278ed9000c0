"""Values of an expression in double precision, to choose what is worth a proof; nothing is concluded from them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from symnet.definitions.tree import Apply, Cases, Compare, Condition, Constant, Logic, Node, Number

_FUNCTIONS: dict[str, Callable[..., float]] = {
    **{name: getattr(math, name) for name in (
        "exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan",
        "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc",
    )},
    "add": lambda *terms: math.fsum(terms),
    "mul": lambda *factors: math.prod(factors),
    "sub": lambda a, b: a - b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "pow": lambda a, b: float(a) ** b,
    "max": max,
    "min": min,
    "abs": abs,
    "cbrt": lambda a: math.copysign(abs(a) ** (1 / 3), a),
    "sech": lambda a: 1 / math.cosh(a),
    "sign": lambda a: float((a > 0) - (a < 0)),
    "heaviside": lambda a: (1 + (a > 0) - (a < 0)) / 2,
}  # fmt: skip
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}  # fmt: skip


def estimate(node: Node, values: Mapping[str, float]) -> float | None:
    """The value, or None where there is none in double precision."""
    try:
        found = _value(node, values)
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):
        return None
    return found if isinstance(found, float | int) and math.isfinite(found) else None


def _value(node: Node, values: Mapping[str, float]) -> float:
    if isinstance(node, Number):
        return float(node.value)
    if isinstance(node, Constant):
        return math.pi if node.name == "pi" else math.e
    if isinstance(node, Apply):
        return _FUNCTIONS[node.head](*(_value(a, values) for a in node.arguments))
    if isinstance(node, Cases):
        return next((_value(v, values) for v, condition in node.branches if _holds(condition, values)), math.nan)
    return values[node.name]


def _holds(condition: Condition, values: Mapping[str, float]) -> bool:
    if isinstance(condition, Compare):
        return _COMPARE[condition.operator](_value(condition.left, values), _value(condition.right, values))
    assert isinstance(condition, Logic)
    parts = [_holds(part, values) for part in condition.arguments]
    return {"and": all(parts), "or": any(parts), "not": not any(parts), "true": True, "false": False}[
        condition.operator
    ]
