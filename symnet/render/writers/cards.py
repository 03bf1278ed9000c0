"""Sheets as flash cards: an Anki deck, or tab-separated lines that Anki and others import.

A card is made of every self-test question, of every property and of every misconception. Its identity comes from
the subject and the words of the question before numbers are filled in, so that a corrected answer or a new number
updates the card that the learner already has. Formulas are MathJax, which Anki carries itself.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from symnet.errors import MissingExtraError
from symnet.render.environment import load
from symnet.render.mathematics.latex import latex
from symnet.render.writers.html import HtmlWriter
from symnet.sheet.blocks import Block, Equation, FactTable, Note, Question
from symnet.sheet.sheet import Sheet
from symnet.sheet.text import Text


@dataclass(frozen=True)
class Card:
    """One card, both sides as HTML."""

    identity: str
    front: str
    back: str
    tags: tuple[str, ...]


class TsvWriter(HtmlWriter):
    """Cards as lines: identity, front, back, tags; the head of the file tells Anki which column is which."""

    def inline(self, thing: Any) -> Markup:
        return Markup(r"\(") + escape(latex(thing)) + Markup(r"\)")

    def display(self, equation: Equation) -> Markup:
        return Markup(r"\[") + escape(latex(equation)) + Markup(r"\]")

    def cards(self, sheet: Sheet) -> tuple[Card, ...]:
        """All cards of a sheet, in its order."""
        sides = load(self.environment, "anki/cards.html.jinja").module
        found = []
        seen: Counter[str] = Counter()
        for section in sheet.sections:
            for kind, words, front, back in self._sides(sides, sheet, section.blocks):
                tags = ("symnet", sheet.subject, section.key, kind)
                seen[words] += 1
                identity = _identity(sheet.subject, kind, words, *[str(seen[words])] * (seen[words] > 1))
                found.append(Card(identity, _line(front), _line(back), tags))
        return tuple(found)

    def _sides(self, sides: Any, sheet: Sheet, blocks: tuple[Block, ...]) -> Iterator[tuple[str, str, Any, Any]]:
        for block in blocks:
            if isinstance(block, Question):
                yield "question", _words(block.question), sides.question(sheet, block), sides.answer(block)
            elif isinstance(block, FactTable):
                for row in (row for row in block.rows if row.verdict != "not decided"):
                    yield "property", _words(row.property), sides.property(sheet, row), sides.fact(row)
            elif isinstance(block, Note) and block.kind == "misconception":
                yield "misconception", _words(block.title), sides.claim(sheet, block), sides.refutation(block)

    def page(self, sheet: Sheet) -> Any:
        """The whole file."""
        head = [
            "#separator:tab",
            "#html:true",
            f"#deck:symnet::{self.plain(sheet.title)}",
            "#guid column:1",
            "#tags column:4",
        ]
        lines = ["\t".join((card.identity, card.front, card.back, " ".join(card.tags))) for card in self.cards(sheet)]
        return "\n".join(head + lines) + "\n"


class AnkiWriter(TsvWriter):
    """Cards as an ``.apkg`` file, the same bytes every time."""

    def page(self, sheet: Sheet) -> bytes:
        """The deck; raises `MissingExtraError` without genanki."""
        try:
            import genanki
        except ImportError:
            raise MissingExtraError.of("genanki", "anki", "to make an Anki deck") from None
        model = genanki.Model(
            _number("model"), "symnet", fields=[{"name": "Front"}, {"name": "Back"}], css=str(self.asset("anki/cards.css")),
            templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}],
        )  # fmt: skip
        deck = genanki.Deck(_number(f"deck {sheet.subject}"), f"symnet::{self.plain(sheet.title)}")
        for card in self.cards(sheet):
            note = genanki.Note(model, [card.front, card.back], guid=card.identity, tags=list(card.tags))
            deck.add_note(note)
        return _packed(genanki.Package(deck))


def _packed(package: Any) -> bytes:
    """The package with the dates of its parts taken out."""
    import zipfile
    from io import BytesIO
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder, "deck.apkg")
        package.write_to_file(str(path), timestamp=0)
        packed = BytesIO()
        with zipfile.ZipFile(path) as made, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as clean:
            for name in sorted(made.namelist()):
                clean.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), made.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _identity(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(("symnet", *parts)).encode()).hexdigest()[:20]


def _number(name: str) -> int:
    """An id as Anki wants it: a positive integer below 2³¹."""
    return int(hashlib.sha256(f"symnet {name}".encode()).hexdigest()[:8], 16) % (2**31 - 1) + 1


def _words(text: Text | str) -> str:
    return text if isinstance(text, str) else text.words


def _line(side: Any) -> str:
    """A side on one line, for a line is a card; a line break inside code stays one."""
    text = str(side).strip()
    parts = text.split("<pre")
    kept = [parts[0].replace("\n", " ")]
    for part in parts[1:]:
        code, end, rest = part.partition("</pre>")
        kept.append("<pre" + code.replace("\n", "<br>") + end + rest.replace("\n", " "))
    return "".join(kept).replace("\t", "    ")
