"""The coefficients of germs: exact (a rational, a constant of the field), or a ball that holds on the whole tail."""

from __future__ import annotations

from typing import TypeAlias

from flint import arb, fmpq

from symnet.balls.element import Element
from symnet.balls.evaluate import power as ball_power
from symnet.balls.monomials import combine, exact_ball, is_zero, sign, simple
from symnet.balls.monomials import times as exact_product

Coefficient: TypeAlias = fmpq | Element | arb


def ball(c: Coefficient) -> arb:
    """A coefficient as a ball."""
    return c if isinstance(c, arb) else exact_ball(c)


def sign_of(c: Coefficient) -> int:
    """The sign of a leading coefficient, which is not zero."""
    return (1 if c > 0 else -1) if isinstance(c, arb) else sign(c)


def plus(a: Coefficient, b: Coefficient) -> Coefficient:
    """a + b."""
    return ball(a) + ball(b) if isinstance(a, arb) or isinstance(b, arb) else combine(a, b)


def times(a: Coefficient, b: Coefficient) -> Coefficient:
    """a*b, where an exact 0 beats every ball."""
    if isinstance(a, arb) or isinstance(b, arb):
        if (not isinstance(a, arb) and is_zero(a)) or (not isinstance(b, arb) and is_zero(b)):
            return fmpq(0)
        return ball(a) * ball(b)
    return exact_product(a, b)


def inverse(c: Coefficient) -> Coefficient:
    """1/c."""
    if isinstance(c, Element):
        return simple(c.field.one / c)
    return 1 / c


def whole_power(c: Coefficient, n: int) -> Coefficient:
    """c**n."""
    if isinstance(c, arb):
        return ball_power(c, n) if n > 0 else 1 / ball_power(c, -n) if n else arb(1)
    return simple(c**n) if isinstance(c, Element) else c**n
