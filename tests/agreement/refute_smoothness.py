"""Try to refute how smooth and how steep f is: continuity, the class C^k, the Lipschitz constant."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import comb
from typing import Any

from mpmath import mp, mpf

from agreement.claims import MISSING, Claims, refutation
from agreement.evaluation import TooLarge, Undefined
from agreement.refute_breaks import discontinuities, exactly_known
from agreement.refute_points import smooth_at
from agreement.refute_values import TINY, near
from agreement.witness import lowest


@refutation
def continuous(claims: Claims) -> None:
    claimed = claims["continuous"]
    if claimed is MISSING:
        return
    places = [p for p in discontinuities(claims) if claims.interior(p)]
    if claimed and (places or claims["jumps"] not in (MISSING, [])):
        claims.refute("continuous", f"f leaps at {mp.nstr(places[0], 20) if places else 'the listed jumps'}")
    if not claimed and not places and not claims.points("jumps") and not _wild(claims):
        claims.refute("continuous", "says no, but no discontinuity is seen")


def _wild(claims: Claims) -> bool:
    """A discontinuity without two finite limits, at a whole or half number or a claimed point of D."""
    for v in {*(mpf(k) / 2 for k in range(-20, 21)), *claims.witness.points}:
        if claims.witness(v) is not None and any(
            (claims.witness.defined(v + s * mpf(10) ** -12) and claims.witness.limit(v, s) is None)
            or _differs(claims, v, s)
            for s in (1, -1)
        ):
            return True
    return False


def _differs(claims: Claims, v: Any, side: int) -> bool:
    limit = claims.witness.limit(v, side)
    return limit is not None and not near(limit, claims.witness(v), mpf(10) ** -9)


@refutation
def smoothness(claims: Claims) -> None:
    """Compare one-sided derivatives up to the order in question wherever the formula may change."""
    fact, order = "smoothness", claims["smoothness"]
    if order is MISSING:
        return
    w = claims.witness
    if order is not mp.inf and order != "oo":
        order = int(order)
    wanted = 5 if order in (mp.inf, "oo") else order
    places = [
        v
        for v in sorted({*(mpf(k) / 2 for k in range(-8, 9)), *w.points[:40]})
        if w(v) is not None and claims.interior(v)
    ]
    breaks = [
        (v, k)
        for v in places
        if (k := _first_break(claims, v, wanted + 1 if isinstance(order, int) else wanted)) is not None
    ]
    lowest_break = min((k for _, k in breaks), default=None)
    if isinstance(order, int):
        if lowest_break is not None and lowest_break <= order:
            claims.refute(
                fact,
                f"says C^{order}, but derivative {lowest_break} breaks at {mp.nstr(next(v for v, k in breaks if k == lowest_break), 12)}",
            )
        elif lowest_break is None and not _breaks_elsewhere(claims):
            claims.refute(fact, f"says C^{order} only, but no break in derivative {order + 1} is seen")
    elif lowest_break is not None:
        claims.refute(
            fact,
            f"says C^oo, but derivative {lowest_break} breaks at {mp.nstr(next(v for v, k in breaks if k == lowest_break), 12)}",
        )


def _first_break(claims: Claims, v: Any, up_to: int) -> int | None:
    """The first k ≤ up_to whose k-th one-sided derivatives at v differ or do not settle."""
    with mp.workdps(160):
        steps = (mpf(10) ** -14, mpf(10) ** -16)
        f = lru_cache(maxsize=None)(claims.witness.function)
        try:
            for k in range(up_to + 1):
                (a, b), (c, d) = ([_one_sided(f, v, side, k, h) for h in steps] for side in (-1, 1))
                if k == 0 and exactly_known(v):
                    a = f(v)
                scale = mpf(10) ** -4 * (1 + abs(b) + abs(d))
                if abs(b - d) > scale or abs(a - b) > scale or abs(c - d) > scale:
                    return k
        except (Undefined, TooLarge):
            return None
    return None


def _one_sided(f: Any, v: Any, side: int, order: int, h: Any) -> Any:
    """The forward difference of the given order, extrapolated once; for order 0 the value very close by."""
    if order == 0:
        return f(v + side * h**4)
    total, double = mpf(0), mpf(0)
    for j in range(order + 1):
        weight = (-1) ** (order - j) * comb(order, j)
        total += weight * f(v + side * j * h)
        double += weight * f(v + side * 2 * j * h)
    return side**order * (2 * total / h**order - double / (2 * h) ** order)


def _breaks_elsewhere(claims: Claims) -> bool:
    """Breaks at closed ends of D, or at points that no list names, are beyond this witness."""
    return any(mp.isfinite(end) for piece in claims.domain for end in piece) or len(claims.witness.points) > 60


@refutation
def lipschitz(claims: Claims) -> None:
    fact, w = "lipschitz", claims.witness
    claimed = claims[fact]
    if claimed is MISSING:
        return
    bound = claimed["value"]
    slopes = {v: abs(s) for v, _ in w.samples if (s := w.slope(v)) is not None}
    best, place = max(((s, v) for v, s in slopes.items() if mp.isinf(bound)), default=(mpf(0), mpf(0)))
    for (a, fa), (b, fb) in pairwise(w.samples):
        if b - a < mpf(10) ** -25:
            continue
        steep = abs(fb - fa) / (b - a)
        if steep > best:
            best, place = steep, a
    if best > bound * (1 + mpf(10) ** -20) + mpf(10) ** -20:
        claims.refute(fact, f"the slope near {mp.nstr(place, 15)} is {mp.nstr(best, 25)}")
    if mp.isinf(bound):
        vertical = (
            [k for k in claims["kinks"] or [] if mp.isinf(k["left_slope"]) or mp.isinf(k["right_slope"])]
            if claims.proved("kinks")
            else [1]
        )
        if claimed["attained"] and not vertical and claims.domain == [(-mp.inf, mp.inf)]:
            claims.refute(fact, "an infinite slope is attained nowhere")
        leaps = [v for v in {*w.points, mpf(0)} if _leaps_at(claims, v)]
        if best < 5 and not leaps:
            claims.refute(fact, f"no slope beyond {mp.nstr(best, 10)} is seen")
        return
    if slopes:
        steepest = max([*slopes.values(), best])
        if steepest < bound * mpf("0.98") and not _steep_end(claims, bound):
            claims.refute(fact, f"no slope beyond {mp.nstr(steepest, 15)} is seen")
    if claimed["attained"]:
        if not claimed["at"] and not claimed["intervals"]:
            claims.refute(fact, "is attained, yet no place is listed")
        for v in claimed["at"]:
            seen = [abs(s) for side in (-1, 1) if (s := w.slope(v + side * mpf(10) ** -28, side)) is not None]
            if not any(near(s, bound, mpf(10) ** -9) for s in seen):
                claims.refute(fact, f"the slope at {mp.nstr(v, 20)} is {mp.nstr(max(seen, default=mpf(0)), 20)}")
        for a, b in claimed["intervals"]:
            a, b = max(a, mpf(-30)), min(b, mpf(30))
            s = w.slope((2 * a + b) / 3)
            if s is not None and not near(abs(s), bound, mpf(10) ** -9):
                claims.refute(fact, f"the slope inside [{mp.nstr(a, 9)}, {mp.nstr(b, 9)}] is {mp.nstr(s, 15)}")
    _other_steep(claims, bound, claimed)


def _leaps_at(claims: Claims, v: Any) -> bool:
    """Whether f changes by more than a millionth within 10^-12 of v, or within it from one side to the other."""
    values = [y for k in (-1, 0, 1) if (y := claims.witness(v + k * mpf(10) ** -12)) is not None]
    return len(values) > 1 and max(values) - min(values) > mpf(10) ** -6


def _steep_end(claims: Claims, bound: Any) -> bool:
    for end in (e for piece in claims.domain for e in piece if mp.isfinite(e)):
        for side in (1, -1):
            s = claims.witness.slope(end + side * mpf(10) ** -20, side)
            if s is not None and abs(s) > bound * mpf("0.98"):
                return True
    return False


def _other_steep(claims: Claims, bound: Any, claimed: dict[str, Any]) -> None:
    """A place on [-10, 10] as steep as the bound, or steeper, that is not listed."""
    w = claims.witness

    def gap(v: Any) -> Any:
        s = w.slope(v)
        return None if s is None else -abs(s)

    close = [(v, g) for v in w.near if abs(v) <= 10 and (g := gap(v)) is not None]
    for (a, ga), (b, gb), (c, gc) in zip(close, close[1:], close[2:], strict=False):
        if not (gb <= ga and gb <= gc) or -gb < bound * mpf("0.99"):
            continue
        margin = c - a
        if any(abs(b - p) < margin for p in claimed["at"]) or any(
            l - margin <= b <= r + margin for l, r in claimed["intervals"]
        ):
            continue
        found = lowest(gap, a, c)
        if found is None or not smooth_at(claims, found[0]) or 0 < abs(found[0]) < mpf(10) ** -12:
            continue
        if -found[1] > bound + mpf(10) ** -20 * (1 + bound):
            claims.refute("lipschitz", f"the slope at {mp.nstr(found[0], 20)} is {mp.nstr(-found[1], 30)}")
            return
        if abs(found[1] + bound) < mpf(10) ** -30 and abs(found[0]) < 6:
            listed = any(abs(found[0] - p) < mpf(10) ** -6 for p in claimed["at"])
            covered = any(l - TINY <= found[0] <= r + TINY for l, r in claimed["intervals"])
            if not (listed or covered):
                claims.refute("lipschitz", f"the slope is met at {mp.nstr(found[0], 20)} too")
                return
