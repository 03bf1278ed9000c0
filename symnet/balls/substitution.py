"""Put an element in the place of x: exact values at exact points, reflections and shifts."""

from __future__ import annotations

from typing import Any

from flint import fmpq

from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE, Place, asin, asinh, atan, erf, exp, log, power, sine_and_cosine
from symnet.balls.field import Field, Generator


class Substitution:
    """x → value; the images of the generators are remembered.

    Raises `ZeroDivisionError` where the function is singular at the value.
    """

    def __init__(self, field: Field, value: Element, place: Place = NOWHERE) -> None:
        self.field, self.value, self.place = field, value, place
        self._images: dict[int, Element] = {}

    def element(self, element: Element) -> Element:
        """The element with x replaced."""
        num = self.polynomial(element.num)
        return num if element.den.is_constant() else num / self.polynomial(element.den)

    def polynomial(self, polynomial: Any) -> Element:
        """A polynomial in the generators with x replaced."""
        total = self.field.zero
        for coefficient, powers in self.field.terms(polynomial):
            term = self.field.rational(coefficient)
            for index, exponent in powers:
                term = term * self._image(index) ** exponent
            total = total + term
        return total

    def _image(self, index: int) -> Element:
        known = self._images.get(index)
        if known is None:
            generator = self.field.generators[index]
            known = self.field.element(self.field.generator(index)) if generator.constant else self._map(generator)
            self._images[index] = known
        return known

    def _map(self, generator: Generator) -> Element:
        if generator.kind == "x":
            return self.value
        assert generator.argument is not None
        u = self.element(generator.argument)
        kind = generator.kind
        if kind == "exp":
            return exp(u, self.place)
        if kind in ("cos", "sin"):
            sine, cosine = sine_and_cosine(u, self.place)
            return sine if kind == "sin" else cosine
        if kind in ("atan", "erf"):
            return {"atan": atan, "erf": erf}[kind](u)
        if kind in ("asin", "asinh"):
            return {"asin": asin, "asinh": asinh}[kind](u, self.place)
        if kind == "log":
            if u.is_zero:
                raise ZeroDivisionError("log 0")
            return log(u, self.place)
        return self.field.zero if u.is_zero else power(u, fmpq(1, generator.root), self.place)
