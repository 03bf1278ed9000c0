"""Puts a titled section together from the prose of its frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symnet.errors import DefinitionError
from symnet.explain.voice import Voice
from symnet.prose import load
from symnet.sheet import ItemList, Note, Paragraph, Section


class Frame:
    """The sentences of one part of a frame file, spoken by a voice."""

    def __init__(self, file: str, part: str, voice: Voice) -> None:
        self.part, self.voice = part, voice
        self.words: dict[str, Any] = load(file)[part]

    def text(self, key: str, **extra: Any) -> Any:
        """The sentence `key`, filled."""
        return self.voice.text(self.words[key], **extra)

    def texts(self, key: str, **extra: Any) -> tuple[Any, ...]:
        """The sentences of the list `key`, filled."""
        return self.voice.texts(self.words[key], **extra)

    def paragraph(self, key: str, **extra: Any) -> Paragraph:
        """The sentence `key` as a paragraph."""
        return Paragraph(self.text(key, **extra))

    def section(self, blocks: Iterable[Any], title: str = "title", cue: str = "cue") -> Section | None:
        """The section with these blocks; None when there are none."""
        found = tuple(blocks)
        return Section(self.part, self.text(title), self.text(cue), found) if found else None


def paragraphs(voice: Voice, sentences: Iterable[Any]) -> list[Paragraph]:
    """Every sentence whose condition holds, as a paragraph of its own."""
    return [Paragraph(voice.text(words)) for words in chosen(voice, sentences)]


def items(voice: Voice, sentences: Iterable[Any], ordered: bool = False) -> list[ItemList]:
    """Every sentence whose condition holds, as one list; no list when none does."""
    found = tuple(voice.text(words) for words in chosen(voice, sentences))
    return [ItemList(found, ordered)] if found else []


def chosen(voice: Voice, sentences: Iterable[Any]) -> list[Any]:
    """The sentences, and of those with a condition (``{when = "alpha < 1", text = …}``) the ones for which it holds."""
    return [entry["text"] if isinstance(entry, dict) else entry for entry in sentences if applies(voice, entry)]


def applies(voice: Voice, entry: Any) -> bool:
    """Whether a table of prose has no condition, or whether every condition holds at the parameters' values.

    A condition about a point where the function has no value or no slope does not hold.
    """
    if not isinstance(entry, dict) or "when" not in entry:
        return True
    conditions = [entry["when"]] if isinstance(entry["when"], str) else entry["when"]
    try:
        return all(voice.holds(condition) for condition in conditions)
    except DefinitionError:
        return False


def notes(voice: Voice, kind: str, entries: Iterable[dict[str, Any]]) -> list[Note]:
    """Asides of one kind: each entry has a `title` and sentences in `text`."""
    return [
        Note(kind, voice.text(entry["title"]), tuple(paragraphs(voice, sentences_of(entry["text"]))))
        for entry in entries
        if applies(voice, entry)
    ]


def sentences_of(text: Any) -> list[Any]:
    """One sentence or several, as a list."""
    return [text] if isinstance(text, (str, dict)) else list(text)
