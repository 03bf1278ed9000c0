"""Typed expressions that no catalogue knows: compiled with their derivative, measured, silent, and undefined where they have no value."""

import math

import numpy as np
import pytest
import sympy
from flint import arb

from symnet.codegen.cells import cells
from symnet.codegen.compiled import compile
from symnet.codegen.measure import error, sample
from symnet.codegen.reference import value
from symnet.definitions.expression import typed_activation

BAR = 4.0

QUICK = [
    "cbrt(x)", "asin(x)", "acos(x)", "atanh(x)", "x^x", "x^(1/5)", "log(x)/x", "1/log(x)", "sin(x)/x", "(exp(x)-1)/x",
    "sqrt(x+1)-sqrt(x)", "acosh(1+x^2)", "log(1+x^2)*tanh(x)", "exp(exp(x))", "3^(-x^2)", "sqrt(1-x^2)", "x^(2/3)", "1/sin(x)",
]  # fmt: skip

NEAR = 8.0
"""What a typed expression may miss the bar by, in ULP, and be known for it; nothing may be far off."""

FAR = {
    ("sin(x)/x", 1): 9.0, ("3^(-x^2)", 1): 24.0, ("tanh(exp(x))", 1): 650.0, ("1/(x^2-2)", 1): 2020.0,
}  # fmt: skip
"""What is known to be far off, in ULP, and waits for better forms."""

OVERFLOWS = {"asinh(x^3)": 5e102}
"""Beyond it a part overflows where the whole does not, and the result is a wrong infinity: known, and no more than that."""

SLOW = [
    "x*cbrt(x)", "tan(x)", "x^3/(1+x^2)", "sqrt(1+x^2)-1", "x*erf(x)", "1/(1+exp(-x^3))", "tanh(x)-x", "exp(x)-1-x",
    "log(abs(x)+1)*sign(x)", "sqrt(abs(x))", "2^x", "log(1+exp(x))^2", "exp(-exp(-x))", "tanh(exp(x))", "(x-1)^6",
    "x*sigmoid(x)^2", "atan(sinh(x))", "1/(x^2-2)", "x*log(x)", "1/(1+x^2)^2", "x^2/(exp(x)-1)", "abs(x)^1.5", "asinh(x^3)",
]  # fmt: skip


def truth(cell, variable, order: int, point: float) -> arb:
    """The exact value; nan where f itself has none."""
    if order and value(cell.function, variable, point, 30).is_nan():
        return arb.nan()
    return value(cell.expression, variable, point)


def worst(text: str, order: int, count: int, within: float = math.inf) -> tuple[float, float]:
    """The largest error in ULP, a wrong nan or infinity being infinite, and where it is."""
    activation = typed_activation(text)
    parts = cells(activation.default_expression, activation.variable, order, None, {})
    function = compile(activation, order=order)
    largest = 1e4 if activation.default_expression.has(sympy.sin, sympy.cos, sympy.tan) else 1.7e308
    points = sample(count, seed=order, largest=largest, special=())
    points = np.concatenate([points, [-1.0, 1.0, math.nextafter(1, 2), math.nextafter(1, 0), 2.0, -2.0]])
    points = points[~np.isin(points, [p for p, _ in parts.points]) & (abs(points) <= within)]
    with np.errstate(all="raise", under="ignore"):
        computed = function(points)
    found = (0.0, 0.0)
    for point, result in zip(points, computed, strict=True):
        cell = next(c for c in parts.cells if c.left <= point <= c.right)
        if point == 0.0 and cell.left == cell.right:
            continue
        exact = truth(cell, activation.variable, order, float(point))
        if exact.is_finite() or exact.is_nan():
            found = max(found, (error(float(result), exact), float(point)))
        else:
            assert math.isinf(result), "what no ball can enclose no float can hold"
    return found


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("text", QUICK)
def test_within_four_ulp_and_silent(text, order):
    assert worst(text, order, 120)[0] <= BAR


@pytest.mark.slow
@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("text", [*QUICK, *SLOW])
def test_densely(text, order):
    within = OVERFLOWS.get(text, math.inf) if order == 0 else math.inf
    found, at = worst(text, order, 4000, within)
    if BAR < found <= FAR.get((text, order), NEAR):
        pytest.xfail(f"{text}, order {order}: {found:.2f} ULP at {at}; the sheet prints what it measures")
    assert found <= BAR, (found, at)
    if within < math.inf:
        pytest.xfail(f"{text} is a wrong infinity beyond {within}")


@pytest.mark.parametrize(
    ("text", "order", "at", "expected"),
    [
        ("log(x)", 0, [-1.0, 0.0, math.inf], [math.nan, math.nan, math.inf]),
        ("log(x)", 1, [-1.0, 0.0, 2.0, math.inf], [math.nan, math.nan, 0.5, 0.0]),
        ("log(x)/x", 0, [-math.inf, math.inf, 5e-324], [math.nan, 0.0, -math.inf]),
        ("1/x", 0, [0.0, -0.0, 4.0, math.inf], [math.nan, math.nan, 0.25, 0.0]),
        ("1/(x^2-4)", 0, [2.0, -2.0, 0.0], [math.nan, math.nan, -0.25]),
        ("x^x", 0, [-2.0, 0.0, 2.0], [math.nan, 1.0, 4.0]),
        ("cbrt(x)", 1, [0.0, 8.0], [math.inf, 1 / 12]),
        ("sqrt(abs(x))", 1, [0.0], [math.nan]),
        ("exp(-x)*sin(x)", 0, [-math.inf, math.inf], [math.nan, 0.0]),
        ("1/(1+x^2)^2", 1, [-math.inf, -1e283, 1e283, math.inf], [0.0, 0.0, 0.0, 0.0]),
        ("exp(exp(x))", 0, [-math.inf, 7.0, math.inf], [1.0, math.inf, math.inf]),
        ("log(log(x))", 0, [1.0, 0.5, math.inf], [math.nan, math.nan, math.inf]),
        ("log(1+exp(-x))", 0, [-math.inf, -1e308, math.inf], [math.inf, 1e308, 0.0]),
    ],
)
def test_where_there_is_no_value_and_at_the_ends(text, order, at, expected):
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_array_equal(compile(text, order=order)(np.array([*at, math.nan])), [*expected, math.nan])
