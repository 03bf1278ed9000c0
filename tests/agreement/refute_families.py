"""Try to refute the families of infinite lists: on [-10, 10] the words and the listed points must be the same set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mpmath import mp, mpf

from agreement.claims import MISSING, Claims, refutation
from agreement.evaluation import evaluator

REACH, CLOSE = 10, mpf(10) ** -25
LISTS = ("zeros", "fixed_points", "critical_points", "inflection_points", "extrema", "kinks", "jumps", "domain")


def members(family: str, reach: int = REACH) -> set[Any]:
    """The numbers on [-reach, reach] that a family names: ``a + k*b, k integer, x < c or d``."""
    return {v for words in family.split(" or ") for v in _named(words, reach)}


def _named(words: str, reach: int) -> Iterator[Any]:
    progression, _, limits = words.partition(", k integer")
    if not re.search(r"\bk\b", progression):
        yield evaluator(progression, "no_variable")(mpf(0))
        return
    member = evaluator(progression, "k")
    start, step = member(mpf(0)), member(mpf(1)) - member(mpf(0))
    for k in range(int((-reach - start) / step) - 2, int((reach - start) / step) + 3):
        place = member(mpf(k))
        if abs(place) <= reach and all(_within(place, limit) for limit in re.findall(r"x [<>] .+?(?= and |$)", limits)):
            yield place


def _within(place: Any, limit: str) -> bool:
    end = evaluator(limit[4:], "no_variable")(mpf(0))
    return place < end - CLOSE if limit[2] == "<" else place > end + CLOSE


@refutation
def families(claims: Claims) -> None:
    for fact in LISTS:
        family = claims.extra(fact, "family")
        if claims[fact] is MISSING or not family:
            continue
        if not claims.extra(fact, "infinite"):
            claims.refute(fact, f"has the family {family} and is called finite")
        listed = claims.excluded if fact == "domain" else claims.points(fact)
        named = members(family)
        for place in listed:
            if not any(abs(place - v) < CLOSE for v in named):
                claims.refute(fact, f"{mp.nstr(place, 20)} is listed, and not in the family {family}")
                break
        for place in named:
            if not any(abs(place - v) < CLOSE for v in listed):
                claims.refute(fact, f"{mp.nstr(place, 20)} is in the family {family}, and not listed")
                break
        wrong = next((v for v in members(family, 40) if not _may_vanish(claims, v)), None) if fact == "zeros" else None
        if wrong is not None:
            claims.refute(fact, f"{mp.nstr(wrong, 20)} is in the family {family}, and f does not vanish there")


def _may_vanish(claims: Claims, place: Any) -> bool:
    """Whether f is 0 at a place that is known to 60 digits: tiny, of both signs, or undefined beside it."""
    beside = [claims.witness(place + k * mpf(10) ** -40) for k in (-1, 0, 1)]
    return any(y is None or abs(y) < mpf(10) ** -15 for y in beside) or beside[0] * beside[2] < 0
