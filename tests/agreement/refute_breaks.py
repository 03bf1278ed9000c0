"""Try to refute where f leaps and where it bends: the lists of jumps and kinks, and what stands beside each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from mpmath import mp, mpf

from agreement.claims import MISSING, Claims, refutation
from agreement.refute_values import near
from agreement.witness import leap

Function = Callable[[Any], Any]
SEEN = mpf(10) ** -6


@refutation
def jumps(claims: Claims) -> None:
    fact, w = "jumps", claims.witness
    if claims[fact] is MISSING:
        return
    for entry in claims[fact]:
        place = entry["at"]
        seen = {"left": w.limit(place, -1), "right": w.limit(place, 1)}
        if exactly_known(place):
            seen["value"] = w(place)
        for key, value in seen.items():
            if value is None or not near(value, entry[key], mpf(10) ** -12):
                claims.refute(fact, f"{key} at {mp.nstr(place, 20)} is {value}, not {entry[key]}")
        if near(entry["left"], entry["value"]) and near(entry["right"], entry["value"]):
            claims.refute(fact, f"f is continuous at {mp.nstr(place, 20)}")
    for place in discontinuities(claims):
        if not any(abs(place - p) < mpf(10) ** -9 for p in claims.points(fact)) and claims.interior(place):
            claims.refute(fact, f"the jump at {mp.nstr(place, 20)} is left out")
            return


def exactly_known(v: Any) -> bool:
    """Whether the binary number is the place itself, and not the beginning of an infinite expansion."""
    return bool(v * 2**30 == mp.floor(v * 2**30))


def discontinuities(claims: Claims) -> list[Any]:
    """The leaps of f on [-10, 10], looked for once."""
    if claims.leaps is None:
        claims.leaps = _discontinuities(claims)
    return claims.leaps


def _discontinuities(claims: Claims) -> list[Any]:
    """Points of [-10, 10] where f leaps and both one-sided limits are finite, isolated values included."""
    w, found = claims.witness, []
    close = [pair for pair in w.close_samples if abs(pair[0]) <= 10]
    for (a, fa), (b, fb) in pairwise(close):
        if b - a > mpf("0.3") or abs(fb - fa) < mpf(10) ** -7:
            continue
        left, right = w.slope(a, -1), w.slope(b, 1)
        if left is not None and right is not None and abs(fb - fa) < 3 * (abs(left) + abs(right)) * (b - a):
            continue
        place = leap(w, a, b)
        if place and place[1] > mpf(10) ** -6 and w.defined(place[0]):
            limits = [w.limit(place[0] + side * mpf(10) ** -19, side) for side in (-1, 1)]
            if (
                all(y is not None and abs(y) < mpf(10) ** 6 for y in limits)
                and abs(limits[0] - limits[1]) > mpf(10) ** -6
            ):
                found.append(place[0])
    for v in (mpf(k) / 2 for k in range(-20, 21)):
        sides, value = [w.limit(v, -1), w.limit(v, 1)], w(v)
        if value is not None and all(y is not None and abs(y - value) > SEEN * (1 + abs(value)) for y in sides):
            found.append(v)
    return found


@refutation
def kinks(claims: Claims) -> None:
    fact, w = "kinks", claims.witness
    if claims[fact] is MISSING:
        return
    for entry in claims[fact]:
        place = entry["at"]
        for side, key in ((-1, "left_slope"), (1, "right_slope")):
            _one_slope(claims, place, side, entry[key])
        if entry["left_slope"] == entry["right_slope"] and mp.isfinite(entry["left_slope"]):
            claims.refute(fact, f"both slopes at {mp.nstr(place, 20)} are equal")
    close = [pair for pair in w.close_samples if abs(pair[0]) <= 10]

    def g(v: Any) -> Any:
        return w.slope(v)

    for (a, _), (b, _) in pairwise(close):
        if b - a > mpf("0.3"):
            continue
        sa, sb = w.slope(a, -1), w.slope(b, 1)
        if sa is None or sb is None or abs(sa - sb) < mpf(10) ** -7:
            continue
        ba, bb = w.bend(a), w.bend(b)
        if ba is not None and bb is not None and abs(sa - sb) < 3 * (abs(ba) + abs(bb)) * (b - a):
            continue
        place = _kink_between(claims, g, a, b)
        if place is not None and not any(abs(place - p) < mpf(10) ** -8 for p in claims.points(fact)):
            claims.refute(fact, f"the kink at {mp.nstr(place, 20)} is left out")
            return


def _kink_between(claims: Claims, g: Function, a: Any, b: Any) -> Any:
    w = claims.witness
    found = leap(g, a - mpf(10) ** -7, b + mpf(10) ** -7, halvings=45) if claims.interior(a, b - a) else None
    if found is None or not claims.interior(found[0]):
        return None
    left, right = w.slope(found[0] - mpf(10) ** -14, -1), w.slope(found[0] + mpf(10) ** -14, 1)
    value, beside = w(found[0]), [w(found[0] + side * mpf(10) ** -12) for side in (-1, 1)]
    if left is None or right is None or value is None or any(y is None for y in beside):
        return None
    continuous = all(abs(y - value) < mpf(10) ** -4 for y in beside)
    return (
        found[0] if continuous and abs(left - right) > mpf(10) ** -6 and abs(left) + abs(right) < mpf(10) ** 6 else None
    )


def _one_slope(claims: Claims, place: Any, side: int, claimed: Any) -> None:
    w = claims.witness
    slopes = [
        s
        for step in (-12, -15, -18)
        if (s := w.slope(place + side * mpf(10) ** (step - 8), side, mpf(10) ** step)) is not None
    ]
    if len(slopes) < 3:
        claims.refute("kinks", f"no slope can be seen at {mp.nstr(place, 20)}")
    elif mp.isinf(claimed):
        if not (abs(slopes[2]) > abs(slopes[1]) > abs(slopes[0]) and slopes[2] * claimed > 0):
            claims.refute("kinks", f"the slope at {mp.nstr(place, 20)} is {mp.nstr(slopes[2], 10)}, not infinite")
    elif not near(slopes[2], claimed, mpf(10) ** -7):
        claims.refute(
            "kinks", f"the slope at {mp.nstr(place, 20)} is {mp.nstr(slopes[2], 15)}, not {mp.nstr(claimed, 15)}"
        )
