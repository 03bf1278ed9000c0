"""The picture that opens an activation's sheet: f and f′ on one pair of axes, breakpoints marked."""

from __future__ import annotations

import math
import re
from typing import Any

from sympy import Expr, oo

from symnet.calculus.pieces import Piece
from symnet.codegen.compiled import compile
from symnet.errors import UnsupportedExpressionError
from symnet.explain.curves import Branch, branches, height, window
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Applied
from symnet.sheet import Curve, CurveMark, CurveSeries, Play


def evaluator(function: Function, order: int = 0) -> Any:
    """The generated code for f or f′, from floats to floats; nan where f is undefined, and where no code can be made."""
    import numpy

    try:
        of_f = compile(function.activation.at_defaults())
        wanted = compile(function.activation.at_defaults(), order=order) if order else of_f
    except UnsupportedExpressionError:
        return lambda points: [math.nan] * len(points)

    def evaluate(points: list[float]) -> list[float]:
        with numpy.errstate(all="ignore"):  # outside the domain the value is nan, and nothing is drawn
            x = numpy.array(points)
            return numpy.where(numpy.isnan(of_f(x)), numpy.nan, wanted(x)).tolist()

    return evaluate


def drawn(function: Function, order: int, x_range: tuple[float, float], y_range: Any = None) -> tuple[Branch, ...]:
    """The branches of f, f′ or f″ inside the picture; those of f and f′ end exactly at their one-sided limits."""
    pieces = (function.pieces.pieces, function.slopes, function.curvatures)[order]
    sides = (("right_limit", "left_limit"), ("right_slope", "left_slope"), None)[order]
    at = {b.location: b for b in function.pieces.breakpoints}

    def ends(piece: Piece) -> tuple[Expr | None, Expr | None]:
        if sides is None:
            return None, None
        return (
            None if piece.left == -oo else getattr(at[piece.left], sides[0]),
            None if piece.right == oo else getattr(at[piece.right], sides[1]),
        )

    return branches(pieces, ends, evaluator(function, order), x_range, y_range)


def curve(function: Function, frame: Frame) -> Curve:
    """f and f′ with their kinks, jumps and joints."""
    x_range = window(function.pieces)
    y_range = height([drawn(function, order, x_range) for order in (0, 1)], x_range)
    roles = ("function", "derivative")
    return Curve(
        series=tuple(
            CurveSeries(Applied("f", order, function.x), drawn(function, order, x_range, y_range), role)
            for order, role in enumerate(roles)
        ),
        x_range=x_range,
        y_range=y_range,
        marks=marks(function, frame),
        title=frame.text("curve"),
        description=_description(function, frame, x_range),
        play=play(function),
    )


def play(function: Function) -> Play | None:
    """The generated JavaScript of f and f′; None where no code can be made."""
    from symnet.codegen.export import export

    activation = function.activation.at_defaults()
    try:
        value, slope = (export(activation, "javascript", order) for order in (0, 1))
    except UnsupportedExpressionError:
        return None
    kinks = tuple(
        (float(b.location), float(b.left_slope), float(b.right_slope))
        for b in function.pieces.breakpoints
        if b.kink and b.left_slope.is_finite and b.right_slope.is_finite
    )
    return Play(value, _defined(value), slope, _defined(slope), kinks)


def _defined(source: str) -> str:
    """The name of the last function of a JavaScript source: the one that was asked for."""
    return re.findall(r"^function (\w+)\(", source, re.MULTILINE)[-1]


def marks(function: Function, frame: Frame) -> tuple[CurveMark, ...]:
    """The kinks, jumps and joints of f."""
    return tuple(mark for b in function.pieces.breakpoints for mark in _marks(b, frame))


def _marks(breakpoint: Any, frame: Frame) -> list[CurveMark]:
    at = float(breakpoint.location)
    if not breakpoint.continuous:
        value = breakpoint.value
        ends = [limit for limit in (breakpoint.left_limit, breakpoint.right_limit) if limit.is_finite]
        label = frame.text("jump", at=breakpoint.location)
        return [CurveMark(at, float(y), label, "closed" if y == value else "open") for y in ends]
    word = "kink" if breakpoint.kink else "bend"
    point = (breakpoint.location, breakpoint.value)
    return [CurveMark(at, float(breakpoint.value), frame.text(word, at=point), "kink" if breakpoint.kink else "point")]


def _description(function: Function, frame: Frame, x_range: tuple[float, float]) -> Any:
    low, high = (int(end) for end in x_range)
    points = function.pieces.breakpoints
    if not points:
        return frame.text("describe", low=low, high=high)
    return frame.text("describe_kink", low=low, high=high, points=listed([b.location for b in points]))


def listed(things: Any) -> Any:
    """Mathematical objects as a list in a sentence: ``a, b, c``."""
    from symnet.sheet import Text

    return Text(
        ", ".join(f"{{t{k}}}" for k, _ in enumerate(things)), {f"t{k}": thing for k, thing in enumerate(things)}
    )
