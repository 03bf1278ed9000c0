"""One question of a quiz."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symnet.explain.quiz.answers import Answer
from symnet.sheet import Text


@dataclass(frozen=True)
class Item:
    """A question with its computed answer, and the step that leads to it."""

    kind: str
    """What made it: ``"slope"``, ``"derivative"``, ``"parity"``, …"""
    subject: str
    """The activation that it is about."""
    prompt: Text
    answer: Answer
    feedback: tuple[Any, ...] = ()
    """Blocks that are shown after the answer."""
    hint: Text | None = None
    """How to write the answer."""
