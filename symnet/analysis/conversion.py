"""The typed tree → an element, where a function is one smooth formula: on an open cell, or at a point.

The expression is obeyed as typed: None stands for "undefined here".
"""

from __future__ import annotations

from flint import fmpq

from symnet.analysis.functions import FUNCTIONS, raised
from symnet.analysis.place import Cell, Spot
from symnet.balls import elementary
from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE
from symnet.balls.undecided import Undecided
from symnet.definitions.tree import (
    Apply,
    Cases,
    Compare,
    Condition,
    Constant,
    FreeParameter,
    Logic,
    Node,
    Number,
    Variable,
    walk,
)


def convert(node: Node, place: Cell | Spot) -> Element | None:
    """The element that the node is in the place; None where it is undefined."""
    field = place.field
    if isinstance(node, Number):
        return field.rational(fmpq(node.value.numerator, node.value.denominator))
    if isinstance(node, Constant):
        return elementary.pi(field) if node.name == "pi" else elementary.exp(field.one, NOWHERE)
    if isinstance(node, Variable):
        return place.variable
    if isinstance(node, FreeParameter):
        if field.box is None:
            raise Undecided(f"the parameter '{node.name}' has no value")
        return field.box.element(field, node.name)
    if isinstance(node, Cases):
        for value, condition in node.branches:
            holds = decide(condition, place)
            if holds is None:
                return None
            if holds:
                return convert(value, place)
        return None
    arguments = []
    for argument in node.arguments:
        element = convert(argument, place)
        if element is None:
            return None
        arguments.append(element)
    return _apply(node, arguments, place)


def decide(condition: Condition, place: Cell | Spot) -> bool | None:
    """Whether the condition holds; None where it is undefined."""
    if isinstance(condition, Logic):
        if condition.operator in ("true", "false"):
            return condition.operator == "true"
        parts = [decide(c, place) for c in condition.arguments]
        if None in parts:
            return None
        return {"and": all(parts), "or": any(parts), "not": not parts[0]}[condition.operator]
    assert isinstance(condition, Compare)
    left, right = convert(condition.left, place), convert(condition.right, place)
    if left is None or right is None:
        return None
    sign = place.compare_sign(left - right)
    return {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0, "==": sign == 0, "!=": sign != 0}[
        condition.operator
    ]


def _apply(node: Apply, arguments: list[Element], place: Cell | Spot) -> Element | None:
    field, head, u = place.field, node.head, arguments[0]
    if head == "add":
        return sum(arguments[1:], u)
    if head == "mul":
        product = u
        for argument in arguments[1:]:
            product = product * argument
        return product
    if head == "sub":
        return u - arguments[1]
    if head == "neg":
        return -u
    if head == "div":
        return u / arguments[1] if place.nonzero_sign(arguments[1]) else None
    if head == "pow":
        varies = any(isinstance(part, Variable) for part in walk(node.arguments[1]))
        return raised(u, arguments[1], varies, place)
    if head in ("max", "min"):
        best = u
        for other in arguments[1:]:
            sign = place.branch_sign(other - best)
            best = other if (sign > 0) == (head == "max") and sign else best
        return best
    if head == "abs":
        return u if place.branch_sign(u) >= 0 else -u
    if head == "sign":
        return field.rational(place.nonzero_sign(u))
    if head == "heaviside":
        return field.rational(fmpq(1 + place.nonzero_sign(u), 2))
    return FUNCTIONS[head](u, place)
