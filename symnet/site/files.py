"""The files of the site on disk: written whole or not at all, and remembered with their hashes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from symnet.errors import FileError

RECORDS = ".built"
"""The folder of the records, one a page."""
ROWS = f"{RECORDS}/rows"
"""The folder of the comparison's rows."""
INDEX = "index"
"""The record of the index and the comparison."""


def prepare(folder: Path) -> None:
    """Make the folder of the site, before any work is done for it."""
    try:
        (folder / RECORDS).mkdir(parents=True, exist_ok=True)
        put(folder / RECORDS / "writable", "")
        (folder / RECORDS / "writable").unlink()
    except OSError as error:
        raise FileError(
            f"cannot write into {folder}: {(error.strerror or str(error)).lower()}; choose another folder with -o"
        ) from None


def put(path: Path, content: str | bytes) -> None:
    """Write beside and rename."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True) if beside.parent.is_dir() else None
        raise FileError(
            f"cannot write {path}: {(error.strerror or str(error)).lower()}; choose another folder with -o"
        ) from None


def is_current(folder: Path, slug: str, key: str) -> bool:
    """Whether the page was built for this key and its files are still as they were written."""
    try:
        record = json.loads((folder / RECORDS / f"{slug}.json").read_text(encoding="utf-8"))
        return record["key"] == key and all(_hash(folder / name) == value for name, value in record["files"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def remember(folder: Path, slug: str, key: str, files: Mapping[str, str | bytes]) -> None:
    """Write the files of a page, and its record last."""
    for name, content in files.items():
        put(folder / name, content)
    hashes = {name: _hash(folder / name) for name in sorted(files)}
    put(folder / RECORDS / f"{slug}.json", json.dumps({"key": key, "files": hashes}, sort_keys=True, indent=0))


def built(folder: Path) -> dict[str, str]:
    """The pages that have a record, and what each was built for."""
    found = {}
    for path in sorted((folder / RECORDS).glob("*.json")):
        try:
            found[path.stem] = str(json.loads(path.read_text(encoding="utf-8"))["key"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
