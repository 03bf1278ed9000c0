"""Correct rounding: the float nearest to the exact value, by raising the precision until only one float is possible.

Ball arithmetic gives an interval that holds the value. When both its ends round to the same float, that float is right; otherwise the precision
is doubled. Where the value is itself a float or lies exactly between two (relu(1/4), 0 at a root), no precision would ever suffice:
there the expression is evaluated exactly in rationals, and the tie goes to the even neighbour. Some 15 to 250 µs a value.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq
from sympy import Expr, Rational, S, Symbol, simplify

from symnet.codegen.cells import Cell, cells
from symnet.codegen.elementwise import result_dtype, run
from symnet.codegen.reference import MOST_BITS, Undecided, evaluator, rational
from symnet.codegen.tails import FAR
from symnet.errors import UnsupportedExpressionError

FLOAT64 = np.dtype(np.float64)


class ExactFunction:
    """A correctly rounded function of arrays; slow, and right."""

    def __init__(
        self, expression: Expr, variable: Symbol, name: str, order: int, dtype: Any, at_kink: str | None, apis: Any
    ) -> None:
        self.expression, self.variable, self.name, self.order = expression, variable, name, order
        self.dtype = None if dtype is None else result_dtype(np.dtype(np.float64), dtype)
        parts = cells(expression, variable, order, at_kink, apis)
        self._cells, self._points = parts.cells, dict(parts.points)
        self.source = f"# {name}, derivative of order {order}: adaptive precision, correctly rounded\n# {expression}\n"
        """There is no generated text: every value is computed from the expression."""

    def __call__(self, x: Any, out: np.ndarray | None = None) -> Any:
        """Evaluate; shape and float dtype are kept."""
        given = np.asarray(x).dtype
        dtype = self.dtype or result_dtype(given, None)

        def every(values: np.ndarray) -> np.ndarray:
            return np.array([self.value(float(v), np.dtype(dtype)) for v in values], np.float64)

        return run(every, x, out, dtype)

    def value(self, x: float, dtype: np.dtype = FLOAT64) -> float:
        """The nearest number of this dtype to the exact value at one float."""
        if math.isnan(x):
            return math.nan
        cell = next(c for c in self._cells if c.left <= x <= c.right)
        if math.isinf(x):
            return self._limit(cell, x)
        if x in self._points:
            return _nearest(self._points[x], dtype)
        return _rounded(cell.expression, self.variable, x, dtype)

    def _limit(self, cell: Cell, x: float) -> float:
        from symnet.codegen.form import Form
        from symnet.codegen.run_form import at_infinity
        from symnet.codegen.tails import tails

        side = 1 if x > 0 else -1
        found: list[Form] = [t.form for t in tails(cell.expression, self.variable, side)]
        if found:
            return at_infinity(found[0], side)
        near, far = (evaluator(cell.expression, self.variable)(arb(side * p)) for p in FAR)
        return math.copysign(math.inf, float(far.mid())) if abs(far) > abs(near) else math.nan


def _nearest(number: Expr, dtype: np.dtype) -> float:
    if number is S.NaN:
        return math.nan
    return _rounded(number, Symbol("x", real=True), 0.0, dtype)


def _rounded(expression: Expr, variable: Symbol, x: float, dtype: np.dtype) -> float:
    function = evaluator(expression, variable)
    before, precision = ctx.prec, 80
    try:
        while precision <= MOST_BITS:
            ctx.prec = precision
            try:
                value = function(arb(x))
            except Undecided:
                precision *= 2
                continue
            if value.is_exact() and value.is_finite():
                return round_fraction(_fraction(value), dtype)
            if value.is_finite():
                low, high = (round_fraction(_fraction(end), dtype) for end in (value.lower(), value.upper()))
                if low == high and (low != 0 or not value.contains(0)):
                    return low
                if low == high == 0 and abs(value) < arb(2) ** -1200:
                    return low
            if (
                precision >= 320
            ):  # perhaps a tie: SymPy's own arithmetic is exact, its simplify is asked last and checked
                exact = expression.subs(variable, Rational(*x.as_integer_ratio()))
                exact = simplify(exact) if precision * 2 > MOST_BITS else exact
                if isinstance(exact, Rational) and value.contains(fmpq(int(exact.p), int(exact.q))):
                    return round_fraction(Fraction(int(exact.p), int(exact.q)), dtype)
            precision *= 2
        raise UnsupportedExpressionError(f"{expression} could not be rounded at x = {x!r} with {MOST_BITS} bits")
    finally:
        ctx.prec = before


def _fraction(x: arb) -> Fraction:
    exact = rational(x.mid())
    return Fraction(int(exact.p), int(exact.q))


def round_fraction(value: Fraction, dtype: np.dtype) -> float:
    """The nearest number of a float dtype, ties to even; beyond the range ±inf."""
    information = np.finfo(dtype)
    bits, least = information.nmant + 1, information.minexp - information.nmant
    if value == 0:
        return 0.0
    size = abs(value)
    exponent = size.numerator.bit_length() - size.denominator.bit_length()
    if Fraction(2) ** exponent > size:
        exponent -= 1
    unit = Fraction(2) ** max(exponent - bits + 1, int(least))
    units = round(size / unit)  # ties to even
    magnitude = units * unit
    if magnitude > Fraction(float(information.max)):
        return math.inf if value > 0 else -math.inf
    return float(magnitude) if value > 0 else -float(magnitude)
