"""Whether two typed functions are the same: *equal* (proved), *different* (with a point that shows it), or *could not decide*.

f and g are equal when they have the same domain D and f − g is identically zero on D, which the analysis of f − g
proves or refutes. A difference is only claimed with a witness: a rational point at which balls separate the two
values, or at which one of them is defined and the other is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import ctx
from sympy import Rational

from symnet.analysis.decision import analyse
from symnet.analysis.fact import Fact
from symnet.calculus.jets import value
from symnet.calculus.undecided import Undecided
from symnet.definitions.expression import typed_activation
from symnet.errors import SymnetError

EQUAL, DIFFERENT, UNDECIDED = "equal", "different", "could not decide"
PRECISION = 300
GRID = (
    0,
    1,
    -1,
    2,
    -2,
    "1/2",
    "-1/2",
    "1/3",
    "-1/3",
    3,
    -3,
    "22/7",
    "-22/7",
    5,
    -5,
    "1/10",
    "-1/10",
    10,
    -10,
    "355/113",
)


@dataclass(frozen=True)
class Comparison:
    """The outcome, and what shows it."""

    verdict: str
    """`EQUAL`, `DIFFERENT` or `UNDECIDED`."""
    at: Rational | None = None
    """A point that tells them apart."""
    left: str = ""
    """What the first is there: a decimal, or ``"undefined"``."""
    right: str = ""

    def __bool__(self) -> bool:
        return self.verdict == EQUAL


def compare_functions(left: str, right: str, ignoring: Collection[str] = ()) -> Comparison:
    """Compare two expressions in one variable, as typed; the points of `ignoring` do not count.

    Raises `UnsupportedExpressionError` for a text that is no expression.
    """
    first, second = typed_activation(left), typed_activation(right)
    skipped = {Rational(p) for p in ignoring}
    places = [Rational(p) for p in GRID if Rational(p) not in skipped]
    for place in places:
        shown = [_shown(f, place) for f in (first, second)]
        if None not in shown and _apart(first, second, place):
            return Comparison(DIFFERENT, place, str(shown[0]), str(shown[1]))
    domains = [analyse(f).facts["domain"] for f in (first, second)]
    gap = f"({left}) - ({right})" if _variable(first) == _variable(second) else None
    if gap is None or any(d.verdict != "proved" for d in domains):
        return Comparison(UNDECIDED)
    ranges = [_without(_places(d), skipped) for d in domains]
    if ranges[0] != ranges[1]:
        return _told_apart_by_domain(ranges, places)
    try:
        facts = analyse(gap).facts
    except SymnetError:
        return Comparison(UNDECIDED)
    zeros, domain = facts["zeros"], facts["domain"]
    if zeros.verdict != "proved" or domain.verdict != "proved" or _without(_places(domain), skipped) != ranges[0]:
        return Comparison(UNDECIDED)
    found = _places(zeros)
    met = [low for (_, high), (low, _) in pairwise(found["intervals"]) if high == low]
    alone = [Rational(p) for p in met if _is_rational(p) and Rational(p) not in skipped]
    for place in alone:
        if _apart(first, second, place):
            return Comparison(DIFFERENT, place, *(str(_shown(f, place)) for f in (first, second)))
    covered = _without({**found, "excluded": list(dict.fromkeys([*_places(domain)["excluded"], *met]))}, skipped)
    return Comparison(EQUAL if covered == ranges[0] else UNDECIDED)


def _variable(function: Any) -> str:
    """The variable's name; a constant goes with every other."""
    return function.typed.variable


def _apart(first: Any, second: Any, place: Rational) -> bool:
    with ctx.workprec(PRECISION):
        values = [_ball(f, place) for f in (first, second)]
        return None not in values and not (values[0] - values[1]).contains(0)


def _ball(function: Any, place: Rational) -> Any:
    """A ball around the value; None where none is found. At a breakpoint the branch is chosen exactly."""
    for expression in (function.expression, function.expression.subs(function.variable, place)):
        try:
            return value(expression, {function.variable: place}, accept_breakpoints=True)
        except Undecided:
            continue
    return None


def _shown(function: Any, place: Rational) -> str | None:
    """The value to 10 digits; None where the domain as typed is not known to hold the point."""
    domain = analyse(function).facts["domain"]
    if domain.verdict != "proved" or not _holds(_places(domain), place):
        return None
    with ctx.workprec(PRECISION):
        found = _ball(function, place)
        return None if found is None else _trimmed(found.str(10, radius=False))


def _trimmed(digits: str) -> str:
    """Without zeros that say nothing."""
    return digits.rstrip("0").rstrip(".") if "." in digits and "e" not in digits else digits


def _told_apart_by_domain(ranges: list[Any], places: list[Rational]) -> Comparison:
    for place in [*places, *_ends(ranges)]:
        inside = [_inside(r, place) for r in ranges]
        if inside[0] != inside[1]:
            words = ["defined" if i else "undefined" for i in inside]
            return Comparison(DIFFERENT, place, words[0], words[1])
    return Comparison(UNDECIDED)


def _ends(ranges: list[Any]) -> Iterator[Rational]:
    for intervals, points, holes in ranges:
        for text in [*(e for pair in intervals for e in pair), *points, *holes]:
            if _is_rational(text):
                yield Rational(text)
        for low, high in intervals:
            if _is_rational(low) and _is_rational(high):
                yield (Rational(low) + Rational(high)) / 2


def _places(fact: Fact) -> dict[str, Any]:
    """The intervals and points of a fact, each end as a fraction where it is one, else as its decimal."""

    def chosen(shown: Any, exact: Any) -> Any:
        if isinstance(shown, list):
            return [chosen(s, e) for s, e in zip(shown, exact or [None] * len(shown), strict=True)]
        return exact if isinstance(exact, str) and _is_rational(exact) else shown

    exact = fact.exact or {}
    return {
        key: chosen(fact.value[key], exact.get(key)) for key in ("intervals", "points", "excluded") if key in fact.value
    }


def _is_rational(text: str) -> bool:
    try:
        Fraction(text)
    except ValueError:
        return False
    return len(text) < 25


def _without(domain: Any, skipped: Collection[Rational]) -> tuple[Any, Any, Any]:
    """(merged intervals, isolated points, excluded points), the skipped points filled in."""
    holes = [e for e in domain["excluded"] if not (_is_rational(e) and Rational(e) in skipped)]
    merged: list[list[str]] = []
    for low, high in domain["intervals"]:
        if merged and merged[-1][1] == low and low not in holes:
            merged[-1][1] = high
        else:
            merged.append([low, high])
    points = [p for p in domain.get("points", []) if not (_is_rational(p) and Rational(p) in skipped)]
    return tuple(map(tuple, merged)), tuple(points), tuple(holes)


def _holds(domain: Any, place: Rational) -> bool:
    """Whether the point certainly lies inside the domain (its ends do not count)."""
    if any(_is_rational(e) and Rational(e) == place for e in domain["excluded"]):
        return False
    return any(_above(low, place) and _below(place, high) for low, high in domain["intervals"])


def _inside(ranges: Any, place: Rational) -> bool:
    intervals, _, holes = ranges
    return _holds({"intervals": intervals, "excluded": holes}, place)


def _above(low: str, place: Rational) -> bool:
    return low == "-oo" or Rational(low) < place


def _below(place: Rational, high: str) -> bool:
    return high == "oo" or place < Rational(high)
