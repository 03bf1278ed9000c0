"""Enclosures of elements: the generators evaluated with Arb balls, then the polynomials in them.

The results enclose every value that the function takes on the ball; a function that is not defined on
the whole ball gives a ball that is not finite.
"""

from __future__ import annotations

from typing import Any

from flint import arb, ctx, fmpq

from symnet.balls.element import Element
from symnet.balls.field import Field


class Evaluation:
    """The values of a field's generators on one ball x, computed when asked for and remembered."""

    def __init__(self, field: Field, x: arb | None, precision: int) -> None:
        self.field, self.x, self.precision = field, x, precision
        field.budget.spend(1 + precision // 512)
        self._values: dict[int, arb] = {}
        self._powers: dict[tuple[int, int], arb] = {}

    def element(self, element: Element) -> arb:
        """An enclosure of the element on the ball."""
        previous, ctx.prec = ctx.prec, self.precision
        try:
            num = self._polynomial(element.num)
            return num if element.den.is_constant() else num / self._polynomial(element.den)
        finally:
            ctx.prec = previous

    def polynomial(self, polynomial: Any) -> arb:
        """An enclosure of a polynomial in the generators on the ball."""
        previous, ctx.prec = ctx.prec, self.precision
        try:
            return self._polynomial(polynomial)
        finally:
            ctx.prec = previous

    def generator(self, index: int) -> arb:
        """An enclosure of one generator on the ball."""
        previous, ctx.prec = ctx.prec, self.precision
        try:
            return self._generator(index)
        finally:
            ctx.prec = previous

    def _polynomial(self, polynomial: Any) -> arb:
        total = arb(0)
        for coefficient, powers in self.field.terms(polynomial):
            term = arb(coefficient)
            for index, exponent in powers:
                term = term * self._power(index, exponent)
            total = total + term
        return total

    def _power(self, index: int, exponent: int) -> arb:
        if exponent == 1:
            return self._generator(index)
        known = self._powers.get((index, exponent))
        if known is None:
            known = self._powers[(index, exponent)] = power(self._generator(index), exponent)
        return known

    def _generator(self, index: int) -> arb:
        known = self._values.get(index)
        if known is None:
            known = self._values[index] = self._compute(index)
        return known

    def _compute(self, index: int) -> arb:
        generator = self.field.generators[index]
        kind = generator.kind
        if kind == "x":
            if self.x is None:
                raise ValueError("a constant was expected")
            return self.x
        if kind == "pi":
            return arb.pi()
        argument = generator.argument
        assert argument is not None
        num = self._polynomial(argument.num)
        u = num if argument.den.is_constant() else num / self._polynomial(argument.den)
        if kind == "root":
            u = u if generator.sign > 0 else -u
            return u.sqrt() if generator.root == 2 else u.root(generator.root)
        if kind == "log":
            return abs(u).log()
        return getattr(u, kind)()


def power(value: arb, exponent: int) -> arb:
    """value**exponent by squaring; even powers of a ball around zero are not negative."""
    if exponent % 2:
        return value if exponent == 1 else value * power(value, exponent - 1)
    half = value if exponent == 2 else power(value, exponent // 2)
    square = half * half
    return arb(0).union(square.upper()) if square.contains(0) and square.is_finite() else square


def span(low: fmpq, high: fmpq, precision: int = 64) -> arb:
    """A ball that contains the interval [low, high]."""
    previous, ctx.prec = ctx.prec, precision
    try:
        return arb(low).union(arb(high))
    finally:
        ctx.prec = previous
