"""What a function becomes far out: a constant, a multiple of a power of x, or beyond the range of floats.

The guess comes from values in ball arithmetic at enormous arguments; whether and from where on it may be used, the error bound decides
like for any other form.
"""

from __future__ import annotations

from flint import arb
from sympy import Expr, Integer, Symbol, oo

from symnet.codegen.candidates import Candidate, spellings
from symnet.codegen.form import Form, X, number
from symnet.codegen.reference import rational, value

FAR = (2.0**180, 2.0**200)


def tails(expression: Expr, variable: Symbol, side: int) -> list[Candidate]:
    """Candidates for the far end of one side."""
    return [c for c in (_asymptote(expression, variable, side), _overflow(expression, variable, side)) if c is not None]


def _asymptote(expression: Expr, variable: Symbol, side: int) -> Candidate | None:
    near, far = (value(expression, variable, side * p) for p in FAR)
    if near.is_nan() or far.is_nan():  # 0 · ∞: the exponentials decay in another spelling
        for spelling in spellings(expression, variable, side):
            near, far = (value(spelling, variable, side * p) for p in FAR)
            if near.is_finite() and far.is_finite():
                break
    if not (near.is_finite() and far.is_finite()):
        return None
    if abs(far) < arb(2) ** -1100 and abs(near) < arb(2) ** -1100:
        return Candidate("vanishes", number(0), Integer(0))
    if near.contains(0) or far.contains(0):
        return None
    growth = float((abs(far / near).log() / arb(2).log()).mid()) / 20
    power = round(growth)
    if abs(growth - power) > 1e-9 or abs(power) > 4:
        return None
    coefficient = rational((far / arb(side * FAR[1]) ** power).mid())
    return Candidate(
        f"approaches a multiple of x**{power}", _monomial(coefficient, power), coefficient * variable**power
    )


def _monomial(coefficient: Expr, power: int) -> Form:
    if power < 0:
        inverse = 1 / X
        result = number(coefficient) * inverse
        for _ in range(-power - 1):
            result = result * inverse
        return result if power < -1 else number(coefficient) / X
    result = number(coefficient)
    for _ in range(power):
        result = result * X
    return result


def _overflow(expression: Expr, variable: Symbol, side: int) -> Candidate | None:
    largest = value(expression, variable, side * 1.7976931348623157e308)
    if not abs(largest) > arb(2) ** 1024:
        return None
    return Candidate("beyond the range of floats", number(oo if largest > 0 else -oo), oo)
