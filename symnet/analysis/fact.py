"""The record of one property: what is claimed, whether it is proved, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PROVED, UNKNOWN = "proved", "unknown"


@dataclass(frozen=True)
class Fact:
    """A property with its verdict; `unknown` has no value."""

    property: str
    verdict: str
    value: Any = None
    """Plain JSON types in the contract of `facts.schema.json`."""
    exact: Any = None
    """The shape of `value` with strings in the input grammar, or None."""
    reason: str = ""
    """A finished sentence."""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    """What beside the value belongs to the claim: `infinite` and `family` of lists, rates, …"""
    conditions: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The fact in the JSON contract."""
        return {
            "verdict": self.verdict,
            "value": self.value,
            "exact": self.exact,
            "reason": self.reason,
            "conditions": list(self.conditions),
            **self.evidence,
        }

    @classmethod
    def from_json(cls, name: str, record: Mapping[str, Any]) -> Fact:
        """The fact that `to_json` wrote."""
        listed = {"verdict", "value", "exact", "reason", "conditions"}
        evidence = {key: value for key, value in record.items() if key not in listed}
        return cls(
            name,
            record["verdict"],
            record["value"],
            record["exact"],
            record["reason"],
            evidence,
            tuple(record["conditions"]),
        )
