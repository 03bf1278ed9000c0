"""The sign chart of an element on an open interval: every zero, its multiplicity, and the signs between.

The element's denominator has no zero inside by construction, so its zeros are those of the irreducible
factors of its numerator. Each factor is settled at both ends first (by its value there, by an exact
multiple zero, or by its germ with a proved T), which leaves a compact interval for `zeros_between`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from symnet.balls.element import Element
from symnet.balls.elementary import lone_generator
from symnet.balls.expansion import End
from symnet.balls.field import Field, Generator
from symnet.balls.interval import Interval, arb_of
from symnet.balls.order import coincide, in_order
from symnet.balls.periods import period_of, shifted, window, zeros_of_a_period
from symnet.balls.reals import ExactReal, Real
from symnet.balls.roots import Zero, named, zeros_between
from symnet.balls.settling import bound
from symnet.balls.substitution import Substitution
from symnet.balls.tails import tail
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget

MOST_CHECKS = 12
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


@dataclass(frozen=True)
class SignChart:
    """The zeros inside an open interval from left to right, and the sign on each part between."""

    interval: Interval
    zeros: tuple[Zero, ...]
    signs: tuple[int, ...]
    infinite: bool = False
    """Whether there are infinitely many zeros; then those within `window` are listed (a whole period beyond
    [-10, 10] at least) and the signs hold there."""
    families: tuple[Family, ...] | None = ()
    """The periodic families that the zeros form; None when some zeros belong to none."""
    changes: bool = False
    """Whether infinitely many zeros change the sign."""

    @property
    def sign_set(self) -> set[int]:
        """Every sign that is taken between zeros, beyond the window too."""
        return {1, -1} if self.changes else set(self.signs)


def sign_chart(element: Element, interval: Interval, budget: Budget) -> SignChart:
    """The chart of an element that is not zero; raises `Undecided` when a search is not complete."""
    field = element.field
    zeros: list[Zero] = []
    infinite = changes = False
    families: list[Family] | None = []
    reach: fmpq | None = None
    for factor, multiplicity in field.factor(element.num)[1]:
        found = factor_zeros(field, factor, interval, budget)
        if found.infinite:
            assert found.reach is not None
            reach = found.reach if reach is None else min(reach, found.reach)
            infinite = True
            if found.family is None:
                families, changes = None, True
            else:
                changes = changes or any(z.multiplicity * multiplicity % 2 for z in found.family.zeros)
                if families is not None:
                    scaled = tuple(Zero(z.point, z.multiplicity * multiplicity) for z in found.family.zeros)
                    families.append(Family(scaled, found.family.period))
        earlier = tuple(zeros)
        for zero in found.zeros:
            match = next((i for i, z in enumerate(earlier) if coincide(z.point, zero.point)), None)
            if match is None:
                zeros.append(Zero(zero.point, zero.multiplicity * multiplicity))
            else:
                zeros[match] = Zero(zeros[match].point, zeros[match].multiplicity + zero.multiplicity * multiplicity)
    if reach is not None:
        zeros = [z for z in zeros if abs(z.point.ball(96)) < arb(reach)]
    multiplicities = {id(z.point): z for z in zeros}
    zeros = [multiplicities[id(p)] for p in in_order([z.point for z in zeros])]
    first = zeros[0].point if zeros else interval.right
    if infinite and zeros:
        middle = len(zeros) // 2
        left = zeros[middle - 1].point if middle else interval.left
        sign = sign_inside(element, Interval(left, zeros[middle].point)) if left is not None else None
        if sign is None:
            sign = (
                sign_inside(element, Interval(zeros[0].point, zeros[1].point)) * (-1) ** zeros[0].multiplicity
                if len(zeros) > 1
                else 0
            )
            middle = 0
        for zero in zeros[:middle]:
            sign = -sign if zero.multiplicity % 2 else sign
    else:
        sign = sign_inside(element, Interval(interval.left, first))
    signs = [sign]
    for zero in zeros:
        sign = -sign if zero.multiplicity % 2 else sign
        signs.append(sign)
    _check_again(element, interval, zeros, signs, infinite)
    return SignChart(
        interval, tuple(zeros), tuple(signs), infinite, None if families is None else tuple(families), changes
    )


def _check_again(element: Element, interval: Interval, zeros: list[Zero], signs: list[int], infinite: bool) -> None:
    """Every sign a second time, at other points than those it came from: a lost zero shows here."""
    ends = [interval.left, *(z.point for z in zeros), interval.right]
    for left, right, sign in list(zip(ends, ends[1:], signs, strict=False))[:MOST_CHECKS]:
        if infinite and (left is None or right is None):
            continue
        if parametric(element, interval):
            if any(end is not None and end.between is not None for end in (left, right)):
                continue
            if sign_at_point(element, Interval(left, right).point(element.field, 2)) != sign:
                raise AssertionError("two proofs of a sign disagree")
            continue
        for weight in (fmpq(1, 9), fmpq(8, 9)):
            point = Interval(left, right).between(weight)
            value = element.ball(arb_of(point, 192), 192)
            if (value > 0 and sign < 0) or (value < 0 and sign > 0):
                raise AssertionError("two proofs of a sign disagree")


def sign_inside(element: Element, interval: Interval) -> int:
    """The sign of an element without zeros inside the interval, at a sample point."""
    if parametric(element, interval):
        if any(end is not None and end.between is not None for end in (interval.left, interval.right)):
            return _sign_beside_an_end(element, interval)
        return sign_at_point(element, interval.point(element.field))
    point = interval.sample()
    for precision in (64, 128, 256, 512, 1024, 2048, 8192):
        value = element.ball(arb_of(point, precision), precision)
        if value > 0:
            return 1
        if value < 0:
            return -1
    raise Undecided("a sign was not decided")


def _sign_beside_an_end(element: Element, interval: Interval) -> int:
    """The same, as the sign of the leading term at an end that is exact."""
    left, right = interval.left, interval.right
    if left is None or left.between is None:
        end = End(left, -1 if left is None else 1)
    elif right is None or right.between is None:
        end = End(right, 1 if right is None else -1)
    else:
        raise Undecided("a sign between two numbers without closed forms")
    return tail(element.field, element, end).sign


def parametric(element: Element, interval: Interval) -> bool:
    """Whether the element or an end of the interval depends on a parameter."""
    box = element.field.box
    return box is not None and (interval.parametric or bool(box.names(element)))


def sign_at_point(element: Element, point: Element) -> int:
    """The sign at an exact point, for every value of the parameters."""
    box = element.field.box
    assert box is not None
    return box.sign(Substitution(element.field, point).element(element))


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
