"""The sign chart of an element on an open interval: every zero, its multiplicity, and the signs between.

The element's denominator has no zero inside by construction, so its zeros are those of the irreducible
factors of its numerator. Each factor is settled at both ends first (by its value there, by an exact
multiple zero, or by its germ with a proved T), which leaves a compact interval for `zeros_between`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

from flint import arb, ctx, fmpq

from symnet.balls.element import Element
from symnet.balls.elementary import lone_generator
from symnet.balls.evaluate import Evaluation
from symnet.balls.expansion import End
from symnet.balls.field import Field
from symnet.balls.reals import Interval, Real, Root, arb_of, compare, dyadic, vanishes_at
from symnet.balls.roots import HIGHEST_MULTIPLICITY, Zero, zeros_between
from symnet.balls.tails import tail
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget


@dataclass(frozen=True)
class SignChart:
    """The zeros inside an open interval from left to right, and the sign on each part between."""

    interval: Interval
    zeros: tuple[Zero, ...]
    signs: tuple[int, ...]

    @property
    def never_negative(self) -> bool:
        return all(s > 0 for s in self.signs)

    @property
    def never_positive(self) -> bool:
        return all(s < 0 for s in self.signs)


def sign_chart(element: Element, interval: Interval, budget: Budget) -> SignChart:
    """The chart of an element that is not zero; raises `Undecided` when a search is not complete."""
    field = element.field
    zeros: list[Zero] = []
    for factor, multiplicity in field.factor(element.num)[1]:
        for zero in factor_zeros(field, factor, interval, budget):
            match = next((i for i, z in enumerate(zeros) if compare(z.point, zero.point) == 0), None)
            if match is None:
                zeros.append(Zero(zero.point, zero.multiplicity * multiplicity))
            else:
                zeros[match] = Zero(zeros[match].point, zeros[match].multiplicity + zero.multiplicity * multiplicity)
    zeros.sort(key=cmp_to_key(lambda a, b: compare(a.point, b.point)))
    first = zeros[0].point if zeros else interval.right
    sign = sign_inside(element, Interval(interval.left, first))
    signs = [sign]
    for zero in zeros:
        sign = -sign if zero.multiplicity % 2 else sign
        signs.append(sign)
    last = zeros[-1].point if zeros else interval.left
    if sign_inside(element, Interval(last, interval.right)) != signs[-1]:
        raise AssertionError("two proofs of a sign disagree")
    return SignChart(interval, tuple(zeros), tuple(signs))


def sign_inside(element: Element, interval: Interval) -> int:
    """The sign of an element without zeros inside the interval, at a sample point."""
    point = interval.sample()
    for precision in (64, 128, 256, 512, 1024, 2048, 8192):
        value = element.ball(arb_of(point, precision), precision)
        if value > 0:
            return 1
        if value < 0:
            return -1
    raise Undecided("a sign was not decided")


def factor_zeros(field: Field, factor: Any, interval: Interval, budget: Budget) -> list[Zero]:
    """The zeros of one irreducible factor inside the interval, remembered."""
    if all(field.generators[i].constant for i in field.used(factor)):
        return []
    generator = lone_generator(Element(field, factor, field.constant(1)))
    if generator is not None and generator.kind in ("exp", "root"):
        return []
    key = (str(factor), id(interval.left), id(interval.right))
    known = field.charts.get(key)
    if known is None:
        known = (_factor_zeros(field, factor, interval, budget), interval)
        field.charts[key] = known
    return known[0]


def _factor_zeros(field: Field, factor: Any, interval: Interval, budget: Budget) -> list[Zero]:
    linear = _rational_zero(field, factor)
    if linear is not None:
        return [Zero(linear, 1)] if interval.contains(linear) else []
    low = settle(field, factor, End(interval.left, -1 if interval.left is None else 1), interval, budget)
    high = settle(field, factor, End(interval.right, 1 if interval.right is None else -1), interval, budget)
    if low >= high:
        return []
    return zeros_between(field, factor, low, high, budget)


def _rational_zero(field: Field, factor: Any) -> Real | None:
    """The zero of a factor a*x + b with constants a, b."""
    from symnet.balls.reals import ExactReal

    if factor.degrees()[0] != 1:
        return None
    slope = factor.derivative(0)
    if any(not field.generators[i].constant for i in field.used(factor) if i) or 0 in field.used(slope):
        return None
    rest = factor - slope * field.generator(0)
    return ExactReal(-field.element(rest) / field.element(slope))


def settle(field: Field, factor: Any, end: End, interval: Interval, budget: Budget) -> fmpq:
    """A rational inside the interval such that the factor has no zero between it and the end."""
    if end.point is None:
        return tail(field, factor, end).boundary(end)
    point = end.point
    for k in (3, 6, 10, 16, 24):
        value = Evaluation(field, _beside(end, k), 96).polynomial(factor)
        budget.spend()
        if value.is_finite() and not value.contains(0):
            return _inside(end, k, interval)
        if not value.is_finite() and k >= 10:
            break
    try:
        vanishes = vanishes_at(field, factor, point)
    except Undecided:
        vanishes = None
    if vanishes is not False:
        derivative = field.element(factor)
        for _ in range(HIGHEST_MULTIPLICITY):
            if vanishes is not True:
                break
            derivative = derivative.derivative()
            for k in (3, 6, 10, 16, 24):
                value = Evaluation(field, _beside(end, k), 96).element(derivative)
                if value.is_finite() and not value.contains(0):
                    return _inside(end, k, interval)
            try:
                vanishes = vanishes_at(field, derivative.num, point)
            except Undecided:
                break
            if isinstance(point, Root) and vanishes is None:
                break
    result = tail(field, factor, end)
    return _clip(result.boundary(end), end, interval)


def _beside(end: End, k: int) -> arb:
    """The ball from the point to its neighbour at distance 2^-k on the end's side."""
    assert end.point is not None
    previous, ctx.prec = ctx.prec, 128
    try:
        ball = end.point.ball(96)
        return ball.union(ball + arb(end.side) * arb(2) ** (-k))
    finally:
        ctx.prec = previous


def _inside(end: End, k: int, interval: Interval) -> fmpq:
    assert end.point is not None
    previous, ctx.prec = ctx.prec, 128
    try:
        return _clip(dyadic(end.point.ball(96) + arb(end.side) * arb(2) ** (-k - 1)), end, interval)
    finally:
        ctx.prec = previous


def _clip(bound: fmpq, end: End, interval: Interval) -> fmpq:
    """The bound itself, or beyond the interval's other end a sample inside (nothing is left between)."""
    other = interval.right if end.side > 0 else interval.left
    if other is None:
        return bound
    ball = other.ball(96)
    beyond = arb(bound) >= ball.lower() if end.side > 0 else arb(bound) <= ball.upper()
    return bound if not beyond else bound
