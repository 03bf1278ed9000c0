"""Functions whose kinks cannot be listed, as |sin x|: one formula with the switches left in, decided anew for every number.

|u|, max(u, v) and min(u, v) are computed as they stand. Their derivatives are u′ sign u and u′ H(u − v) + v′ H(v − u) with sign 0 = 0 and
H(0) = 1/2: where two slopes meet, the derivative is their mean. Second derivatives say nothing of the kinks.
"""

from __future__ import annotations

import sympy
from sympy import Abs, DiracDelta, Expr, Heaviside, Max, Min, S, Symbol, diff

from symnet.errors import UnsupportedExpressionError

MEAN = "Where two slopes meet, this function returns their mean."


def switched(expression: Expr, variable: Symbol, order: int) -> Expr:
    """The derivative of this order with sign and Heaviside in it; what jumps, and what has conditions, is refused."""
    if expression.has(sympy.Piecewise):
        raise UnsupportedExpressionError(f"the borders of the branches of {expression} cannot be listed")
    if order and expression.has(sympy.sign, Heaviside):
        raise UnsupportedExpressionError(f"the jumps of {expression} cannot be listed, and there it has no derivative")
    formula = diff(expression, variable, order) if order else expression
    formula = formula.replace(DiracDelta, lambda *_: S.Zero)
    if formula.has(sympy.Derivative, sympy.Subs, sympy.re, sympy.im):
        raise UnsupportedExpressionError(f"the derivative of {expression} cannot be written with sign alone")
    return formula


def has_switches(expression: Expr) -> bool:
    """Whether an expression decides between formulas, and so may have kinks or jumps."""
    return expression.has(Abs, Max, Min, sympy.sign, Heaviside)
