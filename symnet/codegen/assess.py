"""How far a form may be off at one point: a running error analysis, with the values taken from Arb.

For every operation y = op(a, b) the relative error of y is at most the sum of the arguments' errors, each
times its condition number |a ∂y/∂a / y|, plus what the operation itself adds. Unlike a measurement this
does not depend on the luck of the roundings nor on the machine, so that the choice of regimes is the same everywhere.
Errors are in units of 2**-53, to first order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from flint import arb, ctx
from sympy import Expr, Rational

from symnet.codegen.form import Form
from symnet.codegen.primitives import EXPONENTIALS, PRIMITIVES, ball

LARGEST = 1.7976931348623157e308
SMALLEST = 5e-324
SMALLEST_NORMAL = 2.2250738585072014e-308
UNIT = 2.0**-53
LOST = 2.0**60  # the relative error, in units, of what has underflowed to zero


@dataclass(frozen=True)
class Assessment:
    """What is known of one form at one point."""

    value: arb
    """What the form computes without rounding."""
    ulps: float
    """A bound to first order for its error, in units in the last place of the result; inf where it overflows."""


def ulp(magnitude: float) -> float:
    """The distance between neighbouring floats at this magnitude."""
    return max(math.ulp(magnitude), SMALLEST) if magnitude <= LARGEST else math.inf


def is_float(value: Expr) -> bool:
    """Whether a number is a float64 exactly."""
    return isinstance(value, Rational) and abs(value) < 2**1000 and Rational(float(value)) == value


def is_power_of_two(value: Expr) -> bool:
    """Whether multiplying by this number is exact."""
    if not isinstance(value, Rational) or value == 0:
        return value == 0
    p, q = abs(int(value.p)), int(value.q)
    return p & (p - 1) == 0 and q & (q - 1) == 0


def assess(form: Form, point: float, precision: int = 0) -> Assessment:
    """The value and the error bound of `form` at the float `point`."""
    before = ctx.prec
    spread = abs(math.frexp(point)[1]) if point else 0
    ctx.prec = precision or min(200 + 4 * spread, 8192)
    try:
        values: dict[int, arb] = {}
        errors: dict[int, float] = {}
        for node in form.nodes():
            enclosure, error = _node(
                node, [values[id(a)] for a in node.arguments], [errors[id(a)] for a in node.arguments], point
            )
            magnitude = abs(float(enclosure.mid())) if enclosure.is_finite() else math.inf
            if not magnitude <= LARGEST:
                error = math.inf
            elif (
                magnitude < SMALLEST_NORMAL
                and node.operation not in ("x", "number", "negate", "absolute")
                and not enclosure.is_zero()
            ):
                error += min(0.5 * (SMALLEST / magnitude) / UNIT, LOST) if magnitude else LOST
            values[id(node)], errors[id(node)] = enclosure, error
        result, error = values[id(form)], errors[id(form)]
        if result.is_zero():
            return Assessment(result, 0.0 if error == 0 or not math.isinf(error) else error)
        magnitude = abs(float(result.mid()))
        return Assessment(result, error * UNIT * (magnitude / ulp(magnitude)))
    finally:
        ctx.prec = before


def _node(node: Form, values: list[arb], errors: list[float], point: float) -> tuple[arb, float]:
    operation = node.operation
    if operation == "x":
        return arb(point), 0.0
    if operation == "number":
        return ball(node.payload), 0.0 if is_float(node.payload) else 1.0
    if operation in EXPONENTIALS:
        return EXPONENTIALS[operation](node.payload, values[0]), 2.0
    if operation == "polynomial":
        return node.payload.enclose(values[0]), node.payload.error(point)
    primitive = PRIMITIVES[operation]
    result = primitive.enclose(*values)
    if operation in ("minimum", "maximum"):
        return result, max((e for v, e in zip(values, errors, strict=True) if v.overlaps(result)), default=0.0)
    own = primitive.unit
    if operation == "multiply" and any(a.operation == "number" and is_power_of_two(a.payload) for a in node.arguments):
        own = 0.0
    if operation == "divide" and node.arguments[1].operation == "number" and is_power_of_two(node.arguments[1].payload):
        own = 0.0
    total = own
    for index, error in enumerate(errors):
        if error:
            total += error * _condition(primitive.enclose, values, index, result)
    return result, total


def _condition(function, values: list[arb], index: int, result: arb) -> float:
    """|a ∂y/∂a / y|, by a relative step far above the working precision and far below what matters."""
    if result.is_zero() or not result.is_finite():
        return 0.0 if result.is_zero() else math.inf
    step = arb(2) ** -60
    moved = [v * (1 + step) if i == index else v for i, v in enumerate(values)]
    return abs(float(((function(*moved) - result) / (result * step)).mid()))
