"""A neuron with this activation, in exact numbers: with letters, with numbers put in, worked out."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Mul, Rational, S, Symbol

from symnet.definitions.neuron import Neuron
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Applied, Decimal, Products, is_exact, partial
from symnet.sheet import Equation, Section

WEIGHTS = (Rational(1, 2), Rational(-1))
INPUTS = (Rational(2), Rational(3, 2))
BIASES = (Rational(3, 2), Rational(-1, 2), Rational(1, 4))
DIGITS = 6


def worked(function: Function) -> Section | None:
    """The forward pass of one neuron and its gradient."""
    frame = Frame("activation", "worked", function.voice)
    bias = next((b for b in BIASES if _usable(function, _sum(b))), None)
    if bias is None:
        return None
    neuron = Neuron(2, function.activation.at_defaults()).substitute(w=WEIGHTS, x=INPUTS, b=bias)
    letters = Neuron(2, function.activation)
    z, a = Symbol("z"), Symbol("a")
    blocks: list[Any] = [frame.paragraph("intro")]
    given = [*zip(letters.w, WEIGHTS, strict=True), *zip(letters.x, INPUTS, strict=True), (letters.b, bias)]
    blocks.append(
        frame.paragraph("given", **{f"g{k}": Equation((symbol, number)) for k, (symbol, number) in enumerate(given)})
    )
    blocks.append(frame.paragraph("sum"))
    pairs = list(zip(WEIGHTS, INPUTS, strict=True))
    blocks.append(
        Equation(
            (z, Products(zip(letters.w, letters.x, strict=True), letters.b), Products(pairs, bias), neuron.z),
            multiline=True,
        )
    )
    blocks.append(frame.paragraph("activation"))
    blocks += result(a, Applied("f", 0, neuron.z), function.value(neuron.z))
    blocks.append(frame.paragraph("slope_here"))
    slope = function.slope(neuron.z)
    blocks += result(Applied("f", 1, Symbol("z")), Applied("f", 1, neuron.z), slope)
    blocks.append(frame.paragraph("gradient"))
    for symbol, factor, letter in [
        *((w, x, name) for w, x, name in zip(letters.w, INPUTS, letters.x, strict=True)),
        (letters.b, Rational(1), None),
        *((x, w, name) for x, w, name in zip(letters.x, WEIGHTS, letters.w, strict=True)),
    ]:
        standing = Mul(Applied("f", 1, z), letter) if letter is not None else Applied("f", 1, z)
        put = Products([(slope if slope.is_Rational else Decimal(slope, DIGITS), factor)])
        blocks.append(_shown((partial(a, symbol), standing), put if letter is not None else None, slope * factor))
    return frame.section(blocks)


def _usable(function: Function, point: Expr) -> bool:
    """Whether value and slope exist there, away from every breakpoint."""
    return function.breakpoint(point) is None and S.NaN not in (function.value(point), function.slope(point))


def _sum(bias: Expr) -> Expr:
    return sum((w * x for w, x in zip(WEIGHTS, INPUTS, strict=True)), start=bias)


def result(name: Any, standing: Any, value: Expr) -> list[Equation]:
    """name = standing = value, and what that is in decimals."""
    blocks = [Equation((name, standing, value))]
    if not is_exact(value, DIGITS):
        blocks.append(Equation((name, Decimal(value, DIGITS)), "≈"))
    return blocks


def _shown(left: tuple[Any, ...], put: Any, value: Expr) -> Equation:
    middle = () if put is None else (put,)
    if value.is_Rational:
        return Equation((*left, *middle, value))
    return Equation((Equation(left), *middle, Decimal(value, DIGITS)), "≈")
