"""What a result depends on besides the question: the bytes of files, and what is installed."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

SKIPPED = ("__pycache__",)


def bytes_of(*folders: Path) -> str:
    """The SHA-256 of every file below these folders, with its place: of code, prose and templates alike."""
    total = hashlib.sha256()
    for folder in folders:
        for path in _files(str(folder)):
            with open(path, "rb", buffering=0) as file:
                content = hashlib.sha256(file.read()).hexdigest()
            total.update(f"{os.path.relpath(path, folder)}\0{content}\0".encode())
        total.update(b"\0")
    return total.hexdigest()


def _files(folder: str) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name not in SKIPPED:
                yield from _files(entry.path)
        elif entry.is_file():
            yield entry.path


def installed() -> list[str]:
    """The interpreter, the machine, and every installed distribution with its version (SymPy, NumPy, the optional ones)."""
    found: set[str] = set()
    for folder in sys.path:
        if os.path.isdir(folder):
            found.update(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    return [sys.version, sys.platform, machine, *sorted(found)]
