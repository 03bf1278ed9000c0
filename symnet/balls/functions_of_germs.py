"""Sines, cosines, inverse functions and erf of germs.

At a finite argument by Taylor's formula with its remainder as a ball; far out by the function's expansion there. A sine
or cosine of something that tends to infinity is the ball [-1, 1] on the whole
tail; everything that then depends on its sign stays undecided here (see `oscillation`).
"""

from __future__ import annotations

from typing import Any

from flint import arb, fmpq

from symnet.balls.coefficients import Coefficient, sign_of
from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE, Place, pi, power, sine_and_cosine
from symnet.balls.elementary import asin as exact_asin
from symnet.balls.elementary import asinh as exact_asinh
from symnet.balls.elementary import atan as exact_atan
from symnet.balls.elementary import erf as exact_erf
from symnet.balls.evaluate import Evaluation
from symnet.balls.field import Field
from symnet.balls.germs import Algebra, Germ
from symnet.balls.monomials import is_zero, simple
from symnet.balls.transfer import Transfer
from symnet.balls.undecided import NeedsFartherTail, Undecided


def circular(algebra: Algebra, kind: str, u: Germ) -> Germ:
    """sin(u) or cos(u)."""
    large, constant, small = algebra.split(u)
    if large:
        return algebra.constant(arb(0, 1))
    if isinstance(constant, arb):
        sine, cosine = constant.sin(), constant.cos()
    else:
        sine, cosine = (simple(v) for v in sine_and_cosine(algebra.as_element(constant)))
    if kind == "cos":
        sine, cosine = cosine, _negative(sine)
    require_small(algebra, small)

    def coefficient(k: int) -> Coefficient:
        c = (sine, cosine, _negative(sine), _negative(cosine))[k % 4]
        for i in range(2, k + 1):
            c = c / i if isinstance(c, (arb, fmpq)) else c.scaled(fmpq(1, i))
        return c

    def remainder(n: int, d: arb) -> arb:
        return arb(0, 1) / arb(n).fac()

    return algebra.series(small, coefficient, remainder)


def require_small(algebra: Algebra, small: Germ, limit: float = 0.5) -> None:
    """A farther tail is needed while |small| is not within the limit."""
    if not algebra.size(small) <= arb(limit):
        raise NeedsFartherTail("the rest is not small yet")


def taylor(algebra: Algebra, kind: str, constant: Coefficient, small: Germ) -> Germ:
    """h(constant + small), the Taylor coefficients from the field's derivatives."""
    if isinstance(constant, arb):
        raise Undecided(f"{kind} at a point that is only known as a ball")
    at = algebra.as_element(constant)
    scratch = Field()
    derivatives = [_function(kind, scratch.x, _Disc())]
    for _ in range(algebra.order):
        derivatives.append(derivatives[-1].derivative())
    require_small(algebra, small, 0.25)
    centre = _function(kind, at, NOWHERE)
    value = at.ball(None, 128)

    def coefficient(k: int) -> Coefficient:
        if k == 0:
            return simple(centre)
        if is_zero(constant) or k <= 2:
            return _transfer(algebra, derivatives[k], at, k)
        return derivatives[k].ball(value, 128) / arb(k).fac()

    def remainder(n: int, d: arb) -> arb:
        bound = derivatives[n].ball(value + d, 128) / arb(n).fac()
        if not bound.is_finite():
            raise NeedsFartherTail("the remainder is not bounded yet")
        return bound

    return algebra.series(small, coefficient, remainder)


def _transfer(algebra: Algebra, derivative: Element, at: Element, k: int) -> Coefficient:
    """A derivative of the scratch field, evaluated exactly in ours."""
    value = Transfer(algebra.field, at).element(derivative)
    return simple(value.scaled(fmpq(1, _factorial(k))))


def atan(algebra: Algebra, u: Germ) -> Germ:
    """atan(u): far out +-pi/2 - atan(1/u)."""
    large, constant, small = algebra.split(u)
    if not large:
        return taylor(algebra, "atan", constant, small)
    _, c, _ = algebra.settled(u)
    half = pi(algebra.field).scaled(fmpq(sign_of(c), 2))
    inner = taylor(algebra, "atan", fmpq(0), algebra.inverse(u))
    return algebra.add(algebra.constant(half), algebra.scale(inner, fmpq(-1)))


def asinh(algebra: Algebra, u: Germ) -> Germ:
    """asinh(u): far out by its logarithm."""
    large, constant, small = algebra.split(u)
    if not large:
        return taylor(algebra, "asinh", constant, small)
    _, c, _ = algebra.settled(u)
    side = fmpq(sign_of(c))
    u = algebra.scale(u, side)
    root = algebra.real_power(algebra.add(algebra.multiply(u, u), algebra.constant(fmpq(1))), fmpq(1, 2))
    return algebra.scale(algebra.logarithm(algebra.add(u, root)), side)


def asin(algebra: Algebra, u: Germ) -> Germ:
    """asin(u): at +-1 by asin(u) = pi/2 - 2*asin(sqrt((1 - u)/2))."""
    large, constant, small = algebra.split(u)
    if large:
        raise Undecided("asin outside its domain")
    if isinstance(constant, fmpq) and abs(constant) == 1:
        side = int(constant)
        gap = algebra.scale(small, fmpq(-side, 2))
        half = taylor(algebra, "asin", fmpq(0), algebra.real_power(gap, fmpq(1, 2)))
        whole = algebra.constant(pi(algebra.field).scaled(fmpq(side, 2)))
        return algebra.add(whole, algebra.scale(half, fmpq(-2 * side)))
    return taylor(algebra, "asin", constant, small)


def erf(algebra: Algebra, u: Germ) -> Germ:
    """erf(u): far out by the alternating asymptotic series of erfc."""
    large, constant, small = algebra.split(u)
    if not large:
        return taylor(algebra, "erf", constant, small)
    _, c, _ = algebra.settled(u)
    side = sign_of(c)
    square = algebra.multiply(u, u)
    inverse = algebra.inverse(square)
    total, term, order = algebra.constant(fmpq(1)), algebra.constant(fmpq(1)), algebra.order
    for k in range(1, order):
        term = algebra.multiply(term, algebra.scale(inverse, fmpq(-(2 * k - 1), 2)))
        total = algebra.add(total, term)
    # The error of the alternating series has the sign of the first omitted term and is smaller.
    last = algebra.multiply(term, algebra.scale(inverse, fmpq(-(2 * order - 1), 2)))
    total = algebra.add(total, algebra.scale(last, arb(0.5, 0.5)))
    root = power(pi(algebra.field), fmpq(1, 2), NOWHERE)
    front = algebra.multiply(algebra.exponential(algebra.scale(square, fmpq(-1))), algebra.inverse(u))
    erfc = algebra.scale(algebra.multiply(front, total), simple(algebra.field.one / root))
    return algebra.add(algebra.constant(fmpq(side)), algebra.scale(erfc, fmpq(-1)))


def _function(kind: str, w: Element, place: Place) -> Element:
    """atan, erf, asin or asinh of an element."""
    if kind in ("atan", "erf"):
        return {"atan": exact_atan, "erf": exact_erf}[kind](w)
    return {"asin": exact_asin, "asinh": exact_asinh}[kind](w, place)


class _Disc:
    """The interval (-1, 1), where 1 - x and 1 + x are positive."""

    def sign(self, field: Field, polynomial: Any) -> int:
        return 1 if Evaluation(field, arb(0), 64).polynomial(polynomial) > 0 else -1


def _negative(c: Coefficient) -> Coefficient:
    return -c


def _factorial(k: int) -> int:
    return 1 if k < 2 else k * _factorial(k - 1)
