"""Closed forms of roots: quadratic surds, logarithms of them, and Lambert W.

A form is proposed from the shape of the factor that vanishes, and certified: an element by its exact
zero test inside the isolating interval, a Lambert W by the residual, which is zero by the definition
of W once the factor has the shape below, and by its enclosure lying in the isolating interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb, ctx, fmpq

from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE, exp, log, power
from symnet.balls.field import Field
from symnet.balls.interval import dyadic
from symnet.balls.order import vanishes_at
from symnet.balls.reals import ExactReal, Real, Root
from symnet.balls.spelling import spell


@dataclass(frozen=True)
class Lambert:
    """shift + factor * LambertW(argument) on a real branch."""

    shift: Element
    factor: Element
    argument: Element
    branch: int

    def text(self, slope: Element | None = None, intercept: Element | None = None) -> str:
        """slope*(this) + intercept in the input grammar."""
        one = self.shift.field.one
        slope = one if slope is None else slope
        shift = self.shift * slope + (intercept if intercept is not None else self.shift.field.zero)
        word = f"LambertW({spell(self.argument)}" + (")" if self.branch == 0 else ", -1)")
        return _affine(shift, self.factor * slope, word)

    def ball(self, precision: int) -> arb:
        """An enclosure."""
        with ctx.workprec(precision + 32):
            w = self.argument.ball(None, precision + 32).lambertw(self.branch)
            return self.shift.ball(None, precision + 32) + self.factor.ball(None, precision + 32) * w


def _affine(shift: Element, factor: Element, word: str) -> str:
    """shift + factor*word."""
    rational = factor.rational
    if rational == 1:
        product = word
    elif rational == -1:
        product = f"-{word}"
    else:
        product = f"({spell(factor)})*{word}" if rational is None or rational.q != 1 else f"{rational.p}*{word}"
    if shift.is_zero:
        return product
    return f"{spell(shift)} - {product[1:]}" if product.startswith("-") else f"{spell(shift)} + {product}"


def closed_form(root: Root) -> Real:
    """The root as an exact number where one is certified, else itself (with `lambert` where that fits)."""
    field, polynomial = root.field, root.polynomial
    varying = [field.generators[i] for i in field.used(polynomial) if not field.generators[i].constant]
    if len(varying) == 1:
        values = _quadratic(field, polynomial, varying[0].index)
        if varying[0].kind == "exp":
            values = [log(v, NOWHERE) for v in values if v.ball(None, 128) > 0]
            argument = varying[0].argument
            assert argument is not None
            speed = argument / field.x
            values = [v / speed for v in values] if speed.is_constant else []
        elif varying[0].kind != "x":
            values = []
        for value in values:
            exact = ExactReal(value)
            if _inside(root, exact.ball(128)) and vanishes_at(field, polynomial, exact):
                return exact
    elif len(varying) == 2 and {g.kind for g in varying} == {"x", "exp"}:
        root.lambert = _lambert(root, next(g.index for g in varying if g.kind == "exp"))
        root.text = None if root.lambert is None else root.lambert.text()
    return root


def _inside(root: Root, ball: arb) -> bool:
    return bool(root.low <= dyadic(arb(ball.lower()), 128) and dyadic(arb(ball.upper()), 128) <= root.high)


def coefficients(field: Field, polynomial: Any, index: int) -> list[Element]:
    """The coefficients of a polynomial in one generator, from the constant one upwards."""
    parts: dict[int, dict[tuple[int, ...], fmpq]] = {}
    for exponents, coefficient in polynomial.to_dict().items():
        rest = (*exponents[:index], 0, *exponents[index + 1 :])
        parts.setdefault(exponents[index], {})[rest] = fmpq(coefficient)
    return [field.element(field.from_terms(parts.get(k, {}))) for k in range(max(parts, default=0) + 1)]


def _quadratic(field: Field, polynomial: Any, index: int) -> list[Element]:
    """The real zeros of a polynomial of degree 1 or 2 in one generator, or of a*g^2n + b*g^n + c through g^n."""
    parts = coefficients(field, polynomial, index)
    if len(parts) == 2:
        return [-parts[0] / parts[1]]
    if len(parts) != 3:
        return []
    c, b, a = parts
    discriminant = b * b - (a * c).scaled(4)
    if not discriminant.ball(None, 128) > 0:
        return []
    surd = power(discriminant, fmpq(1, 2), NOWHERE)
    return [(-b + surd) / a.scaled(2), (-b - surd) / a.scaled(2)]


def lambert_shape(field: Field, polynomial: Any, index: int) -> tuple[Element, Element, Element] | None:
    """(shift, scale, inner) such that a zero of the polynomial is shift + scale*w with w*exp(w) = inner.

    The polynomial is a0 + a1*x + (b0 + b1*x)*exp(k*x) with a1 = 0 or b1 = 0; None for others.
    """
    argument = field.generators[index].argument
    assert argument is not None
    speed = argument / field.x
    parts = coefficients(field, polynomial, index)
    if len(parts) != 2 or not speed.is_constant:
        return None
    plain, factor = (coefficients(field, part.num, 0) for part in parts)
    if any(len(side) > 2 or any(not c.is_constant for c in side) for side in (plain, factor)):
        return None
    if len(plain) == 2 and len(factor) == 1:
        shift = -plain[0] / plain[1]
        return shift, -field.one / speed, factor[0] * speed / plain[1] * exp(speed * shift, NOWHERE)
    if len(plain) == 1 and len(factor) == 2:
        shift = -factor[0] / factor[1]
        return shift, field.one / speed, -plain[0] * speed / factor[1] * exp(-(speed * shift), NOWHERE)
    return None


def _lambert(root: Root, index: int) -> Lambert | None:
    """The closed form of a root, its branch the one that lies in the isolating interval."""
    shape = lambert_shape(root.field, root.polynomial, index)
    if shape is None:
        return None
    shift, scale, inner = shape
    for branch in (0, -1):
        form = Lambert(shift, scale, inner, branch)
        ball = form.ball(128)
        if ball.is_finite() and _inside(root, ball):
            return form
    return None


def value_text(element: Element, root: Root) -> str | None:
    """The value of an element at a Lambert root, where the root's equation makes it linear in x."""
    form = root.lambert
    if form is None:
        return None
    field = root.field
    index = next(i for i in field.used(root.polynomial) if field.generators[i].kind == "exp")
    parts = coefficients(field, root.polynomial, index)
    solved = -parts[0] / parts[1]

    def put(polynomial: Any) -> Element:
        total = field.zero
        for k, part in enumerate(coefficients(field, polynomial, index)):
            total = total + part * solved**k
        return total

    below = put(element.den)
    if below.is_zero:
        return None
    image = put(element.num) / below
    line = coefficients(field, image.num, 0)
    if not image.den.is_constant() or len(line) > 2 or any(not c.is_constant for c in line):
        return None
    return form.text(line[1] if len(line) == 2 else field.zero, line[0])
