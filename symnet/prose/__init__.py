"""The sentences of the sheets, as data: one TOML file a subject, and one each for the frame, rules, facts and references.

English lives here and not in code, so that another language is another folder. Inside a sentence,
``{f(2)}`` is a formula that the engine computes (see `symnet.explain.formula`), ``{@nair2010}`` a
citation, and ``{title}`` a word; nothing that can be computed is written out by hand.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The prose file `name` (``"frame"``, ``"subjects/relu"``), as nested dictionaries; empty when there is none."""
    path = files(__name__).joinpath(*f"{name}.toml".split("/"))
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def subjects() -> list[str]:
    """The subjects that have prose of their own, sorted."""
    folder = files(__name__).joinpath("subjects")
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
