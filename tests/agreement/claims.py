"""The contract JSON as a judge reads it: proved values as numbers, each checked against its own exact form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mpmath import mp, mpf

from agreement.evaluation import TooLarge, Undefined, evaluator
from agreement.witness import DIGITS, Witness

_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
MISSING = object()
MARGIN = mpf(10) ** -9


@dataclass(frozen=True)
class Contradiction:
    """A proved statement, and why it cannot be true."""

    expression: str
    fact: str
    why: str

    def __str__(self) -> str:
        return f"{self.expression} | {self.fact} | {self.why}"


def is_number(text: Any) -> bool:
    """Whether a JSON value is a NUMBER of the contract."""
    return isinstance(text, str) and (text in ("oo", "-oo") or _NUMBER.fullmatch(text) is not None)


def number(text: str) -> Any:
    """A NUMBER as an mpf."""
    return {"oo": mp.inf, "-oo": -mp.inf}.get(text) or mpf(text)


def last_place(text: str) -> Any:
    """One unit of the last printed digit."""
    mantissa, _, exponent = text.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    return mpf(10) ** (int(exponent or 0) - decimals)


class Claims:
    """The proved facts of one document, beside a witness who saw the function."""

    def __init__(self, document: dict[str, Any], text: str) -> None:
        mp.dps = DIGITS
        self.document = document
        self.text = text
        self.facts: dict[str, dict[str, Any]] = document["facts"]
        self.found: list[Contradiction] = []
        self.leaps: list[Any] | None = None
        self.values = {
            name: self._refined(name, f["value"], f["exact"]) for name, f in self.facts.items() if _proved(f)
        }
        self.witness = Witness(text, self._points(), document["variable"])

    def refute(self, fact: str, why: str) -> None:
        """Record a contradiction."""
        self.found.append(Contradiction(self.text, fact, why))

    def proved(self, fact: str) -> bool:
        """Whether the fact is claimed."""
        return fact in self.values

    def __getitem__(self, fact: str) -> Any:
        return self.values.get(fact, MISSING)

    def extra(self, fact: str, key: str) -> Any:
        """``infinite`` or ``family``, which stand in the value or beside it."""
        if fact not in self.facts:
            return None
        value = self.facts[fact]["value"]
        return value.get(key) if isinstance(value, dict) and key in value else self.facts[fact].get(key)

    def points(self, fact: str) -> list[Any]:
        """The places that a fact lists, whatever its shape."""
        value = self[fact]
        if value is MISSING or value is None:
            return []
        if isinstance(value, dict):
            return list(value.get("points", value.get("at", [])) or [])
        return [entry["at"] for entry in value if "at" in entry] if isinstance(value, list) else []

    def intervals(self, fact: str) -> list[tuple[Any, Any]]:
        """The intervals that a fact lists."""
        value = self[fact]
        return [tuple(pair) for pair in value.get("intervals", [])] if isinstance(value, dict) else []

    @property
    def domain(self) -> list[tuple[Any, Any]]:
        """The closures of D's intervals; all numbers where the domain is not decided."""
        return self.intervals("domain") if self.proved("domain") else [(-mp.inf, mp.inf)]

    @property
    def excluded(self) -> list[Any]:
        """The points left out of D."""
        value = self["domain"]
        return list(value["excluded"]) if isinstance(value, dict) else []

    def interior(self, v: Any, margin: Any = MARGIN) -> bool:
        """Whether v lies inside D with some room."""
        return any(a + margin < v < b - margin for a, b in self.domain) and all(
            abs(v - e) > margin for e in self.excluded
        )

    def _points(self) -> Iterator[Any]:
        for name, value in self.values.items():
            if name not in ("taylor", "taylor_series"):
                yield from (v for v in _numbers(value) if mp.isfinite(v) and abs(v) < mpf(10) ** 6)

    def _refined(self, fact: str, value: Any, exact: Any) -> Any:
        """`value` with NUMBERs as mpf, taken from the exact form where there is one, after comparing the two."""
        if isinstance(value, dict):
            inner = exact if isinstance(exact, dict) else {}
            return {key: self._refined(fact, item, inner.get(key)) for key, item in value.items()}
        if isinstance(value, list):
            inner = exact if isinstance(exact, list) and len(exact) == len(value) else [None] * len(value)
            return [self._refined(fact, item, e) for item, e in zip(value, inner, strict=True)]
        if not is_number(value):
            return value
        decimal = number(value)
        if not isinstance(exact, str) or exact in ("oo", "-oo"):
            self._count_digits(fact, value, None)
            return decimal
        try:
            better = evaluator(exact, "no_variable")(mpf(0))
        except (Undefined, TooLarge, KeyError, SyntaxError) as error:
            self.refute(fact, f"the exact form {exact} cannot be evaluated ({type(error).__name__})")
            return decimal
        if abs(better - decimal) >= last_place(value):
            self.refute(fact, f"{value} is not {exact} = {mp.nstr(better, 40)}")
        self._count_digits(fact, value, better)
        return better

    def _count_digits(self, fact: str, text: str, better: Any) -> None:
        """A number with fewer than 30 digits must end there."""
        if text in ("oo", "-oo") or len(re.sub(r"[eE].*|[-.]", "", text).lstrip("0")) >= 30:
            return
        if better is not None and abs(better - mpf(text)) > mpf(10) ** -50 * abs(better):
            self.refute(fact, f"{text} has fewer than 30 digits")


def _proved(fact: dict[str, Any]) -> bool:
    return fact["verdict"] == "proved"


def _numbers(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _numbers(item)
    elif isinstance(value, list):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, mp.mpf):
        yield value


Refutation = Callable[[Claims], None]
REFUTATIONS: list[Refutation] = []


def refutation(function: Refutation) -> Refutation:
    """Enter a function that tries to refute some facts."""
    REFUTATIONS.append(function)
    return function
