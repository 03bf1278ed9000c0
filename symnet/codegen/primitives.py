"""The operations of which forms consist: what each means, encloses, prints and errs, in one table.

`unit` is the largest relative error that one call adds, in units of 2**-53, measured against Arb in
`tests/codegen/test_kernels.py`; a correctly rounded operation adds 1. The error model multiplies and
sums these. Numbers, powers of two and comparisons are exact and handled where forms are assessed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy
from flint import arb


@dataclass(frozen=True)
class Primitive:
    """One operation that generated code may use."""

    name: str
    meaning: Callable[..., Any]
    """SymPy arguments → the exact expression that it computes."""
    enclose: Callable[..., arb]
    """Arb balls → a ball with every value."""
    unit: float
    """Relative error of one call on exact arguments, in units of 2**-53, rounded up."""
    numpy: str
    """The NumPy name or infix sign."""
    python: str = ""
    """The name in Python's `math` or in a kernel of its own; the NumPy name where empty."""
    javascript: str = ""
    """The name in JavaScript."""
    infix: bool = False


def _table(*primitives: Primitive) -> dict[str, Primitive]:
    return {primitive.name: primitive for primitive in primitives}


def _sign(a: arb) -> arb:
    return arb(0) if a.is_zero() else arb(1) if a > 0 else arb(-1) if a < 0 else arb.nan()


PRIMITIVES = _table(
    Primitive("add", lambda a, b: a + b, lambda a, b: a + b, 1, "+", infix=True),
    Primitive("subtract", lambda a, b: a - b, lambda a, b: a - b, 1, "-", infix=True),
    Primitive("multiply", lambda a, b: a * b, lambda a, b: a * b, 1, "*", infix=True),
    Primitive("divide", lambda a, b: a / b, lambda a, b: a / b, 1, "/", infix=True),
    Primitive("negate", lambda a: -a, lambda a: -a, 0, "-"),
    Primitive("absolute", sympy.Abs, abs, 0, "abs", "abs", "Math.abs"),
    Primitive("scaled_up", lambda a: a * 2**128, lambda a: a * arb(2) ** 128, 0, "scaled_up", "scaled_up", "scaledUp"),
    Primitive("sign", sympy.sign, _sign, 0, "sign", "sign", "Math.sign"),
    Primitive("minimum", sympy.Min, lambda a, b: a.min(b), 0, "minimum", "min", "Math.min"),
    Primitive("maximum", sympy.Max, lambda a, b: a.max(b), 0, "maximum", "max", "Math.max"),
    Primitive("sqrt", sympy.sqrt, lambda a: a.sqrt(), 1, "sqrt", "sqrt", "Math.sqrt"),
    Primitive("cbrt", sympy.cbrt, lambda a: arb(0) if a.is_zero() else a.root(3), 2, "cbrt", "cbrt", "Math.cbrt"),
    Primitive(
        "hypot",
        lambda a, b: sympy.sqrt(a**2 + b**2),
        lambda a, b: (a * a + b * b).sqrt(),
        2,
        "hypot",
        "hypot",
        "Math.hypot",
    ),
    Primitive("exp", sympy.exp, lambda a: a.exp(), 1.1, "exp", "exp", "Math.exp"),
    Primitive("expm1", lambda a: sympy.exp(a) - 1, lambda a: a.expm1(), 1.5, "expm1", "expm1", "Math.expm1"),
    Primitive("log", sympy.log, lambda a: a.log(), 1.1, "log", "log", "Math.log"),
    Primitive("log1p", lambda a: sympy.log(1 + a), lambda a: a.log1p(), 1.5, "log1p", "log1p", "Math.log1p"),
    Primitive("sin", sympy.sin, lambda a: a.sin(), 1.2, "sin", "sin", "Math.sin"),
    Primitive("cos", sympy.cos, lambda a: a.cos(), 1.2, "cos", "cos", "Math.cos"),
    Primitive("tan", sympy.tan, lambda a: a.tan(), 2, "tan", "tan", "Math.tan"),
    Primitive("asin", sympy.asin, lambda a: a.asin(), 2, "arcsin", "asin", "Math.asin"),
    Primitive("acos", sympy.acos, lambda a: a.acos(), 2, "arccos", "acos", "Math.acos"),
    Primitive("atan", sympy.atan, lambda a: a.atan(), 1.8, "arctan", "atan", "Math.atan"),
    Primitive("sinh", sympy.sinh, lambda a: a.sinh(), 2.4, "sinh", "sinh", "Math.sinh"),
    Primitive("cosh", sympy.cosh, lambda a: a.cosh(), 2.4, "cosh", "cosh", "Math.cosh"),
    Primitive("tanh", sympy.tanh, lambda a: a.tanh(), 1.8, "tanh", "tanh", "Math.tanh"),
    Primitive("asinh", sympy.asinh, lambda a: a.asinh(), 2.4, "arcsinh", "asinh", "Math.asinh"),
    Primitive("acosh", sympy.acosh, lambda a: a.acosh(), 2.4, "arccosh", "acosh", "Math.acosh"),
    Primitive("atanh", sympy.atanh, lambda a: a.atanh(), 2.4, "arctanh", "atanh", "Math.atanh"),
    Primitive("erf", sympy.erf, lambda a: a.erf(), 3, "erf", "erf", "erf"),
    Primitive("erfc", sympy.erfc, lambda a: a.erfc(), 6, "erfc", "erfc", "erfc"),
    Primitive(
        "erfcx",
        lambda a: sympy.exp(a**2) * sympy.erfc(a),
        lambda a: (a * a).exp() * a.erfc(),
        4,
        "erfcx",
        "erfcx",
        "erfcx",
    ),
    Primitive(
        "normal_cdf",
        lambda a: (1 + sympy.erf(a / sympy.sqrt(2))) / 2,
        lambda a: (-a / arb(2).sqrt()).erfc() / 2,
        3,
        "normal_cdf",
        "normal_cdf",
        "normalCdf",
    ),
    Primitive("power", lambda a, b: a**b, lambda a, b: a**b, 2, "power", "pow", "Math.pow"),
)
"""Name → primitive."""


def horner(coefficients: tuple[Any, ...], x: arb) -> arb:
    """c₀ + c₁x + …, constant term first, for exact coefficients."""
    result = arb(0)
    for coefficient in reversed(coefficients):
        result = result * x + ball(coefficient)
    return result


def ball(value: sympy.Expr) -> arb:
    """A number as a ball at the precision in force."""
    from symnet.codegen.reference import evaluator

    return evaluator(value, _NO_VARIABLE)(arb(0))


_NO_VARIABLE = sympy.Dummy("none", real=True)

EXPONENTIALS: dict[str, Callable[[Any, arb], arb]] = {
    "exp_polynomial": lambda coefficients, x: horner(coefficients, x).exp(),
    "exp_tower": lambda payload, x: (horner(payload[0], x) + ball(payload[1]) * horner(payload[2], x).exp()).exp(),
    "sin_polynomial": lambda coefficients, x: horner(coefficients, x).sin(),
    "cos_polynomial": lambda coefficients, x: horner(coefficients, x).cos(),
}
"""Functions of a polynomial whose coefficients are the payload, computed with twice the working precision inside."""
