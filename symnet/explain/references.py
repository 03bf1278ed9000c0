"""The sources of a sheet: what its sentences cite, and what the subject was declared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from symnet.errors import DefinitionError
from symnet.prose import load
from symnet.sheet import Sheet, Text
from symnet.sheet.sheet import Reference


def reference(key: str) -> Reference:
    """The source that `references.toml` knows by this key."""
    entry = load("references").get(key)
    if entry is None:
        raise DefinitionError(f"the source '{key}' is not in references.toml")
    return Reference(key, entry["text"], url(entry))


def url(entry: dict[str, str]) -> str:
    """Where a source is found: its DOI, its arXiv number, or its address."""
    if "doi" in entry:
        return f"https://doi.org/{entry['doi']}"
    if "arxiv" in entry:
        return f"https://arxiv.org/abs/{entry['arxiv']}"
    return entry.get("url", "")


def with_references(sheet: Sheet, declared: Iterable[str] = ()) -> Sheet:
    """The sheet with every source that it declares or cites, in that order, each once."""
    cited = [name.removeprefix("cite_") for text in texts(sheet) for name in text.values if name.startswith("cite_")]
    return replace(sheet, references=tuple(reference(key) for key in dict.fromkeys([*declared, *cited])))


def texts(thing: Any) -> Iterator[Text]:
    """Every `Text` inside a sheet or a block, in reading order."""
    if isinstance(thing, Text):
        yield thing
        for value in thing.values.values():
            yield from texts(value)
    elif isinstance(thing, tuple):
        for item in thing:
            yield from texts(item)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name))
