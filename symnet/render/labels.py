"""The few words that pages themselves say ("Summary", "Sources"), read from `templates/labels.toml`.

They stand in one file, so that a user's template folder can carry another language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from symnet.errors import RenderError
from symnet.render.folders import templates_folder


class Labels(dict):
    """Nested words, reached by attribute; a missing one raises `RenderError`."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __missing__(self, name: str) -> Any:
        raise RenderError(f"templates/labels.toml has no entry '{name}'")


def labels(folders: Sequence[Path] = ()) -> Labels:
    """The words of the pages; a user's `labels.toml` replaces single entries."""
    words: dict[str, Any] = {}
    for folder in (templates_folder(), *reversed(folders)):
        path = folder / "labels.toml"
        if path.is_file():
            try:
                words = _merged(words, tomllib.loads(path.read_text(encoding="utf-8")))
            except tomllib.TOMLDecodeError as error:
                raise RenderError(f"{path} is no TOML: {error}") from None
    return _wrapped(words)


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(below)
    for key, value in above.items():
        out[key] = _merged(out.get(key, {}), value) if isinstance(value, Mapping) else value
    return out


def _wrapped(words: Mapping[str, Any]) -> Labels:
    return Labels({key: _wrapped(value) if isinstance(value, Mapping) else value for key, value in words.items()})
