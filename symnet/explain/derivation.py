"""A derivation or a Jacobian alone on a sheet: what ``symnet derive`` shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Integer, Symbol

from symnet.calculus.derivation import Derivation, Step
from symnet.calculus.differentiate import differentiate
from symnet.calculus.indexed import INDEXED, LARGEST, TOTAL, S
from symnet.calculus.jacobian import steps as entries_of
from symnet.calculus.rules import standing
from symnet.calculus.zero import Zero
from symnet.definitions.activation import Activation
from symnet.definitions.expression import read
from symnet.definitions.vector_activation import VectorActivation
from symnet.explain.activation.derivative import TITLES, named, steps
from symnet.explain.frame import Frame
from symnet.explain.notation import Applied
from symnet.explain.voice import Voice
from symnet.prose import load
from symnet.sheet import Equation, Paragraph, Section, Sheet, StepRow, Steps, Text


def derivation_sheet(activation: Activation, order: int = 1, detail: str = "normal", reading: str = "") -> Sheet:
    """The derivation of f′, and of f″ for ``order=2``, one section each."""
    x = activation.variable
    stages = [differentiate(activation.expression, x, order)]
    while stages[0].previous is not None:
        stages.insert(0, stages[0].previous)
    title = Text(
        load("derivation")["title"],
        {"name": activation.expression if activation.typed is not None else activation.heading},
    )
    f = Equation((Applied("f", 0, x), activation.expression))
    sections = tuple(_section(stage, x, detail) for stage in stages)
    return Sheet(f"{activation.name}-derivation", title, sections, lead=(f,), reading=_said(reading))


def _said(reading: str) -> Text | None:
    """How the target was read, as a value, so that a * in it is no markup."""
    return Text("{reading}", {"reading": reading}) if reading else None


def _section(stage: Derivation, x: Symbol, detail: str) -> Section:
    words = load("derivation")
    part = words[f"order_{stage.order}"]
    result = Equation((Applied("f", stage.order, x), stage.form))
    blocks: list[Any] = [steps(replace(stage, previous=None), result, detail)]
    blocks += [Paragraph(text) for text in named(stage.form, Frame("activation", "derivative", Voice(names={"x": x})))]
    zeros = sorted({z for join in stage.joins for z in join.location.atoms(Zero)}, key=float)
    for zero in zeros:
        equation = Equation((read(zero.equation).expression(x), Integer(0)))
        blocks.append(Paragraph(Text(words["zero"], {"number": zero, "equation": equation, "x": x})))
    if not stage.joins_decided:
        blocks.append(Paragraph(Text(words["joins_undecided"])))
    return Section(f"order_{stage.order}", Text(part["title"]), Text(part["cue"]), tuple(blocks))


def jacobian_sheet(activation: VectorActivation, reading: str = "") -> Sheet:
    """The Jacobian of a vector activation: in index notation where it is derived so, and exactly at a small size."""
    words = load("derivation")
    part, function = words["jacobian"], activation.at()
    formulas = {"formula": activation.formula, "jacobian": activation.jacobian_formula}
    blocks: list[Any] = [Paragraph(Text(part["any_size"], formulas))]
    if activation.name in INDEXED:
        titles = load("rules") | TITLES
        check = part["check"].format(size=LARGEST)
        found = INDEXED[activation.name]()
        rows = tuple(StepRow(Text(titles[s.rule]), s.before, s.after, s.depth, check) for s in found)
        blocks += [Paragraph(Text(part["index"], {"S": Equation((S, TOTAL))})), Steps(rows)]
    sizes = ", ".join(f"{name} = {size}" for name, size in activation.sizes.items())
    blocks.append(Paragraph(Text(part["at_size"], {"sizes": sizes})))
    blocks += [Equation((standing(y, x), step.after)) for y, row in _entries(activation) for x, step in row]
    title = Text(words["title"], {"name": activation.heading})
    section = Section("jacobian", Text(part["title"]), Text(part["cue"]), tuple(blocks))
    lead = tuple(Equation((Symbol(f"y_{i}"), y)) for i, y in enumerate(function.outputs, 1))
    return Sheet(f"{activation.name}-derivation", title, (section,), lead=lead, reading=_said(reading))


def _entries(activation: VectorActivation) -> list[tuple[Symbol, list[tuple[Symbol, Step]]]]:
    inputs = activation.at().inputs
    return [(Symbol(f"y_{i}"), list(zip(inputs, row, strict=True))) for i, row in enumerate(entries_of(activation), 1)]
