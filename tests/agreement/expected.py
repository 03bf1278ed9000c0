"""Unfold the answers that were reasoned by hand into the shapes of the JSON contract."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

NAMES = {
    "domain": "domain", "inf": "infimum", "sup": "supremum", "zeros": "zeros", "fixed": "fixed_points",
    "crit": "critical_points", "infl": "inflection_points", "extrema": "extrema", "kinks": "kinks", "jumps": "jumps",
    "mono": "monotonicity", "conv": "convexity", "parity": "parity", "center": "symmetry_center",
    "continuous": "continuous", "smooth": "smoothness", "lip": "lipschitz", "period": "period", "asym": "asymptotes",
}  # fmt: skip


def formulas(name: str) -> dict[str, Any]:
    """The content of one of the data files beside this module."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def _bound(short: Any) -> dict[str, Any]:
    if isinstance(short, str):
        return {"value": short, "attained": False, "at": [], "intervals": []}
    value, attained, at, intervals = short
    return {"value": value, "attained": attained, "at": at, "intervals": intervals}


def _points(short: Any) -> dict[str, Any]:
    given = {"points": short} if isinstance(short, list) else short
    return {"points": [], "intervals": [], "infinite": False, "family": None} | given


def _listed(short: list[list[str]], *keys: str) -> list[dict[str, str]]:
    return [dict(zip(keys, entry, strict=True)) for entry in short]


def _line(short: list[str]) -> dict[str, str]:
    return (
        {"vertical_at": short[1]} if short[0] == "|" else dict(zip(("side", "slope", "intercept"), short, strict=True))
    )


def unfold(short: dict[str, Any]) -> dict[str, Any]:
    """Contract name → value, with exact spellings in place of the decimals."""
    facts: dict[str, Any] = {}
    for key, value in short.items():
        if key == "lim":
            facts["limit_at_minus_infinity"], facts["limit_at_plus_infinity"] = value
        elif key == "domain":
            intervals, excluded = ([["-oo", "oo"]], []) if value == "R" else value
            facts["domain"] = {"intervals": intervals, "excluded": excluded}
        elif key in ("inf", "sup", "lip"):
            facts[NAMES[key]] = _bound(value)
        elif key in ("zeros", "fixed", "crit", "infl"):
            facts[NAMES[key]] = _points(value)
        elif key == "extrema":
            facts["extrema"] = _listed(value, "at", "value", "kind")
        elif key == "kinks":
            facts["kinks"] = _listed(value, "at", "left_slope", "right_slope")
        elif key == "jumps":
            facts["jumps"] = _listed(value, "at", "left", "right", "value")
        elif key == "asym":
            facts["asymptotes"] = [_line(line) for line in value]
        else:
            facts[NAMES[key]] = None if value == "none" else value
    return facts


EXPECTED = {text: unfold(short) for name in ("expected", "second_expected") for text, short in formulas(name).items()}
CORPUS = {
    text: family for name in ("corpus", "second_corpus") for family, texts in formulas(name).items() for text in texts
}
