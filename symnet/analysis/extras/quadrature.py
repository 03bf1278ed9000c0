"""Rigorous integrals against the standard normal density, by Arb's quadrature on the complex plane.

On [-S, S] a function is integrated as it is. Beyond S its germ splits it into a polynomial, integrated
exactly, and a rest r, for which the integral of |r| phi is at most sup(|r| exp(-x^2/4)) times that of
exp(-x^2/4)/sqrt(2 pi). The first S is taken for which that bound is below the tolerance.
"""

from __future__ import annotations

from itertools import pairwise
from itertools import product as product_of
from typing import Any

from flint import acb, arb, ctx, fmpq

from symnet.balls.coefficients import ball
from symnet.balls.element import Element
from symnet.balls.expansion import End, Expansion
from symnet.balls.field import Field
from symnet.balls.interval import Interval
from symnet.balls.monomials import ONE, Monomial, T, compare, monomial, name, product, raised
from symnet.balls.reals import Real
from symnet.balls.undecided import Undecided

PRECISION = 164
TOLERANCE = 132
"""The error is about 2^-132, below the 39th decimal."""
EDGES = (4, 5, 6, 8, 11, 13, 16, 24, 40)
CUTS = (-8, -4, -2, 0, 2, 4)
"""The quadrature works on panels: what is wild at one end does not spoil the other."""
ORDERS = (3, 6)
"""Of the germ: the lower one costs little and mostly does."""
HIGHEST = 8
"""Higher powers of a tail are bounded, not integrated."""
SQUARE = raised(T, fmpq(2))
QUARTER = monomial({name(SQUARE): (SQUARE, fmpq(-1, 4))})
"""exp(-t^2/4)."""
EVALUATIONS = 20_000
"""Of one integral."""


def normal_mean(element: Element, power: int, interval: Interval) -> arb:
    """An enclosure of the integral of element^power * phi over the interval."""
    with ctx.workprec(PRECISION):
        left, right = interval.left, interval.right
        low, beyond_left = _end(element, power, left, -1, right)
        high, beyond_right = _end(element, power, right, 1, left)
        return _between(element, power, interval, low, high) + beyond_left + beyond_right


def _end(element: Element, power: int, end: Real | None, side: int, other: Real | None) -> tuple[arb, arb]:
    """Where the quadrature ends on a side, and the integral from there on."""
    if end is not None:
        return end.ball(PRECISION), arb(0)
    for order, edge in product_of(ORDERS, EDGES):
        if other is not None and not other.ball(PRECISION) * side < edge:
            continue
        try:
            return arb(side * edge), _beyond(element, power, side, edge, order)
        except Undecided:
            continue
    raise Undecided("a tail was not bounded")


def _beyond(element: Element, power: int, side: int, edge: int, order: int) -> arb:
    """The integral of element^power * phi beyond the edge; `Undecided` when it is not known closely enough."""
    expansion = Expansion(element.field, End(None, side), fmpq(edge), order)
    germ = expansion.algebra.power(expansion.element(element), power)
    reach, total, bound = expansion.algebra.reach, arb(0), arb(0)
    for m, c in germ.terms:
        degree = _degree(m)
        if degree is not None and not isinstance(c, arb):
            total = total + (c.ball(None, PRECISION) if isinstance(c, Element) else arb(c)) * _power_beyond(
                edge, degree
            )
        else:
            damped = product(m, QUARTER)
            if compare(damped, ONE) > 0:
                raise Undecided("the function grows as fast as the density falls")
            bound = bound + abs(ball(c)).upper() * reach.supremum(damped)
    rest = bound * (arb(edge) / 2).erfc() / arb(2).sqrt()
    if not rest < arb(2) ** -TOLERANCE:
        raise Undecided("the tail is not small yet")
    return total + arb(0, rest.upper())


def _power_beyond(edge: int, degree: int) -> arb:
    """J_k, the integral of t^k phi beyond the edge: J_k = edge^(k-1) phi(edge) + (k-1) J_(k-2)."""
    density = (-arb(edge * edge) / 2).exp() / (2 * arb.pi()).sqrt()
    if degree == 0:
        return (arb(edge) / arb(2).sqrt()).erfc() / 2
    return (
        density if degree == 1 else arb(edge) ** (degree - 1) * density + (degree - 1) * _power_beyond(edge, degree - 2)
    )


def _degree(m: Monomial) -> int | None:
    """k where the monomial is t^k."""
    if m.key == ONE.key:
        return 0
    return next((k for k in range(1, HIGHEST + 1) if m.key == raised(T, fmpq(k)).key), None)


def _between(element: Element, power: int, interval: Interval, low: arb, high: arb) -> arb:
    failure: list[Undecided] = []
    known: dict[int, acb] = {}

    def integrand(z: acb, analytic: bool) -> acb:
        try:
            value = ComplexEvaluation(element.field, interval, known, z, analytic).element(element)
        except Undecided as reason:
            failure.append(reason)
            return acb("nan")
        return (value if power == 1 else value * value) * (-z * z / 2).exp()

    tolerance, total = arb(2) ** -TOLERANCE, arb(0)
    panels = [low, *(arb(cut) for cut in CUTS if low < cut and high > cut), high]
    for a, b in pairwise(panels):
        integral = acb.integral(integrand, acb(a), acb(b), rel_tol=tolerance, abs_tol=tolerance, eval_limit=EVALUATIONS)
        if failure:
            raise failure[0]
        if not integral.is_finite():
            raise Undecided("the quadrature did not converge")
        total = total + integral.real
    return total / (2 * arb.pi()).sqrt()


class ComplexEvaluation:
    """Values of elements on complex balls; not finite where the function is not holomorphic.

    `known` keeps, from ball to ball, the constants and the signs on the interval of what logarithms are taken of.
    """

    def __init__(self, field: Field, interval: Interval, known: dict[int, acb], z: acb, analytic: bool) -> None:
        self.field, self.interval, self.known, self.z, self.analytic = field, interval, known, z, analytic
        self._values: dict[int, acb] = {}

    def element(self, element: Element) -> acb:
        """num/den on the ball."""
        num, den, _ = element.compiled(PRECISION)
        return self._horner(num) if den is None else self._horner(num) / self._horner(den)

    def _horner(self, form: Any) -> acb:
        if isinstance(form, arb):
            return acb(form)
        index, steps = form
        generator, total, last = self._generator(index), acb(0), steps[0][0]
        for exponent, coefficient in steps:
            total = total * generator ** (last - exponent) + self._horner(coefficient)
            last = exponent
        return total * generator**last if last else total

    def _generator(self, index: int) -> acb:
        if index not in self._values:
            self._values[index] = self._compute(index)
        return self._values[index]

    def _compute(self, index: int) -> acb:
        generator = self.field.generators[index]
        if generator.constant:
            known = self.known.get(index)
            if known is None:
                known = self.known[index] = acb(self.field.element(self.field.generator(index)).ball(None, PRECISION))
            return known
        if generator.kind == "x":
            return self.z
        assert generator.argument is not None
        u = self.element(generator.argument)
        if generator.kind in ("exp", "sin", "cos", "erf"):
            return getattr(u, generator.kind)()
        if generator.kind == "root":
            u = u if generator.sign > 0 else -u
            return (
                u.sqrt(analytic=self.analytic)
                if generator.root == 2
                else (u.log(analytic=self.analytic) / generator.root).exp()
            )
        if generator.kind == "log":
            if index not in self.known:
                self.known[index] = acb(self.interval.sign(self.field, generator.argument.num))
            return (u * self.known[index]).log(analytic=self.analytic)
        return self._cut(generator.kind, u)

    def _cut(self, kind: str, u: acb) -> acb:
        """atan and asinh, cut at i*y with |y| >= 1, and asin, cut at real x with |x| >= 1."""
        across, along = (u.imag, u.real) if kind == "asin" else (u.real, u.imag)
        if self.analytic and across.contains(0) and not abs(along) < 1:
            return acb("nan")
        return getattr(u, kind)()
