"""The elementary functions as constructors of elements, each in its canonical form.

Hyperbolic functions become exponentials, tangents quotients of sine and cosine, inverse hyperbolic
functions logarithms; logarithms and roots are taken of irreducible factors, and every exponential or
angle is a whole multiple of one base. Where a factor may be negative its sign is asked of a `Place`,
an interval without zeros of the factors.
"""

from __future__ import annotations

from flint import fmpq

from symnet.balls.circular import pi, sine_and_cosine
from symnet.balls.element import Element
from symnet.balls.field import Field, Generator
from symnet.balls.odd import asin, asinh, atan, erf
from symnet.balls.places import NOWHERE, Place
from symnet.balls.powers import exp, log, lone_generator, power, square_root
from symnet.balls.undecided import Undecided

__all__ = [
    "NOWHERE",
    "Place",
    "as_one_root",
    "asin",
    "asinh",
    "atan",
    "derivative_of_generator",
    "erf",
    "exp",
    "log",
    "lone_generator",
    "pi",
    "power",
    "sine_and_cosine",
    "square_root",
    "symbol",
]


def as_one_root(value: Element) -> Element:
    """A constant made of roots as one square root, where its square is rational."""
    if value.rational is not None or not any(value.field.generators[i].kind == "root" for i in value.generators):
        return value
    square = (value * value).rational
    return value if square is None else square_root(value.field, square).scaled(NOWHERE.sign_of_element(value))


def symbol(field: Field) -> Element:
    """An indeterminate y beside x, for equations that are solved for x."""
    return field.element(field.generator(field.add("y", "symbol", constant=True)))


def derivative_of_generator(field: Field, generator: Generator) -> Element:
    """The derivative of a generator with respect to x."""
    kind, u = generator.kind, generator.argument
    if generator.constant:
        return field.zero
    if kind == "x":
        return field.one
    assert u is not None
    itself = field.element(field.generator(generator.index))
    inner = u.derivative()
    if kind == "exp":
        return inner * itself
    if kind == "log":
        return inner / u
    if kind == "root":
        return inner * itself / u.scaled(generator.root)
    if kind == "cos":
        sine = next(g.index for g in field.generators if g.partner == generator.index)
        return -inner * field.element(field.generator(sine))
    if kind == "sin":
        return inner * field.element(field.generator(generator.partner))
    if kind == "atan":
        return inner / (field.one + u * u)
    if kind == "erf":
        return inner * exp(-(u * u), NOWHERE).scaled(2) / power(pi(field), fmpq(1, 2), NOWHERE)
    raise Undecided(f"no derivative of {kind}")
