"""Where functions live: an open interval that tells the signs of factors without zeros in it, or nowhere in particular."""

from __future__ import annotations

from typing import Any, Protocol

from symnet.balls.element import Element
from symnet.balls.field import Field
from symnet.balls.undecided import Undecided


class Place(Protocol):
    """Where the functions live: an open interval, or nowhere in particular for constants."""

    def sign(self, field: Field, polynomial: Any) -> int:
        """The sign (1 or -1) of a polynomial that has no zero in the place."""
        ...


class _Nowhere:
    """The place of constants: signs come from balls, or from the ranges of the parameters."""

    def sign(self, field: Field, polynomial: Any) -> int:
        return self.sign_of_element(Element(field, polynomial, field.constant(1)))

    def sign_of_element(self, element: Element) -> int:
        box = element.field.box
        return self.by_balls(element) if box is None else box.sign(element)

    def by_balls(self, element: Element) -> int:
        for precision in (64, 256, 1024):
            value = element.ball(None, precision)
            if value > 0:
                return 1
            if value < 0:
                return -1
        raise Undecided("the sign of a constant was not decided")


NOWHERE = _Nowhere()
