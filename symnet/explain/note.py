"""Notes made of sheets: chosen sections of several subjects, one after the other, under one summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from symnet.definitions.activation import activations
from symnet.explain.comparison import facts, pictures
from symnet.explain.essay import content, plain_voice
from symnet.explain.function import Function
from symnet.explain.references import with_references
from symnet.prose import load
from symnet.sheet import Section, Sheet, Text

ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu")
TRAINING = ("softmax+cross_entropy", "backpropagation", "gradient_descent", "vanishing_gradient")
OF_ACTIVATIONS = ("definition", "derivative", "kinks", "stable", "use")
OF_TRAINING = (
    "definition", "graph", "rules", "derivation", "equations", "worked", "rate", "valley", "momentum", "chain", "bounds", "stable",
    "cost", "use",
)  # fmt: skip
"""The sections that a note takes from each sheet; the rest is on the sheet itself."""


def activations_note() -> Sheet:
    """``symnet study activations``."""
    functions = [Function(activations[name]) for name in ACTIVATIONS]
    voice = plain_voice({"names": ", ".join(f.activation.heading for f in functions)})
    blocks: dict[str, Callable[[], list[Any]]] = {
        "curves": lambda: [pictures(functions, voice, 0)],
        "slopes": lambda: [pictures(functions, voice, 1)],
        "facts": lambda: [facts(functions)],
    }
    return _note("activations", ACTIVATIONS, OF_ACTIVATIONS, blocks)


def training_note() -> Sheet:
    """``symnet study training``."""
    return _note("training", TRAINING, OF_TRAINING, {})


def _note(name: str, subjects: Sequence[str], keys: Sequence[str], blocks: dict[str, Callable[[], list[Any]]]) -> Sheet:
    from symnet.explain.dispatch import sheet_of

    prose = load(f"subjects/{name}_note")
    voice = plain_voice()
    made = {key: make() for key, make in blocks.items()}
    used: set[str] = set()
    sheets = [sheet_of(subject) for subject in subjects]
    own = [
        Section(
            part["key"],
            voice.text(part["title"]),
            voice.text(part["cue"]),
            tuple(content(voice, part["content"], made, used)),
        )
        for part in prose.get("sections", [])
    ]
    sections = [section for sheet in sheets for section in _sections(sheet, keys)]
    note = Sheet(
        subject=name, title=voice.text(prose["title"]), sections=(*own, *sections), summary=voice.texts(prose["summary"]),
        lead=tuple(content(voice, prose["lead"], made, used)), tags={"Difficulty": prose["difficulty"], "Select": prose["select"]},
    )  # fmt: skip
    return with_references(note, [r.key for sheet in sheets for r in sheet.references])


def _sections(sheet: Sheet, keys: Sequence[str]) -> list[Section]:
    """The chosen sections of a sheet, the first opened by its lead, each named after its subject."""
    chosen = [section for section in sheet.sections if section.key in keys]
    found = []
    for number, section in enumerate(chosen):
        title = Text("{subject}: {section}", {"subject": sheet.title, "section": section.title})
        blocks = (*sheet.lead, *section.blocks) if number == 0 else section.blocks
        found.append(replace(section, key=f"{_slug(sheet.subject)}-{section.key}", title=title, blocks=blocks))
    return found


def _slug(subject: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in subject)
