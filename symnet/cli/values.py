"""Spell a value of the JSON contract in a few words, for the table that ``symnet analyse`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_DIGITS = 12
"""Digits of a long decimal that are shown; the JSON has all of them."""


def spell(value: Any) -> str:
    """``0 at -1; …``, ``[0, oo]``, ``y = x - 1 at oo``: a value as a person writes it."""
    if value is None or value == []:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return _record(value)
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(item, str) for item in value):
            return f"({spell(value[0])}, {spell(value[1])})"
        return "; ".join(map(spell, value))
    return _number(str(value))


def _record(value: Mapping[str, Any]) -> str:
    if "vertical_at" in value:
        return f"x = {spell(value['vertical_at'])}"
    if "slope" in value:
        return f"y = {_line(value['slope'], value['intercept'])} at {value['side']}"
    if "sibling" in value:
        return f"{spell(value['value'])} from {value['sibling']} at {_places(value['at'], [])}"
    if "attained" in value:
        places = _places(value["at"], value["intervals"])
        return f"{spell(value['value'])}, " + (f"attained at {places}" if value["attained"] else "not attained")
    if "left_slope" in value:
        return f"at {spell(value['at'])}: slope {spell(value['left_slope'])} to {spell(value['right_slope'])}"
    if "left" in value and "at" not in value:
        return f"{value['left']} = {value['right']}"
    if "left" in value:
        sides = f"from {spell(value['left'])} to {spell(value['right'])}"
        return f"at {spell(value['at'])}: {sides}, value {spell(value['value'])}"
    if "kind" in value:
        return f"{value['kind']} {spell(value['value'])} at {spell(value['at'])}"
    if "excluded" in value:
        shown = _places([], value["intervals"]) if value["intervals"] else ""
        shown = "; ".join(filter(None, (shown, *map(spell, value.get("points", [])))))
        return (shown or "empty") + (f" without {_places(value['excluded'], [])}" if value["excluded"] else "")
    if "points" in value:
        infinite = f"; infinitely many{': ' + value['family'] if value['family'] else ''}"
        return _places(value["points"], value["intervals"]) + (infinite if value["infinite"] else "")
    if "expression" in value:
        return f"{value['expression']} on {spell(value['domain'])}"
    if "cases" in value:
        return "; ".join(f"{spell(case['value'])} if {case['if']}" for case in value["cases"])
    return ", ".join(f"{key.replace('_', ' ')} {spell(item)}" for key, item in value.items())


def _places(points: list[str], intervals: list[list[str]]) -> str:
    return "; ".join([*map(spell, points), *(f"{spell(a)} to {spell(b)}" for a, b in intervals)]) or "none"


def _line(slope: str, intercept: str) -> str:
    if slope == "0":
        return spell(intercept)
    steep = {"1": "x", "-1": "-x"}.get(slope, f"{spell(slope)}*x")
    if intercept == "0":
        return steep
    return f"{steep} - {spell(intercept[1:])}" if intercept.startswith("-") else f"{steep} + {spell(intercept)}"


def _number(text: str) -> str:
    plain = text.lstrip("-").replace(".", "")
    return f"{text[: _DIGITS + 2]}..." if plain.isdigit() and len(plain) > _DIGITS + 2 else text
