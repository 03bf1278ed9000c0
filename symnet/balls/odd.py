"""The odd functions that are generators of their own: atan, asin, asinh and erf."""

from __future__ import annotations

from flint import fmpq

from symnet.balls.circular import pi
from symnet.balls.element import Element
from symnet.balls.places import NOWHERE, Place
from symnet.balls.powers import power
from symnet.balls.spelling import spell


def atan(w: Element) -> Element:
    """The arc tangent."""
    return _odd(w, "atan", {fmpq(1): fmpq(1, 4), fmpq(3): fmpq(1, 3), fmpq(1, 3): fmpq(1, 6)})


def asin(w: Element, place: Place) -> Element:
    """The arc sine; its derivative's root is that of the place."""
    if w.is_constant:
        return _odd(
            w, "asin", {fmpq(1): fmpq(1, 2), fmpq(1, 4): fmpq(1, 6), fmpq(1, 2): fmpq(1, 4), fmpq(3, 4): fmpq(1, 3)}
        )
    return _with_root(w, "asin", fmpq(-1), place)


def _with_root(w: Element, kind: str, square: fmpq, place: Place) -> Element:
    """An odd function with the derivative w'/sqrt(1 + square*w^2)."""
    field = w.field
    sign = 1 if w.num.leading_coefficient() > 0 else -1
    w = w.scaled(sign)
    derivative = w.derivative() / power(field.one + (w * w).scaled(square), fmpq(1, 2), place)
    index = field.add(f"{kind}({spell(w)}) with {spell(derivative)}", kind, constant=False, argument=w)
    field.know_derivative(index, derivative)
    return field.element(field.generator(index)).scaled(sign)


def erf(w: Element) -> Element:
    """The error function."""
    return _odd(w, "erf", {})


def asinh(w: Element, place: Place) -> Element:
    """The inverse hyperbolic sine, a generator of its own, so that it stays odd; its derivative's root is that of the place."""
    return _odd(w, "asinh", {}) if w.is_constant else _with_root(w, "asinh", fmpq(1), place)


def _odd(w: Element, kind: str, multiples_of_pi: dict[fmpq, fmpq]) -> Element:
    """An odd function of w; for constants with a known square, a multiple of pi."""
    field = w.field
    if w.same_as_zero:
        return field.zero
    sign = 1 if w.num.leading_coefficient() > 0 else -1
    w = w.scaled(sign)
    square = (w * w).rational if w.is_constant and multiples_of_pi else None
    if square in multiples_of_pi:
        positive = NOWHERE.sign_of_element(w)
        return pi(field).scaled(multiples_of_pi[square] * sign * positive)
    index = field.add(f"{kind}({spell(w)})", kind, constant=w.is_constant, argument=w)
    return field.element(field.generator(index)).scaled(sign)
