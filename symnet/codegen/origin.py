"""What a function becomes near 0: a few terms c x^k (1 + b x^m), read off values in ball arithmetic at tiny arguments.

Where a formula divides by x, or subtracts what is nearly equal, these terms are all that is left below 2**-28; the guess is judged by the
error bound like any other form.
"""

from __future__ import annotations

from flint import arb, ctx
from sympy import Expr, Integer, Symbol

from symnet.codegen.candidates import Candidate
from symnet.codegen.form import Form
from symnet.codegen.reference import value
from symnet.codegen.tails import monomial, tidy

NEAR = (400, 440, 2000)
"""Exponents of the arguments 2**−p: the last gives the coefficient, the growth between the others the power of the next term."""

MOST_POWER = 12
BITS = 4200


def leading_at_zero(expression: Expr, variable: Symbol, sides: tuple[int, ...]) -> list[Candidate]:
    """Forms of one or two terms for tiny arguments; one for both sides where they agree."""
    before, ctx.prec = ctx.prec, BITS
    try:
        found = {side: _terms(expression, variable, side) for side in sides}
    finally:
        ctx.prec = before
    distinct = [t for t in dict.fromkeys(found.values()) if t]
    return [Candidate("the first terms at 0", _form(t), _meaning(t, variable)) for t in distinct]


Term = tuple[Expr, int]


def _terms(expression: Expr, variable: Symbol, side: int) -> tuple[Term, ...]:
    places = [arb(side) * arb(2) ** -p for p in NEAR]
    values = [value(expression, variable, p, BITS) for p in places]
    terms: list[Term] = []
    for anchor in (2, 1):
        if not all(v.is_finite() and abs(v) > arb(2) ** -BITS for v in values[: anchor + 1]):
            continue  # so near to 0 the value itself cannot be told
        growth = float(((abs(values[0]) / abs(values[1])).log() / arb(2).log()).mid()) / (NEAR[1] - NEAR[0])
        power = round(growth)
        if abs(growth - power) > 1e-9 or abs(power) > MOST_POWER:
            break
        coefficient = (values[anchor] / places[anchor] ** power).mid()
        terms.append((tidy(coefficient), power))
        values = [v / (coefficient * p**power) - 1 for v, p in zip(values, places, strict=True)]
    return tuple(terms)


def _form(terms: tuple[Term, ...]) -> Form:
    """c x^k + c x^k (b x^m + …), the correction as small as it is."""
    (coefficient, power), *rest = terms
    lead = monomial(coefficient, power)
    if not rest:
        return lead
    return lead + lead * _form(tuple(rest))


def _meaning(terms: tuple[Term, ...], x: Symbol) -> Expr:
    (coefficient, power), *rest = terms
    return coefficient * x**power * (1 + (_meaning(tuple(rest), x) if rest else Integer(0)))
