"""Builds a sheet from a prose file and computed blocks: how a concept, a network and a note get their sheets.

The prose file holds the order: each section has a cue, a title and a `content` list, in which a sentence
is a paragraph, ``"@name"`` is the place of the computed blocks of that name, ``{ list = [...] }`` a list and
``{ correction = "…", text = "…" }`` an aside. So a new subject is a prose file and the few blocks that only
code can make. A name that nobody computed, and a block that nobody placed, raise `DefinitionError`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from symnet.errors import DefinitionError
from symnet.explain.activation.opinions import refutations, review
from symnet.explain.activation.quiz import written
from symnet.explain.frame import Frame, applies, paragraphs, sentences_of
from symnet.explain.function import LETTERS, catalogue_functions, written_functions
from symnet.explain.references import with_references
from symnet.explain.voice import Voice
from symnet.prose import load
from symnet.sheet import Equation, Heading, ItemList, Note, Paragraph, Section, Sheet, Text

Blocks = Mapping[str, Sequence[Any]]
NOTES = ("correction", "warning", "tip")


def plain_voice(words: Mapping[str, Any] | None = None, names: Mapping[str, Any] | None = None) -> Voice:
    """A voice for prose that is about no one function: the catalogue, free letters, and these words and names."""
    from sympy import Symbol

    return Voice(
        dict(words or {}),
        {"x": Symbol("x", real=True), **LETTERS, **dict(names or {})},
        {},
        catalogue_functions(),
        written_functions(),
    )


def essay(
    name: str,
    blocks: Blocks,
    voice: Voice,
    *,
    subject: str = "",
    title: Text | None = None,
    reading: Text | None = None,
    declared: Sequence[str] = (),
    questions: Sequence[Any] = (),
    own: str = "",
) -> Sheet:
    """The sheet that ``subjects/<name>.toml`` and the computed `blocks` make together.

    Where `own` has a prose file too, what that says is added: its lists follow, its words replace.
    """
    prose = load(f"subjects/{name}")
    for key, value in (load(f"subjects/{own}") if own else {}).items():
        prose = prose | {key: [*prose.get(key, []), *value] if isinstance(value, list) else value}
    if not prose:
        raise DefinitionError(f"there is no prose for '{name}'")
    used: set[str] = set()
    lead = content(voice, prose.get("lead", []), blocks, used)
    sections = [
        Section(
            part["key"],
            voice.text(part["title"]),
            voice.text(part["cue"]),
            tuple(content(voice, part["content"], blocks, used)),
        )
        for part in prose["sections"]
        if applies(voice, part) and all(name in blocks for name in part.get("needs", []))
    ]
    if entries := prose.get("misconceptions"):
        sections.append(
            Frame("activation", "misconceptions", voice).section(
                refutations(voice, entries, Frame("activation", "misconceptions", voice))
            )
        )
    asked = [*questions, *written(voice, prose.get("questions", []))]
    if asked:
        sections.append(Frame("activation", "quiz", voice).section(asked))
        sections.append(review(voice))
    if left := set(blocks) - used:
        raise DefinitionError(f"the prose of '{name}' has no place for {', '.join(sorted(left))}")
    sheet = Sheet(
        subject=subject or name,
        title=title or voice.text(prose["title"]),
        sections=tuple(section for section in sections if section is not None),
        summary=voice.texts(prose["summary"]),
        lead=tuple(lead),
        tags={"Difficulty": prose["difficulty"], "Select": prose["select"]},
        reading=reading,
    )
    return with_references(sheet, [*declared, *prose.get("sources", [])])


def content(voice: Voice, entries: Sequence[Any], blocks: Blocks, used: set[str]) -> list[Any]:
    """The blocks of a `content` list."""
    found: list[Any] = []
    for entry in entries:
        if not applies(voice, entry):
            continue
        if isinstance(entry, str) and entry.startswith("@"):
            if entry[1:] not in blocks:
                raise DefinitionError(
                    f"the prose asks for '{entry}', which nobody computed; there are {', '.join(blocks)}"
                )
            used.add(entry[1:])
            found += blocks[entry[1:]]
        else:
            found += [_entry(voice, entry)]
    return found


def _entry(voice: Voice, entry: Any) -> Any:
    if isinstance(entry, str):
        return Paragraph(voice.text(entry))
    if "heading" in entry:
        return Heading(voice.text(entry["heading"]))
    if "list" in entry:
        return ItemList(voice.texts(entry["list"]), entry.get("ordered", False))
    if "formula" in entry:
        found = voice.worked_out(entry["formula"]) if entry.get("computed") else voice.written(entry["formula"])
        return found if isinstance(found, Equation) else Equation((found,))
    for kind in NOTES:
        if kind in entry:
            return Note(kind, voice.text(entry[kind]), tuple(paragraphs(voice, sentences_of(entry["text"]))))
    return Paragraph(voice.text(entry["text"]))
