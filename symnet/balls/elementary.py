"""The elementary functions as constructors of elements, each in its canonical form.

Hyperbolic functions become exponentials, tangents quotients of sine and cosine, inverse hyperbolic
functions logarithms; logarithms and roots are taken of irreducible factors, and every exponential or
angle is a whole multiple of one base. Where a factor may be negative its sign is asked of a `Place`,
an interval without zeros of the factors.
"""

from __future__ import annotations

from typing import Any, Protocol

from flint import arb, fmpq, fmpz

from symnet.balls.element import Element
from symnet.balls.field import Field, Generator
from symnet.balls.spelling import spell
from symnet.balls.undecided import NeedsFinerBase, Undecided

LARGEST_FACTORED = 10**15
FINEST_RATIO = 24


class Place(Protocol):
    """Where the functions live: an open interval, or nowhere in particular for constants."""

    def sign(self, field: Field, polynomial: Any) -> int:
        """The sign (1 or -1) of a polynomial that has no zero in the place."""
        ...


def parts(w: Element) -> list[tuple[fmpq, Element]]:
    """w as a sum of rational multiples of units with leading coefficient 1."""
    field = w.field
    if w.is_zero:
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
        base, n = multiple(field, "exp", q, unit)
        argument = unit.scaled(base)
        index = field.add(f"exp({spell(argument)})", "exp", constant=argument.is_constant, argument=argument)
        power = field.element(field.generator(index) ** abs(n))
        result = result * power if n > 0 else result / power
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


def sine_and_cosine(w: Element) -> tuple[Element, Element]:
    """sin(w) and cos(w), by the addition theorem over the parts of w."""
    field = w.field
    sine, cosine = field.zero, field.one
    for q, unit in parts(w):
        generator = lone_generator(unit)
        s, c = _of_pi(field, q) if generator is not None and generator.kind == "pi" else _of_unit(field, q, unit)
        sine, cosine = sine * c + cosine * s, cosine * c - sine * s
    return sine, cosine


def _of_unit(field: Field, q: fmpq, unit: Element) -> tuple[Element, Element]:
    base, n = multiple(field, "sin", q, unit)
    argument = unit.scaled(base)
    text, constant = spell(argument), argument.is_constant
    i = field.add(f"cos({text})", "cos", constant=constant, argument=argument)
    c = field.generator(i)
    j = field.add(f"sin({text})", "sin", constant=constant, relation=(2, 1 - c**2), argument=argument, partner=i)
    s, c = field.element(field.generator(j)), field.element(c)
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


def square_root(field: Field, value: fmpq) -> Element:
    """The square root of a rational number that is not negative."""
    return field.zero if value == 0 else power(field.rational(value), fmpq(1, 2), NOWHERE)


def pi(field: Field) -> Element:
    """The constant pi."""
    return field.element(field.generator(field.add("pi", "pi", constant=True)))


def atan(w: Element) -> Element:
    """The arc tangent."""
    return _odd(w, "atan", {fmpq(1): fmpq(1, 4), fmpq(3): fmpq(1, 3), fmpq(1, 3): fmpq(1, 6)})


def asin(w: Element, place: Place) -> Element:
    """The arc sine; its derivative's root is that of the place."""
    field = w.field
    if w.is_constant:
        return _odd(
            w, "asin", {fmpq(1): fmpq(1, 2), fmpq(1, 4): fmpq(1, 6), fmpq(1, 2): fmpq(1, 4), fmpq(3, 4): fmpq(1, 3)}
        )
    sign = 1 if w.num.leading_coefficient() > 0 else -1
    w = w.scaled(sign)
    derivative = w.derivative() / power(field.one - w * w, fmpq(1, 2), place)
    index = field.add(f"asin({spell(w)}) with {spell(derivative)}", "asin", constant=False, argument=w)
    field.know_derivative(index, derivative)
    return field.element(field.generator(index)).scaled(sign)


def erf(w: Element) -> Element:
    """The error function."""
    return _odd(w, "erf", {})


def asinh(w: Element) -> Element:
    """The inverse hyperbolic sine; a generator of its own, so that it stays odd."""
    return _odd(w, "asinh", {})


def symbol(field: Field) -> Element:
    """An indeterminate y beside x, for equations that are solved for x."""
    return field.element(field.generator(field.add("y", "symbol", constant=True)))


def _odd(w: Element, kind: str, multiples_of_pi: dict[fmpq, fmpq]) -> Element:
    """An odd function of w; for constants with a known square, a multiple of pi."""
    field = w.field
    if w.is_zero:
        return field.zero
    sign = 1 if w.num.leading_coefficient() > 0 else -1
    w = w.scaled(sign)
    square = (w * w).rational if w.is_constant and multiples_of_pi else None
    if square in multiples_of_pi:
        positive = NOWHERE.sign_of_element(w)
        return pi(field).scaled(multiples_of_pi[square] * sign * positive)
    index = field.add(f"{kind}({spell(w)})", kind, constant=w.is_constant, argument=w)
    return field.element(field.generator(index)).scaled(sign)


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
    if kind == "asinh":
        return inner / power(field.one + u * u, fmpq(1, 2), NOWHERE_POSITIVE)
    if kind == "atan":
        return inner / (field.one + u * u)
    if kind == "erf":
        return inner * exp(-(u * u), NOWHERE).scaled(2) / power(pi(field), fmpq(1, 2), NOWHERE)
    raise Undecided(f"no derivative of {kind}")


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


class _Positive:
    """The place of 1 + u^2 and its factors over the reals: positive everywhere."""

    def sign(self, field: Field, polynomial: Any) -> int:
        return 1 if Element(field, polynomial, field.constant(1)).ball(arb(fmpq(3, 7)), 128) > 0 else -1


NOWHERE = _Nowhere()
NOWHERE_POSITIVE = _Positive()
