"""The function beside its siblings, under the same headings, every cell computed."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integer, S

from symnet.definitions.activation import Activation, activations
from symnet.errors import DefinitionError
from symnet.explain.activation.graph import listed
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Decimal
from symnet.explain.voice import Voice
from symnet.sheet import DataTable, Section

DIGITS = 4
LEAST = 4
USUAL = ("relu", "leaky_relu", "elu", "tanh", "sigmoid", "silu", "gelu")


def siblings(function: Function) -> Section | None:
    """The comparison table."""
    others = relatives(function.activation, function.prose.get("siblings", []))
    frame = Frame("activation", "siblings", function.voice)
    return frame.section([comparison([function, *(Function(a) for a in others)], function.voice)])


def relatives(activation: Activation, wished: list[str], count: int = 5) -> list[Activation]:
    """The siblings to compare with: the ones that the prose names, then the family, then the usual ones."""
    family = [a.name for a in activations if a.family == activation.family]
    names = [
        name for name in dict.fromkeys([*wished, *family, *USUAL]) if name != activation.name and name in activations
    ]
    return [activations[name] for name in names[: max(count, LEAST, len(wished))]]


def comparison(functions: list[Function], voice: Voice) -> DataTable:
    """Rows of functions under the same headings."""
    frame = Frame("activation", "siblings", voice)
    rows = tuple(_row(function, frame) for function in functions)
    return DataTable(frame.texts("header"), rows, frame.text("caption", digits=DIGITS), "l" + "r" * 5 + "ll")


def _row(function: Function, frame: Frame) -> tuple[Any, ...]:
    two, one = Integer(2), Integer(1)
    places = [b.location for b in function.pieces.breakpoints]
    return (
        frame.voice.text("{heading}", heading=function.activation.heading),
        _number(function.value(-two), frame),
        _number(function.value(one), frame),
        _slope(function, -two, frame),
        _slope(function, Integer(0), frame),
        _slope(function, two, frame),
        listed(places) if places else frame.text("none"),
        frame.text(
            "pair", low=_number(function.value(Integer(-10)), frame), high=_number(function.value(Integer(10)), frame)
        ),
    )


def _number(value: Expr, frame: Frame) -> Any:
    return Decimal(value, DIGITS) if value is not S.NaN and value.is_finite else frame.text("undefined")


def _slope(function: Function, point: Expr, frame: Frame) -> Any:
    try:
        return _number(function.slope(point), frame)
    except DefinitionError:
        found = function.breakpoint(point)
        if found is None or not found.continuous:
            return frame.text("undefined")
        return frame.text("both", left=_number(found.left_slope, frame), right=_number(found.right_slope, frame))
