"""Functions with infinitely many zeros: periodic factors, and oscillating leading terms.

A polynomial in sin and cos of one angle w*x is periodic: its zeros are those of one period, shifted.
Otherwise, near an end where an angle tends to infinity, a function is M * (Q(sin, cos) + o(1)) with a
growth monomial M and a trigonometric polynomial Q with exact coefficients. If Q takes both signs, the
function changes its sign infinitely often; the extremes of Q give the limits inferior and superior.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb, ctx, fmpq

from symnet.balls.element import Element
from symnet.balls.elementary import pi, sine_and_cosine
from symnet.balls.expansion import End, Expansion
from symnet.balls.field import Field
from symnet.balls.germs import Coefficient, ball
from symnet.balls.monomials import Monomial, compare, product
from symnet.balls.reals import ExactReal, Interval, Real, Root, arb_of, dyadic, vanishes_at
from symnet.balls.reals import compare as order_of
from symnet.balls.roots import Zero, named, sign_at, simplest_between, zeros_between
from symnet.balls.undecided import NeedsFartherTail, Undecided
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


@dataclass(frozen=True)
class Oscillation:
    """M * (Q + rest) on the tail t >= start, |rest| <= `rest` there and tending to 0."""

    growth: Monomial
    wave: Element
    """Q as an element with x in the place of the angle."""
    rest: arb
    exact: bool
    """Whether the rest is zero."""
    angle: Element
    """What the waves are waves of."""

    def signs(self) -> set[int]:
        """Signs that Q surely takes."""
        found = set()
        for k in range(64):
            value = self.wave.ball(arb_of(fmpq(k * 37 + 11, 371), 96) if k else arb(0), 96)
            if value > 0:
                found.add(1)
            elif value < 0:
                found.add(-1)
        return found

    def extremes(self, budget: Budget) -> tuple[Real, Real]:
        """The least and the greatest value of Q."""
        from symnet.balls.substitution import Substitution

        field, slope = self.wave.field, self.wave.derivative()
        values: list[Real] = []
        for factor, _ in field.factor(slope.num)[1]:
            full = period_of(field, field.used(factor))
            if full is None:
                continue
            for zero in zeros_of_a_period(field, factor, full, budget):
                point = zero.point
                if point.exact is not None:
                    values.append(ExactReal(Substitution(field, point.exact).element(self.wave)))
                else:
                    values.append(_value(self.wave, point))
        if not values:
            raise Undecided("the extremes of an oscillation were not found")
        low = high = values[0]
        for value in values[1:]:
            low = value if order_of(value, low) < 0 else low
            high = value if order_of(value, high) > 0 else high
        return low, high


def _value(wave: Element, point: Real) -> Real:
    from symnet.balls.reals import Computed

    return Computed(lambda precision: wave.ball(point.ball(precision), precision + 32))


def oscillation(field: Field, element: Element, end: End, start: fmpq, order: int = 6) -> Oscillation | None:
    """The oscillating leading term of an element at an end, valid for t >= start; None when it has none."""
    for larger in (start, start * 4, start * 64, start * 2**14):
        try:
            return _oscillation(field, element, end, larger, order)
        except NeedsFartherTail:
            continue
    return None


def _oscillation(field: Field, element: Element, end: End, start: fmpq, order: int) -> Oscillation | None:
    expansion = Expansion(field, end, start, order)
    algebra = expansion.algebra
    waves = [
        g
        for i in field.closure(element.generators)
        if (g := field.generators[i]).kind in ("sin", "cos")
        and not g.constant
        and g.argument is not None
        and _infinite(expansion, g.argument)
    ]
    if not waves or len({g.argument.key for g in waves if g.argument is not None}) != 1:
        return None
    indices = {g.index for g in waves}
    if any(i in indices for i in field.used(element.den)) or any(
        i not in indices and indices & set(field.closure([i])) for i in element.generators
    ):
        return None
    below = algebra.inverse(expansion.polynomial(element.den))
    parts: dict[tuple[tuple[int, int], ...], dict[tuple[int, ...], fmpq]] = {}
    for exponents, coefficient in element.num.to_dict().items():
        wave = tuple((i, exponents[i]) for i in sorted(indices) if exponents[i])
        rest = tuple(0 if i in indices else e for i, e in enumerate(exponents))
        parts.setdefault(wave, {})[rest] = fmpq(coefficient)
    germs = {
        wave: algebra.multiply(expansion.polynomial(field.from_terms(terms)), below) for wave, terms in parts.items()
    }
    lead: Monomial | None = None
    for germ in germs.values():
        if germ.terms and (lead is None or compare(germ.terms[0][0], lead) > 0):
            lead = germ.terms[0][0]
    if lead is None:
        return None
    argument = waves[0].argument
    sine, cosine = sine_and_cosine(field.x)
    total, rest, exact = field.zero, arb(0), True
    for wave, germ in germs.items():
        for m, c in germ.terms:
            if m.key == lead.key:
                if isinstance(c, arb):
                    return None
                factor = field.one
                for i, exponent in wave:
                    factor = factor * (sine if field.generators[i].kind == "sin" else cosine) ** exponent
                total = total + factor * _element(field, c)
            else:
                rest, exact = rest + abs(ball(c)).upper() * algebra.reach.supremum(product(m, lead, -1)), False
    if total.is_constant:
        return None
    assert argument is not None
    return Oscillation(lead, total, arb(rest.upper()), exact, argument)


def _infinite(expansion: Expansion, argument: Element) -> bool:
    large, _, _ = expansion.algebra.split(expansion.element(argument))
    return bool(large)


def _element(field: Field, c: Coefficient) -> Element:
    assert not isinstance(c, arb)
    return c if isinstance(c, Element) else field.rational(c)
