"""Functions of one angle w*x: their period, and their zeros as those of one period, shifted."""

from __future__ import annotations

from typing import Any

from flint import arb, ctx, fmpq

from symnet.balls.element import Element
from symnet.balls.elementary import pi
from symnet.balls.field import Field
from symnet.balls.interval import Interval, dyadic
from symnet.balls.order import compare as order_of
from symnet.balls.order import vanishes_at
from symnet.balls.reals import ExactReal, Real, Root
from symnet.balls.roots import Zero, named, sign_at, simplest_between, zeros_between
from symnet.balls.work import Budget

SIMPLEST_TURN = 24
REACH = 10
"""Lists of infinitely many points are given on [-REACH, REACH]."""


def angle(field: Field, generators: tuple[int, ...]) -> tuple[int, int, Element] | None:
    """(sin, cos, w) when the only generators that vary are sin(w*x) and cos(w*x)."""
    varying = [field.generators[i] for i in generators if not field.generators[i].constant]
    if not varying or any(g.kind not in ("sin", "cos") for g in varying):
        return None
    arguments = {g.argument.key for g in varying if g.argument is not None}
    argument = varying[0].argument
    assert argument is not None
    speed = argument.derivative()
    if len(arguments) != 1 or not speed.is_constant:
        return None
    cosine = next(g.index for g in field.generators if g.kind == "cos" and g.argument == argument)
    sine = next(g.index for g in field.generators if g.kind == "sin" and g.argument == argument)
    return sine, cosine, speed


def period_of(field: Field, generators: tuple[int, ...]) -> Element | None:
    """A period of every function of these generators (2*pi over the angle's speed), or None."""
    found = angle(field, generators)
    if found is None:
        return None
    full = pi(field).scaled(2) / found[2]
    return -full if full.ball(None, 64) < 0 else full


def window(field: Field, interval: Interval) -> fmpq:
    """How far zeros are listed when there are infinitely many: two whole periods beyond [-10, 10] and a finite end."""
    longest = fmpq(0)
    for generator in field.generators:
        if generator.kind == "cos" and not generator.constant:
            period = period_of(field, (generator.index,))
            if period is not None:
                longest = max(longest, dyadic(period.ball(None, 64), 24))
    start = fmpq(REACH)
    for end in (interval.left, interval.right):
        if end is not None:
            start = max(start, dyadic(abs(end.ball(64)), 24) + 1)
    return start + 2 * longest + fmpq(1, 3)


def zeros_of_a_period(field: Field, polynomial: Any, period: Element, budget: Budget) -> list[Zero]:
    """The zeros in one period, exact where they are simple multiples of pi."""
    key = (str(polynomial), -1, -1)
    known = field.charts.get(key)
    if known is None:
        length = ExactReal(period).ball(96)
        start = next(
            s for k in range(20) if sign_at(field, polynomial, s := dyadic(-length * arb(k + 3) / 41, 24)) != 0
        )
        stop = dyadic(arb(start) + length, 96)
        beyond = next(
            b
            for k in range(20, 60)
            if sign_at(field, polynomial, b := stop + fmpq(1, 2**k)) != 0 and arb(b) > arb(start) + length
        )
        found = zeros_between(field, polynomial, start, beyond, budget)
        found = [Zero(named(field, polynomial, z.point, period), z.multiplicity) for z in found]
        found = [Zero(in_phase(field, polynomial, z.point, period), z.multiplicity) for z in found]
        last = ExactReal(period + field.rational(start))
        known = field.charts[key] = [z for z in found if order_of(z.point, last) < 0]
    return known


def in_phase(field: Field, polynomial: Any, point: Real, period: Element) -> Real:
    """A zero as phase + r*period with a simple rational r, for the phases whose sines stand in the polynomial as constants."""
    if not isinstance(point, Root):
        return point
    speed = pi(field).scaled(2) / period
    phases = {
        g.argument.key: g.argument / speed
        for i in field.used(polynomial)
        if (g := field.generators[i]).kind in ("sin", "cos") and g.constant and g.argument is not None
    }
    for phase in (phase.scaled(k) for phase in phases.values() for k in (1, -1, 2, -2, fmpq(1, 2), fmpq(-1, 2))):
        with ctx.workprec(192):
            turns = (point.ball(128) - phase.ball(None, 160)) / period.ball(None, 160)
            low, high = dyadic(arb(turns.lower()), 110), dyadic(arb(turns.upper()), 110)
        ratio = simplest_between(low - fmpq(1, 2**100), high + fmpq(1, 2**100))
        if ratio.q > SIMPLEST_TURN:
            continue
        exact = ExactReal(phase + period.scaled(ratio))
        if point.low <= dyadic(exact.ball(128), 128) <= point.high and vanishes_at(field, polynomial, exact):
            return exact
    return point


def shifted(zero: Zero, period: Element, k: int) -> Zero:
    """The zero k periods further."""
    if k == 0:
        return zero
    field, point = period.field, zero.point
    if point.exact is not None:
        return Zero(ExactReal(point.exact + period.scaled(k)), zero.multiplicity)
    assert isinstance(point, Root)
    return Zero(ShiftedRoot(point, period.scaled(k)), zero.multiplicity) if field else zero


class ShiftedRoot(Root):
    """A root of a periodic factor, whole periods away from the one that was isolated."""

    def __init__(self, root: Root, shift: Element) -> None:
        self.field, self.polynomial, self.derivative = root.field, root.polynomial, root.derivative
        self.root, self.shift = root, shift
        distance = shift.ball(None, 160)
        self.low, self.high = dyadic(arb(root.low) + distance, 96), dyadic(arb(root.high) + distance, 96)
        self.interval = root.interval + distance

    def ball(self, precision: int) -> arb:
        with ctx.workprec(precision + 64):
            return self.root.ball(precision + 16) + self.shift.ball(None, precision + 32)
