"""Exponentials, logarithms and powers: logarithms and roots are taken of irreducible factors, exponentials of whole multiples of one base."""

from __future__ import annotations

from typing import Any

from flint import fmpq, fmpz

from symnet.balls.element import Element
from symnet.balls.field import Field, Generator
from symnet.balls.places import NOWHERE, Place
from symnet.balls.spelling import spell
from symnet.balls.undecided import NeedsFinerBase, Undecided

LARGEST_FACTORED = 10**15
FINEST_RATIO = 24
MOST_UNDONE = 12
"""The largest multiple of an inverse function that the function undoes."""


def parts(w: Element) -> list[tuple[fmpq, Element]]:
    """w as a sum of rational multiples of units with leading coefficient 1."""
    field = w.field
    if w.same_as_zero:
        return []
    if len(w.den) == 1:
        pieces = [(field.from_terms({e: fmpq(c)}), w.den) for e, c in w.num.terms()]
    else:
        quotient, rest = divmod(w.num, w.den)
        pieces = [(field.from_terms({e: fmpq(c)}), field.constant(1)) for e, c in quotient.terms()]
        if not rest.is_zero():
            pieces.append((rest, w.den))
    units = []
    for num, den in pieces:
        element = field.fraction(num, den)
        lead = fmpq(element.num.leading_coefficient())
        units.append((lead, element.scaled(1 / lead)))
    return units


def gathered(units: list[tuple[fmpq, Element]]) -> list[tuple[fmpq, Element]]:
    """Units of an exponent, those that may cancel against a bounded function (x + x*erf(x)) kept together."""

    def varies(unit: Element) -> bool:
        generator = lone_generator(unit)
        return not unit.is_constant and not (generator is not None and generator.kind == "log")

    kinds = {unit.field.generators[i].kind for _, unit in units if varies(unit) for i in unit.generators}
    if not kinds & {"erf", "atan", "asin"}:
        return units
    together = [(q, unit) for q, unit in units if varies(unit)]
    if len(together) < 2:
        return units
    total = sum((unit.scaled(q) for q, unit in together[1:]), together[0][1].scaled(together[0][0]))
    lead = fmpq(total.num.leading_coefficient())
    return [(q, unit) for q, unit in units if not varies(unit)] + [(lead, total.scaled(1 / lead))]


def multiple(field: Field, kind: str, q: fmpq, unit: Element) -> tuple[fmpq, int]:
    """The base that `kind` uses for `unit`, and the whole number n with q = n * base."""
    key = f"{kind}:{spell(unit)}"
    base = field.bases.setdefault(key, abs(q))
    ratio = q / base
    if ratio.q == 1:
        return base, int(ratio.p)
    common = fmpq(fmpz(q.p * base.q).gcd(fmpz(base.p * q.q)), q.q * base.q)
    # A reflection of (1 + e^x)^(1/3) asks for a third of every base, again and again: refine twice at most.
    endless = key in field.refined and base.q >= 3
    if not endless and abs(q) / common <= FINEST_RATIO and base / common <= FINEST_RATIO:
        raise NeedsFinerBase(key, common)
    return abs(q), 1 if q > 0 else -1


def exp(w: Element, place: Place) -> Element:
    """exp(w)."""
    field = w.field
    result = field.one
    for q, unit in gathered(parts(w)):
        generator = lone_generator(unit)
        if generator is not None and generator.kind == "log":
            assert generator.argument is not None
            result = result * power_of_factor(field, generator.argument.num, q, place)
            continue
        if generator is not None and generator.kind == "asinh" and q.q == 1 and abs(q.p) <= MOST_UNDONE:
            u = generator.argument
            assert u is not None
            side = 1 if q > 0 else -1
            result = result * (u.scaled(side) + power(field.one + u * u, fmpq(1, 2), place)) ** abs(int(q.p))
            continue
        base, n = multiple(field, "exp", q, unit)
        argument = unit.scaled(base)
        index = field.add(f"exp({spell(argument)})", "exp", constant=argument.is_constant, argument=argument)
        whole = field.element(field.generator(index) ** abs(n))
        result = result * whole if n > 0 else result / whole
    return result


def lone_generator(unit: Element) -> Generator | None:
    """The generator that the unit is, or None."""
    if (
        unit.den.is_constant()
        and len(unit.num) == 1
        and unit.num.total_degree() == 1
        and unit.num.leading_coefficient() == 1
    ):
        return unit.field.generators[unit.field.used(unit.num)[0]]
    return None


def factors(w: Element) -> tuple[fmpq, list[tuple[Any, int]]]:
    """The rational content and the irreducible factors of w, with negative powers for the denominator's."""
    above, numerator = w.field.factor(w.num)
    below, denominator = w.field.factor(w.den)
    return above / below, numerator + [(p, -k) for p, k in denominator]


def log(w: Element, place: Place) -> Element:
    """log|w| for a w without zeros in the place."""
    field = w.field
    content, irreducible = factors(w)
    result = field.zero
    for prime, k in primes(abs(content)):
        result = result + log_generator(field, field.constant(prime)).scaled(k)
    for p, k in irreducible:
        result = result + log_of_factor(field, p).scaled(k)
    return result


def log_of_factor(field: Field, p: Any) -> Element:
    """log|p| of an irreducible polynomial."""
    generator = lone_generator(Element(field, p, field.constant(1)))
    if generator is not None and generator.argument is not None:
        if generator.kind == "exp":
            return generator.argument
        if generator.kind == "root":
            return log_of_factor(field, generator.argument.num).scaled(fmpq(1, generator.root))
    return log_generator(field, p)


def log_generator(field: Field, p: Any) -> Element:
    """The generator log|p|."""
    argument = Element(field, p, field.constant(1))
    index = field.add(f"log({spell(argument)})", "log", constant=argument.is_constant, argument=argument)
    return field.element(field.generator(index))


def primes(content: fmpq) -> list[tuple[int, int]]:
    """A positive rational as a product of primes (or of atoms, when it is too large to factor)."""
    result = []
    for value, sign in ((int(content.p), 1), (int(content.q), -1)):
        if value == 1:
            continue
        if value > LARGEST_FACTORED:
            result.append((value, sign))
        else:
            result.extend((int(p), sign * int(k)) for p, k in fmpz(value).factor())
    return result


def power(w: Element, exponent: fmpq, place: Place) -> Element:
    """|w|**exponent for a w without zeros in the place."""
    field = w.field
    content, irreducible = factors(w)
    result = field.one
    for prime, k in primes(abs(content)):
        result = result * power_of_factor(field, field.constant(prime), exponent * k, place)
    for p, k in irreducible:
        result = result * power_of_factor(field, p, exponent * k, place)
    return result


def power_of_factor(field: Field, p: Any, exponent: fmpq, place: Place) -> Element:
    """|p|**exponent of an irreducible polynomial."""
    argument = Element(field, p, field.constant(1))
    generator = lone_generator(argument)
    if generator is not None and generator.argument is not None:
        if generator.kind == "exp":
            return exp(generator.argument.scaled(exponent), place)
        if generator.kind == "root":
            return power_of_factor(field, generator.argument.num, exponent / generator.root, place)
    whole = exponent.floor()
    rest = exponent - whole
    sign = 1 if p.is_constant() else place.sign(field, p)
    result = argument.scaled(sign) ** int(whole)
    if rest == 0:
        return result
    key = f"root{'+' if sign > 0 else '-'}:{spell(argument)}"
    base = field.bases.setdefault(key, fmpq(1, rest.q))
    ratio = rest / base
    if ratio.q != 1:
        common = fmpq(1, fmpz(rest.q).lcm(fmpz(base.q)))
        if common.q > 60:
            raise Undecided("too many different roots of one expression")
        raise NeedsFinerBase(key, common)
    q = int(base.q)
    index = field.add(
        f"{key}:{q}",
        "root",
        constant=argument.is_constant,
        relation=(q, p * sign),
        argument=argument,
        root=q,
        sign=sign,
    )
    return result * field.element(field.generator(index) ** int(ratio.p))


def square_root(field: Field, value: fmpq) -> Element:
    """The square root of a rational number that is not negative."""
    return field.zero if value == 0 else power(field.rational(value), fmpq(1, 2), NOWHERE)
