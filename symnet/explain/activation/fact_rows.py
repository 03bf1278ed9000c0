"""The parts of a row of facts: numbers of the contract as mathematics, and the sentences that say them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sympy import Interval, LambertW, Mul, Rational, Symbol, oo

from symnet.analysis import Fact
from symnet.errors import DefinitionError
from symnet.explain import formula
from symnet.explain.notation import Decimal
from symnet.prose import load
from symnet.sheet import FactRow, Text

INFINITY = re.compile(r"-?\boo\b")
DIGITS = 6
WORD = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
LARGEST = 1000
"""A factor with a larger denominator is shown rounded."""
LONGEST = 8
"""A closed form with more operations is shown rounded."""


def number(value: str, exact: str | None = None) -> Any:
    """A number of the contract: exact where there is a closed form, else rounded."""
    if exact is not None:
        try:
            found = formula.read(str(exact), letters(str(exact)), {"LambertW": LambertW})
            if found.count_ops() <= LONGEST:
                return found
        except DefinitionError:
            pass
    if value in ("oo", "-oo"):
        return oo if value == "oo" else -oo
    if not WORD.search(value):
        return Decimal(Rational(value), DIGITS)
    coefficient, rest = formula.read(value, letters(value), {"LambertW": LambertW}).as_coeff_Mul()
    return coefficient * rest if coefficient.q < LARGEST else Mul(Decimal(coefficient, DIGITS), rest, evaluate=False)


def letters(text: str) -> dict[str, Symbol]:
    """The names in a text, the parameters of the function among them, as symbols."""
    return {name: Symbol(name, real=True) for name in WORD.findall(text) if name not in formula.CONSTANTS}


def words(key: str, **values: Any) -> Text:
    """A sentence of facts.toml."""
    return Text(load("facts")[key], values)


def row(name: str, value: Text, *facts: Fact) -> FactRow:
    """A proved row; its reason is that of its facts."""
    reasons = list(
        dict.fromkeys(
            INFINITY.sub(lambda m: "−∞" if m[0][0] == "-" else "∞", fact.reason) for fact in facts if fact.reason
        )
    )
    return FactRow(
        words(name),
        value,
        Text(" ".join(f"{{r{k}}}" for k in range(len(reasons))), {f"r{k}": r for k, r in enumerate(reasons)}),
        "proved",
    )


def proved(facts: Mapping[str, Fact], *names: str) -> list[Fact] | None:
    """The facts of these names when all are proved."""
    found = [facts[name] for name in names if name in facts]
    return found if len(found) == len(names) and all(fact.verdict == "proved" for fact in found) else None


def exact_part(fact: Fact, *path: Any) -> Any:
    """A part of the exact value, or None."""
    part = fact.exact
    for key in path:
        try:
            part = part[key]
        except (TypeError, KeyError, IndexError):
            return None
    return part


def interval(pair: Sequence[str], exact: Any, inner: bool = False, holds: Callable[[Any], bool] | None = None) -> Any:
    """An interval of the contract, open at infinity; the contract names closures, so an end belongs to it only where `holds` says so.

    `inner` leaves both ends out, where a slope may have only one side.
    """
    ends = [number(value, exact[k] if exact else None) for k, value in enumerate(pair)]
    left, right = (inner or end in (oo, -oo) or (holds is not None and not holds(end)) for end in ends)
    if any(isinstance(end, Decimal) for end in ends):
        brackets = {"l": "(" if left else "[", "r": ")" if right else "]"}
        return Text("{l}{a}, {b}{r}", {"a": ends[0], "b": ends[1], **brackets})
    return Interval(ends[0], ends[1], left, right)


def joined(texts: list[Text]) -> Text:
    return Text("; ".join(f"{{t{k}}}" for k in range(len(texts))), {f"t{k}": text for k, text in enumerate(texts)})
