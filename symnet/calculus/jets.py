"""Evaluate an expression, standing derivatives included, by automatic differentiation in ball arithmetic.

A derivation is checked with arithmetic that shares nothing with the rules: every subexpression becomes
a truncated Taylor series whose coefficients are certified balls (Arb), a `Derivative` that still stands
is read off the next coefficient, and heads such as Abs, Max and Piecewise follow the branch that holds
at the point. `Undecided` says that a ball is too wide, or that the point lies on a breakpoint.
"""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts and the results of expressions as Basic.)

from __future__ import annotations

from collections.abc import Mapping

from flint import arb, arb_series, ctx, fmpq
from sympy import (
    Abs,
    Add,
    ComplexRootOf,
    Derivative,
    Expr,
    Heaviside,
    Integer,
    Max,
    Min,
    Mul,
    NumberSymbol,
    Piecewise,
    Pow,
    Rational,
    Subs,
    Symbol,
    pi,
    sign,
)
from sympy.core.numbers import Exp1
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational
from sympy.logic.boolalg import And, Boolean, BooleanFalse, BooleanTrue, Not, Or

from symnet.calculus.power_series import SERIES
from symnet.calculus.undecided import Undecided
from symnet.calculus.zero import Zero
from symnet.errors import UnsupportedExpressionError

Point = Mapping[Symbol, Rational]


def value(expression: Expr, point: Point, accept_breakpoints: bool = False) -> arb:
    """A ball that holds the value of `expression` at `point`, at flint's working precision.

    With `accept_breakpoints` a tie of a condition is decided as typed where it is exact (both sides rational).
    """
    return Jets(point, {}, accept_breakpoints).series(expression, 1)[0]


class Jets:
    """Series of expressions at one point: `seeds` are the symbols that vary, each with its own series."""

    def __init__(self, point: Point, seeds: Mapping[Symbol, arb_series], accept_breakpoints: bool = False) -> None:
        self.point = point
        self.seeds = dict(seeds)
        self.accept_breakpoints = accept_breakpoints
        self._known: dict[tuple[Expr, int], arb_series] = {}

    def series(self, expression: Expr, length: int) -> arb_series:
        """The first `length` Taylor coefficients of `expression`; a part that occurs twice is worked out once."""
        found = self._known.get((expression, length))
        if found is None:
            found = self._series(expression, length)
            for index in range(length):
                if not found[index].is_finite():
                    raise Undecided(f"{expression} has no finite value here")
            self._known[expression, length] = found
        return found

    def _series(self, e: Expr, n: int) -> arb_series:
        if isinstance(e, Symbol):
            return self._symbol(e, n)
        if isinstance(e, Rational):
            return arb_series([arb(fmpq(int(e.p), int(e.q)))], n)
        if isinstance(e, NumberSymbol):
            return arb_series([_constant(e)], n)
        if isinstance(e, ComplexRootOf):
            return arb_series([_algebraic(e)], n)
        if isinstance(e, Add):
            return _total([self.series(a, n) for a in e.args])
        if isinstance(e, Mul):
            product = self.series(e.args[0], n)
            for a in e.args[1:]:
                product = product * self.series(a, n)
            return product
        if isinstance(e, Pow):
            return self._power(e.base, e.exp, n)
        if isinstance(e, Derivative):
            return self._derivative(e, n)
        if isinstance(e, Subs):
            return self._substituted(e, n)
        if isinstance(e, Piecewise):
            for branch, condition in e.args:
                if self.holds(condition):
                    return self.series(branch, n)
            raise Undecided(f"{e} is undefined here")
        if isinstance(e, (Abs, sign, Heaviside)):
            return self._by_sign(e, n)
        if isinstance(e, (Max, Min)):
            return self._extreme(e, n)
        rule = SERIES.get(e.func)
        if rule is None:
            raise UnsupportedExpressionError(f"no power series is known for {e.func.__name__}")
        return rule(self.series(e.args[0], n))

    def _symbol(self, symbol: Symbol, n: int) -> arb_series:
        seed = self.seeds.get(symbol)
        if seed is not None:
            return arb_series([seed[i] for i in range(n)], n)
        if symbol not in self.point:
            raise UnsupportedExpressionError(f"no value is given for {symbol}")
        number = self.point[symbol]
        return arb_series([arb(fmpq(int(number.p), int(number.q)))], n)

    def _power(self, base: Expr, exponent: Expr, n: int) -> arb_series:
        inner = self.series(base, n)
        if isinstance(exponent, Integer):
            return _integer_power(inner, int(exponent))
        if exponent == Rational(1, 2):
            return inner.sqrt()
        if exponent == Rational(-1, 2):
            return inner.rsqrt()
        if base == Exp1():
            return self.series(exponent, n).exp()
        if not inner[0] > 0:
            raise Undecided("a power of a base that is not positive")
        return (self.series(exponent, n) * inner.log()).exp()

    def _derivative(self, e: Derivative, n: int) -> arb_series:
        variable, count = e.variables[0], len(e.variables)
        if any(v != variable for v in e.variables):
            raise UnsupportedExpressionError(f"mixed derivatives are not read: {e}")
        seed = self.seeds.get(variable)
        if seed is None:
            seed = arb_series([self._symbol(variable, 1)[0]], 1)
        elif not _is_identity(seed):
            raise UnsupportedExpressionError(f"a derivative in a variable that is itself a series: {e}")
        seed = arb_series([seed[0], arb(1)], n + count)
        found = Jets(self.point, {**self.seeds, variable: seed}, self.accept_breakpoints).series(e.expr, n + count)
        for _ in range(count):
            found = found.derivative()
        return arb_series([found[i] for i in range(n)], n)

    def _substituted(self, e: Subs, n: int) -> arb_series:
        (variable,), (inner,) = e.variables, e.point
        inner_series = self.series(inner, n)
        here = arb_series([inner_series[0], arb(1)], max(n, 2))
        outer = Jets(self.point, {**self.seeds, variable: here}, self.accept_breakpoints).series(e.expr, n)
        if n == 1:
            return outer
        return outer(arb_series([arb(0), *(inner_series[i] for i in range(1, n))], n))

    def _by_sign(self, e: Expr, n: int) -> arb_series:
        inner = self.series(e.args[0], n)
        side = _sign(inner[0])
        if side == 0 and not self.accept_breakpoints:
            raise Undecided(f"{e.args[0]} is 0 here")
        if isinstance(e, Abs):
            return inner if side >= 0 else -inner
        if isinstance(e, sign):
            return arb_series([arb(side)], n)
        at_zero = e.args[1] if len(e.args) > 1 else Rational(1, 2)
        return arb_series([arb(1) if side > 0 else arb(0)], n) if side else self.series(at_zero, n)

    def _extreme(self, e: Expr, n: int) -> arb_series:
        wanted = 1 if isinstance(e, Max) else -1
        best = self.series(e.args[0], n)
        for argument in e.args[1:]:
            other = self.series(argument, n)
            if n == 1 and self.accept_breakpoints:  # the value needs no decision
                best = arb_series([best[0].max(other[0]) if wanted > 0 else best[0].min(other[0])], 1)
                continue
            order = _sign(other[0] - best[0])
            if order == 0 and not self.accept_breakpoints:
                raise Undecided(f"a tie in {e}")
            if order * wanted > 0:
                best = other
        return best

    def holds(self, condition: Boolean | bool) -> bool:
        """Whether a condition holds at the point; a tie that is not accepted is `Undecided`."""
        if condition is True or isinstance(condition, BooleanTrue):
            return True
        if condition is False or isinstance(condition, BooleanFalse):
            return False
        if isinstance(condition, And):
            return all(self.holds(c) for c in condition.args)
        if isinstance(condition, Or):
            return any(self.holds(c) for c in condition.args)
        if isinstance(condition, Not):
            return not self.holds(condition.args[0])
        if isinstance(condition, Relational):
            left, right = condition.args
            order = _side(right) - _side(left) if _side(left) or _side(right) else self._order(left, right)
            if order == 0 and not self.accept_breakpoints:
                raise Undecided(f"{condition} is a tie here")
            return {
                Lt: order < 0, Le: order <= 0, Gt: order > 0, Ge: order >= 0, Eq: order == 0, Ne: order != 0
            }[condition.func]  # fmt: skip
        raise UnsupportedExpressionError(f"cannot decide the condition {condition}")

    def _order(self, left: Expr, right: Expr) -> int:
        return _sign(self.series(left, 1)[0] - self.series(right, 1)[0])


def _side(e: Expr) -> int:
    """-1 for oo, 1 for -oo: so that a condition such as x < oo is decided by its infinite end."""
    return -1 if e.is_infinite and e.is_extended_positive else 1 if e.is_infinite and e.is_extended_negative else 0


def _sign(ball: arb) -> int:
    if ball > 0:
        return 1
    if ball < 0:
        return -1
    if ball == 0:
        return 0
    raise Undecided("a ball that straddles 0")


def _is_identity(seed: arb_series) -> bool:
    return seed[1] == 1 and all(seed[i] == 0 for i in range(2, seed.length()))


def _total(parts: list[arb_series]) -> arb_series:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _integer_power(base: arb_series, exponent: int) -> arb_series:
    if exponent < 0:
        if base[0].contains(0):
            raise Undecided("a division by 0")
        base, exponent = 1 / base, -exponent
    result, square = base * 0 + 1, base
    while exponent:
        if exponent & 1:
            result = result * square
        square = square * square if exponent > 1 else square
        exponent >>= 1
    return result


def _algebraic(root: ComplexRootOf) -> arb:
    """A real root of a polynomial: SymPy's isolating interval, narrowed to the working precision."""
    if not root.is_real:
        raise UnsupportedExpressionError(f"{root} is no real number")
    width = Rational(1, 2**ctx.prec)
    middle = root.eval_rational(width)
    return arb(fmpq(int(middle.p), int(middle.q)), arb(fmpq(1, 2**ctx.prec)))


def _constant(e: NumberSymbol) -> arb:
    if isinstance(e, Zero):
        return e.ball()
    if e == pi:
        return arb.pi()
    if isinstance(e, Exp1):
        return arb.const_e()
    raise UnsupportedExpressionError(f"no ball is known for {e}")
