"""A formula in 64-bit arithmetic exactly as it is typed in, operation by operation: the naive program, for comparison.

Sheets show the input that breaks it, measured live, beside what the generated code gives.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy
from sympy import Abs, Add, Expr, Integer, Max, Min, Mul, Piecewise, Pow, Symbol, erf, erfc, exp, log, sign, tanh
from sympy.core.relational import Relational
from sympy.functions import acos, acosh, asin, asinh, atan, atanh, cos, cosh, sech, sin, sinh, tan
from sympy.logic.boolalg import And, Boolean, Or

from symnet.errors import UnsupportedExpressionError


def _special(name: str) -> Callable[[Any], Any]:
    def call(value: Any) -> Any:
        import scipy.special

        return getattr(scipy.special, name)(value)

    return call


OPERATIONS: dict[Any, Callable[..., Any]] = {
    exp: numpy.exp, log: numpy.log, tanh: numpy.tanh, Abs: numpy.abs, sign: numpy.sign,
    sin: numpy.sin, cos: numpy.cos, tan: numpy.tan, asin: numpy.arcsin, acos: numpy.arccos, atan: numpy.arctan,
    sinh: numpy.sinh, cosh: numpy.cosh, asinh: numpy.arcsinh, acosh: numpy.arccosh, atanh: numpy.arctanh,
    sech: lambda v: 1 / numpy.cosh(v), erf: _special("erf"), erfc: _special("erfc"),
    Max: lambda *v: reduce(numpy.maximum, v), Min: lambda *v: reduce(numpy.minimum, v),
    Add: lambda *v: reduce(numpy.add, v), Mul: lambda *v: reduce(numpy.multiply, v),
}  # fmt: skip


def evaluate(expression: Expr, variable: Symbol, point: float) -> tuple[float, Expr | None]:
    """The value that the formula gives at a float, and the first operation that overflowed, if one did."""
    overflowed: list[Expr] = []

    def walk(node: Any) -> Any:
        if node == variable:
            return numpy.float64(point)
        if node.is_number and not node.args:
            return numpy.float64(float(node))
        if isinstance(node, Piecewise):
            return next(
                (walk(value) for value, condition in node.args if _holds(condition, variable, point)), numpy.nan
            )
        values = [walk(a) for a in node.args]
        result = numpy.float64(_apply(node, values))
        if not numpy.isfinite(result) and all(numpy.isfinite(v) for v in values) and not overflowed:
            overflowed.append(node)
        if isinstance(node, Pow) and node.exp.is_Integer and node.exp < -1 and not overflowed:
            below = numpy.power(values[0], -values[1])
            if not numpy.isfinite(below) and numpy.isfinite(values[0]):
                overflowed.append(1 / node)
        return result

    with numpy.errstate(all="ignore"):
        return float(walk(expression)), overflowed[0] if overflowed else None


def _apply(node: Expr, values: list[Any]) -> Any:
    if isinstance(node, Pow):
        base, power = values
        exponent = node.exp
        if exponent == -1:
            return numpy.divide(1.0, base)
        if isinstance(exponent, Integer) and exponent < 0:
            return numpy.divide(1.0, numpy.power(base, -power))
        return numpy.sqrt(base) if exponent == Integer(1) / 2 else numpy.power(base, power)
    if isinstance(node, Mul):
        return _product(node, values)
    operation = OPERATIONS.get(node.func)
    if operation is None:
        raise UnsupportedExpressionError(f"the plain evaluation knows no {node.func.__name__}")
    return operation(*values)


def _product(node: Expr, values: list[Any]) -> Any:
    """Numerator over denominator, as people type it: powers with a negative exponent divide."""
    above, below = numpy.float64(1), numpy.float64(1)
    for factor, value in zip(node.args, values, strict=True):
        if isinstance(factor, Pow) and factor.exp.could_extract_minus_sign() and factor.base.has(Symbol):
            below = below / value if value else numpy.float64(numpy.inf)
        else:
            above = above * value
    return numpy.divide(above, below)


def _holds(condition: Any, variable: Symbol, point: float) -> bool:
    if condition in (True, False) or not isinstance(condition, Boolean) or not condition.args:
        return bool(condition)
    if isinstance(condition, And):
        return all(_holds(c, variable, point) for c in condition.args)
    if isinstance(condition, Or):
        return any(_holds(c, variable, point) for c in condition.args)
    if isinstance(condition, Relational):
        left, right = (evaluate(side, variable, point)[0] for side in (condition.lhs, condition.rhs))
        return {
            "<": left < right,
            "<=": left <= right,
            ">": left > right,
            ">=": left >= right,
            "==": left == right,
        }.get(condition.rel_op, left != right)
    raise UnsupportedExpressionError(f"the plain evaluation cannot decide {condition}")
