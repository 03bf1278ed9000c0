"""The `Sheet`: Cornell notes as records. A section is one cue question and the notes that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from symnet.sheet.blocks import Block
from symnet.sheet.text import Text


@dataclass(frozen=True)
class Reference:
    """A source: who, when, what, and where it can be found."""

    key: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Section:
    """One row of the Cornell page: the cue on the left, the notes on the right."""

    key: str
    """Stable name of the section: ``"definition"``, ``"derivative"``, ``"kinks"``, …"""
    title: Text
    cue: Text
    """A question that the notes answer."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Sheet:
    """A study sheet, free of any format."""

    subject: str
    """The file name without suffix: ``"relu"``."""
    title: Text
    sections: tuple[Section, ...]
    summary: tuple[Text, ...] = ()
    """At most five sentences, the foot of the Cornell page."""
    lead: tuple[Block, ...] = ()
    """What stands before the first section: intuition and, at best, a picture."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """``{"Difficulty": "Easy", "Select": "main"}``, as in the source note."""
    references: tuple[Reference, ...] = ()
    reading: Text | None = None
    """How the request was read: "read as the catalogue name …"."""

    def show(self, form: str = "terminal") -> str:
        """The sheet rendered in a format: ``"terminal"``, ``"markdown"``, ``"latex"``, ``"html"``, ``"json"``."""
        from symnet.shortcuts import render_sheet

        return render_sheet(self, form)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows."""
        from symnet.shortcuts import display

        return display(self)
