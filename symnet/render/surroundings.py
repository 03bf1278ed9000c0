"""What the stream that a sheet is printed on can carry; light, so that the cache can be asked before Rich is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def surroundings(stream: Any, environ: Mapping[str, str], columns: int | None = None) -> dict[str, Any]:
    """The terminal writer's options for what is printed on `stream`: width, Unicode, colour.

    Colour only on a terminal that is not ``dumb``, and never where NO_COLOR is set; Unicode only where the
    stream's encoding can carry it; a pipe gets 80 columns.
    """
    terminal = bool(getattr(stream, "isatty", lambda: False)())
    if columns is None:
        columns = (
            int(environ["COLUMNS"]) if environ.get("COLUMNS", "").isdigit() else _columns(stream) if terminal else 80
        )
    try:
        "─⣿σ′".encode(getattr(stream, "encoding", None) or "ascii")
        unicode = True
    except (UnicodeEncodeError, LookupError):
        unicode = False
    color = terminal and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    return {"width": max(20, min(columns, 120)), "unicode": unicode, "color": color}


def _columns(stream: Any) -> int:
    from os import get_terminal_size

    try:
        return get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError, AttributeError):
        return 80
