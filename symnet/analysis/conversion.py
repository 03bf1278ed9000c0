"""The typed tree → an element, where a function is one smooth formula: on an open cell, or at a point.

A `Cell` asks for the sign of a subexpression from its sign chart; where the sign changes inside the
cell, `Split` names the zeros and the caller tries again on the parts. A `Spot` asks at one point,
exactly. Both obey the expression as typed: None stands for "undefined here".
"""

from __future__ import annotations

from typing import Any

from flint import arb, fmpq

from symnet.balls import elementary
from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE
from symnet.balls.evaluate import Evaluation
from symnet.balls.field import Field
from symnet.balls.reals import PRECISIONS, Interval, Real, Root, vanishes_at
from symnet.balls.signs import sign_chart
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget
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


class InfinitelyMany(Undecided):
    """The cell has infinitely many pieces."""


class Split(Exception):
    """The formula changes at these points inside the cell."""

    def __init__(self, points: list[Real]) -> None:
        super().__init__("split")
        self.points = points


class Cell:
    """An open interval on which the formula has to be one element."""

    def __init__(self, field: Field, interval: Interval, budget: Budget) -> None:
        self.field, self.interval, self.budget = field, interval, budget
        self.variable = field.x

    def nonzero_sign(self, u: Element) -> int:
        """The sign of u, which may have no zero inside; 0 for the zero function."""
        if u.is_zero:
            return 0
        chart = sign_chart(u, self.interval, self.budget)
        if chart.infinite:
            raise InfinitelyMany("the expression has infinitely many pieces")
        if chart.zeros:
            raise Split([zero.point for zero in chart.zeros])
        return chart.signs[0]

    def branch_sign(self, u: Element) -> int:
        """The sign of u, which may touch zero without changing sign."""
        if u.is_zero:
            return 0
        chart = sign_chart(u, self.interval, self.budget)
        if chart.infinite and (chart.changes or len(set(chart.signs)) > 1):
            raise InfinitelyMany("the expression has infinitely many pieces")
        if len(set(chart.signs)) > 1:
            raise Split([zero.point for zero in chart.zeros])
        return chart.signs[0]

    compare_sign = nonzero_sign

    def sign(self, field: Field, polynomial: Any) -> int:
        return self.interval.sign(field, polynomial)


class Spot:
    """One point; exact points make constants, roots of a factor keep x and evaluate there."""

    def __init__(self, field: Field, point: Real, budget: Budget) -> None:
        self.field, self.point, self.budget = field, point, budget
        self.variable = point.exact if point.exact is not None else field.x

    def nonzero_sign(self, u: Element) -> int:
        """The exact sign at the point."""
        if u.is_zero:
            return 0
        if u.field.box is not None and u.is_constant:
            return u.field.box.sign(u)
        for precision in PRECISIONS:
            value = self._ball(u, precision)
            if value > 0:
                return 1
            if value < 0:
                return -1
            if precision == 128 and self._vanishes(u):
                return 0
        raise Undecided("a sign at a point was not decided")

    branch_sign = nonzero_sign
    compare_sign = nonzero_sign

    def _ball(self, u: Element, precision: int) -> arb:
        x = self.point.ball(precision) if self.point.exact is None else None
        return u.ball(x, precision + 32)

    def _vanishes(self, u: Element) -> bool:
        return isinstance(self.point, Root) and vanishes_at(self.field, u.num, self.point) is True

    def sign(self, field: Field, polynomial: Any) -> int:
        if self.point.exact is not None:
            return NOWHERE.sign(field, polynomial)
        for precision in PRECISIONS:
            value = Evaluation(field, self.point.ball(precision), precision + 32).polynomial(polynomial)
            if value > 0:
                return 1
            if value < 0:
                return -1
        raise Undecided("a sign at a point was not decided")


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
        return _power(u, arguments[1], varies, place)
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
    return _FUNCTIONS[head](u, place)


def _power(base: Element, exponent: Element, varies: bool, place: Cell | Spot) -> Element | None:
    """x**n for a whole number n, else x**a with x >= 0, and x > 0 where a varies or is negative."""
    field, value = place.field, exponent.rational
    if value is not None and value.q == 1 and not varies:
        if abs(value.p) > 200:
            raise Undecided("a power is too large")
        return None if value < 0 and not place.nonzero_sign(base) else base ** int(value.p)
    sign = place.nonzero_sign(base)
    if sign < 0 and field.box is not None and not varies and field.box.names(exponent):
        raise Undecided("a power of a negative number exists for whole exponents only")
    if sign < 0:
        return None
    if sign == 0:
        return field.zero if not varies and NOWHERE.sign_of_element(exponent) > 0 else None
    if value is not None and not varies:
        return elementary.power(base, value, place)
    return elementary.exp(exponent * elementary.log(base, place), place)


def _log(u: Element, place: Cell | Spot) -> Element | None:
    return elementary.log(u, place) if place.nonzero_sign(u) > 0 else None


def _sqrt(u: Element, place: Cell | Spot) -> Element | None:
    sign = place.nonzero_sign(u)
    return None if sign < 0 else elementary.power(u, fmpq(1, 2), place) if sign else place.field.zero


def _cbrt(u: Element, place: Cell | Spot) -> Element | None:
    sign = place.nonzero_sign(u)
    return elementary.power(u, fmpq(1, 3), place).scaled(sign) if sign else place.field.zero


def _tan(u: Element, place: Cell | Spot) -> Element | None:
    sine, cosine = elementary.sine_and_cosine(u, place)
    return sine / cosine if place.nonzero_sign(cosine) else None


def _asin(u: Element, place: Cell | Spot) -> Element | None:
    sign = place.nonzero_sign(place.field.one - u * u)
    if sign < 0:
        return None
    if sign == 0 and not u.is_constant:
        return elementary.pi(place.field).scaled(fmpq(place.nonzero_sign(u), 2))
    return elementary.asin(u, place)


def _acos(u: Element, place: Cell | Spot) -> Element | None:
    sine = _asin(u, place)
    return None if sine is None else elementary.pi(place.field).scaled(fmpq(1, 2)) - sine


def _hyperbolic(u: Element, place: Cell | Spot) -> tuple[Element, Element]:
    """sinh and cosh."""
    up, down = elementary.exp(u, place), elementary.exp(-u, place)
    return (up - down).scaled(fmpq(1, 2)), (up + down).scaled(fmpq(1, 2))


def _tanh(u: Element, place: Cell | Spot) -> Element:
    square = elementary.exp(u.scaled(2), place)
    return (square - place.field.one) / (square + place.field.one)


def _acosh(u: Element, place: Cell | Spot) -> Element | None:
    sign = place.nonzero_sign(u - place.field.one)
    if sign <= 0:
        return place.field.zero if sign == 0 else None
    return elementary.log(u + elementary.power(u * u - place.field.one, fmpq(1, 2), place), place)


def _atanh(u: Element, place: Cell | Spot) -> Element | None:
    one = place.field.one
    if place.nonzero_sign(one - u * u) <= 0:
        return None
    return elementary.log((one + u) / (one - u), place).scaled(fmpq(1, 2))


_FUNCTIONS: dict[str, Any] = {
    "exp": lambda u, place: elementary.exp(u, place),
    "log": _log,
    "sqrt": _sqrt,
    "cbrt": _cbrt,
    "sin": lambda u, place: elementary.sine_and_cosine(u, place)[0],
    "cos": lambda u, place: elementary.sine_and_cosine(u, place)[1],
    "tan": _tan,
    "asin": _asin,
    "acos": _acos,
    "atan": lambda u, place: elementary.atan(u),
    "sinh": lambda u, place: _hyperbolic(u, place)[0],
    "cosh": lambda u, place: _hyperbolic(u, place)[1],
    "tanh": _tanh,
    "sech": lambda u, place: place.field.one / _hyperbolic(u, place)[1],
    "asinh": elementary.asinh,
    "acosh": _acosh,
    "atanh": _atanh,
    "erf": lambda u, place: elementary.erf(u),
    "erfc": lambda u, place: place.field.one - elementary.erf(u),
}
