"""Try to refute the lists of places: zeros, fixed and critical points, extrema, inflections, jumps and kinks.

Each listed place is tested by what f does beside it; each list is tested for what it leaves out on
[-10, 10] by a search of its own (sign changes, touching minima, leaps).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from mpmath import mp, mpf

from agreement.claims import MISSING, Claims, refutation
from agreement.refute_values import TINY, near
from agreement.witness import bisect, lowest, sign_changes

Function = Callable[[Any], Any]
SMALL, MARGIN, WIDE, NOTHING = mpf(10) ** -9, mpf(10) ** -8, mpf(10) ** -6, mpf(10) ** -30


def _covered(claims: Claims, fact: str, v: Any, margin: Any = MARGIN) -> bool:
    return any(abs(v - p) < margin for p in (*claims.points(fact), *claims.excluded)) or any(
        a - margin <= v <= b + margin for a, b in claims.intervals(fact)
    )


def roots(g: Function, grid: list[Any], size: Function, known: Callable[[Any], bool]) -> Iterator[Any]:
    """The places not `known` where g vanishes, by sign change or by touching zero; leaps across zero are left out."""
    values = [(v, y) for v in grid if (y := g(v)) is not None]
    for (a, fa), (b, fb) in pairwise(values):
        if (fa == 0 and known(a)) or not (fa == 0 or fa * fb < 0):
            continue
        bracket = (a, a) if fa == 0 else bisect(g, a, b)
        if bracket is None:
            continue
        ends = [g(bracket[0]), g(bracket[1])]
        if all(y is not None and abs(y) <= SMALL * (1 + size(bracket[0])) for y in ends):
            place = (bracket[0] + bracket[1]) / 2
            if not known(place):
                yield place
    for (a, fa), (b, fb), (c, fc) in zip(values, values[1:], values[2:], strict=False):
        x, y, z = abs(fa), abs(fb), abs(fc)
        if not (0 < y <= x and y <= z and (2 * y <= x or 2 * y <= z) and fa * fc > 0) or known(b):
            continue
        if c - a > WIDE:
            touch = lowest(lambda v: None if (y := g(v)) is None else abs(y), a, c)
            if touch and touch[1] < NOTHING and not known(touch[0]):
                yield touch[0]


def _size(claims: Claims) -> Function:
    return lambda v: abs(claims.witness(v) or 0)


def _root_list(
    claims: Claims, fact: str, g: Function, tolerance: Any, counts: Callable[[Any], bool] = lambda _: True
) -> None:
    """Listed points are roots of g, listed intervals are full of roots, and no root is left out."""
    if claims[fact] is MISSING:
        return
    for place in claims.points(fact):
        value = g(place)
        if value is None:
            if not _end(claims, place):
                claims.refute(fact, f"cannot be at {mp.nstr(place, 20)}, where it is not defined")
        elif abs(value) > tolerance * (1 + abs(place)) and not _tight(g, place):
            claims.refute(fact, f"at {mp.nstr(place, 20)} the value is {mp.nstr(value, 10)}")
        if claims.extra(fact, "infinite") and abs(place) > 10 + TINY:
            claims.refute(fact, f"{mp.nstr(place, 20)} lies outside [-10, 10]")
    for a, b in claims.intervals(fact):
        if not a < b:
            claims.refute(fact, f"[{a}, {b}] is no interval")
            continue
        low, high = max(a, min(b, mpf(0)) - 20), min(b, max(a, mpf(0)) + 20)
        for part in (SMALL, mpf(1) / 7, mpf(1) / 2, mpf(6) / 7, 1 - SMALL):
            value = g(low + (high - low) * part)
            if value is not None and abs(value) > tolerance * 10:
                claims.refute(fact, f"at {mp.nstr(low + (high - low) * part, 20)} the value is {mp.nstr(value, 10)}")
                return
    grid = [v for v in claims.witness.near if abs(v) <= 10]
    if claims.extra(fact, "infinite"):
        _goes_on(claims, fact, g)
    elif not claims.extra("domain", "infinite"):
        grid = sorted(
            {
                *grid,
                *(v for v in claims.witness.near if abs(v) <= 12),
                *(mpf(k) / 4 + mpf(1) / 997 for k in range(-200, 201)),
            }
        )
    for place in roots(g, grid, _size(claims), lambda v: _covered(claims, fact, v)):
        if not _vanishing(g, place) and counts(place):
            claims.refute(fact, f"{mp.nstr(place, 25)} is left out")
            return


def _end(claims: Claims, v: Any) -> bool:
    return any(abs(v - end) < TINY for piece in claims.domain for end in piece)


def _tight(g: Function, place: Any) -> bool:
    """Whether g changes sign within the printed digits of the place: then it is steep, not wrong."""
    step = mpf(10) ** -28 * (1 + abs(place))
    a, b = g(place - step), g(place + step)
    return a is not None and b is not None and a * b <= 0


def _vanishing(g: Function, place: Any) -> bool:
    """Whether g is zero only because it has sunk below the precision: all around the place it is as small."""
    around = [g(place + k * mpf(10) ** -3) for k in (-2, -1, 1, 2)]
    return all(y is not None and abs(y) < mpf(10) ** -25 for y in around)


def _goes_on(claims: Claims, fact: str, g: Function) -> None:
    """An infinite list has a root beyond 10, or infinitely many inside."""
    if len(claims.points(fact)) > 40 or claims.extra("domain", "infinite"):
        return
    for side in (1, -1):
        grid = [side * (10 + mpf(k) / 16 + mpf(1) / 997) for k in range(1200)]
        if next(iter(sign_changes(g, sorted(grid))), None) is not None:
            return
        values = [abs(y) for v in grid if (y := g(v)) is not None]
        if values and min(values) < mpf(1) / 50:
            return
    claims.refute(fact, "is called infinite, yet nothing is found up to 85 on either side")


@refutation
def zeros(claims: Claims) -> None:
    _root_list(claims, "zeros", claims.witness, mpf(10) ** -26)


@refutation
def fixed_points(claims: Claims) -> None:
    _root_list(claims, "fixed_points", lambda v: None if (y := claims.witness(v)) is None else y - v, mpf(10) ** -26)


def smooth_at(claims: Claims, v: Any) -> bool:
    """Whether f has one finite slope at v, as far as differences of two step sizes on either side can tell."""
    w = claims.witness
    a, b = w.slope(v, -1), w.slope(v, 1)
    c, d = w.slope(v, -1, mpf(10) ** -15), w.slope(v, 1, mpf(10) ** -15)
    if a is None or b is None or c is None or d is None:
        return False
    scale = mpf(10) ** -4 * (1 + abs(a) + abs(b))
    return abs(a - b) < scale and abs(a - c) < scale and abs(b - d) < scale


@refutation
def critical_points(claims: Claims) -> None:
    fact = "critical_points"
    if claims[fact] is MISSING:
        return

    def g(v: Any) -> Any:
        return claims.witness.slope(v)

    for place in claims.points(fact):
        if not smooth_at(claims, place):
            claims.refute(fact, f"f has no slope at {mp.nstr(place, 20)}")
            return
        inside = any(a + TINY < place < b - TINY for a, b in claims.intervals(fact))
        if inside:
            claims.refute(fact, f"{mp.nstr(place, 20)} lies inside a listed interval")
    _root_list(claims, fact, g, mpf(10) ** -15, lambda v: smooth_at(claims, v))


@refutation
def extrema(claims: Claims) -> None:
    fact, w = "extrema", claims.witness
    if claims[fact] is MISSING:
        return
    for entry in claims[fact]:
        place, sign = entry["at"], 1 if str(entry["kind"]).endswith(("min", "minimum")) else -1
        value = w(place)
        if value is None or not near(value, entry["value"], mpf(10) ** -14):
            claims.refute(fact, f"f({mp.nstr(place, 20)}) = {value}, not {mp.nstr(entry['value'], 20)}")
            continue
        for k in range(4, 11):
            beside = [w(place + side * mpf(10) ** -k) for side in (1, -1)]
            if any(y is None for y in beside):
                claims.refute(fact, f"{mp.nstr(place, 20)} is no interior point of D")
                break
            if not all(sign * (y - value) > 0 for y in beside) and k <= 8:
                claims.refute(fact, f"{mp.nstr(place, 20)} is no strict {entry['kind']}")
                break
    close = [pair for pair in w.close_samples if abs(pair[0]) <= 10]
    for (a, fa), (b, fb), (c, fc) in zip(close, close[1:], close[2:], strict=False):
        sign = 1 if fb < fa and fb < fc else -1 if fb > fa and fb > fc else 0
        if not sign or c - a > mpf("0.3") or not claims.interior(b, c - a):
            continue
        if any(a - TINY <= p <= c + TINY for p in claims.points(fact)):
            continue
        if _strict(claims, a, c, sign):
            claims.refute(fact, f"the {'minimum' if sign > 0 else 'maximum'} near {mp.nstr(b, 15)} is left out")
            return


def _strict(claims: Claims, a: Any, c: Any, sign: int) -> bool:
    """Whether the bottom between a and c is one point of D, not a plateau, a leap or a missing point."""
    found = lowest(lambda v: None if (y := claims.witness(v)) is None else sign * y, a, c)
    if found is None:
        return False
    place, value = found
    for k in (4, 6, 8):
        beside = [claims.witness(place + side * mpf(10) ** -k) for side in (1, -1)]
        if any(y is None or sign * y <= value + mpf(10) ** -40 * (1 + abs(value)) for y in beside):
            return False
        if k == 8 and any(abs(sign * y - value) > mpf(10) ** -4 for y in beside):
            return False
    return claims.interior(place, mpf(10) ** -12)


@refutation
def inflection_points(claims: Claims) -> None:
    fact, w = "inflection_points", claims.witness
    if claims[fact] is MISSING:
        return
    for place in claims.points(fact):
        if not smooth_at(claims, place):
            claims.refute(fact, f"f has no slope at {mp.nstr(place, 20)}")
            return
        for k in (2, 3, 4):
            left, right = w.bend(place - mpf(10) ** -k), w.bend(place + mpf(10) ** -k)
            if left is not None and right is not None and k >= 3 and not left * right < 0:
                claims.refute(fact, f"f'' does not change sign at {mp.nstr(place, 20)}")
                return
    grid = [v for v in w.near if abs(v) <= 10]
    noise = mpf(10) ** -20
    for a, b in sign_changes(lambda v: y if (y := w.bend(v)) is not None and abs(y) > noise else None, grid):
        if b - a > mpf("0.3") or a == b or not claims.interior((a + b) / 2, b - a):
            continue
        bracket = bisect(lambda v: y if (y := w.bend(v)) is not None else None, a, b, 12)
        if bracket is None:
            continue
        place = (bracket[0] + bracket[1]) / 2
        beside = [w.bend(place + side * mpf(10) ** -6) for side in (-1, 1)]
        if any(y is None for y in beside) or not beside[0] * beside[1] < 0 or not smooth_at(claims, place):
            continue
        around = [w.slope(place + side * mpf(10) ** -9) for side in (-1, 1)]
        if any(s is None for s in around) or abs(around[0] - around[1]) > mpf(10) ** -6 * (1 + abs(around[0])):
            continue  # a kink or a leap is so near that the differences straddle it
        if not _covered(claims, fact, place, mpf(10) ** -6):
            claims.refute(fact, f"{mp.nstr(place, 20)} is left out")
            return
