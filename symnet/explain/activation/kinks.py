"""What happens where the formula changes, and what each framework returns there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Expr, Interval, Rational, sympify

from symnet.calculus.pieces import Breakpoint
from symnet.definitions.activation import Api
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Applied, Decimal
from symnet.sheet import DataTable, Equation, Section, Text

FRAMEWORKS = {"torch": "PyTorch", "keras": "Keras", "jax": "JAX"}


def kinks(function: Function) -> Section | None:
    """Each breakpoint with its two slopes, the generalised slopes, and the frameworks' choices."""
    frame = Frame("activation", "kinks", function.voice)
    places = function.pieces.breakpoints
    if not places:
        blocks: list[Any] = [frame.paragraph("smooth" if function.everywhere else "smooth_domain")]
        blocks += [frame.paragraph(key) for key in function.prose.get("smooth", [])]
        return frame.section(blocks, "smooth_title", "smooth_cue")
    blocks = [block for b in places for block in _place(function, frame, b)]
    table = picks(function, frame)
    if table is not None:
        blocks += [frame.paragraph("picks"), table]
        blocks.append(frame.paragraph("ours" if "torch" in function.activation.apis else "ours_without"))
    return frame.section(blocks)


def _place(function: Function, frame: Frame, b: Breakpoint) -> list[Any]:
    point = Equation((function.x, b.location))
    if not b.continuous:
        return [frame.paragraph("jump", point=point, left=b.left_limit, right=b.right_limit, value=b.value)]
    slope = Applied("f", 1, b.location)
    if not b.kink:
        return [frame.paragraph("joint", point=point, derivative=Equation((slope, b.left_slope)))]
    if not (b.left_slope.is_finite and b.right_slope.is_finite):
        return [frame.paragraph("vertical", point=point, left=b.left_slope, right=b.right_slope, derivative=slope)]
    low, high = sorted((b.left_slope, b.right_slope), key=float)
    blocks = [
        frame.paragraph(
            "kink", point=point, left=b.left_slope, right=b.right_slope, derivative=slope, interval=Interval(low, high)
        )
    ]
    if float(b.left_slope) < float(b.right_slope):
        blocks.append(frame.paragraph("convex"))
    return blocks


def picks(function: Function, frame: Frame) -> DataTable | None:
    """Which slope each framework returns at each kink or joint; None where none has the function."""
    places = [b for b in function.pieces.breakpoints if b.continuous]
    apis = [(key, api) for key, api in function.activation.apis.items() if api.at_kink is not None]
    rows = []
    for b in places:
        for key, api in apis:
            slope = pick(api, b, function.pieces.breakpoints)
            if slope is not None:
                where = Equation((function.x, b.location))
                rows.append((Text(FRAMEWORKS[key]), where, _shown(slope), frame.text(_which(slope, b))))
    return DataTable(frame.texts("header"), tuple(rows)) if rows else None


def pick(api: Api, b: Breakpoint, breakpoints: Sequence[Breakpoint]) -> Expr | None:
    """The slope that a framework returns at a breakpoint; None where that was not looked at."""
    word = api.at_kink
    if b.continuous and not b.kink:
        return b.left_slope if word is not None else None
    if isinstance(word, (tuple, list)):
        index = [c.location for c in breakpoints if c.kink or not c.continuous].index(b.location)
        word = word[index] if index < len(word) else None
    if word is None or not b.continuous:
        return None
    if word in ("left", "right"):
        return b.left_slope if word == "left" else b.right_slope
    if word == "mean":
        return (b.left_slope + b.right_slope) / 2
    return Rational(str(word))


def _which(slope: Expr, b: Breakpoint) -> str:
    if not b.kink:
        return "which_both" if slope == b.left_slope else "which_outside"
    if slope == b.left_slope:
        return "which_left"
    if slope == b.right_slope:
        return "which_right"
    if slope == (b.left_slope + b.right_slope) / 2:
        return "which_mean"
    low, high = sorted((float(b.left_slope), float(b.right_slope)))
    return "which_other" if low <= float(slope) <= high else "which_outside"


def _shown(slope: Expr) -> Any:
    value = sympify(slope)
    return value if value.is_Rational and value.q < 1000 else Decimal(value, 6)
