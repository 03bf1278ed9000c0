"""The sheet of a scalar activation: one file a section, put together here in reading order."""

from __future__ import annotations

from typing import Any

from symnet.definitions.activation import Activation
from symnet.explain.activation.definition import definition, goals
from symnet.explain.activation.derivative import curvature, derivative
from symnet.explain.activation.frameworks import frameworks
from symnet.explain.activation.graph import curve
from symnet.explain.activation.kinks import kinks
from symnet.explain.activation.opinions import corrections, misconceptions, relations, review, use
from symnet.explain.activation.properties import properties
from symnet.explain.activation.quiz import quiz
from symnet.explain.activation.siblings import siblings
from symnet.explain.activation.snippets import code
from symnet.explain.activation.stable import stable
from symnet.explain.activation.values import values
from symnet.explain.activation.worked import worked
from symnet.explain.frame import Frame, paragraphs
from symnet.explain.function import Function
from symnet.explain.references import with_references
from symnet.sheet import Sheet, Text

SECTIONS = (
    goals, definition, derivative, curvature, values, kinks, properties, stable, worked, relations,
    frameworks, use, misconceptions, siblings, code, quiz,
)  # fmt: skip
"""The sections in reading order, each a function from the subject to a section or None."""


def explain_activation(activation: Activation, reading: Text | None = None) -> Sheet:
    """The study sheet of one scalar activation."""
    function = Function(activation)
    frame = Frame("activation", "lead", function.voice)
    prose = function.prose
    lead: list[Any] = paragraphs(function.voice, prose.get("intuition", [activation.summary] if activation.summary else []))
    lead += [curve(function, frame), *corrections(function)]
    sections = [section for make in SECTIONS if (section := make(function)) is not None]
    sections.append(review(function.voice))
    sheet = Sheet(
        subject=activation.name,
        title=Text(activation.heading),
        sections=tuple(section for section in sections if section is not None),
        summary=summary(function),
        lead=tuple(lead),
        tags={"Difficulty": prose.get("difficulty", "Medium"), "Select": prose.get("select", "catalogue")},
        reading=reading,
    )
    return with_references(sheet, activation.sources)


def summary(function: Function) -> tuple[Text, ...]:
    """At most five sentences."""
    frame = Frame("activation", "summary", function.voice)
    if sentences := function.prose.get("summary"):
        return function.voice.texts(sentences)
    from symnet.sheet import Equation
    from symnet.explain.notation import Applied

    return (frame.text("plain", formula=Equation((Applied("f", 0, function.x), function.numeric))),)
