"""A registry: records by name and alias, with a did-you-mean for everything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

from symnet.errors import DefinitionError, UnknownNameError


class Named(Protocol):
    """What a registry asks of its records."""

    @property
    def name(self) -> str: ...

    @property
    def aliases(self) -> tuple[str, ...]: ...


CALL = re.compile(r"([^()]+)\(([^()]*)\)")


def read_call(text: str, kind: str) -> tuple[str, dict[str, str]]:
    """A name and the values of its parameters: ``huber(delta=1/2)``; a bare name has none."""
    found = CALL.fullmatch(text.strip())
    if found is None:
        return text, {}
    pairs = [part.partition("=") for part in found[2].split(",")]
    if not all(equal and key.strip() and value.strip() for key, equal, value in pairs):
        raise DefinitionError(f"parameters of the {kind} are given as in name(parameter=1/2), got {text[:60]!r}")
    return found[1].strip(), {key.strip(): value.strip() for key, _, value in pairs}


Record = TypeVar("Record", bound=Named)


def normal(name: str) -> str:
    """The key of a name: case, spaces, hyphens and underscores do not count (``Leaky-ReLU`` is ``leaky_relu``)."""
    return "".join(character for character in name.lower() if character not in " -_")


class Registry(Generic[Record]):
    """Records of one kind, in the order of their declaration; `load` imports the modules that declare them."""

    def __init__(self, kind: str, load: Callable[[], object]) -> None:
        self.kind = kind
        self._load = load
        self._loaded = False
        self._records: dict[str, Record] = {}
        self._keys: dict[str, str] = {}

    def add(self, record: Record) -> Record:
        """Enter a record; a name or alias that is taken raises `DefinitionError`."""
        for spelling in (record.name, *record.aliases):
            owner = self._keys.get(normal(spelling))
            if owner is not None and owner != record.name:
                raise DefinitionError(
                    f"the {self.kind} '{spelling}' exists already (it names '{owner}'); choose another name"
                )
        if record.name in self._records:
            raise DefinitionError(f"the {self.kind} '{record.name}' exists already; choose another name")
        self._records[record.name] = record
        for spelling in (record.name, *record.aliases):
            self._keys[normal(spelling)] = record.name
        return record

    def _ready(self) -> None:
        if not self._loaded:
            self._loaded = True
            self._load()

    def __contains__(self, name: str) -> bool:
        self._ready()
        return normal(name) in self._keys

    def __getitem__(self, name: str) -> Record:
        self._ready()
        key = self._keys.get(normal(name))
        if key is None:
            raise UnknownNameError.among(self.kind, name, self.spellings(), "List them with: symnet list")
        return self._records[key]

    def __iter__(self) -> Iterator[Record]:
        self._ready()
        return iter(tuple(self._records.values()))

    def __len__(self) -> int:
        self._ready()
        return len(self._records)

    def spellings(self) -> list[str]:
        """Every name and alias, as declared."""
        self._ready()
        return [spelling for record in self._records.values() for spelling in (record.name, *record.aliases)]
