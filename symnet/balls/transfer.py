"""An element of one field carried into another."""

from __future__ import annotations

from typing import Any

from symnet.balls.element import Element
from symnet.balls.elementary import pi
from symnet.balls.field import Field
from symnet.balls.substitution import Substitution


class Transfer(Substitution):
    """A substitution that carries an element of one field into another."""

    def __init__(self, field: Field, value: Element) -> None:
        super().__init__(field, value)
        self.target = field

    def element(self, element: Element) -> Element:
        self.field = element.field
        num = self.polynomial(element.num)
        return num if element.den.is_constant() else num / self.polynomial(element.den)

    def polynomial(self, polynomial: Any) -> Element:
        total = self.target.zero
        for coefficient, powers in self.field.terms(polynomial):
            term = self.target.rational(coefficient)
            for index, exponent in powers:
                term = term * self._image(index) ** exponent
            total = total + term
        return total

    def _image(self, index: int) -> Element:
        known = self._images.get(index)
        if known is None:
            generator = self.field.generators[index]
            known = pi(self.target) if generator.kind == "pi" else self._map(generator)
            self._images[index] = known
        return known
