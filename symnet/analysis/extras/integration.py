"""An elementary antiderivative of one formula, by the method of Risch and Norman.

The antiderivative is sought as a sum of unknown constants times known functions: monomials in the
generators of f and of their derivatives, over the denominator of f with every multiplicity lowered by
one, and the logarithms, arc tangents, error functions and inverse hyperbolic functions whose derivatives
bring in its factors. Comparing coefficients gives linear equations for the constants. What is found is
differentiated again; finding nothing says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

from flint import fmpq

from symnet.analysis.extras.undetermined import weights_of
from symnet.balls.closed_forms import coefficients
from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE, asin, asinh, atan, erf, log, lone_generator, power
from symnet.balls.field import Field
from symnet.balls.interval import Interval
from symnet.balls.undecided import Undecided

MOST_MONOMIALS = 400
POLYNOMIAL = ("x", "log", "atan", "asin", "asinh", "erf")
"""The kinds whose degree an integration may raise by one."""


def integrated(element: Element, place: Interval) -> list[Element] | None:
    """The terms of an F with F′ = element, or None when this method finds none."""
    field = element.field
    if element.is_constant:
        return [element * field.x]
    basis = [(g, d) for g in _basis(element, place) if not (d := g.derivative()).is_zero]
    weights = weights_of(element, [d for _, d in basis])
    if weights is None:
        return None
    terms = [weight * g for (g, _), weight in zip(basis, weights, strict=True) if not weight.is_zero]
    total = sum(terms, field.zero)
    return terms if (total.derivative() - element).is_zero else None


def _basis(element: Element, place: Interval) -> Iterator[Element]:
    """The functions whose combination is tried."""
    field = element.field
    special = list(dict.fromkeys(_special(element, place)))
    indices = _generators(element)
    factors = field.factor(element.den)[1]
    lowered = field.one
    for factor, multiplicity in factors:
        if not _exponential(field, factor):
            lowered = lowered * field.element(factor) ** (multiplicity - 1)
    ranges = [_degrees(field, index, element) for index in indices]
    size = 1
    for degrees in ranges:
        size *= len(degrees)
    if size > MOST_MONOMIALS:
        raise Undecided("the antiderivative would have too many terms")
    for exponents in product(*ranges):
        term = field.one
        for index, exponent in zip(indices, exponents, strict=True):
            term = term * field.element(field.generator(index)) ** exponent
        yield term / lowered
    yield from special


def _generators(element: Element) -> list[int]:
    """The varying generators of f and, twice over, of their derivatives, with x."""
    field = element.field
    found = {0} | {i for i in element.generators if not field.generators[i].constant}
    for _ in range(2):
        found |= {
            j for i in tuple(found) for j in field.derivative_of(i).generators if not field.generators[j].constant
        }
    return sorted(found)


def _degrees(field: Field, index: int, element: Element) -> range:
    """The exponents tried for a generator."""
    generator = field.generators[index]
    above = int(element.num.degrees()[index])
    if generator.kind == "root":
        return range(generator.root)
    if generator.kind == "exp":
        return range(-_divisions(element, index), max(above, 1) + 1)
    if generator.kind == "sin":
        return range(2)
    if generator.kind == "cos":
        partner = next(g.index for g in field.generators if g.partner == index)
        return range(above + int(element.num.degrees()[partner]) + 1)
    return range(above + 2) if generator.kind in POLYNOMIAL else range(above + 1)


def _divisions(element: Element, index: int) -> int:
    """How often an exponential, as a factor of its own, divides f or the derivative of a generator."""
    field = element.field
    return max(
        multiplicity if field.used(factor) == (index,) and _exponential(field, factor) else 0
        for denominator in (element.den, *(field.derivative_of(i).den for i in _generators(element)))
        for factor, multiplicity in [(field.unit, 0), *field.factor(denominator)[1]]
    )


def _exponential(field: Field, factor: Any) -> bool:
    generator = lone_generator(Element(field, factor, field.unit))
    return generator is not None and generator.kind == "exp"


def _special(element: Element, place: Interval) -> Iterator[Element]:
    """Logarithms and their like for the factors of the denominators, and for roots and Gaussians."""
    field = element.field
    yield from _of_gaussians(element)
    indices = _generators(element)
    denominators = [element.den, *(field.derivative_of(i).den for i in indices)]
    for denominator in denominators:
        for factor, _ in field.factor(denominator)[1]:
            if any(not field.generators[i].constant for i in field.used(factor)):
                yield log(field.element(factor), place)
                yield from _of_quadratic(field, factor)
    for generator in [field.generators[i] for i in indices]:
        if generator.kind == "cos":
            yield log(field.element(field.generator(generator.index)), place)
    for root, radicand in _radicands(field, indices):
        yield from _of_root(root, radicand, place)


def _radicands(field: Field, indices: list[int]) -> Iterator[tuple[Element, Element]]:
    """Square roots and products of two of them, each with what is under it."""
    roots = [
        (itself, itself * itself)
        for i in indices
        if field.generators[i].kind == "root" and field.generators[i].root == 2
        for itself in [field.element(field.generator(i))]
    ]
    yield from roots
    for (a, p), (b, q) in combinations(roots, 2):
        yield a * b, p * q


def _of_quadratic(field: Field, factor: Any) -> Iterator[Element]:
    """atan((2 a g + b)/sqrt(-d)) for a factor a g^2 + b g + c with d = b^2 - 4 a c < 0, two logarithms for d > 0."""
    for index in field.used(factor):
        parts = coefficients(field, factor, index)
        if field.generators[index].constant or len(parts) != 3 or any(not p.is_constant for p in parts):
            continue
        c, b, a = parts
        discriminant = b * b - (a * c).scaled(4)
        slope = a.scaled(2) * field.element(field.generator(index)) + b
        if NOWHERE.sign_of_element(discriminant) < 0:
            yield atan(slope / power(-discriminant, fmpq(1, 2), NOWHERE))
        else:
            surd = power(discriminant, fmpq(1, 2), NOWHERE)
            for side in (slope + surd, slope - surd):
                yield log(side / a.scaled(2), NOWHERE)


def _of_gaussians(element: Element) -> Iterator[Element]:
    """erf(sqrt(-a) (x + b/(2 a))) for every term of f with the factor exp(a x^2 + b x + c), a < 0."""
    field = element.field
    below = field.terms(element.den)
    if len(below) != 1:
        return
    for _, powers in field.terms(element.num):
        exponent = field.zero
        for sign, part in ((1, powers), (-1, below[0][1])):
            for index, k in part:
                generator = field.generators[index]
                if generator.kind == "exp" and generator.argument is not None:
                    exponent = exponent + generator.argument.scaled(sign * k)
        parts = _quadratic_in_x(exponent)
        if parts is not None and NOWHERE.sign_of_element(parts[2]) < 0:
            _, b, a = parts
            yield erf(power(-a, fmpq(1, 2), NOWHERE) * (field.x + b / a.scaled(2)))


def _of_root(root: Element, radicand: Element, place: Interval) -> Iterator[Element]:
    """The integral of 1/sqrt(a x^2 + b x + c): asinh, asin or a logarithm."""
    parts = _quadratic_in_x(radicand)
    if parts is None:
        return
    c, b, a = parts
    discriminant, slope = b * b - (a * c).scaled(4), a.scaled(2) * root.field.x + b
    if NOWHERE.sign_of_element(a) < 0:
        yield asin(slope / power(discriminant, fmpq(1, 2), NOWHERE), place)
    elif NOWHERE.sign_of_element(discriminant) < 0:
        yield asinh(slope / power(-discriminant, fmpq(1, 2), NOWHERE), place)
    else:
        yield log(slope / a.scaled(2) + root / power(a, fmpq(1, 2), NOWHERE), place)


def _quadratic_in_x(element: Element | None) -> list[Element] | None:
    """c, b, a of a x^2 + b x + c."""
    if element is None or not element.den.is_constant():
        return None
    lead = fmpq(element.den.leading_coefficient())
    parts = [p.scaled(1 / lead) for p in coefficients(element.field, element.num, 0)]
    return parts if len(parts) == 3 and all(p.is_constant for p in parts) else None
