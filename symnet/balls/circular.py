"""Sines and cosines by the addition theorem: whole multiples of one base angle, exact at simple multiples of pi."""

from __future__ import annotations

from flint import fmpq

from symnet.balls.element import Element
from symnet.balls.field import Field, Generator
from symnet.balls.places import Place
from symnet.balls.powers import MOST_UNDONE, lone_generator, multiple, parts, power, square_root
from symnet.balls.spelling import spell
from symnet.balls.undecided import Undecided


def sine_and_cosine(w: Element, place: Place | None = None) -> tuple[Element, Element]:
    """sin(w) and cos(w), by the addition theorem over the parts of w; with a place, arc sines and tangents are undone."""
    field = w.field
    sine, cosine = field.zero, field.one
    for q, unit in parts(w):
        generator = lone_generator(unit)
        if generator is not None and generator.kind == "pi":
            s, c = _of_pi(field, q)
        elif generator is not None and place is not None and generator.kind in ("asin", "atan") and q.q == 1:
            s, c = _of_inverse(generator, int(q.p), place)
        else:
            s, c = _of_unit(field, q, unit)
        sine, cosine = sine * c + cosine * s, cosine * c - sine * s
    return sine, cosine


def _of_unit(field: Field, q: fmpq, unit: Element) -> tuple[Element, Element]:
    base, n = multiple(field, "sin", q, unit)
    argument = unit.scaled(base)
    text, constant = spell(argument), argument.is_constant
    i = field.add(f"cos({text})", "cos", constant=constant, argument=argument)
    c = field.generator(i)
    j = field.add(f"sin({text})", "sin", constant=constant, relation=(2, 1 - c**2), argument=argument, partner=i)
    return _repeated(field.element(field.generator(j)), field.element(c), n)


def _of_inverse(generator: Generator, n: int, place: Place) -> tuple[Element, Element]:
    """sin and cos of n*asin(u) or n*atan(u), algebraic in u."""
    u = generator.argument
    assert u is not None
    if abs(n) > MOST_UNDONE:
        raise Undecided("a multiple of an angle is too large")
    one = u.field.one
    if generator.kind == "asin":
        return _repeated(u, power(one - u * u, fmpq(1, 2), place), n)
    cosine = one / power(one + u * u, fmpq(1, 2), place)
    return _repeated(u * cosine, cosine, n)


def _repeated(s: Element, c: Element, n: int) -> tuple[Element, Element]:
    """sin(n*v) and cos(n*v) from sin(v) and cos(v)."""
    sine, cosine = s, c
    for _ in range(abs(n) - 1):
        sine, cosine = sine * c + cosine * s, cosine * c - sine * s
    return (sine, cosine) if n > 0 else (-sine, cosine)


def _of_pi(field: Field, q: fmpq) -> tuple[Element, Element]:
    """sin(q*pi) and cos(q*pi); square roots for the multiples of pi/4 and pi/6."""
    q = q - 2 * (q / 2).floor()
    twelfths = 12 * q
    if twelfths.q != 1 or (int(twelfths.p) % 2 and int(twelfths.p) % 3):
        return _of_unit(field, q, pi(field)) if q <= 1 else _negated(_of_pi(field, q - 1))
    return _sine_of_twelfths(field, int(twelfths.p)), _sine_of_twelfths(field, int(twelfths.p) + 6)


def _negated(pair: tuple[Element, Element]) -> tuple[Element, Element]:
    return -pair[0], -pair[1]


def _sine_of_twelfths(field: Field, k: int) -> Element:
    k %= 24
    sign = 1
    if k >= 12:
        k, sign = k - 12, -1
    k = min(k, 12 - k)
    square = {0: fmpq(0), 2: fmpq(1, 4), 3: fmpq(1, 2), 4: fmpq(3, 4), 6: fmpq(1)}[k]
    return square_root(field, square).scaled(sign)


def pi(field: Field) -> Element:
    """The constant pi."""
    return field.element(field.generator(field.add("pi", "pi", constant=True)))
