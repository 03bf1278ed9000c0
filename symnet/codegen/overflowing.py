"""Oscillations that outgrow the range of floats: eˣ cos x is ±∞ far out, and finite again wherever the cosine is small enough.

No list of regimes has an end there. Growth and wave are computed apart, the growth 2**−128 times as large and held where its product
with the smallest cosine is still beyond the range; the product, scaled back, is infinite where the function is. No float makes a sine or cosine smaller than 2**−62, so that
the held growth is always enough.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy
from flint import arb
from sympy import Expr, Mul, Rational, Symbol, cos, exp, log, sin

from symnet.codegen.candidates import Candidate
from symnet.codegen.form import X, number, operate
from symnet.codegen.reference import evaluator
from symnet.codegen.rules import factored, one_wave
from symnet.codegen.translate import Translator

HELD = arb(2) ** 1088
"""Where the growth is held."""

SCALE = 128
"""Binary exponent by which the growth is scaled down, and `scaled_up` up again."""


def overflowing_waves(expression: Expr, x: Symbol) -> Iterator[Candidate]:
    """The forms that do not mind, where an exponential outgrows the floats."""
    yield from _apart(expression, x)
    for s in (1, -1):  # what sinh and cosh are by then; the comparison with the true value says from where on
        far = expression.replace(sympy.sinh, lambda u, s=s: s * exp(s * u) / 2).replace(
            sympy.cosh, lambda u, s=s: exp(s * u) / 2
        )
        if far != expression:
            yield from _apart(far, x)


def _apart(expression: Expr, x: Symbol) -> Iterator[Candidate]:
    factors = Mul.make_args(
        sympy.powsimp(one_wave(expression, x) or factored(expression, x) or expression, combine="exp")
    )
    growth = [f for f in factors if isinstance(f, exp) and f.args[0].is_polynomial(x)]
    powers = Mul(*(f for f in factors if f.is_polynomial(x)))
    wave = Mul(*(f for f in factors if f not in growth and not f.is_polynomial(x)))
    if len(growth) != 1 or not wave.has(sin, cos):
        return
    held, ends = X, {side: _held_at(growth[0] * powers, x, side) for side in (-1, 1)}
    for side, end in ends.items():
        if end is not None:
            held = operate("minimum" if side > 0 else "maximum", held, number(Rational(end)))
    if held is not X:
        translate = Translator(x)
        scaled = translate(exp(sympy.expand(growth[0].args[0] - SCALE * log(2)), evaluate=False))
        grown = (translate(powers) * scaled).substitute(held)
        yield Candidate("growth and wave apart", operate("scaled_up", translate(wave) * grown), expression)


def _held_at(growth: Expr, x: Symbol, side: int) -> float | None:
    function = evaluator(growth, x)
    low, high = 0.0, 2.0**12
    if not abs(function(arb(side * high))) > HELD or not abs(function(arb(0))) < HELD:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if abs(function(arb(side * middle))) < HELD else (low, middle)
    return side * low
