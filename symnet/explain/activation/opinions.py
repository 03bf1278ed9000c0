"""The hand-written parts of a sheet, their numbers computed: relations, advice, misconceptions."""

from __future__ import annotations

from typing import Any

from symnet.explain.frame import Frame, applies, items, paragraphs, sentences_of
from symnet.explain.function import Function
from symnet.explain.voice import Voice
from symnet.sheet import ItemList, Note, Section, Text


def relations(function: Function) -> Section | None:
    """Identities with siblings, and limits of the parameters."""
    frame = Frame("activation", "relations", function.voice)
    entries = [entry for entry in function.prose.get("relations", []) if applies(function.voice, entry)]
    if not entries:
        return None
    texts = tuple(
        Text(
            "{identity}: {words}",
            {"identity": function.voice.written(e["formula"]), "words": function.voice.text(e["text"])},
        )
        for e in entries
    )
    return frame.section([frame.paragraph("intro"), ItemList(texts)])


def use(function: Function) -> Section | None:
    """When to choose the function, and when not, each with its reason."""
    frame = Frame("activation", "use", function.voice)
    prose = function.prose.get("use", {})
    blocks: list[Any] = paragraphs(function.voice, sentences_of(prose.get("intro", [])))
    for key in ("for", "against"):
        if prose.get(key):
            blocks += [frame.paragraph(key), *items(function.voice, prose[key])]
    blocks += paragraphs(function.voice, sentences_of(prose.get("partner", [])))
    return frame.section(blocks)


def misconceptions(function: Function) -> Section | None:
    """What people believe, and the computed counterexample."""
    frame = Frame("activation", "misconceptions", function.voice)
    return frame.section(refutations(function.voice, function.prose.get("misconceptions", []), frame))


def refutations(voice: Voice, entries: list[dict[str, Any]], frame: Frame) -> list[Note]:
    """Each misconception as a note: the claim, why it is wrong, and the numbers that show it."""
    notes = []
    for entry in entries:
        if not applies(voice, entry):
            continue
        body: list[Any] = paragraphs(voice, sentences_of(entry["text"]))
        body += [voice.worked_out(formula) for formula in entry.get("computed", [])]
        notes.append(Note("misconception", voice.text(entry["title"]), tuple(body)))
    return notes


def corrections(function: Function) -> list[Any]:
    """Where the source note is loose or wrong, said kindly."""
    notes = []
    for entry in function.prose.get("corrections", []):
        if applies(function.voice, entry):
            body = paragraphs(function.voice, sentences_of(entry["text"]))
            notes.append(Note(entry.get("kind", "correction"), function.voice.text(entry["title"]), tuple(body)))
    return notes


def review(voice: Voice, frame_file: str = "activation") -> Section | None:
    """The plan of spaced repetition."""
    frame = Frame(frame_file, "review", voice)
    plan = ItemList(frame.texts("plan"), ordered=True)
    return frame.section([frame.paragraph("intro"), plan, frame.paragraph("why")])
