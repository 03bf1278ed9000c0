"""How far a form may be off at one point: a running error analysis, with the values taken from Arb.

For every operation y = op(a, b) the relative error of y is at most the sum of the arguments' errors, each
times its condition number |a ∂y/∂a / y|, plus what the operation itself adds. Unlike a measurement this
does not depend on the luck of the roundings nor on the machine, so that the choice of regimes is the same everywhere.
Errors are in units of 2**-53, to first order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from flint import arb, ctx
from sympy import Expr, Rational

from symnet.codegen.form import Form
from symnet.codegen.primitives import EXPONENTIALS, PRIMITIVES, ball
from symnet.codegen.reference import to_float

LARGEST = 1.7976931348623157e308
NEARLY = LARGEST * (1 - 2.0**-42)
"""Beyond it an exponential whose exponent is rounded may overflow, though a product with it does not."""

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
    largest: float = 0.0
    """The largest number that is computed on the way."""


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


@lru_cache(maxsize=4096)
def constant_error(value: Expr) -> float:
    """How far the float nearest to a number is from it, relatively, in units of 2**-53."""
    if is_float(value) or not value.is_finite:
        return 0.0
    before, ctx.prec = ctx.prec, 200
    try:
        exact = ball(value)
        return float(abs((arb(to_float(exact)) - exact) / exact).mid()) / UNIT
    finally:
        ctx.prec = before


def assess(form: Form, point: float, precision: int = 0) -> Assessment:
    """The value and the error bound of `form` at the float `point`."""
    before = ctx.prec
    spread = abs(math.frexp(point)[1]) if point else 0
    ctx.prec = precision or min(200 + 4 * spread, 8192)
    try:
        nodes = list(form.nodes())
        values: dict[int, arb] = {}
        own: dict[int, float] = {}
        for node in nodes:
            enclosure, error = _node(node, [values[id(a)] for a in node.arguments], point)
            magnitude = abs(float(enclosure.mid())) if enclosure.is_finite() else math.inf
            most = NEARLY if node.operation in EXPONENTIALS and node is not form else LARGEST
            if not magnitude <= most or error == math.inf:
                return Assessment(enclosure, math.inf)
            if magnitude < SMALLEST_NORMAL and not (enclosure.is_zero() or _copies(node, enclosure, values)):
                error += min(0.5 * float((SMALLEST / abs(enclosure)).mid()) / UNIT, LOST)
            values[id(node)], own[id(node)] = enclosure, error
        result = values[id(form)]
        if result.is_zero():
            return Assessment(result, 0.0)
        magnitude = abs(float(result.mid()))
        units = _total(nodes, values, own)
        largest = max((abs(float(values[id(n)].mid())) for n in nodes if n.operation != "x"), default=0.0)
        if magnitude >= SMALLEST_NORMAL:
            return Assessment(result, AVERAGE * units, largest)
        return Assessment(result, units * UNIT * (magnitude / SMALLEST), largest)
    finally:
        ctx.prec = before


EXACT = frozenset({"x", "number", "negate", "absolute", "sign", "minimum", "maximum"})


def _copies(node: Form, result: arb, values: dict[int, arb]) -> bool:
    """Whether an operation gives back its argument, as the sine of a tiny number does."""
    if node.operation in EXACT:
        return True
    if len(node.arguments) != 1:
        return False
    argument = values[id(node.arguments[0])]
    return bool(abs(result - argument) < abs(argument) * arb(2) ** -60)


def _total(nodes: list[Form], values: dict[int, arb], own: dict[int, float]) -> float:
    """The likely worst sum of all errors: each reaches the result along all its paths at once, signs included."""
    weight = {id(node): 0.0 for node in nodes}
    weight[id(nodes[-1])] = 1.0
    linear, squares = 0.0, 0.0
    for node in reversed(nodes):
        w = weight[id(node)]
        if w == 0.0:
            continue
        if own[id(node)]:  # what is exact may have an infinite condition, as 1 in asin
            linear += abs(w) * own[id(node)]
            squares += (w * own[id(node)]) ** 2
        if node.arguments:
            for argument, condition in zip(node.arguments, _conditions(node, values), strict=True):
                weight[id(argument)] += w * condition
    return math.inf if math.isnan(linear) else min(linear, SPREAD * math.sqrt(squares))


AVERAGE = 0.75
"""Units in the last place per unit of 2**-53: between 1/2 and 1 by the leading digits, which the choice of a form should not follow."""

SPREAD = 2.0
"""The worst of some 100,000 sums of independent rounding errors, as a multiple of the root of the sum of their squares."""


def _node(node: Form, values: list[arb], point: float) -> tuple[arb, float]:
    """The value of one operation and the error that it adds."""
    operation = node.operation
    if operation == "x":
        return arb(point), 0.0
    if operation == "number":
        return ball(node.payload), constant_error(node.payload)
    if operation in EXPONENTIALS:
        polynomials = (node.payload[0], node.payload[2]) if operation == "exp_tower" else (node.payload,)
        beyond = any(c != 0 and abs(ball(c) * values[0] ** k) > 2.0**900 for p in polynomials for k, c in enumerate(p))
        return EXPONENTIALS[operation](node.payload, values[0]), math.inf if beyond else 2.2
    if operation == "polynomial":
        return node.payload.enclose(values[0]), node.payload.error(point)
    result = PRIMITIVES[operation].enclose(*values)
    error = PRIMITIVES[operation].unit
    if operation in ("multiply", "divide") and any(
        a.operation == "number" and is_power_of_two(a.payload) for a in node.arguments[operation == "divide" :]
    ):
        error = 0.0
    if operation in ("add", "subtract") and result.is_finite() and not result.is_zero():
        smaller = min(abs(float((v / result).mid())) for v in values)
        error = min(error, smaller * 2.0**53)
    return result, error


def _conditions(node: Form, values: dict[int, arb]) -> list[float]:
    """(a ∂y/∂a)/y for every argument, by a relative step far above the working precision and far below what matters."""
    inputs = [values[id(a)] for a in node.arguments]
    result = values[id(node)]
    match node.operation:
        case "negate" | "absolute":
            return [1.0]
        case "multiply":
            return [1.0, 1.0]
        case "divide":
            return [1.0, -1.0]
        case "add" | "subtract" if not result.is_zero():
            sign = 1 if node.operation == "add" else -1
            return [float((inputs[0] / result).mid()), sign * float((inputs[1] / result).mid())]
        case "minimum" | "maximum":
            return [1.0 if v.overlaps(result) else 0.0 for v in inputs]
    if node.operation in EXPONENTIALS or node.operation == "polynomial" or result.is_zero():
        return [0.0] * len(inputs)  # their argument is x itself
    function, step = PRIMITIVES[node.operation].enclose, arb(2) ** -60
    found = []
    for index in range(len(inputs)):
        moved = [v * (1 + step) if i == index else v for i, v in enumerate(inputs)]
        change = (function(*moved) - result) / (result * step)
        found.append(float(change.mid()) if change.is_finite() else math.inf)
    return found
