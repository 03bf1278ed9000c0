"""Entries on disk, by the hash of their content."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

VARIABLE = "SYMNET_CACHE_DIR"


def digest(content: Any) -> str:
    """The SHA-256 of plain JSON content, the same for equal content whatever the order of its keys."""
    return hashlib.sha256(_dump(content)).hexdigest()


@lru_cache(maxsize=8)
def source_digest(*packages: str) -> str:
    """The SHA-256 of all Python sources below these folders of symnet: results of other code are other results."""
    root = Path(__file__).resolve().parent.parent
    total = hashlib.sha256()
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def _dump(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


@dataclass(frozen=True)
class Store:
    """One kind of entries: a folder below the cache's."""

    kind: str
    keep: int = 0
    """How many entries each of its 256 folders keeps, the youngest; 0 keeps all."""

    @property
    def folder(self) -> Path | None:
        """Where the entries lie; None when the cache is switched off."""
        chosen = os.environ.get(VARIABLE)
        if chosen is not None:
            return Path(chosen) / self.kind if chosen else None
        from platformdirs import user_cache_path

        return user_cache_path("symnet", appauthor=False) / self.kind

    def _path(self, key: str) -> Path | None:
        folder = self.folder
        return None if folder is None else folder / key[:2] / f"{key}.json"

    def get(self, key: str) -> Any | None:
        """The payload of an entry, or None when there is no intact one."""
        path = self._path(key)
        if path is None:
            return None
        try:
            entry = json.loads(path.read_bytes())
            payload = entry["payload"]
            intact = entry["key"] == key and entry["checksum"] == digest(payload)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return payload if intact else None

    def put(self, key: str, payload: Any) -> None:
        """Keep a payload of plain JSON types; a folder that cannot be written is no error."""
        path = self._path(key)
        if path is None:
            return
        # In the payload's own order: what is read back prints the same bytes as what was computed.
        entry = json.dumps({"key": key, "checksum": digest(payload), "payload": payload}).encode()
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(entry)
                os.replace(beside, path)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(beside)
                raise
            if self.keep:
                self._forget(path.parent)

    def _forget(self, folder: Path) -> None:
        """Delete the oldest entries beyond `keep`; one that another process deleted first is no error."""
        ages = sorted(
            (entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(folder) if entry.name.endswith(".json")
        )
        for _, path in ages[: -self.keep]:
            with contextlib.suppress(OSError):
                os.unlink(path)
