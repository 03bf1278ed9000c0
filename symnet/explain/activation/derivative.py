"""The derivative with its steps, and the second derivative."""

from __future__ import annotations

from typing import Any

from sympy import Integer, S

from symnet.calculus.derivation import Derivation, Row
from symnet.calculus.differentiate import differentiate
from symnet.calculus.families import K
from symnet.calculus.notation import names_in
from symnet.calculus.rules import RULES
from symnet.explain.activation.definition import cases
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Applied
from symnet.prose import load
from symnet.sheet import Equation, Paragraph, Section, StepRow, Steps, Text

TITLES = {rule.key: rule.title for rule in RULES}


def derivative(function: Function) -> Section | None:
    """f′, each step with its rule and its check."""
    frame = Frame("activation", "derivative", function.voice)
    derivation = differentiate(function.formula, function.x)
    f = Applied("f", 1, function.x)
    blocks: list[Any] = [frame.paragraph("intro"), steps(derivation, Equation((f, derivation.form)))]
    blocks += [Paragraph(text) for text in named(derivation.form, frame)]
    for entry in function.prose.get("slope_forms", []):
        blocks.append(Equation((f, function.voice.written(entry["formula"])), label=frame.voice.text(entry["remark"])))
    return frame.section(blocks)


def steps(derivation: Derivation, result: Equation | None = None, detail: str = "normal") -> Steps:
    """A derivation's rows as a block."""
    return Steps(tuple(shown for row in derivation.rows(detail) for shown in _rows(row)), result)


def _rows(row: Row) -> list[StepRow]:
    words = load("rules")
    count = len(row.check.points)
    key = "check_proved" if row.check.symbolic == "proved" else "check_sampled"
    check = words[key].format(count=count, digits=row.check.digits)
    if row.join is not None:
        at, join = row.join.location, row.join

        def title(key: str) -> Text:
            said = Text(words[key], {"condition": join.condition})
            return Text(words["join_family"], {"join": said, "k": K}) if at.has(K) else said

        if join.kind == "smooth":
            return [StepRow(title("join_smooth"), Applied("f", 1, at), join.left_slope, row.depth, check)]
        sides = ((-1, join.left_slope, "left"), (1, join.right_slope, "right"))
        return [
            StepRow(title(f"join_{join.kind}_{name}"), Applied("f", 1, at, side), slope, row.depth, check)
            for side, slope, name in sides
            if slope is not S.NaN
        ]
    name = TITLES.get(row.rule) or words[row.rule]
    title = Text(words["on_piece"], {"where": row.where, "rule": name}) if row.where is not None else Text(name)
    return [StepRow(title, row.before, row.after, row.depth, check)]


def named(form: Any, frame: Frame) -> list[Text]:
    """What the customary names in a form stand for."""
    x = frame.voice.names["x"]
    found = names_in(form)
    if not found:
        return []
    meant = [Equation((name(x), name.definition(x))) for name in found]
    words = ", ".join(f"{{n{k}}}" for k in range(len(meant)))
    return [frame.text("named", list=Text(words, {f"n{k}": equation for k, equation in enumerate(meant)}))]


def curvature(function: Function) -> Section | None:
    """f″, exactly."""
    frame = Frame("activation", "curvature", function.voice)
    if all(piece.expression == S.Zero for piece in function.curvatures):
        key = "straight" if function.pieces.smooth else "zero"
        return frame.section([frame.paragraph(key, zero=Integer(0))])
    second = differentiate(function.formula, function.x, order=2)
    blocks: list[Any] = [frame.paragraph("intro"), Equation((Applied("f", 2, function.x), second.form))]
    blocks += [Paragraph(text) for text in named(second.form, frame)]
    for sentence in function.prose.get("curvature", []):
        blocks.append(Paragraph(function.voice.text(sentence)))
    return frame.section(blocks)


def shown_derivative(function: Function) -> Any:
    """f′ as one formula at the parameters' values."""
    return cases(function, 1) if not function.pieces.smooth else function.slopes[0].expression
