"""Oscillating leading terms.

Near an end where an angle tends to infinity, a function is M * (Q(sin, cos) + o(1)) with a growth monomial
M and a trigonometric polynomial Q with exact coefficients. If Q takes both signs, the function changes its
sign infinitely often; the extremes of Q give the limits inferior and superior.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, fmpq

from symnet.balls.coefficients import Coefficient, ball
from symnet.balls.element import Element
from symnet.balls.elementary import sine_and_cosine
from symnet.balls.expansion import End, Expansion
from symnet.balls.field import Field
from symnet.balls.interval import arb_of
from symnet.balls.monomials import Monomial, compare, product
from symnet.balls.order import compare as order_of
from symnet.balls.periods import period_of, zeros_of_a_period
from symnet.balls.reals import ExactReal, Real
from symnet.balls.undecided import NeedsFartherTail, Undecided
from symnet.balls.work import Budget


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
