"""Solve y = f(x) for x on one cell: a rational function of one generator, peeled layer by layer.

Each layer is a quotient of degree one or two (or a pure power) in x or in one generator; its solution
is a text in y, and exp, log, roots, atan, asin and asinh are undone by their inverses. A sum of x and a square
root is squared. Every proposal is checked by the caller against f itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flint import fmpq

from symnet.balls.closed_forms import coefficients
from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE, exp, power, symbol
from symnet.balls.field import Field, Generator
from symnet.balls.interval import Interval
from symnet.balls.spelling import spell


def solutions(element: Element, text: str, interval: Interval) -> Iterator[str]:
    """Candidate texts for x with element = text."""
    found = False
    for solved in _direct(element, text, interval):
        found = True
        yield solved
    if not found:
        yield from _exponentiated(element, text, interval)


def _exponentiated(element: Element, text: str, interval: Interval) -> Iterator[str]:
    """exp of both sides, where that turns logarithms beside x into one rational function."""
    field = element.field
    kinds = {field.generators[i].kind for i in element.generators if not field.generators[i].constant}
    if "log" not in kinds or not element.den.is_constant() or element.num.total_degree() != 1:
        return
    raised = exp(element, interval)
    if not any(field.generators[i].kind == "log" for i in raised.generators):
        yield from _direct(raised, f"exp({text})", interval)


def _direct(element: Element, text: str, interval: Interval) -> Iterator[str]:
    field = element.field
    for n in (2, 3, 5):
        root = _perfect_root(element, n)
        if root is not None:
            inner = f"cbrt({text})" if n == 3 else f"sign({text})*abs({text})**(1/{n})" if n == 5 else f"sqrt({text})"
            yield from _direct(root, inner, interval)
            if n == 2:
                yield from _direct(root, f"-sqrt({text})", interval)
            return
    varying = [field.generators[i] for i in element.generators if not field.generators[i].constant]
    equation = element.num - symbol(field).num * element.den
    if len(varying) == 1:
        for solved in _in_one(field, equation, varying[0].index, text):
            yield from _undo(field, varying[0], solved, interval)
    elif varying[0].kind == "x" and all(g.kind == "root" and g.root == 2 for g in varying[1:]):
        yield from _squared(field, equation, {g.index for g in varying[1:]}, text)
    yield from _raised(element, text, interval)


def _raised(element: Element, text: str, interval: Interval) -> Iterator[str]:
    """Both sides to the power q, where that frees the element of its q-th roots."""
    field = element.field
    varying = [field.generators[i] for i in element.generators if not field.generators[i].constant]
    q = max((g.root for g in varying if g.kind == "root"), default=1)
    if q == 1 or len(varying) == 1:
        return
    lifted = element**q
    if not any(field.generators[i].kind == "root" for i in lifted.generators):
        yield from _direct(lifted, f"({text})**{q}", interval)


def _perfect_root(element: Element, n: int) -> Element | None:
    """r with r**n = element, for an element that is an n-th power of a quotient with rational content."""
    field = element.field
    result = field.one
    for polynomial, upwards in ((element.num, True), (element.den, False)):
        content, factors = field.factor(polynomial)
        if any(k % n for _, k in factors):
            return None
        scale = power(field.rational(abs(content)), fmpq(1, n), NOWHERE)
        if content < 0:
            if n == 2:
                return None
            scale = -scale
        for factor, k in factors:
            scale = scale * field.element(factor) ** (k // n)
        result = result * scale if upwards else result / scale
    return None if result.is_constant else result


def _squared(field: Field, equation: Any, roots: set[int], text: str) -> Iterator[str]:
    """The equation A + B*M = 0 with one product M of square roots, squared: A^2 - B^2*M^2 = 0 in x."""
    groups: dict[tuple[int, ...], dict[tuple[int, ...], fmpq]] = {}
    for exponents, coefficient in equation.to_dict().items():
        product = tuple(e if i in roots else 0 for i, e in enumerate(exponents))
        rest = tuple(0 if i in roots else e for i, e in enumerate(exponents))
        groups.setdefault(product, {})[rest] = fmpq(coefficient)
    plain = field.from_terms(groups.pop((0,) * len(next(iter(groups))), {}))
    if len(groups) != 1:
        return
    product, terms = next(iter(groups.items()))
    other = field.element(field.from_terms(terms)) * field.element(field.from_terms({product: fmpq(1)}))
    squared = field.element(plain) * field.element(plain) - other * other
    if any(i in roots for i in squared.generators):
        return
    for factor, _ in field.factor(squared.num)[1]:
        if 0 in field.used(factor):
            yield from _in_one(field, factor, 0, text)


def _in_one(field: Field, equation: Any, index: int, text: str) -> Iterator[str]:
    """The zeros in one generator of a polynomial equation, as texts."""
    parts = coefficients(field, equation, index)
    degree = len(parts) - 1
    if degree == 1:
        yield put_y(spell(-parts[0] / parts[1]), text)
    elif degree >= 2 and all(p.is_zero for p in parts[1:-1]):
        inner = put_y(spell(-parts[0] / parts[-1]), text)
        if degree == 2:
            yield from _ratio_of_roots(-parts[0] / parts[2], text)
            yield f"sqrt({inner})"
            yield f"-sqrt({inner})"
            yield f"sign({text})*sqrt({inner})"
        elif degree == 3:
            yield f"cbrt({inner})"
        elif degree % 2:
            yield f"sign({inner})*abs({inner})**(1/{degree})"
        else:
            yield f"({inner})**(1/{degree})"
            yield f"-({inner})**(1/{degree})"
    elif degree == 2:
        c, b, a = parts
        discriminant = b * b - (a * c).scaled(4)
        for sign in ("+", "-"):
            yield put_y(f"({spell(-b)} {sign} sqrt({spell(discriminant)}))/({spell(a.scaled(2))})", text)


def _ratio_of_roots(square: Element, text: str) -> Iterator[str]:
    """s/sqrt(q) for a square s^2/q with a perfect square above: the odd solution, of one sign with y."""
    field = square.field
    content, factors = field.factor(square.num)
    if any(k % 2 for _, k in factors):
        return
    above = field.one
    for factor, k in factors:
        above = above * field.element(factor) ** (k // 2)
    below = field.element(square.den).scaled(1 / content)
    for sign in ("", "-"):
        yield put_y(f"{sign}({spell(above)})/sqrt({spell(below)})", text)


def put_y(template: str, text: str) -> str:
    """The template with y replaced; its only letter y is the symbol."""
    if text == "y":
        return template
    out, previous = [], ""
    for k, letter in enumerate(template):
        following = template[k + 1 : k + 2]
        alone = letter == "y" and not previous.isalnum() and not following.isalnum()
        out.append(f"({text})" if alone else letter)
        previous = letter
    return "".join(out)


def _undo(field: Field, generator: Generator, solved: str, interval: Interval) -> Iterator[str]:
    """x from the value of a generator."""
    if generator.kind == "x":
        yield solved
        return
    argument = generator.argument
    assert argument is not None
    kind = generator.kind
    if kind == "exp":
        inner = f"log({solved})"
    elif kind == "log":
        inner = f"exp({solved})" if interval.sign(field, argument.num) > 0 else f"-exp({solved})"
    elif kind == "root":
        inner = f"({solved})**{generator.root}" if generator.sign > 0 else f"-({solved})**{generator.root}"
    elif kind in ("atan", "asin", "asinh"):
        inner = f"{kind[1:]}({solved})"
    else:
        return
    yield from solutions(argument, inner, interval)
