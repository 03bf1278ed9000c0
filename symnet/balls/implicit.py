"""Zeros known to exist between two numbers for every value of the parameters, named by Lambert W or not at all."""

from __future__ import annotations

from typing import Any

from flint import arb

from symnet.balls.closed_forms import Lambert, lambert_shape
from symnet.balls.element import Element
from symnet.balls.field import Field
from symnet.balls.interval import Interval
from symnet.balls.order import compare
from symnet.balls.reals import ExactReal, Real
from symnet.balls.substitution import Substitution

ANYWHERE = arb(0, float("inf"))


class Implicit(Real):
    """The only zero of a function between two exact numbers; its order relative to what lies outside is certain."""

    def __init__(self, field: Field, between: Interval, text: str | None) -> None:
        self.between, self.text = between, text
        self._inside = ExactReal(between.point(field))

    @property
    def parametric(self) -> bool:
        return True

    def ball(self, precision: int) -> arb:
        return ANYWHERE

    def __float__(self) -> float:
        """A number between the ends, which has the order of the zero among all that lies outside."""
        return float(self._inside)

    def __repr__(self) -> str:
        return f"Implicit({self.between}, {self.text})"


def implicit_zero(field: Field, factor: Any, between: Interval, first: int) -> Implicit:
    """The zero of a monotone factor between two numbers, where its sign begins as `first`."""
    form = _lambert(field, factor, between, first)
    return Implicit(field, between, None if form is None else form.text())


def _lambert(field: Field, factor: Any, between: Interval, first: int) -> Lambert | None:
    """The zero as shift + scale*w with w*e^w = inner; the branch by the side of w = -1 on which it lies."""
    varying = [i for i in field.used(factor) if not field.generators[i].constant]
    exponentials = [i for i in varying if field.generators[i].kind == "exp"]
    if len(varying) != 2 or len(exponentials) != 1 or 0 not in varying:
        return None
    shape = lambert_shape(field, factor, exponentials[0])
    if shape is None:
        return None
    shift, scale, inner = shape
    if _sign(inner) >= 0:
        return Lambert(shift, scale, inner, 0)
    turn = ExactReal(shift - scale)
    if between.left is not None and compare(turn, between.left) <= 0:
        beyond = True
    elif between.right is not None and compare(turn, between.right) >= 0:
        beyond = False
    else:
        beyond = _sign(Substitution(field, turn.exact).polynomial(factor)) == first
    return Lambert(shift, scale, inner, 0 if beyond == (_sign(scale) > 0) else -1)


def _sign(constant: Element) -> int:
    assert constant.field.box is not None
    return constant.field.box.sign(constant)
