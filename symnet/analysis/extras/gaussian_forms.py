"""Integrals against the standard normal density in closed form.

With s = 1 - 2a > 0 and m = b/s the integral of x^k exp(a x^2 + b x + c) phi(x) is a multiple of
I_k, the integral of x^k exp(-s (x - m)^2/2)/sqrt(2 pi), for which I_0 is a difference of error functions and

    I_k = m I_(k-1) + (k-1)/s I_(k-2) - [x^(k-1) exp(-s (x - m)^2/2)/sqrt(2 pi)]/s.

Sines and cosines of multiples of x become exponentials of i j w x; over the whole line the mean of
x^k exp(i t x) is i^k He_k(t) exp(-t^2/2).
"""

from __future__ import annotations

from math import comb
from typing import TypeAlias

from flint import fmpq

from symnet.balls.closed_forms import coefficients
from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE, erf, exp, pi, power
from symnet.balls.field import Field
from symnet.balls.undecided import Undecided

Powers: TypeAlias = "tuple[tuple[int, int], ...]"
"""A monomial: (generator, exponent) pairs."""


def normal_integral(element: Element, left: Element | None, right: Element | None) -> Element:
    """The integral of element*phi from left to right (None is infinity), or `Undecided`."""
    field = element.field
    below = field.terms(element.den)
    if len(below) != 1:
        raise Undecided("a denominator is not one exponential")
    scale, divisor = below[0]
    total = field.zero
    for coefficient, powers in field.terms(element.num):
        merged = dict(powers)
        for index, k in divisor:
            merged[index] = merged.get(index, 0) - k
        total = total + _Term(field, tuple(merged.items())).integral(left, right).scaled(coefficient / scale)
    return total


class _Term:
    """A product of powers of x, of exponentials of quadratics, of waves with one angle, and of constants."""

    def __init__(self, field: Field, powers: Powers) -> None:
        self.field, self.constant, self.degree = field, field.one, 0
        self.exponent = field.zero
        self.sines = self.cosines = 0
        self.angle: Element | None = None
        for index, k in powers:
            generator = field.generators[index]
            itself = field.element(field.generator(index))
            if generator.constant:
                self.constant = self.constant * itself**k
            elif generator.kind == "x" and k >= 0:
                self.degree = k
            elif generator.kind == "exp" and generator.argument is not None:
                self.exponent = self.exponent + generator.argument.scaled(k)
            elif generator.kind in ("sin", "cos") and k >= 0 and self.angle in (None, generator.argument):
                self.angle = generator.argument
                self.sines, self.cosines = (k, self.cosines) if generator.kind == "sin" else (self.sines, k)
            else:
                raise Undecided("a factor has no normal integral in closed form")

    def integral(self, left: Element | None, right: Element | None) -> Element:
        """The integral of the term times phi."""
        if self.angle is not None:
            if left is not None or right is not None or not self.exponent.is_zero:
                raise Undecided("a wave was cut")
            return self.constant * self._wave()
        parts = coefficients(self.field, self.exponent.num, 0) if not self.exponent.is_zero else [self.field.zero]
        if not self.exponent.den.is_constant() or len(parts) > 3 or any(not p.is_constant for p in parts):
            raise Undecided("an exponent is not quadratic")
        lead = self.exponent.den.leading_coefficient()
        c, b, a = [*(p.scaled(1 / fmpq(lead)) for p in parts), self.field.zero, self.field.zero][:3]
        s = self.field.one - a.scaled(2)
        if s.is_zero or NOWHERE.sign_of_element(s) < 0:
            raise Undecided("the integral does not converge absolutely")
        m = b / s
        return self.constant * exp(c + b * m.scaled(fmpq(1, 2)), NOWHERE) * self._moment(s, m, left, right)

    def _moment(self, s: Element, m: Element, left: Element | None, right: Element | None) -> Element:
        """I_k for the degree k."""
        field, half = self.field, fmpq(1, 2)
        root = power(s, half, NOWHERE)
        density = field.one / power(pi(field).scaled(2), half, NOWHERE)

        def area(end: Element | None, side: int) -> Element:
            if end is None:
                return field.rational(side)
            return erf(root * (end - m) / power(field.rational(2), half, NOWHERE))

        def edge(end: Element | None, k: int) -> Element:
            if end is None:
                return field.zero
            return end**k * density * exp((s * (end - m) * (end - m)).scaled(-half), NOWHERE)

        previous, current = field.zero, (area(right, 1) - area(left, -1)).scaled(half) / root
        for k in range(1, self.degree + 1):
            following = m * current + (previous.scaled(k - 1) - edge(right, k - 1) + edge(left, k - 1)) / s
            previous, current = current, following
        return current

    def _wave(self) -> Element:
        """The mean of x^k sin(u)^p cos(u)^q for u = w*x."""
        assert self.angle is not None
        field, speed = self.field, self.angle / self.field.x
        if not speed.is_constant:
            raise Undecided("a wave has a phase")
        p, q, total = self.sines, self.cosines, field.zero
        weights: dict[int, int] = {}
        for i in range(p + 1):
            for j in range(q + 1):
                turns = (p - 2 * i) + (q - 2 * j)
                weights[turns] = weights.get(turns, 0) + comb(p, i) * comb(q, j) * (-1) ** i
        # The term is i^k He_k(t) exp(-t^2/2) over (2i)^p 2^q; what is imaginary cancels.
        quarter = (self.degree - p) % 4
        if quarter % 2:
            return total
        for turns, weight in weights.items():
            t = speed.scaled(turns)
            total = total + _hermite(t, self.degree) * exp((t * t).scaled(fmpq(-1, 2)), NOWHERE).scaled(weight)
        return total.scaled(fmpq(1 if quarter == 0 else -1, 2 ** (p + q)))


def _hermite(t: Element, k: int) -> Element:
    """He_k(t), from He_(k+1) = t He_k - k He_(k-1)."""
    previous, current = t.field.zero, t.field.one
    for j in range(k):
        previous, current = current, t * current - previous.scaled(j)
    return current
