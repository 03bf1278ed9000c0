"""The sheet of a scalar activation: one file a section, put together here in reading order."""

from __future__ import annotations

import re
from typing import Any

from symnet.analysis import analyse
from symnet.definitions.activation import Activation
from symnet.explain.activation.definition import definition, goals
from symnet.explain.activation.derivative import curvature, derivative
from symnet.explain.activation.families import families
from symnet.explain.activation.frameworks import frameworks
from symnet.explain.activation.further import further
from symnet.explain.activation.graph import curve, listed
from symnet.explain.activation.kinks import kinks
from symnet.explain.activation.opinions import corrections, misconceptions, relations, review, use
from symnet.explain.activation.properties import SUMMARISED, properties
from symnet.explain.activation.quiz import quiz
from symnet.explain.activation.siblings import siblings
from symnet.explain.activation.snippets import code
from symnet.explain.activation.stable import stable
from symnet.explain.activation.values import values
from symnet.explain.activation.worked import worked
from symnet.explain.frame import Frame, paragraphs
from symnet.explain.function import Function
from symnet.explain.notation import Applied
from symnet.explain.references import with_references
from symnet.prose import load
from symnet.sheet import Equation, Sheet, Text

SECTIONS = (
    goals, definition, derivative, curvature, values, kinks, properties, further, families, stable, worked, relations,
    frameworks, use, misconceptions, siblings, code, quiz,
)  # fmt: skip
"""The sections in reading order, each a function from the subject to a section or None."""


def explain_activation(activation: Activation, reading: Text | None = None) -> Sheet:
    """The study sheet of one scalar activation."""
    function = Function(activation)
    frame = Frame("activation", "lead", function.voice)
    prose = function.prose
    lead: list[Any] = paragraphs(
        function.voice,
        prose.get("intuition", [activation.summary] if activation.summary and not function.typed else []),
    )
    lead += [curve(function, frame), *corrections(function)]
    sections = [section for make in SECTIONS if (section := make(function)) is not None]
    sections.append(review(function.voice))
    sheet = Sheet(
        subject=file_name(activation.name),
        title=heading(function),
        sections=tuple(section for section in sections if section is not None),
        summary=summary(function),
        lead=tuple(lead),
        tags={"Difficulty": prose.get("difficulty", "Medium"), "Select": prose.get("select", "catalogue")},
        reading=reading,
    )
    return with_references(sheet, activation.sources)


def heading(function: Function) -> Text:
    """The sheet's title: the name with its fixed parameters, or the expression that was typed."""
    if function.typed:
        return Text("{formula}", {"formula": Equation((Applied("f", 0, function.x), function.formula))})
    return Text("{heading}", {"heading": function.activation.heading})


def file_name(name: str) -> str:
    """A name or an expression as a file name: what is no letter or digit becomes a hyphen."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-")[:60] or "expression"


def summary(function: Function) -> tuple[Text, ...]:
    """At most five sentences: written by hand, or composed from the facts."""
    if sentences := function.prose.get("summary"):
        return function.voice.texts(sentences)
    words = load("composed")["summary_sentences"]
    facts = analyse(function.activation.at_defaults()).facts
    rows = {key: row.value for key, make in SUMMARISED.items() if (row := make(facts, function)) is not None}
    missing = [b.location for b in function.pieces.breakpoints if b.kink or not b.continuous]
    chosen = [
        ("formula", {"formula": Equation((Applied("f", 0, function.x), function.numeric))}),
        ("range", {key: rows.get(key) for key in ("range", "limits")}),
        ("shape", {key: rows.get(key) for key in ("monotonicity", "convexity")}),
        ("steepest", {"lipschitz": rows.get("lipschitz")}),
        (
            "kinks" if missing else "smooth",
            {"points": listed([Equation((function.x, p)) for p in missing])} if missing else {},
        ),
    ]
    return tuple(function.voice.text(words[key], **values) for key, values in chosen if None not in values.values())
