"""The zeros of one irreducible factor on an open interval.

The factor is settled at both ends first (by its value there, by an exact multiple zero, or by its germ with
a proved T), which leaves a compact interval for `zeros_between`; a periodic factor is searched on one period.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from symnet.balls.element import Element
from symnet.balls.elementary import lone_generator
from symnet.balls.expansion import End
from symnet.balls.field import Field, Generator
from symnet.balls.interval import Interval
from symnet.balls.periods import period_of, shifted, window, zeros_of_a_period
from symnet.balls.reals import ExactReal, Real
from symnet.balls.roots import Zero, named, zeros_between
from symnet.balls.settling import bound
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget

MOST_LISTED = 1000


@dataclass(frozen=True)
class Family:
    """zero + k*period for every whole k (inside the interval of the chart)."""

    zeros: tuple[Zero, ...]
    period: Element


@dataclass(frozen=True)
class FactorZeros:
    """The zeros of one factor: all of them, or with `infinite` those in the window."""

    zeros: tuple[Zero, ...]
    infinite: bool = False
    family: Family | None = None
    reach: fmpq | None = None
    """How far the list goes when it is infinite."""


def parametric(element: Element, interval: Interval) -> bool:
    """Whether the element or an end of the interval depends on a parameter."""
    box = element.field.box
    return box is not None and (interval.parametric or bool(box.names(element)))


def factor_zeros(field: Field, factor: Any, interval: Interval, budget: Budget) -> FactorZeros:
    """The zeros of one irreducible factor inside the interval, remembered."""
    if all(field.generators[i].constant for i in field.used(factor)):
        return FactorZeros(())
    if parametric(Element(field, factor, field.unit), interval):
        from symnet.balls.uniform import zeros_for_every_value

        return FactorZeros(zeros_for_every_value(field, factor, interval, budget))
    generator = lone_generator(Element(field, factor, field.constant(1)))
    if generator is not None and generator.kind in ("exp", "root"):
        return FactorZeros(())
    if (
        generator is not None
        and generator.argument is not None
        and generator.kind in ("log", "atan", "asin", "asinh", "erf")
    ):
        return _of_argument(field, generator, interval, budget)
    key = (str(factor), id(interval.left), id(interval.right))
    known = field.charts.get(key)
    if known is None:
        known = (_factor_zeros(field, factor, interval, budget), interval)
        field.charts[key] = known
    return known[0]


def _of_argument(field: Field, generator: Generator, interval: Interval, budget: Budget) -> FactorZeros:
    """The zeros of log|p| (where p = 1 or -1), or of an odd function of u (where u = 0)."""
    argument = generator.argument
    assert argument is not None
    from symnet.balls.signs import sign_chart

    sources = [argument - field.one, argument + field.one] if generator.kind == "log" else [argument]
    zeros: list[Zero] = []
    for source in sources:
        chart = sign_chart(source, interval, budget)
        if chart.infinite:
            raise Undecided("infinitely many zeros inside a function")
        zeros.extend(chart.zeros)
    return FactorZeros(tuple(zeros))


def _factor_zeros(field: Field, factor: Any, interval: Interval, budget: Budget) -> FactorZeros:
    linear = _rational_zero(field, factor)
    if linear is not None:
        return FactorZeros((Zero(linear, 1),) if interval.contains(linear) else ())
    unbounded = interval.left is None or interval.right is None
    period = period_of(field, field.used(factor)) if unbounded else None
    if period is not None:
        base = zeros_of_a_period(field, factor, period, budget)
        return FactorZeros(
            _translates(base, period, interval, window(field, interval)),
            bool(base),
            Family(tuple(base), period),
            window(field, interval),
        )
    low, left = bound(field, factor, End(interval.left, -1 if interval.left is None else 1), interval, budget)
    high, right = bound(field, factor, End(interval.right, 1 if interval.right is None else -1), interval, budget)
    found = zeros_between(field, factor, low, high, budget) if low < high else []
    return FactorZeros(
        tuple(Zero(named(field, factor, z.point), z.multiplicity) for z in found),
        left or right,
        None,
        window(field, interval),
    )


def _translates(base: list[Zero], period: Element, interval: Interval, reach: fmpq) -> tuple[Zero, ...]:
    """The zeros within the reach and inside the interval."""
    found: list[Zero] = []
    length = period.ball(None, 96)
    if len(base) * float((2 * arb(reach) / length).mid()) > MOST_LISTED:
        raise Undecided("too many zeros to list")
    for zero in base:
        position = zero.point.ball(96)
        first = int(float(((arb(-reach) - position) / length).mid())) - 1
        last = int(float(((arb(reach) - position) / length).mid())) + 1
        for k in range(first, last + 1):
            candidate = shifted(zero, period, k)
            if k:
                candidate.point.base = zero.point
            if abs(candidate.point.ball(96)) < arb(reach) and interval.contains(candidate.point):
                found.append(candidate)
    return tuple(found)


def _rational_zero(field: Field, factor: Any) -> Real | None:
    """The zero of a factor a*x + b with constants a, b."""
    if factor.degrees()[0] != 1:
        return None
    slope = factor.derivative(0)
    if any(not field.generators[i].constant for i in field.used(factor) if i) or 0 in field.used(slope):
        return None
    rest = factor - slope * field.generator(0)
    return ExactReal(-field.element(rest) / field.element(slope))
