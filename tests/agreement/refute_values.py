"""Try to refute where f lives, what it tends to, and how far it reaches."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from mpmath import mp, mpf

from agreement.claims import MISSING, Claims, refutation
from agreement.witness import lowest

TINY = mpf(10) ** -28


def near(a: Any, b: Any, tolerance: Any = TINY) -> bool:
    """Whether two numbers agree to about 28 digits."""
    return a == b or abs(a - b) <= tolerance * (1 + abs(a) + abs(b))


@refutation
def domain(claims: Claims) -> None:
    if claims["domain"] is MISSING:
        return
    witness, pieces, excluded = claims.witness, claims.domain, claims.excluded
    for a, b in pieces:
        if not a < b:
            claims.refute("domain", f"[{a}, {b}] is no interval")
    endless = bool(claims.extra("domain", "infinite"))
    isolated = claims["domain"].get("points", [])
    for v in sorted({*witness.near, *witness.far}):
        if endless and abs(v) > 10:
            continue  # only the part in [-10, 10] is listed
        inside = (any(a < v < b for a, b in pieces) and all(v != e for e in excluded)) or v in isolated
        at_end = any(v in (a, b) for a, b in pieces)
        defined = witness.defined(v)
        if defined is None or at_end or any(0 < abs(v - e) < TINY for e in excluded):
            continue
        if defined != inside and all(abs(v - end) > TINY for piece in pieces for end in piece):
            claims.refute("domain", f"f({mp.nstr(v, 20)}) is {'defined' if defined else 'not defined'}")
            return


FAR = tuple(mpf(10) ** k for k in (1, 2, 3, 4, 5, 6, 7, 8))


def _tail(claims: Claims, side: int) -> list[tuple[Any, list[Any]]]:
    """(X, some values of f at and beyond side*X) as far as they can be computed."""
    found = []
    for far in FAR:
        values = [y for k in range(9) if (y := claims.witness(side * (far + mpf(k) * 7 / 9))) is not None]
        if len(values) < 3:
            break
        found.append((side * far, values))
    return found


@refutation
def limits(claims: Claims) -> None:
    for side, name in ((-1, "limit_at_minus_infinity"), (1, "limit_at_plus_infinity")):
        claimed = claims[name]
        if claimed is MISSING:
            continue
        known = [claims.witness.defined(side * mpf(10) ** 6 + mpf(k) / 3) for k in range(12)]
        defined = None if None in known else any(known)
        if (claimed == "undefined") == bool(defined) and defined is not None:
            claims.refute(name, f"says {claimed}, but f is {'' if defined else 'not '}defined far out")
            continue
        tail = _tail(claims, side)
        if claimed == "undefined" or len(tail) < 2:
            continue
        (_, early), (_, late) = tail[-2], tail[-1]
        if claimed == "oscillates":
            spread = max(late) - min(late)
            slowly = [values[0] for _, values in tail[-3:]]  # as in cos(log(x))
            spread = max(spread, max(slowly) - min(slowly))
            if spread <= mpf(10) ** -6 * (1 + max(map(abs, late))):
                claims.refute(name, f"f settles at {mp.nstr(late[0], 10)}")
        elif mp.isinf(claimed):
            sign = 1 if claimed > 0 else -1
            if not (min(sign * y for y in late) > min(sign * y for y in early) and min(sign * y for y in late) > 0):
                claims.refute(name, f"f({mp.nstr(tail[-1][0], 3)}) = {mp.nstr(late[0], 10)} does not grow")
        else:
            before, after = (max(abs(y - claimed) for y in values) for values in (early, late))
            if after > mpf(10) ** -20 * (1 + abs(claimed)) and after > mpf("0.95") * before:
                claims.refute(name, f"f({mp.nstr(tail[-1][0], 3)}) = {mp.nstr(late[0], 15)}")


@refutation
def range_ends(claims: Claims) -> None:
    for name, sign in (("infimum", 1), ("supremum", -1)):
        claim = claims[name]
        if claim is MISSING:
            continue
        values = [sign * y for _, y in claims.witness.samples]
        if not values:
            continue
        bound, least = sign * claim["value"], min(values)
        scale = 1 + abs(least)
        if mp.isinf(claim["value"]):
            if bound > 0:
                claims.refute(name, "has the wrong sign of infinity")
            if claim["attained"] or claim["at"] or claim["intervals"]:
                claims.refute(name, "an infinite bound is not attained")
            if least > -1000 and not _unbounded(claims, sign):
                claims.refute(name, f"f is not seen beyond {mp.nstr(sign * least, 15)}")
            continue
        if least < bound - TINY * scale:
            place = next(v for v, y in claims.witness.samples if sign * y == least)
            claims.refute(name, f"f({mp.nstr(place, 20)}) = {mp.nstr(sign * least, 30)}")
        wild = "oscillates" in (claims["limit_at_minus_infinity"], claims["limit_at_plus_infinity"])
        close_enough = mpf("0.02") if wild or claim["attained"] else mpf(10) ** -9
        if least > bound + close_enough * (1 + abs(bound)) and not _slow(claims, sign, bound):
            claims.refute(name, f"f comes no closer than {mp.nstr(sign * least, 15)}")
        if claim["attained"]:
            _attained(claims, name, claim)
        elif claim["at"] or claim["intervals"]:
            claims.refute(name, "is not attained, yet places are listed")
        _other_places(claims, name, claim, sign)


def _unbounded(claims: Claims, sign: int) -> bool:
    """Whether f still grows towards an end of D by steps that do not shrink."""
    ends = [e for piece in claims.domain for e in piece if mp.isfinite(e)]
    if any(_grows(claims, e, side) for e in (*claims.excluded, *ends) for side in (1, -1)):
        return True
    for side in (1, -1):
        reached = [max(-sign * y for y in values) for _, values in _tail(claims, side)]
        steps = [b - a for a, b in pairwise(reached)][-2:]
        if len(steps) == 2 and steps[1] > mpf("0.3") * steps[0] > 0:
            return True
    return False


def _slow(claims: Claims, sign: int, bound: Any) -> bool:
    """Whether the far values still creep towards the bound."""
    ends = [sign * y for v, y in claims.witness.samples if abs(v) > 1000]
    middle = [sign * y for v, y in claims.witness.samples if 12 < abs(v) < 1000]
    return bool(ends and middle) and bound < min(ends) < min(middle)


def _attained(claims: Claims, name: str, claim: dict[str, Any]) -> None:
    if not claim["at"] and not claim["intervals"] and not claims.extra(name, "infinite"):
        claims.refute(name, "is attained, yet no place is listed")
    for place in claim["at"]:
        value = claims.witness(place)
        if value is None:
            if all(abs(place - end) > TINY for piece in claims.domain for end in piece):
                claims.refute(name, f"f({mp.nstr(place, 20)}) is not defined")
        elif not near(value, claim["value"], mpf(10) ** -14):
            claims.refute(name, f"f({mp.nstr(place, 20)}) = {mp.nstr(value, 30)}")
    for a, b in claim["intervals"]:
        a, b = max(a, mpf(-30)), min(b, mpf(30))
        for part in (mpf(10) ** -9, mpf(1) / 7, mpf(1) / 2, mpf(6) / 7, 1 - mpf(10) ** -9):
            place = a + (b - a) * part
            value = claims.witness(place)
            if value is not None and not near(value, claim["value"]):
                claims.refute(name, f"f({mp.nstr(place, 20)}) = {mp.nstr(value, 30)}")


def _other_places(claims: Claims, name: str, claim: dict[str, Any], sign: int) -> None:
    """A value equal to the bound at a place that is not listed."""
    value = claim["value"]

    def gap(v: Any) -> Any:
        y = claims.witness(v)
        return None if y is None else sign * (y - value)

    close = claims.witness.close_samples
    for (a, ya), (b, yb), (c, yc) in zip(close, close[1:], close[2:], strict=False):
        if abs(b) > 10 or not sign * (yb - value) < mpf(10) ** -3 * (1 + abs(value)):
            continue
        if not (sign * yb <= sign * ya and sign * yb <= sign * yc):
            continue
        if _listed(claim, b, c - a):
            continue
        place = (b, gap(b)) if yb == value else lowest(gap, a, c)
        if place is None or not abs(place[1]) < mpf(10) ** -35 or not -10 <= place[0] <= 10:
            continue
        if not claims.interior(place[0]) or 0 < abs(place[0]) < mpf(10) ** -12:
            continue  # a limit at an end of D or at 0, not a value
        if (slope := claims.witness.slope(place[0])) is not None and place[0] != b and not slope:
            continue  # saturated: the bound is reached in the last digits only
        if not _listed(claim, place[0], mpf(10) ** -8) and _exact_at(claims, place[0], value):
            claims.refute(name, f"f({mp.nstr(place[0], 20)}) has this value too")
            return


def _listed(claim: dict[str, Any], v: Any, margin: Any) -> bool:
    """Whether a place, or an interval around it, is listed."""
    return any(abs(v - p) < margin for p in claim["at"]) or any(
        left - margin <= v <= right + margin for left, right in claim["intervals"]
    )


def _exact_at(claims: Claims, place: Any, value: Any) -> bool:
    """Whether f meets the bound there, seen with 3000 digits: a tail keeps a gap, a leap keeps a distance beside it."""
    if abs(place) > 7:
        return False
    with mp.workdps(3000):
        try:
            gap = abs(claims.witness.function(place) - value)
            beside = [abs(claims.witness.function(place + s * mpf(10) ** -9) - value) for s in (1, -1)]
        except ArithmeticError:
            return False
        return bool(gap == 0 or (gap < mpf(10) ** -20 * min(beside) and max(beside) < mpf(10) ** -3))


@refutation
def asymptotes(claims: Claims) -> None:
    claimed = claims["asymptotes"]
    if claimed is MISSING:
        return
    sides: set[int] = set()
    for line in claimed or []:
        if "vertical_at" in line:
            _vertical(claims, line["vertical_at"])
            continue
        for side in _sides(line["side"]):
            sides.add(side)
            tail = _tail(claims, side)
            gaps = [
                max(abs(claims_y - line["slope"] * far_v - line["intercept"]) for far_v, claims_y in _pairs(claims, x))
                for x, _ in tail
            ]
            if (
                len(gaps) >= 2
                and gaps[-1] > mpf(10) ** -3 * (1 + abs(line["intercept"]))
                and gaps[-1] > mpf("0.95") * gaps[-2]
            ):
                claims.refute("asymptotes", f"f leaves {line} by {mp.nstr(gaps[-1], 10)}")
    for side in {1, -1} - sides:
        _unlisted_line(claims, side)
    listed = [line["vertical_at"] for line in claimed or [] if "vertical_at" in line]
    for place in [*claims.excluded, *(end for piece in claims.domain for end in piece if mp.isfinite(end))]:
        grows = any(_grows(claims, place, side) for side in (1, -1))
        if grows and not any(abs(place - v) < TINY for v in listed) and abs(place) <= 10:
            claims.refute("asymptotes", f"f grows without bound at {mp.nstr(place, 20)}, which is not listed")


def _sides(side: Any) -> tuple[int, ...]:
    text = str(side)
    return (-1,) if text.startswith(("-", "minus", "left")) else (1, -1) if text == "both" else (1,)


def _pairs(claims: Claims, x: Any) -> list[tuple[Any, Any]]:
    side = mp.sign(x)
    return [(v, claims.witness(v)) for k in range(9) if claims.witness(v := x + side * mpf(k) * 7 / 9) is not None]


def _grows(claims: Claims, place: Any, side: int) -> bool:
    values = [claims.witness(place + side * mpf(10) ** -k) for k in (4, 8, 12, 16)]
    if any(y is None for y in values):
        return False
    sizes = [abs(y) for y in values]
    return (
        sizes[0] < sizes[1] < sizes[2] < sizes[3]
        and sizes[3] - sizes[2] > mpf("0.9") * (sizes[2] - sizes[1])
        and sizes[3] > 2
    )


def _vertical(claims: Claims, place: Any) -> None:
    best = max(
        (abs(y) for k in range(2, 28) for s in (1, -1) if (y := claims.witness(place + s * mpf(10) ** -k)) is not None),
        default=None,
    )
    if best is not None and best < 3:
        claims.refute("asymptotes", f"f stays below {mp.nstr(best, 5)} near {mp.nstr(place, 20)}")


def _unlisted_line(claims: Claims, side: int) -> None:
    pairs = [pair for far in (10**4, 10**5, 10**6) for pair in _pairs(claims, side * mpf(far))]
    if len(pairs) < 27:
        return
    (v0, y0), (v1, y1), (v2, y2) = pairs[0], pairs[9], pairs[18]
    slope, later = (y1 - y0) / (v1 - v0), (y2 - y1) / (v2 - v1)
    if abs(slope - later) > mpf(10) ** -12 * (1 + abs(slope)):
        return
    rest = [y - later * v for v, y in pairs]
    if max(rest) - min(rest) < mpf(10) ** -5:
        claims.refute(
            "asymptotes",
            f"near {mp.nstr(v2, 3)} f is {mp.nstr(later, 10)}*x + {mp.nstr(rest[-1], 10)}, which is not listed",
        )
