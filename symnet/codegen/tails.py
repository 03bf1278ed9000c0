"""What a function becomes far out: a constant, a multiple of a power of x, or beyond the range of floats.

The guess comes from values in ball arithmetic at enormous arguments; whether and from where on it may be used, the error bound decides
like for any other form.
"""

from __future__ import annotations

import itertools

from flint import arb, ctx
from sympy import Add, Expr, Integer, Rational, S, Symbol, Tuple, cancel, cos, exp, log, oo, sin, tan

from symnet.codegen.candidates import FAR_TAIL, SCALE, Candidate, exponentials_only, spellings
from symnet.codegen.form import Form, X, number, operate
from symnet.codegen.polynomials import newton
from symnet.codegen.primitives import ball
from symnet.codegen.reference import rational, value
from symnet.codegen.translate import Translator

FAR = (2.0**180, 2.0**200)


def tails(expression: Expr, variable: Symbol, side: int) -> list[Candidate]:
    """Candidates for the far end of one side."""
    before, ctx.prec = ctx.prec, 300
    try:
        found = (_asymptote(expression, variable, side), _overflow(expression, variable, side))
    finally:
        ctx.prec = before
    return [c for c in found if c is not None and _survives(c.expression, expression, variable, side)]


def _survives(guess: Expr, expression: Expr, variable: Symbol, side: int) -> bool:
    """Whether a guess for the far end of an oscillating function also holds at other places than those it was read from."""
    if not expression.has(sin, cos, tan):
        return True
    places = [arb(side) * 2.0**200 * 1.37**k for k in range(24)]
    pairs = [(value(expression, variable, p), value(guess, variable, p)) for p in places]
    return all(
        abs(v - g) <= abs(g) * arb(2) ** -50 + arb(2) ** -1100 if g.is_finite() else (v > 0) == (g > 0)
        for v, g in pairs
    )


def limit(expression: Expr, variable: Symbol, side: int) -> Candidate:
    """The limit of a function that is no multiple of a power far out: 0, ±∞, or nan where values tell neither."""
    far = [abs(value(expression, variable, arb(side) * arb(2) ** p)) for p in LOGARITHMIC]
    if far[-1] < arb(2) ** -1100 and _survives(Integer(0), expression, variable, side):
        return Candidate("vanishes", number(0), Integer(0))
    if not expression.has(sin, cos, tan) and all(v.is_finite() for v in far):
        if all(b < a * SLOWEST for a, b in itertools.pairwise(far)):
            return Candidate("vanishes", number(0), Integer(0))
        if all(b * SLOWEST > a for a, b in itertools.pairwise(far)):
            infinite = oo if value(expression, variable, arb(side) * arb(2) ** LOGARITHMIC[-1]) > 0 else -oo
            return Candidate("grows beyond every bound", number(infinite), infinite)
    return Candidate("no limit", number(S.NaN), S.NaN)


LOGARITHMIC = (400, 2000, 10000)
"""Powers of two at which even logarithms and their reciprocals show where they go."""

SLOWEST = 0.95


def leading_terms(expression: Expr, variable: Symbol, side: int) -> list[Candidate]:
    """Where exponentials are tiny: a polynomial times one of them, computed without underflow on the way.

    f(x) exp(−kx) is then a polynomial in x to more digits than a float has; its coefficients are read off exact values.
    """
    exponents = [a.args[0] for a in exponentials_only(expression).atoms(exp)]
    slopes = {cancel(e / variable) for e in exponents if e.is_polynomial(variable) and cancel(e / variable).is_Rational}
    for slope in sorted({abs(s) * m for s in slopes for m in (1, 2)}):
        polynomial = _polynomial_part(expression, variable, side, slope)
        if polynomial is not None:
            decay = Tuple(SCALE * log(2), -side * slope)
            form = (
                Translator(variable)(polynomial)
                * operate("exp_polynomial", X, payload=decay)
                * number(Rational(1, 2**SCALE))
            )
            return [Candidate(f"leading term, {FAR_TAIL}", form, polynomial * exp(-side * slope * variable))]
    return []


def _polynomial_part(expression: Expr, variable: Symbol, side: int, slope: Expr) -> Expr | None:
    places = [side * Rational(p) / slope for p in (400, 460, 520, 600, 700, 800)]
    before, ctx.prec = ctx.prec, 400
    try:
        rate = ball(slope)
        points = [ball(p) for p in places]
        scaled = [(value(expression, variable, p.mid(), 300) * (side * rate * p.mid()).exp()).mid() for p in points]
        if not all(s.is_finite() for s in scaled) or abs(scaled[-1]) > 1e9 or abs(scaled[-1]) < 1e-9:
            return None
        known = newton([p.mid() for p in points[:4]], scaled[:4], arb(0))
        for p, s in zip(points[4:], scaled[4:], strict=True):
            if not abs(sum((c * p.mid() ** k for k, c in enumerate(known)), arb(0)) - s) < abs(s) * arb(2) ** -80:
                return None
        largest = max(abs(c) for c in known)
        return Add(*(tidy(c) * variable**k for k, c in enumerate(known) if abs(c) > largest * arb(2) ** -80))
    finally:
        ctx.prec = before


def tidy(c: arb) -> Rational:
    """The number to 300 bits; a simple one where it agrees to 80 bits."""
    for q in (64, 3, 15, 315):
        near = Rational(round(float(c.mid()) * q), q)
        if abs(c - ball(near)) < arb(2) ** -80:
            return near
    before, ctx.prec = ctx.prec, 300
    try:
        return rational((c + 0).mid())
    finally:
        ctx.prec = before


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
    coefficient = tidy((far / arb(side * FAR[1]) ** power).mid())
    return Candidate(
        f"approaches a multiple of x**{power}", monomial(coefficient, power), coefficient * variable**power
    )


def monomial(coefficient: Expr, power: int) -> Form:
    """c x^k by multiplications alone, for a small k of either sign."""
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
    """±∞, where the values far out are that large and of one sign; a sample that an oscillation does not survive."""
    far = [value(expression, variable, side * 1.37**k) for k in range(100)]
    decided = [v for v in far if v.is_finite()]
    beyond = [v for v in decided if abs(v) > arb(2) ** 1024]
    if far[-1].is_nan() or len(beyond) < 4 or decided.index(beyond[0]) != len(decided) - len(beyond):
        return None
    signs = {bool(v > 0) for v in beyond}
    return (
        Candidate("beyond the range of floats", number(oo if True in signs else -oo), oo if True in signs else -oo)
        if len(signs) == 1
        else None
    )
