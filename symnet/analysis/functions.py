"""The functions of the input grammar as elements, each with its domain; None stands for "undefined here"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import fmpq

from symnet.analysis.place import Cell, Spot
from symnet.balls import elementary
from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE
from symnet.balls.undecided import Undecided


def raised(base: Element, exponent: Element, varies: bool, place: Cell | Spot) -> Element | None:
    """x**n for a whole number n, else x**a with x >= 0, and x > 0 where a varies or is negative."""
    field, value = place.field, exponent.rational
    if value is not None and value.q == 1 and not varies:
        if abs(value.p) > 200:
            raise Undecided("a power is too large")
        return None if value < 0 and not place.nonzero_sign(base) else base ** int(value.p)
    sign = place.nonzero_sign(base)
    if sign < 0 and field.box is not None and not varies and field.box.names(exponent):
        raise Undecided("a power of a negative number exists for whole exponents only")
    if sign < 0:
        return None
    if sign == 0:
        return field.zero if not varies and NOWHERE.sign_of_element(exponent) > 0 else None
    if value is not None and not varies:
        return elementary.power(base, value, place)
    return elementary.exp(exponent * elementary.log(base, place), place)


def _log(u: Element, place: Cell | Spot) -> Element | None:
    return elementary.log(u, place) if place.nonzero_sign(u) > 0 else None


def _sqrt(u: Element, place: Cell | Spot) -> Element | None:
    sign = place.nonzero_sign(u)
    return None if sign < 0 else elementary.power(u, fmpq(1, 2), place) if sign else place.field.zero


def _cbrt(u: Element, place: Cell | Spot) -> Element | None:
    sign = place.nonzero_sign(u)
    return elementary.power(u, fmpq(1, 3), place).scaled(sign) if sign else place.field.zero


def _tan(u: Element, place: Cell | Spot) -> Element | None:
    sine, cosine = elementary.sine_and_cosine(u, place)
    return sine / cosine if place.nonzero_sign(cosine) else None


def _asin(u: Element, place: Cell | Spot) -> Element | None:
    sign = place.nonzero_sign(place.field.one - u * u)
    if sign < 0:
        return None
    if sign == 0 and not u.is_constant:
        return elementary.pi(place.field).scaled(fmpq(place.nonzero_sign(u), 2))
    return elementary.asin(u, place)


def _acos(u: Element, place: Cell | Spot) -> Element | None:
    sine = _asin(u, place)
    return None if sine is None else elementary.pi(place.field).scaled(fmpq(1, 2)) - sine


def _hyperbolic(u: Element, place: Cell | Spot) -> tuple[Element, Element]:
    """sinh and cosh."""
    up, down = elementary.exp(u, place), elementary.exp(-u, place)
    return (up - down).scaled(fmpq(1, 2)), (up + down).scaled(fmpq(1, 2))


def _tanh(u: Element, place: Cell | Spot) -> Element:
    square = elementary.exp(u.scaled(2), place)
    return (square - place.field.one) / (square + place.field.one)


def _acosh(u: Element, place: Cell | Spot) -> Element | None:
    sign = place.nonzero_sign(u - place.field.one)
    if sign <= 0:
        return place.field.zero if sign == 0 else None
    return elementary.log(u + elementary.power(u * u - place.field.one, fmpq(1, 2), place), place)


def _atanh(u: Element, place: Cell | Spot) -> Element | None:
    one = place.field.one
    if place.nonzero_sign(one - u * u) <= 0:
        return None
    return elementary.log((one + u) / (one - u), place).scaled(fmpq(1, 2))


FUNCTIONS: Mapping[str, Callable[[Element, Cell | Spot], Element | None]] = {
    "exp": lambda u, place: elementary.exp(u, place),
    "log": _log,
    "sqrt": _sqrt,
    "cbrt": _cbrt,
    "sin": lambda u, place: elementary.sine_and_cosine(u, place)[0],
    "cos": lambda u, place: elementary.sine_and_cosine(u, place)[1],
    "tan": _tan,
    "asin": _asin,
    "acos": _acos,
    "atan": lambda u, place: elementary.atan(u),
    "sinh": lambda u, place: _hyperbolic(u, place)[0],
    "cosh": lambda u, place: _hyperbolic(u, place)[1],
    "tanh": _tanh,
    "sech": lambda u, place: place.field.one / _hyperbolic(u, place)[1],
    "asinh": elementary.asinh,
    "acosh": _acosh,
    "atanh": _atanh,
    "erf": lambda u, place: elementary.erf(u),
    "erfc": lambda u, place: place.field.one - elementary.erf(u),
}
