"""Real numbers that can be enclosed as tightly as asked for; `order` compares them exactly.

An `ExactReal` is a constant of the field; a `Root` is the one zero of a factor between two rationals,
where the factor's derivative has no zero.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flint import arb, ctx, fmpq

from symnet.balls.element import Element
from symnet.balls.evaluate import Evaluation, span
from symnet.balls.field import Field
from symnet.balls.undecided import Undecided

if TYPE_CHECKING:
    from symnet.balls.interval import Interval

PRECISIONS = (64, 128, 256, 512, 1024, 2048)


class Real:
    """A real number; `exact` is its element where one is known."""

    exact: Element | None = None
    text: str | None = None
    """The number in the input grammar, where it is no element but has a closed form (Lambert W)."""
    base: Real | None = None
    """The member of one period that this one is whole periods away from."""
    between: Interval | None = None
    """Two numbers between which this one is known to lie, where nothing closer is."""
    _float: float | None = None

    @property
    def parametric(self) -> bool:
        """Whether the number depends on a parameter."""
        return (
            self.exact is not None and self.exact.field.box is not None and bool(self.exact.field.box.names(self.exact))
        )

    def ball(self, precision: int) -> arb:
        """An enclosure with about `precision` correct bits."""
        raise NotImplementedError

    def __float__(self) -> float:
        if self._float is None:
            self._float = float(self.ball(64).mid())
        return self._float


class ExactReal(Real):
    """A constant of the field."""

    def __init__(self, element: Element) -> None:
        self.exact: Element = element
        self._known: tuple[int, arb] = (0, arb(0))

    def ball(self, precision: int) -> arb:
        if self._known[0] < precision:
            value = self.exact.ball(None, precision) if self.parametric else None
            if value is None:
                value = accurate(lambda p: self.exact.ball(None, p), precision, self.exact.is_zero)
            self._known = (precision, value)
        return self._known[1]

    def __float__(self) -> float:
        """With a parameter, the value at one place of its range: good for an order that was proved, for nothing else."""
        box = self.exact.field.box
        return super().__float__() if box is None or not self.parametric else box.at_sample(self.exact)

    def __repr__(self) -> str:
        return f"ExactReal({self.exact})"


class Computed(Real):
    """A number given by enclosures at every precision, such as f at a root."""

    def __init__(self, enclose: Callable[[int], arb], exact: Element | None = None) -> None:
        self._enclose, self.exact = enclose, exact
        self._known: tuple[int, arb] = (0, arb(0))

    def ball(self, precision: int) -> arb:
        if self._known[0] < precision:
            self._known = (precision, accurate(self._enclose, precision, False))
        return self._known[1]

    def __repr__(self) -> str:
        return f"Computed({float(self)})"


def accurate(enclose: Callable[[int], arb], precision: int, zero: bool) -> arb:
    """Raise the working precision until the ball has `precision` correct bits (or is clearly tiny)."""
    if zero:
        return arb(0)
    working = precision + 16
    for _ in range(7):
        with ctx.workprec(working + 32):
            value = enclose(working)
        if value.is_finite() and value.rel_accuracy_bits() >= precision:
            return value
        working *= 2
    return value


class Root(Real):
    """The only zero of a polynomial in the generators between two rationals."""

    lambert: Any = None
    """The closed form by Lambert W, where there is one."""

    def __init__(self, field: Field, polynomial: Any, low: fmpq, high: fmpq) -> None:
        self.field, self.polynomial = field, polynomial
        self.low, self.high = low, high
        self.derivative = field.element(polynomial).derivative()
        self.interval = span(low, high)
        self._ball = self.interval
        self._bits = 4
        left = Evaluation(field, arb(low), 256).polynomial(polynomial)
        self._rising = left < 0

    def ball(self, precision: int) -> arb:
        while self._ball.rel_accuracy_bits() < precision and not self._fine(precision):
            before = self._ball
            self._refine(min(precision, max(32, 2 * max(self._ball.rel_accuracy_bits(), 8))) + 32)
            if not self._ball.rad() < before.rad() * arb("0.95"):
                raise Undecided("a root could not be refined")
        return self._ball

    def _fine(self, precision: int) -> bool:
        return bool(self._ball.rad() < arb(2) ** (-2 * precision))

    def _refine(self, working: int) -> None:
        """One interval Newton step, or a bisection while Newton does not contract."""
        for attempt in range(4):
            bits = working << attempt
            previous, ctx.prec = ctx.prec, bits + 32
            try:
                x = self._ball
                middle = x.mid() + x.rad() * arb(fmpq((0, 3, -5, 4)[attempt], 11))
                middle = middle.mid()
                value = Evaluation(self.field, middle, bits + 32).polynomial(self.polynomial)
                slope = Evaluation(self.field, x, bits + 32).element(self.derivative)
                if slope.is_finite() and not slope.contains(0):
                    step = middle - value / slope
                    if step.rad() < x.rad() * arb("0.7") and step.overlaps(x):
                        self._ball = step.intersection(x) if step.overlaps(x) else step
                        return
                if value > 0 or value < 0:
                    root_is_right = (value < 0) == self._rising
                    self._ball = middle.union(x.upper()) if root_is_right else x.lower().union(middle)
                    return
            finally:
                ctx.prec = previous
        raise Undecided("a root could not be refined")

    def __repr__(self) -> str:
        return f"Root({float(self)})"
