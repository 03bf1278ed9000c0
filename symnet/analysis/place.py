"""Where an expression is read: on an open cell, or at a point.

A `Cell` asks for the sign of a subexpression from its sign chart; where the sign changes inside the cell,
`Split` names the zeros and the caller tries again on the parts. A `Spot` asks at one point, exactly.
"""

from __future__ import annotations

from typing import Any

from flint import arb

from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE
from symnet.balls.evaluate import Evaluation
from symnet.balls.field import Field
from symnet.balls.interval import Interval
from symnet.balls.order import vanishes_at
from symnet.balls.reals import PRECISIONS, Real, Root
from symnet.balls.signs import sign_chart
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget


class InfinitelyMany(Undecided):
    """The cell has infinitely many pieces."""


class Split(Exception):
    """The formula changes at these points inside the cell."""

    def __init__(self, points: list[Real]) -> None:
        super().__init__("split")
        self.points = points


class Cell:
    """An open interval on which the formula has to be one element."""

    def __init__(self, field: Field, interval: Interval, budget: Budget) -> None:
        self.field, self.interval, self.budget = field, interval, budget
        self.variable = field.x

    def nonzero_sign(self, u: Element) -> int:
        """The sign of u, which may have no zero inside; 0 for the zero function."""
        if u.is_zero:
            return 0
        chart = sign_chart(u, self.interval, self.budget)
        if chart.infinite:
            raise InfinitelyMany("the expression has infinitely many pieces")
        if chart.zeros:
            raise Split([zero.point for zero in chart.zeros])
        return chart.signs[0]

    def branch_sign(self, u: Element) -> int:
        """The sign of u, which may touch zero without changing sign."""
        if u.is_zero:
            return 0
        chart = sign_chart(u, self.interval, self.budget)
        if chart.infinite and (chart.changes or len(set(chart.signs)) > 1):
            raise InfinitelyMany("the expression has infinitely many pieces")
        if len(set(chart.signs)) > 1:
            raise Split([zero.point for zero in chart.zeros])
        return chart.signs[0]

    compare_sign = nonzero_sign

    def sign(self, field: Field, polynomial: Any) -> int:
        return self.interval.sign(field, polynomial)


class Spot:
    """One point; exact points make constants, roots of a factor keep x and evaluate there."""

    def __init__(self, field: Field, point: Real, budget: Budget) -> None:
        self.field, self.point, self.budget = field, point, budget
        self.variable = point.exact if point.exact is not None else field.x

    def nonzero_sign(self, u: Element) -> int:
        """The exact sign at the point."""
        if u.is_zero:
            return 0
        if u.field.box is not None and u.is_constant:
            return u.field.box.sign(u)
        for precision in PRECISIONS:
            value = self._ball(u, precision)
            if value > 0:
                return 1
            if value < 0:
                return -1
            if precision == 128 and self._vanishes(u):
                return 0
        raise Undecided("a sign at a point was not decided")

    branch_sign = nonzero_sign
    compare_sign = nonzero_sign

    def _ball(self, u: Element, precision: int) -> arb:
        x = self.point.ball(precision) if self.point.exact is None else None
        return u.ball(x, precision + 32)

    def _vanishes(self, u: Element) -> bool:
        return isinstance(self.point, Root) and vanishes_at(self.field, u.num, self.point) is True

    def sign(self, field: Field, polynomial: Any) -> int:
        if self.point.exact is not None:
            return NOWHERE.sign(field, polynomial)
        for precision in PRECISIONS:
            value = Evaluation(field, self.point.ball(precision), precision + 32).polynomial(polynomial)
            if value > 0:
                return 1
            if value < 0:
                return -1
        raise Undecided("a sign at a point was not decided")
