"""A sentence with placeholders that the engine fills.

The words are prose with `{placeholders}`; the values are strings, integers or SymPy objects, and
each format prints them its own way: mathematics as mathematics, strings escaped. Inside the words,
``*emphasis*``, ``**strong**`` and `` `code` `` are the only markup, and every format honours it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Text:
    """Prose and the values of its placeholders."""

    words: str
    values: Mapping[str, Any] = field(default_factory=dict)
    """Placeholder → str, int, SymPy object, or `Equation` (printed inline)."""

    @classmethod
    def of(cls, words: str | Text, **values: Any) -> Text:
        """`words` as a `Text`; a `Text` is passed through."""
        return words if isinstance(words, Text) else cls(words, values)
