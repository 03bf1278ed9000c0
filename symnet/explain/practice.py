"""The note's notebook practice: cells that run from top to bottom, each with what it prints.

The output under a cell is not typed in: the cells are our own source, and they are run here, in order, in
one namespace, when the sheet is made. A test runs them again as a notebook.
"""

from __future__ import annotations

import contextlib
import io
from functools import lru_cache
from typing import Any

from symnet.prose import load
from symnet.sheet import Code, Text


@lru_cache(maxsize=1)
def cells() -> tuple[Code, ...]:
    """Every cell of ``prose/practice.toml`` with its output."""
    namespace: dict[str, Any] = {}
    found = []
    for entry in load("practice")["cells"]:
        source = entry["source"].strip()
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(source, f"<cell {len(found) + 1}>", "exec"), namespace)
        found.append(Code("python", source, printed.getvalue().rstrip("\n"), Text(entry["title"])))
    return tuple(found)
