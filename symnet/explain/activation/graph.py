"""The picture that opens an activation's sheet: f and f′ on one pair of axes, breakpoints marked."""

from __future__ import annotations

import math
from typing import Any

from sympy import Expr, oo

from symnet.calculus.pieces import Piece
from symnet.codegen.compiled import compile
from symnet.errors import UnsupportedExpressionError
from symnet.explain.curves import branches, height, window
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Applied
from symnet.sheet import Curve, CurveMark, CurveSeries


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


def curve(function: Function, frame: Frame) -> Curve:
    """f and f′ with their kinks, jumps and joints."""
    pieces = function.pieces
    x_range = window(pieces)
    limits = {b.location: b for b in pieces.breakpoints}

    def values(piece: Piece) -> tuple[Expr | None, Expr | None]:
        return (
            None if piece.left == -oo else limits[piece.left].right_limit,
            None if piece.right == oo else limits[piece.right].left_limit,
        )

    def slopes(piece: Piece) -> tuple[Expr | None, Expr | None]:
        return (
            None if piece.left == -oo else limits[piece.left].right_slope,
            None if piece.right == oo else limits[piece.right].left_slope,
        )

    f, df = evaluator(function), evaluator(function, 1)
    y_range = height(
        [branches(pieces.pieces, values, f, x_range), branches(function.slopes, slopes, df, x_range)], x_range
    )
    return Curve(
        series=(
            CurveSeries(Applied("f", 0, function.x), branches(pieces.pieces, values, f, x_range, y_range)),
            CurveSeries(
                Applied("f", 1, function.x), branches(function.slopes, slopes, df, x_range, y_range), "derivative"
            ),
        ),
        x_range=x_range,
        y_range=y_range,
        marks=tuple(mark for b in pieces.breakpoints for mark in _marks(b, frame)),
        title=frame.text("curve"),
        description=_description(function, frame, x_range),
    )


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
