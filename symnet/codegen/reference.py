"""The value of an exact expression at one float, in Arb balls as tight as asked for.

This evaluator is the referee of generated code, so it shares nothing with the analysis engine: it walks
the SymPy expression, operation by operation, and raises the precision until the ball is tight. Branches
are decided by ball comparison; where two sides are equal to thousands of bits, the symbolic zero test decides.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sympy
from flint import arb, ctx, fmpq
from sympy import Expr, Rational, S, Symbol
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational
from sympy.logic.boolalg import And, Not, Or

from symnet.codegen.functions import Erfcx, NormalCdf
from symnet.errors import UnsupportedExpressionError

MOST_BITS = 16384
TINY = arb(2) ** -1200
HUGE = arb(2) ** 1100

Evaluator = Callable[[arb], arb]

UNARY: dict[Any, Callable[[arb], arb]] = {
    sympy.exp: lambda a: a.exp(),
    sympy.log: lambda a: a.log(),
    sympy.sin: lambda a: a.sin(),
    sympy.cos: lambda a: a.cos(),
    sympy.tan: lambda a: a.tan(),
    sympy.asin: lambda a: a.asin(),
    sympy.acos: lambda a: a.acos(),
    sympy.atan: lambda a: a.atan(),
    sympy.sinh: lambda a: a.sinh(),
    sympy.cosh: lambda a: a.cosh(),
    sympy.tanh: lambda a: a.tanh(),
    sympy.coth: lambda a: a.coth(),
    sympy.sech: lambda a: a.sech(),
    sympy.csch: lambda a: a.csch(),
    sympy.asinh: lambda a: a.asinh(),
    sympy.acosh: lambda a: a.acosh(),
    sympy.atanh: lambda a: a.atanh(),
    sympy.erf: lambda a: a.erf(),
    sympy.erfc: lambda a: a.erfc(),
    sympy.Abs: abs,
    NormalCdf: lambda a: (-a / arb(2).sqrt()).erfc() / 2,
    Erfcx: lambda a: (a * a).exp() * a.erfc(),
}


class Undecided(Exception):
    """Two sides of a comparison that the present precision cannot tell apart."""


@lru_cache(maxsize=1024)
def evaluator(expression: Expr, variable: Symbol) -> Evaluator:
    """A function from a ball around x to a ball around the value, at the precision in force."""
    if expression == variable:
        return lambda x: x
    if isinstance(expression, Rational):
        fraction = fmpq(int(expression.p), int(expression.q))
        return lambda x: arb(fraction)
    if expression is S.Pi:
        return lambda x: arb.pi()
    if expression is S.Exp1:
        return lambda x: arb.const_e()
    if expression is S.NaN:
        return lambda x: arb.nan()
    if expression in (S.Infinity, S.NegativeInfinity):
        sign = 1 if expression is S.Infinity else -1
        return lambda x: arb.pos_inf() * sign
    if isinstance(expression, sympy.Piecewise):
        return _piecewise(expression, variable)
    parts = [evaluator(a, variable) for a in expression.args]
    if expression.is_Add:
        return lambda x: sum((p(x) for p in parts[1:]), parts[0](x))
    if expression.is_Mul:
        return lambda x: _product(p(x) for p in parts)
    if expression.is_Pow:
        return _power(expression, parts)
    if expression.func in UNARY:
        function, inner = UNARY[expression.func], parts[0]
        return lambda x: function(inner(x))
    if isinstance(expression, (sympy.Max, sympy.Min)):
        choose = arb.max if isinstance(expression, sympy.Max) else arb.min
        return lambda x: _fold(choose, [p(x) for p in parts])
    if isinstance(expression, (sympy.sign, sympy.Heaviside)):
        inner = expression.args[0]
        low, at_zero = (-1, arb(0)) if isinstance(expression, sympy.sign) else (0, arb(1) / 2)
        return lambda x: (arb(low), at_zero, arb(1))[_sign(inner, variable, x) + 1]
    raise UnsupportedExpressionError(f"no certified evaluation is known for {expression.func.__name__}")


def _product(factors) -> arb:
    result = arb(1)
    for factor in factors:
        result *= factor
    return result


def _fold(choose, values: list[arb]) -> arb:
    result = values[0]
    for value in values[1:]:
        result = choose(result, value)
    return result


def _power(expression: Expr, parts: list[Evaluator]) -> Evaluator:
    base, exponent = parts
    power = expression.exp
    if expression.base is S.Exp1:
        return lambda x: exponent(x).exp()
    if isinstance(power, Rational):
        p, q = int(power.p), int(power.q)
        if q == 1:
            return lambda x: integer_power(base(x), p)
        if q == 2:
            return lambda x: integer_power(base(x).sqrt(), p)
        return lambda x: integer_power(base(x).root(q), p)
    return lambda x: real_power(base(x), exponent(x))


def integer_power(a: arb, exponent: int) -> arb:
    """a^exponent by squaring; Arb's own power is nan for a ball around 0."""
    if exponent < 0:
        return 1 / integer_power(a, -exponent)
    result = arb(1)
    while exponent:
        if exponent % 2:
            result *= a
        a, exponent = a * a, exponent // 2
    return result


def real_power(base: arb, exponent: arb) -> arb:
    """exp(b log a) for a > 0; 0^b = 0 for b > 0, and 0^0 = 1."""
    if not base.is_zero():
        return arb.nan() if base < 0 else base**exponent
    return arb(0) if exponent > 0 else arb(1) if exponent.is_zero() else arb.nan()


def _piecewise(expression: Any, variable: Symbol) -> Evaluator:
    branches = [(evaluator(value, variable), condition) for value, condition in expression.args]

    def evaluate(x: arb) -> arb:
        for value, condition in branches:
            if _holds(condition, variable, x):
                return value(x)
        return arb.nan()

    return evaluate


def _holds(condition: Any, variable: Symbol, x: arb) -> bool:
    if condition in (True, S.true):
        return True
    if condition in (False, S.false):
        return False
    if isinstance(condition, And):
        return all(_holds(c, variable, x) for c in condition.args)
    if isinstance(condition, Or):
        return any(_holds(c, variable, x) for c in condition.args)
    if isinstance(condition, Not):
        return not _holds(condition.args[0], variable, x)
    if isinstance(condition, Relational):
        order = _sign(condition.lhs - condition.rhs, variable, x)
        return {Lt: order < 0, Le: order <= 0, Gt: order > 0, Ge: order >= 0, Eq: order == 0, Ne: order != 0}[
            condition.func
        ]
    raise UnsupportedExpressionError(f"cannot decide the condition {condition}")


def _sign(expression: Expr, variable: Symbol, x: arb) -> int:
    value = evaluator(expression, variable)(x)
    if value > 0:
        return 1
    if value < 0:
        return -1
    if value.is_zero():
        return 0
    if ctx.prec >= MOST_BITS // 4 and x.is_exact():
        exact = expression.subs(variable, rational(x))
        if exact.is_zero or sympy.simplify(exact) == 0:
            return 0
    raise Undecided


def rational(x: arb) -> Rational:
    """The exact rational of a ball without radius."""
    mantissa, exponent = x.man_exp()
    m, e = int(mantissa), int(exponent)
    return Rational(m * 2**e) if e >= 0 else Rational(m, 2**-e)


def to_float(x: arb) -> float:
    """The float64 nearest to the midpoint; `float(arb)` itself truncates."""
    middle = x.mid()
    if not middle.is_finite():
        return float(middle)
    if abs(middle) < TINY or abs(middle) > HUGE:  # an integer of that many digits would never be finished
        return 0.0 if abs(middle) < TINY else math.copysign(math.inf, 1 if middle > 0 else -1)
    exact = rational(middle)
    try:
        return int(exact.p) / int(exact.q)
    except OverflowError:
        return math.inf if exact > 0 else -math.inf


def value(expression: Expr, variable: Symbol, point: float | arb, bits: int = 120) -> arb:
    """The value at the exact point, to at least `bits` relative bits; an exact zero is exactly zero.

    A ball that stays nan (outside the domain) is returned as nan.
    """
    function = evaluator(expression, variable)
    before, precision = ctx.prec, bits + 64
    try:
        while precision <= MOST_BITS:
            ctx.prec = precision
            x = point if isinstance(point, arb) else arb(point)
            try:
                ball = function(x)
            except Undecided:
                precision *= 4
                continue
            if ball.is_zero() or ball.rel_accuracy_bits() >= bits:
                return ball
            if abs(ball) < TINY or abs(ball) > HUGE:
                return ball
            if ball.is_nan() and precision > 2048:
                return ball
            if x.is_zero() and ball.contains(0) and not ball.is_nan() and _vanishes(expression, variable, precision):
                return arb(0)
            if not ball.is_finite() and ball.is_nan() is False and precision > 1024:
                return ball
            precision *= 2
        exact = expression.subs(variable, rational(x))
        if exact.is_zero or sympy.simplify(exact) == 0:
            return arb(0)
        return ball
    finally:
        ctx.prec = before


def _vanishes(expression: Expr, variable: Symbol, precision: int) -> bool:
    """Whether the value at 0 is exactly zero; what SymPy must simplify to see it counts once the ball is tiny."""
    at_zero = expression.subs(variable, 0)
    return bool(at_zero.is_zero) or (precision > 1000 and bool(at_zero.is_number) and sympy.simplify(at_zero) == 0)
