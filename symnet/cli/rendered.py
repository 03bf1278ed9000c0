"""Sheets that were rendered before, looked up before SymPy is loaded.

The key is everything that the bytes depend on: the verb, its targets and options, the format with its width, Unicode and colour; the
bytes of a target that is a file; symnet's own files, prose and templates among them, and the user's templates; what is installed.
A file of definitions (``--load``) may read whatever it likes, so nothing that it took part in is kept.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

import symnet
from symnet.cache import Store, digest
from symnet.cache.fingerprint import bytes_of, installed
from symnet.render.folders import templates_folder, user_folders

SHEETS = Store("rendered", keep=4)
LOADED = "symnet.cli.loaded"
"""Set in click's context where the user's own code ran."""


@dataclass(frozen=True)
class Rendered:
    """A finished sheet."""

    subject: str
    """What its file is called."""
    text: str | bytes


def remembered(
    asked: Mapping[str, Any], targets: Sequence[str], make: Callable[[], Rendered], template_dir: str | None = None
) -> Rendered:
    """What `make` makes, or what it made when the same was asked before; `asked` is plain JSON content."""
    if click.get_current_context().meta.get(LOADED):
        return make()
    key = digest(
        {
            "asked": [symnet.__version__, *targets, asked],
            "files": [_bytes_of_target(text) for text in targets],
            "symnet": bytes_of(Path(symnet.__file__).parent, templates_folder(), *user_folders(template_dir)),
            "installed": installed(),
        }
    )
    found = _read(SHEETS.get(key))
    if found is None:
        found = make()
        binary = isinstance(found.text, bytes)
        content = base64.b64encode(found.text).decode() if isinstance(found.text, bytes) else found.text
        SHEETS.put(key, {"subject": found.subject, "binary": binary, "content": content})
    return found


def _bytes_of_target(text: str) -> str | None:
    """The hash of the file that a target names, None where it names none."""
    try:
        return hashlib.sha256(Path(text.strip()).read_bytes()).hexdigest() if len(text) < 4096 else None
    except (OSError, ValueError):
        return None


def _read(payload: Any) -> Rendered | None:
    if not isinstance(payload, dict) or payload.keys() != {"subject", "binary", "content"}:
        return None
    content = payload["content"]
    return Rendered(payload["subject"], base64.b64decode(content) if payload["binary"] else content)
