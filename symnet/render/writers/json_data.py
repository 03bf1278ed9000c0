"""Sheets as data: every formula is ``{"latex": …, "text": …}``; the schema is `sheet/sheet.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from symnet.render.mathematics.latex import latex
from symnet.render.mathematics.linear import linear, words_text
from symnet.render.runs import runs
from symnet.render.writers.writer import macro_name
from symnet.sheet.blocks import BLOCKS, Equation
from symnet.sheet.sheet import Sheet
from symnet.sheet.text import Text

SCHEMA = "symnet-sheet-1"
_MATHEMATICS = {"sides", "before", "after"}
"""Fields that always hold mathematics, so that a bare number there is a formula too."""
_BLOCKS = {"blocks", "lead", "answer", "body", "result"}
"""Fields that hold blocks; an `Equation` anywhere else is a formula inside a text or a cell."""


class JsonWriter:
    """The sheet as JSON, keys in the order of the records' fields."""

    def page(self, sheet: Sheet) -> str:
        """The whole document."""
        return json.dumps({"schema": SCHEMA, **record(sheet)}, ensure_ascii=False, indent=1) + "\n"


def record(thing: Any) -> dict[str, Any]:
    """A record as an object; a block says which."""
    head = {"block": macro_name(type(thing))} if isinstance(thing, BLOCKS) else {}
    return head | {field.name: _field(field.name, getattr(thing, field.name)) for field in fields(thing)}


def _field(name: str, value: Any) -> Any:
    if name in _MATHEMATICS:
        return [formula(side) for side in value] if isinstance(value, tuple) else formula(value)
    if name in _BLOCKS:
        return [record(block) for block in value] if isinstance(value, tuple) else value and record(value)
    return encoded(value)


def encoded(value: Any) -> Any:
    """Any value of a record."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Text):
        return text(value)
    if isinstance(value, Mapping):
        return {str(key): encoded(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [encoded(item) for item in value]
    if is_dataclass(value) and not isinstance(value, Equation):
        return record(value)
    return formula(value)


def formula(thing: Any) -> dict[str, str]:
    """Mathematics as LaTeX and as one line of Unicode."""
    return {"latex": latex(thing), "text": linear(thing)}


def text(thing: Text) -> dict[str, Any]:
    """Prose as plain text and as runs with their emphasis."""
    parts = []
    for run in runs(thing):
        part: dict[str, Any] = {"kind": run.kind}
        part |= formula(run.content) if run.kind == "mathematics" else {"text": run.content}
        part |= {"strong": True} if run.strong else {}
        part |= {"emphasis": True} if run.emphasis else {}
        parts.append(part)
    return {"text": words_text(thing, True), "runs": parts}
