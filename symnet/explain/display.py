"""A derivation, an analysis or a network as a small sheet: what a notebook shows for it."""

from __future__ import annotations

from typing import Any

from symnet.analysis.decision import Analysis
from symnet.calculus.derivation import Derivation
from symnet.definitions.network import Network
from symnet.explain.activation.derivative import steps
from symnet.explain.architecture import counts, equations, shape
from symnet.explain.essay import plain_voice
from symnet.explain.notation import Applied
from symnet.prose import load
from symnet.sheet import DataTable, Equation, Section, Sheet, Text

SHORT = 60
"""Longer values are cut in the table of an analysis; the data has them whole."""


def small_sheet(record: Any) -> Sheet:
    """The record as a sheet of one section."""
    words = load("display")
    if isinstance(record, Derivation):
        result = Equation((Applied("f", record.order, record.variable), record.form))
        title = Equation((Applied("f", 0, record.variable), record.expression))
        return _sheet("derivation", Text("{f}", {"f": title}), words, (steps(record, result),))
    if isinstance(record, Analysis):
        rows = tuple(
            (name.replace("_", " "), _spelled(f.value, f.verdict, words), f.reason) for name, f in record.facts.items()
        )
        table = DataTable(tuple(map(Text, words["fact_header"])), rows)
        return _sheet("analysis", Text("{f}", {"f": record.expression}), words, (table,))
    if isinstance(record, Network):
        voice = plain_voice()
        return _sheet(
            "network",
            Text("{s}", {"s": shape(record)}),
            words,
            (counts(record, voice), equations(record.equations, voice)),
        )
    raise TypeError(f"a {type(record).__name__} has no small sheet")


def _sheet(key: str, title: Text, words: dict[str, Any], blocks: tuple[Any, ...]) -> Sheet:
    part = words[key]
    return Sheet(key, title, (Section(key, Text(part["title"]), Text(part["cue"]), blocks),))


def _spelled(value: Any, verdict: str, words: dict[str, Any]) -> str:
    if verdict != "proved":
        return words["unknown"]
    text = str(value) if value is not None else words["none"]
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
