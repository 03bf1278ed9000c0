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
        self._values: dict[int, arb] = {}
        self._powers: dict[tuple[int, int], arb] = {}

    def element(self, element: Element) -> arb:
        """An enclosure of the element on the ball."""
        previous, ctx.prec = ctx.prec, self.precision
        try:
            return self._element(element)
        finally:
            ctx.prec = previous

    def polynomial(self, polynomial: Any) -> arb:
        """An enclosure of a polynomial in the generators on the ball."""
        return self.element(Element(self.field, polynomial, self.field.unit))

    def generator(self, index: int) -> arb:
        """An enclosure of one generator on the ball."""
        previous, ctx.prec = ctx.prec, self.precision
        try:
            return self._generator(index)
        finally:
            ctx.prec = previous

    def _element(self, element: Element) -> arb:
        num, den, length = element.compiled(self.precision)
        self.field.budget.spend(1 + length * (1 + self.precision // 256) // 24)
        value = self._horner(num)
        return value if den is None else value / self._horner(den)

    def _horner(self, form: Any) -> arb:
        if isinstance(form, arb):
            return form
        index, steps = form
        generator = self._generator(index)
        total, last = None, 0
        for exponent, coefficient in steps:
            value = coefficient if isinstance(coefficient, arb) else self._horner(coefficient)
            if total is None:
                total, last = value, exponent
                continue
            gap = last - exponent
            total = total * (generator if gap == 1 else self._power(index, gap)) + value
            last = exponent
        assert total is not None
        return total * (generator if last == 1 else self._power(index, last)) if last else total

    def _power(self, index: int, exponent: int) -> arb:
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
        if kind == "parameter":
            assert self.field.box is not None
            return self.field.box.ranges[generator.name].hull
        argument = generator.argument
        assert argument is not None
        u = self._element(argument)
        if kind == "root":
            u = u if generator.sign > 0 else -u
            return u.sqrt() if generator.root == 2 else u.root(generator.root)
        if kind == "log":
            return abs(u).log()
        if kind == "erf" and not u.is_exact() and u.is_finite():
            # Arb bounds the error of erf by its greatest slope; erf is monotone, so its ends are sharp.
            return u.lower().erf().union(u.upper().erf())
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
