"""Germs: a function near one end as a finite sum of coefficient * monomial, valid on the *whole* tail.

A coefficient is exact (a rational, a constant of the field) or a ball that holds for every t >= T: what
an expansion leaves out is bounded there and absorbed into a ball. If the leading coefficient is not
zero and the rest, bounded on the tail, cannot outweigh it, the sign is proved for all t >= T, and the
limit and the rate can be read off. `Algebra` holds T and the number of terms that expansions keep.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cmp_to_key

from flint import arb, fmpq

from symnet.balls.coefficients import Coefficient, ball, inverse, plus, times, whole_power
from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE, exp, log, power
from symnet.balls.evaluate import power as ball_power
from symnet.balls.field import Field
from symnet.balls.monomials import (
    ONE,
    Monomial,
    Reach,
    as_scale,
    compare,
    is_zero,
    monomial,
    name,
    of_scale,
    product,
    raised,
    sign,
    simple,
)
from symnet.balls.undecided import NeedsFartherTail, Undecided

LONGEST = 40
SOME_BOUND = arb(0, float("inf"))


class NeedsMoreTerms(Undecided):
    """The leading term is a ball around zero: the expansion was cut too early, or oscillates."""


@dataclass(frozen=True)
class Germ:
    """Terms from the largest monomial to the smallest."""

    terms: tuple[tuple[Monomial, Coefficient], ...]

    @property
    def exact(self) -> bool:
        """Whether no coefficient is a ball."""
        return not any(isinstance(c, arb) for _, c in self.terms)


class Algebra:
    """Arithmetic of germs on t >= T with `order` terms of every series."""

    def __init__(self, field: Field, start: fmpq, order: int, pointwise: bool = False) -> None:
        self.field, self.reach, self.order = field, Reach(start), order
        self.pointwise = pointwise
        """With parameters, T may depend on them: "from some t on" replaces the proved T, and a bound is some bound."""

    def constant(self, c: Coefficient) -> Germ:
        """A number as a germ."""
        return self._sorted({ONE.key: (ONE, c)})

    def single(self, m: Monomial, c: Coefficient | None = None) -> Germ:
        """c*m."""
        return self._sorted({m.key: (m, fmpq(1) if c is None else c)})

    def _sorted(self, terms: dict[str, tuple[Monomial, Coefficient]]) -> Germ:
        kept = [(m, c) for m, c in terms.values() if not self._vanishes(c)]
        kept.sort(key=cmp_to_key(lambda a, b: -compare(a[0], b[0])))
        return Germ(tuple(self._absorb(kept)))

    def _vanishes(self, c: Coefficient) -> bool:
        """Whether a coefficient is zero; pointwise it may be zero for some value too, unless it leads."""
        if isinstance(c, Element) and self.pointwise:
            return c.same_as_zero
        return not isinstance(c, arb) and is_zero(c)

    def _absorb(self, terms: list[tuple[Monomial, Coefficient]]) -> list[tuple[Monomial, Coefficient]]:
        """Put what lies below the first ball (or beyond the longest length) into that ball."""
        cut = next((i for i, (_, c) in enumerate(terms) if isinstance(c, arb)), None)
        if cut is None and len(terms) <= LONGEST:
            return terms
        cut = LONGEST - 1 if cut is None else min(cut, LONGEST - 1)
        m, c = terms[cut]
        if self.pointwise:
            return [*terms[:cut], (m, SOME_BOUND)]
        total = ball(c)
        for other, coefficient in terms[cut + 1 :]:
            size = abs(ball(coefficient)).upper() * self.reach.supremum(product(other, m, -1)).upper()
            total = total + arb(0, size)
        return [*terms[:cut], (m, total)]

    def add(self, a: Germ, b: Germ) -> Germ:
        """a + b."""
        terms: dict[str, tuple[Monomial, Coefficient]] = {m.key: (m, c) for m, c in a.terms}
        for m, c in b.terms:
            known = terms.get(m.key)
            terms[m.key] = (m, plus(known[1], c) if known else c)
        return self._sorted(terms)

    def multiply(self, a: Germ, b: Germ) -> Germ:
        """a * b."""
        self.field.budget.spend(2 + len(a.terms) * len(b.terms) // 8)
        terms: dict[str, tuple[Monomial, Coefficient]] = {}
        for m, c in a.terms:
            for n, d in b.terms:
                p, value = product(m, n), times(c, d)
                known = terms.get(p.key)
                terms[p.key] = (p, plus(known[1], value) if known else value)
        return self._sorted(terms)

    def scale(self, a: Germ, c: Coefficient) -> Germ:
        """c * a."""
        return self.multiply(a, self.constant(c))

    def power(self, a: Germ, exponent: int) -> Germ:
        """a**exponent for a whole exponent >= 0."""
        result = self.constant(fmpq(1))
        for _ in range(exponent):
            result = self.multiply(result, a)
        return result

    def lead(self, a: Germ) -> tuple[Monomial, Coefficient, Germ]:
        """m, c, r with a = c*m*(1 + r), where c is not zero and r tends to 0."""
        if not a.terms:
            raise ZeroDivisionError("the zero germ has no leading term")
        m, c = a.terms[0]
        if sign(c) == 0 if self.pointwise and not isinstance(c, arb) else ball(c).contains(0):
            raise NeedsMoreTerms("the leading coefficient is not separated from zero")
        reciprocal = inverse(c)
        rest = self._sorted({(p := product(n, m, -1)).key: (p, times(d, reciprocal)) for n, d in a.terms[1:]})
        return m, c, rest

    def size(self, a: Germ) -> arb:
        """An upper bound of |a| on the tail, for an a that stays bounded; what tends to 0 counts for nothing pointwise."""
        if self.pointwise:
            return arb(0) if all(compare(m, ONE) < 0 for m, _ in a.terms) else SOME_BOUND
        total = arb(0)
        for m, c in a.terms:
            total = total + abs(ball(c)).upper() * self.reach.supremum(m)
        return arb(total.upper())

    def settled(self, a: Germ) -> tuple[Monomial, Coefficient, Germ]:
        """The lead, once the rest is at most 1/2 on the whole tail: then the sign of c is that of a."""
        m, c, rest = self.lead(a)
        if not self.size(rest) <= arb(0.5):
            raise NeedsFartherTail("the rest is not small yet")
        return m, c, rest

    def series(
        self, small: Germ, coefficient: Callable[[int], Coefficient], remainder: Callable[[int, arb], arb]
    ) -> Germ:
        """sum of coefficient(k) * small^k, and remainder(n, [-d,d]) * small^n for |small| <= d."""
        total = self.constant(coefficient(0))
        if not small.terms:
            return total
        current, order = small, self.order
        for k in range(1, order):
            total = self.add(total, self.scale(current, coefficient(k)))
            if k + 1 < order:
                current = self.multiply(current, small)
        if self.pointwise:
            return self.add(total, self.single(raised(small.terms[0][0], fmpq(order)), SOME_BOUND))
        bound = self.size(small)
        m = small.terms[0][0]
        largest = arb(0)
        for n, c in small.terms:
            largest = largest + abs(ball(c)).upper() * self.reach.supremum(product(n, m, -1))
        rest = remainder(order, arb(0, bound.upper())) * arb(0, ball_power(largest, order).upper())
        return self.add(total, self.single(raised(m, fmpq(order)), rest))

    def inverse(self, a: Germ) -> Germ:
        """1/a."""
        return self.real_power(a, fmpq(-1))

    def real_power(self, a: Germ, r: fmpq) -> Germ:
        """|a|**r for a rational r (a**r for a whole r)."""
        m, c, rest = self.settled(a)

        def coefficient(k: int) -> fmpq:
            value = fmpq(1)
            for i in range(k):
                value *= (r - i) / (i + 1)
            return value

        def remainder(n: int, d: arb) -> arb:
            return arb(coefficient(n)) * (arb(1) + d) ** arb(r - n)

        series = self.series(rest, coefficient, remainder)
        if r.q == 1:
            front = whole_power(c, int(r.p))
        elif isinstance(c, arb):
            front = abs(c) ** arb(r)
        else:
            front = simple(power(self.as_element(c), r, NOWHERE))
        return self.multiply(self.single(raised(m, r), front), series)

    def logarithm(self, a: Germ) -> Germ:
        """log|a|."""
        m, c, rest = self.settled(a)
        constant: Coefficient = abs(c).log() if isinstance(c, arb) else simple(log(self.as_element(c), NOWHERE))
        total = self.constant(constant)
        for scale, exponent in m.items:
            total = self.add(total, self.single(of_scale(scale), exponent))
        small = self.series(
            rest,
            lambda k: fmpq(0) if k == 0 else fmpq((-1) ** (k + 1), k),
            lambda n, d: arb(fmpq((-1) ** (n + 1), n)) / ball_power(arb(1) + d, n),
        )
        return self.add(total, small)

    def exponential(self, a: Germ) -> Germ:
        """exp(a): what tends to infinity becomes a monomial, the constant a factor, the rest a series."""
        large, constant, small = self.split(a)
        exponents = {}
        for m, c in large:
            if isinstance(c, arb):
                raise NeedsMoreTerms("an exponent is only known as a ball")
            scale = as_scale(m)
            exponents[name(scale)] = (scale, c)
        front: Coefficient = (
            constant.exp() if isinstance(constant, arb) else simple(exp(self.as_element(constant), NOWHERE))
        )
        if not self.size(small) <= arb(1):
            raise NeedsFartherTail("the rest is not small yet")
        factorials = [fmpq(1)]
        for k in range(1, self.order + 1):
            factorials.append(factorials[-1] / k)
        series = self.series(small, lambda k: factorials[k], lambda n, d: arb(factorials[n]) * d.exp())
        return self.multiply(self.single(monomial(exponents), front), series)

    def split(self, a: Germ) -> tuple[Sequence[tuple[Monomial, Coefficient]], Coefficient, Germ]:
        """The terms that tend to infinity, the constant, and the terms that tend to 0."""
        large, small, constant = [], [], fmpq(0)
        for m, c in a.terms:
            order = compare(m, ONE)
            if order > 0:
                large.append((m, c))
            elif order == 0:
                constant = c
            else:
                small.append((m, c))
        return large, constant, Germ(tuple(small))

    def as_element(self, c: fmpq | Element) -> Element:
        """An exact coefficient as an element."""
        return self.field.rational(c) if isinstance(c, fmpq) else c
