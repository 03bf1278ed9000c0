"""What the function is: the formula, its parameters, its other spellings, its pieces."""

from __future__ import annotations

from typing import Any

from sympy import And, Eq, Piecewise, S, oo

from symnet.explain.activation.graph import listed
from symnet.explain.frame import Frame, applies
from symnet.explain.function import Function
from symnet.explain.notation import Applied
from symnet.sheet import DataTable, Equation, ItemList, Paragraph, Section, Text


def goals(function: Function) -> Section | None:
    """What the reader should know before, will know after, and the notation with shapes."""
    frame = Frame("activation", "goals", function.voice)
    prose = function.prose
    before = [*frame.words["default_before"], *prose.get("prerequisites", []), frame.words["calculus"]]
    kinks = [b.location for b in function.pieces.breakpoints]
    after = [*frame.texts("abilities")]
    if kinks:
        after.append(frame.text("ability_kink", points=_at(function, kinks)))
    after += [frame.text("ability_stable"), frame.text("ability_choose")]
    after += list(function.voice.texts(prose.get("goals", [])))
    return frame.section([
        Paragraph(frame.text("before", list="; ".join(before))),
        frame.paragraph("after"),
        ItemList(tuple(after)),
        _notation(function, frame),
        frame.paragraph("batch"),
    ])  # fmt: skip


def _at(function: Function, points: list[Any]) -> Text:
    return listed([Equation((function.x, point)) for point in points])


def _notation(function: Function, frame: Frame) -> DataTable:
    x = function.x
    number = frame.text("number")
    rows = [
        (x, frame.text("input"), number),
        (Applied("f", 0, x), frame.text("output"), number),
        (Applied("f", 1, x), frame.text("slope"), number),
    ]
    for parameter in function.activation.free_parameters:
        value = function.activation.parameter_values[parameter.name]
        rows.append((parameter.symbol, frame.text("parameter", value=Equation((parameter.symbol, value))), number))
    return DataTable(frame.texts("header"), tuple(rows), frame.text("notation"))


def definition(function: Function) -> Section | None:
    """The exact formula and its equivalent forms."""
    frame = Frame("activation", "definition", function.voice)
    activation, x = function.activation, function.x
    f = Applied("f", 0, x)
    blocks: list[Any] = [Paragraph(Text(activation.summary))] if activation.summary and not function.typed else []
    blocks.append(Equation((f, function.formula)))
    free = activation.free_parameters
    if free:
        values = listed([Equation((p.symbol, activation.parameter_values[p.name])) for p in free])
        blocks += [Paragraph(frame.text("at_values", values=values)), Equation((f, function.numeric))]
    shown = cases(function)
    if shown is not None and shown not in (function.formula, function.numeric):
        blocks += [frame.paragraph("pieces"), Equation((f, shown))]
    forms = equivalents(function)
    if forms:
        blocks += [frame.paragraph("equivalents"), ItemList(forms)]
    if origin := function.prose.get("origin"):
        blocks.append(Paragraph(function.voice.text(origin)))
    if activation.aliases:
        blocks.append(frame.paragraph("also", aliases=", ".join(a.replace("_", " ") for a in activation.aliases)))
    return frame.section(blocks)


def equivalents(function: Function) -> tuple[Text, ...]:
    """The other spellings of the definition that the prose names, each with its remark."""
    texts = []
    for entry in function.prose.get("equivalents", []):
        if not applies(function.voice, entry):
            continue
        side = function.voice.written(entry["formula"]) if isinstance(entry, dict) else function.voice.written(entry)
        remark = function.voice.text(entry["remark"]) if isinstance(entry, dict) and "remark" in entry else None
        equation = Equation((Applied("f", 0, function.x), side))
        texts.append(Text("{form}" + (": {remark}" if remark else ""), {"form": equation, "remark": remark}))
    return tuple(texts)


def cases(function: Function, order: int = 0) -> Any:
    """f or f′ as one formula by cases on the smooth pieces; None for a function of one piece."""
    pieces = function.pieces.pieces if order == 0 else function.slopes
    if len(pieces) == 1:
        return None
    x = function.x
    branches: list[Any] = []
    for piece in pieces:
        lower = None if piece.left == -oo else (x > piece.left)
        upper = None if piece.right == oo else (x < piece.right)
        if order == 0:
            lower, upper = _closed(function, piece, lower, upper)
        condition = (
            And(*(c for c in (lower, upper) if c is not None)) if (lower is not None or upper is not None) else S.true
        )
        branches.append((piece.expression, condition))
    if order == 1:
        branches += [
            (b.left_slope, Eq(x, b.location)) for b in function.pieces.breakpoints if b.continuous and not b.kink
        ]
    return Piecewise(*branches, evaluate=False)


def _closed(function: Function, piece: Any, lower: Any, upper: Any) -> tuple[Any, Any]:
    """The conditions of a piece, closed at an end whose value the piece itself gives (the left piece first)."""
    x = function.x
    for b in function.pieces.breakpoints:
        if b.location == piece.right and b.value == b.left_limit and b.value != b.right_limit:
            upper = x <= piece.right
        if b.location == piece.left and b.value == b.right_limit:
            lower = x >= piece.left
    return lower, upper
