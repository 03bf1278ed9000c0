"""Every zero of a smooth expression between two places, certified, as exact SymPy numbers.

The expression becomes an element of the field of `balls`, whose sign chart isolates all of its zeros and proves
that there are no others. A zero with a short closed form is that form; any other is a `Zero`.
"""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts and the results of expressions as Basic.)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flint import fmpq
from sympy import (
    Add,
    Expr,
    Mul,
    Pow,
    Rational,
    Symbol,
    atan,
    cos,
    cosh,
    erf,
    erfc,
    exp,
    log,
    pi,
    sech,
    sin,
    sinh,
    tan,
    tanh,
)
from sympy.core.numbers import Exp1

from symnet.balls import elementary
from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE
from symnet.balls.evaluate import Evaluation
from symnet.balls.field import Field
from symnet.balls.interval import Interval
from symnet.balls.order import vanishes_at
from symnet.balls.reals import ExactReal, Real
from symnet.balls.signs import sign_chart
from symnet.balls.spelling import spell
from symnet.balls.undecided import NeedsFinerBase, Undecided
from symnet.balls.work import Budget
from symnet.calculus.zero import Zero
from symnet.errors import SymnetError, UnsupportedExpressionError

UNITS = 20_000
"""How many enclosures one search may spend."""
FRESH_STARTS = 6
"""How often the field may be built again with finer generators."""
LONGEST_FORM = 24
"""A closed form of more characters is shown by its digits."""


@dataclass(frozen=True)
class At:
    """One point as the place where elements are made: signs are read from balls there."""

    point: Real

    def sign(self, field: Field, polynomial: Any) -> int:
        """The sign of a polynomial in the generators, which may not be 0 at the point."""
        for precision in (64, 256, 1024):
            value = Evaluation(field, self.point.ball(precision), precision + 32).polynomial(polynomial)
            if value > 0 or value < 0:
                return 1 if value > 0 else -1
        raise Undecided("a sign at a point was not decided")


class Finder:
    """The zeros of expressions in one variable, in one field: equal zeros of different expressions are equal."""

    def __init__(self, variable: Symbol, left: Expr | None = None, right: Expr | None = None) -> None:
        self.variable, self.ends = variable, (left, right)
        self.budget = Budget(UNITS)
        self._start({})

    place: Interval | At

    def _start(self, bases: dict[str, Any]) -> None:
        self.field, self.place = Field(bases, self.budget), Interval(None, None)
        ends = [None if end is None else ExactReal(self.element(end)) for end in self.ends]
        self.place = self.interval = Interval(*ends)

    @property
    def bounded(self) -> bool:
        """Whether it looks at a bounded interval only."""
        return self.ends != (None, None)

    def zeros(self, expression: Expr) -> list[Expr]:
        """Every zero inside; `UnsupportedExpressionError` where not all of them are found, or there is no end of them."""
        for _ in range(FRESH_STARTS):
            try:
                element = self.element(expression)
                if element.is_zero:
                    return []
                chart = sign_chart(element, self.interval, self.budget)
            except NeedsFinerBase as need:
                self._start({**{key: self.field.bases[key] for key in self.field.refined}, need.key: need.base})
            except (Undecided, ArithmeticError, AssertionError) as reason:
                raise UnsupportedExpressionError(f"cannot find every zero of {expression}: {reason}") from None
            else:
                if chart.infinite:
                    raise UnsupportedExpressionError(f"{expression} has infinitely many zeros")
                return [self.number(zero.point) for zero in chart.zeros]
        raise UnsupportedExpressionError(f"cannot find every zero of {expression}")

    def number(self, point: Real) -> Expr:
        """A point of a sign chart as a SymPy number."""
        if point.exact is not None:
            text = spell(point.exact)
            if len(text) <= LONGEST_FORM or point.exact.rational is not None:
                from symnet.definitions.expression import read

                return read(text).expression()
        polynomial = getattr(point, "polynomial", None)
        equation = spell(self.field.element(polynomial)) if polynomial is not None else spell(point.exact)
        return Zero(point, equation, self._vanishes)

    def _vanishes(self, point: Real, e: Expr, zero: Zero) -> bool:
        """Whether e, in which the zero stands for the variable, is proved to be 0."""
        self.place = At(point)
        try:
            element = self.element(e.xreplace({zero: self.variable}))
            return element.is_zero or vanishes_at(self.field, element.num, point) is True
        except (SymnetError, ArithmeticError):
            return False
        finally:
            self.place = self.interval

    def element(self, e: Expr) -> Element:
        """An expression as an element, wherever it is smooth and defined on the whole interval."""
        if e == self.variable:
            return self.field.x
        if isinstance(e, Rational):
            return self.field.rational(fmpq(int(e.p), int(e.q)))
        if e == pi:
            return elementary.pi(self.field)
        if isinstance(e, Exp1):
            return elementary.exp(self.field.one, NOWHERE)
        if isinstance(e, (Add, Mul)):
            parts = [self.element(a) for a in e.args]
            result = parts[0]
            for part in parts[1:]:
                result = result + part if isinstance(e, Add) else result * part
            return result
        if isinstance(e, Pow):
            return self._power(e)
        make = FUNCTIONS.get(e.func)
        if make is None or len(e.args) != 1:
            raise UnsupportedExpressionError(f"the zeros of {e} are not looked for")
        return make(self, self.element(e.args[0]))

    def _power(self, e: Pow) -> Element:
        if isinstance(e.base, Exp1):
            return elementary.exp(self.element(e.exp), self.place)
        if not isinstance(e.exp, Rational):
            raise UnsupportedExpressionError(f"the zeros of {e} are not looked for")
        base = self.element(e.base)
        if e.exp.q == 1:
            if e.exp.p < 0:
                self.sign(base)
            return base ** int(e.exp.p)
        return elementary.power(self.positive(base), fmpq(int(e.exp.p), int(e.exp.q)), self.place)

    def sign(self, u: Element) -> int:
        """The one sign of an element that is 0 nowhere in the place."""
        if u.is_constant:
            return NOWHERE.sign_of_element(u)
        if isinstance(self.place, At):
            return self.place.sign(self.field, u.num) * self.place.sign(self.field, u.den)
        chart = sign_chart(u, self.place, self.budget)
        if chart.zeros or chart.infinite or u.is_zero:
            raise UnsupportedExpressionError("an expression that is not defined everywhere")
        return chart.signs[0]

    def positive(self, u: Element) -> Element:
        """`u`, which is positive everywhere in the interval."""
        if self.sign(u) <= 0:
            raise UnsupportedExpressionError("an expression that is not defined everywhere")
        return u

    def hyperbolic(self, u: Element) -> tuple[Element, Element]:
        """sinh u and cosh u."""
        up, square = elementary.exp(u, self.place), elementary.exp(u.scaled(2), self.place)
        return (square - self.field.one) / up.scaled(2), (square + self.field.one) / up.scaled(2)

    def tangent(self, u: Element) -> Element:
        """tan u, where its cosine is 0 nowhere."""
        sine, cosine = elementary.sine_and_cosine(u)
        self.sign(cosine)
        return sine / cosine


FUNCTIONS: dict[type, Callable[[Finder, Element], Element]] = {
    exp: lambda at, u: elementary.exp(u, at.place),
    log: lambda at, u: elementary.log(at.positive(u), at.place),
    sin: lambda at, u: elementary.sine_and_cosine(u)[0],
    cos: lambda at, u: elementary.sine_and_cosine(u)[1],
    tan: lambda at, u: at.tangent(u),
    sinh: lambda at, u: at.hyperbolic(u)[0],
    cosh: lambda at, u: at.hyperbolic(u)[1],
    tanh: lambda at, u: at.hyperbolic(u)[0] / at.hyperbolic(u)[1],
    sech: lambda at, u: at.field.one / at.hyperbolic(u)[1],
    atan: lambda at, u: elementary.atan(u),
    erf: lambda at, u: elementary.erf(u),
    erfc: lambda at, u: at.field.one - elementary.erf(u),
}
"""How each function acts on an element."""
