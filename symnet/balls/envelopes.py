"""Oscillations with an envelope: A + B*cos(v) + C*sin(v) at an end where the angle v tends to infinity.

A, B and C are free of waves of that angle. With R^2 = B^2 + C^2 the values lie in [A - R, A + R], and both
ends are reached again and again, since v turns infinitely often while the phase settles. So the sign of
A^2 - R^2 on a tail says whether zeros go on for ever, and A + R against its limit whether the limit
superior is ever passed. A polynomial in cos(v)^2, sin(v)*cos(v) and 1 has this form in the double angle.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE, power
from symnet.balls.expansion import End
from symnet.balls.field import Field, Generator
from symnet.balls.limits import limit_of
from symnet.balls.tails import tail
from symnet.balls.undecided import Undecided


@dataclass(frozen=True)
class Envelope:
    """middle + B*cos(v) + C*sin(v), with swing = B^2 + C^2."""

    middle: Element
    swing: Element

    @property
    def clearance(self) -> Element:
        """A^2 - R^2: where it is positive the function is not zero."""
        return self.middle * self.middle - self.swing

    def room(self, bound: Element) -> Element:
        """(bound - A)^2 - R^2: where it is not negative (and bound - A is far from zero) no value lies beyond the bound."""
        return (bound - self.middle) * (bound - self.middle) - self.swing


def envelope(element: Element, end: End) -> Envelope | None:
    """The element's envelope at the end, or None when it has no such form."""
    field = element.field
    waves = unbounded_waves(element, end)
    if not waves or len({g.argument.key for g in waves if g.argument is not None}) != 1:
        return None
    indices = {g.index for g in waves}
    if indices & set(field.used(element.den)) or any(
        i not in indices and indices & set(field.closure([i])) for i in element.generators
    ):
        return None
    sine = next((g.index for g in waves if g.kind == "sin"), -1)
    cosine = next((g.index for g in waves if g.kind == "cos"), -1)
    parts: dict[tuple[int, int], dict[tuple[int, ...], fmpq]] = {}
    for exponents, coefficient in element.num.to_dict().items():
        shape = tuple(exponents[i] if i >= 0 else 0 for i in (sine, cosine))
        rest = tuple(0 if i in indices else e for i, e in enumerate(exponents))
        parts.setdefault((shape[0], shape[1]), {})[rest] = fmpq(coefficient)
    below = field.element(element.den)
    of = {shape: field.element(field.from_terms(terms)) / below for shape, terms in parts.items()}
    zero = field.zero
    if set(of) <= {(0, 0), (1, 0), (0, 1)}:
        b, c = of.get((0, 1), zero), of.get((1, 0), zero)
        return Envelope(of.get((0, 0), zero), b * b + c * c)
    if set(of) <= {(0, 0), (0, 2), (1, 1)}:
        b, c = of.get((0, 2), zero).scaled(fmpq(1, 2)), of.get((1, 1), zero).scaled(fmpq(1, 2))
        return Envelope(of.get((0, 0), zero) + b, b * b + c * c)
    return None


@dataclass(frozen=True)
class Approached:
    """The limit superior (or inferior) of an oscillation that never passes it."""

    value: Element
    attained: bool
    """Whether it is taken, again and again: then A + R is this constant on the whole tail."""


def limit_superior(element: Element, end: End, direction: int, reach: fmpq) -> Approached | None:
    """lim (A + R) (direction 1) or lim (A - R) when the element stays on this side of it beyond `reach`; None if not proved."""
    shape = envelope(element, end)
    if shape is None:
        return None
    try:
        middle, square = limit_of(shape.middle, end).element, limit_of(shape.swing, end).element
        if middle is None or square is None or square.is_zero or not middle.is_constant or not square.is_constant:
            return None
        swing = power(square, fmpq(1, 2), NOWHERE)
        bound = middle + swing.scaled(direction)
        beyond = tail(element.field, shape.room(bound), end)
        away = tail(element.field, (bound - shape.middle).scaled(direction), end)
    except Undecided:
        return None
    if beyond.sign < 0 or away.sign <= 0 or max(beyond.start, away.start) > reach:
        return None
    return Approached(bound, attained=beyond.sign == 0)


def touches_zero(element: Element, end: End, direction: int, reach: fmpq) -> bool:
    """Whether the element keeps one sign beyond `reach` and meets 0 again and again, 0 being its bound in the direction."""
    shape = envelope(element, end)
    if shape is None or not shape.clearance.is_zero:
        return False
    try:
        side = tail(element.field, shape.middle, end)
    except Undecided:
        return False
    return side.sign == -direction and side.start <= reach


def unbounded_waves(element: Element, end: End) -> list[Generator]:
    """The sines and cosines in an element whose angle tends to infinity at the end."""
    field = element.field
    return [
        g
        for i in field.closure(element.generators)
        if (g := field.generators[i]).kind in ("sin", "cos")
        and not g.constant
        and g.argument is not None
        and _tends_to_infinity(field, g.argument, end)
    ]


def _tends_to_infinity(field: Field, argument: Element, end: End) -> bool:
    try:
        return tail(field, argument, end).growth > 0
    except Undecided:
        return False
