"""Open intervals between real numbers, and the points and signs inside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb, ctx, fmpq

from symnet.balls.element import Element
from symnet.balls.evaluate import Evaluation
from symnet.balls.field import Field
from symnet.balls.order import compare
from symnet.balls.reals import PRECISIONS, Real
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided


@dataclass(frozen=True)
class Interval:
    """An open interval; None stands for an infinite end."""

    left: Real | None
    right: Real | None

    def sample(self) -> fmpq:
        """A rational point inside."""
        if self.parametric:
            raise Undecided("no rational lies inside for every value of the parameters")
        if self.left is None and self.right is None:
            return fmpq(3, 7)
        if self.left is None:
            assert self.right is not None
            return dyadic(self.right.ball(64).lower() - 1)
        if self.right is None:
            return dyadic(self.left.ball(64).upper() + 1)
        for precision in PRECISIONS:
            low, high = self.left.ball(precision), self.right.ball(precision)
            if low < high:
                previous, ctx.prec = ctx.prec, precision + 64
                try:
                    return dyadic((low.upper() * 4 + high.lower() * 3) / 7, precision)
                finally:
                    ctx.prec = previous
        raise Undecided("an interval could not be told from a point")

    @property
    def parametric(self) -> bool:
        """Whether an end depends on a parameter."""
        return any(end is not None and end.parametric for end in (self.left, self.right))

    def point(self, field: Field, steps: int = 1) -> Element:
        """An exact point inside: so many steps from a finite end, or at steps/(steps + 1) between two."""
        left, right = (None if end is None else end.exact for end in (self.left, self.right))
        if (left is None) != (self.left is None) or (right is None) != (self.right is None):
            raise Undecided("an end has no exact form")
        step = field.rational(steps)
        if left is None:
            return step if right is None else right - step
        return left + (step if right is None else (right - left).scaled(fmpq(steps, steps + 1)))

    def between(self, weight: fmpq) -> fmpq:
        """Another rational inside: at the weight from left to right, 40 units long where an end is infinite."""
        middle = self.sample()
        low = middle - 40 if self.left is None else dyadic(self.left.ball(96), 96)
        high = middle + 40 if self.right is None else dyadic(self.right.ball(96), 96)
        return low + (high - low) * weight

    def sign(self, field: Field, polynomial: Any) -> int:
        """The sign of a polynomial in the generators that has no zero inside."""
        if field.box is not None and (self.parametric or field.box.names(Element(field, polynomial, field.unit))):
            return field.box.sign(Substitution(field, self.point(field)).polynomial(polynomial))
        point = self.sample()
        for precision in PRECISIONS:
            value = Evaluation(field, arb_of(point, precision), precision).polynomial(polynomial)
            if value > 0:
                return 1
            if value < 0:
                return -1
        raise Undecided("a sign was not decided")

    def contains(self, point: Real) -> bool:
        """Whether the point lies strictly inside."""
        after = self.left is None or compare(self.left, point) < 0
        return after and (self.right is None or compare(point, self.right) < 0)


def arb_of(value: fmpq, precision: int) -> arb:
    """A rational as a ball."""
    previous, ctx.prec = ctx.prec, precision
    try:
        return arb(value)
    finally:
        ctx.prec = previous


def dyadic(ball: arb, precision: int = 64) -> fmpq:
    """A dyadic rational at the middle of a ball."""
    if not ball.is_finite():
        raise Undecided("a ball without a middle")
    mantissa, exponent = ball.mid().man_exp()
    mantissa, exponent = int(mantissa), int(exponent)
    bits = abs(mantissa).bit_length()
    if bits > precision:
        shift = bits - precision
        mantissa, exponent = mantissa >> shift, exponent + shift
    return fmpq(mantissa) * fmpq(2) ** exponent
