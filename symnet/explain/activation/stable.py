"""The numerically stable form, and the input that breaks the formula as it is typed in, measured live."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from sympy import Add, Expr, Float, Rational, S, Symbol, oo

from symnet.codegen.accuracy import NEAR, accuracy, readable
from symnet.codegen.central import Central
from symnet.codegen.compiled import compile
from symnet.codegen.measure import Measurement
from symnet.errors import SymnetError, UnsupportedExpressionError
from symnet.explain.frame import Frame, paragraphs
from symnet.explain.function import Function
from symnet.explain.notation import Applied, Decimal
from symnet.explain.plain import evaluate
from symnet.sheet import Code, Equation, Section

INPUTS = (
    -0.5, 0.5, -1.0, 1.0, -5.0, 5.0, -10.0, 10.0, -20.0, 20.0, -40.0, 40.0, -100.0, 100.0, -400.0, 400.0,
    -710.0, 710.0, -745.0, 745.0, -1000.0, 1000.0, -10000.0, 10000.0, -1e-9, 1e-9, -1e-12, 1e-12,
)  # fmt: skip
"""Round inputs, small before large: the first that fails is the one to show."""
BAD = 1e-6
"""A relative error that a reader of six digits sees."""
LOST = 1000.0
"""The error in ULP from which on lost digits are counted."""
HALF = 0.5
"""The error in ULP of a result that could not be better."""
SMALLEST = 5e-324
UNREADABLE = Rational(1, 10**1000)
"""Exact values below this are passed over: nobody reads their exponent."""


def stable(function: Function) -> Section | None:
    """The failing input of f or f′ if there is one, and the generated source."""
    frame = Frame("activation", "stable", function.voice)
    activation = function.activation.at_defaults()
    try:
        compile(activation, order=1)
        short = readable(activation)
    except UnsupportedExpressionError:
        return None
    blocks: list[Any] = []
    for order in (0, 1):
        blocks += failure(function, frame, order)
    if not blocks:
        blocks = [frame.paragraph("fine", count=len(INPUTS), low=int(min(INPUTS)), high=int(max(INPUTS)))]
    blocks += paragraphs(function.voice, function.prose.get("stable", []))
    blocks += [frame.paragraph("source"), Code("python", short[0].source.rstrip())]
    return frame.section([*blocks, *measured(frame, *short), *whole(frame, short[0], accuracy(activation))])


def measured(frame: Frame, short: Central, found: Measurement) -> list[Any]:
    """How far the readable form was seen to be off."""
    ends = {"points": found.points, "low": int(-NEAR), "high": int(NEAR)}
    at = Equation((Symbol("x"), Decimal(Rational(found.at), 3)), "≈")
    if found.wrong:
        with np.errstate(all="ignore"):
            result = float(short.function()(np.array([found.at]))[0])
        return [frame.paragraph("short_fails", at=at, result=number(result))]
    if found.worst <= HALF:
        return [frame.paragraph("short_exact", **ends)]
    if found.worst >= LOST:
        return [frame.paragraph("short_lost", digits=min(round(math.log10(found.worst)), 16), at=at)]
    return [frame.paragraph("short_error", ulps=_ulps(found.worst), at=at, **ends)]


def whole(frame: Frame, short: Central, found: Measurement) -> list[Any]:
    """What the compiled function has beyond the readable form, and how far it was seen to be off."""
    first = frame.paragraph("parts", count=short.left_out) if short.left_out else frame.paragraph("whole")
    if found.wrong:
        at = Equation((Symbol("x"), Decimal(Rational(found.at), 3)), "≈")
        return [first, frame.paragraph("compiled_wrong", points=found.points, at=at)]
    if found.worst <= HALF:
        return [first, frame.paragraph("compiled_exact", points=found.points)]
    return [first, frame.paragraph("compiled_error", points=found.points, ulps=_ulps(found.worst))]


def _ulps(error: float) -> Any:
    """An error with two digits, rounded up."""
    unit = 10.0 ** (math.floor(math.log10(error)) - 1)
    return Decimal(Rational(repr(math.ceil(error / unit) * unit)), 2)


def failure(function: Function, frame: Frame, order: int) -> list[Any]:
    """The first input at which the plain formula is wrong; otherwise the first at which it overflows on the way."""
    compiled = compile(function.activation.at_defaults(), order=order)
    warned: tuple[float, Expr] | None = None
    for point in INPUTS:
        formula = on_piece(function, order, point)
        if formula is None or not function.defined(Rational(point)):
            continue
        try:
            naive, culprit = evaluate(formula, function.x, point)
        except SymnetError:
            return []
        exact = formula.subs(function.x, Rational(point)).evalf(30, maxn=5000)
        shown = _readable(point)
        call = Applied("f", order, shown)
        if _wrong(naive, exact):
            safe = float(compiled(point))
            blocks = [frame.paragraph(
                "breaks" if order == 0 else "breaks_slope", point=Equation((function.x, shown)),
                exact=Equation((call, Decimal(exact, 6)), "≈"), naive=number(naive), stable=number(safe),
            )]  # fmt: skip
            if culprit is not None:
                blocks.append(frame.paragraph("overflow", culprit=_at(culprit, function.x, point)))
            elif math.isfinite(naive) and formula.has(Add) and naive:
                blocks.append(frame.paragraph("cancels"))
            return blocks
        if culprit is not None and warned is None:
            warned = point, culprit
    if warned is None:
        return []
    return [
        frame.paragraph(
            "warns" if order == 0 else "warns_slope",
            point=Equation((function.x, Rational(warned[0]))),
            culprit=_at(warned[1], function.x, warned[0]),
        )
    ]


def on_piece(function: Function, order: int, point: float) -> Expr | None:
    """The smooth formula of f or f′ that holds at a float."""
    pieces = function.slopes if order else function.pieces.pieces
    here = Rational(point)
    for piece in pieces:
        if (piece.left == -oo or here > piece.left) and (piece.right == oo or here < piece.right):
            return piece.expression
    return None


def _wrong(naive: float, exact: Expr) -> bool:
    """Whether a float is no good answer; below the smallest float, 0 is a good one."""
    if exact is S.NaN or not exact.is_real or not exact.is_finite:
        return False
    if abs(exact) < SMALLEST:
        return not abs(naive) <= SMALLEST and (exact == 0 or abs(exact) > UNREADABLE)
    if abs(exact) > 1.7e308:
        return False
    if not math.isfinite(naive):
        return True
    return abs(Float(naive, 30) - exact) > BAD * abs(exact)


def _readable(point: float) -> Any:
    """An input as a reader wants to see it: a small one as a power of ten, which is what was typed in."""
    return Rational(point) if abs(point) >= 0.5 else Decimal(Rational(str(point)), 6)


def number(value: float) -> Any:
    """A float as a reader wants to see it: nan and infinity by name."""
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return Decimal(Rational(value), 6)


def _at(culprit: Expr, variable: Symbol, point: float) -> Expr:
    """The operation that overflowed, with the number put in."""
    return culprit.xreplace({variable: Rational(point)})
