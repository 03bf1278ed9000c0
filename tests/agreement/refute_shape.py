"""Try to refute what is said of the whole graph: order, bending, symmetry, smoothness, slope, period, inverse."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import comb
from typing import Any

from mpmath import mp, mpf

from agreement.claims import MISSING, Claims, refutation
from agreement.evaluation import TooLarge, Undefined, evaluator
from agreement.refute_points import discontinuities, exactly_known, smooth_at
from agreement.refute_values import TINY, near
from agreement.witness import lowest

ROUNDING = mpf(10) ** -45


@refutation
def monotonicity(claims: Claims) -> None:
    label = claims["monotonicity"]
    if label is MISSING:
        return
    rises = falls = None
    for (a, fa), (b, fb) in pairwise(claims.witness.samples):
        if fb - fa > ROUNDING * (1 + abs(fa)):
            rises = (a, b)
        if fa - fb > ROUNDING * (1 + abs(fa)):
            falls = (a, b)
    allowed = {
        (False, False): {"constant"},
        (True, False): {"strictly increasing", "nondecreasing"},
        (False, True): {"strictly decreasing", "nonincreasing"},
        (True, True): {"non-monotone"},
    }[rises is not None, falls is not None]
    if label not in allowed and not (label == "non-monotone" and len(claims.witness.samples) < 20):
        seen = " and ".join(
            f"{w} on [{mp.nstr(p[0], 12)}, {mp.nstr(p[1], 12)}]" for w, p in (("rises", rises), ("falls", falls)) if p
        )
        claims.refute("monotonicity", f"says {label}, but f {seen or 'is seen constant'}")
    elif len(allowed) == 2:
        flat = _plateau(claims)
        strict = label.startswith("strictly")
        if strict and flat is not None:
            claims.refute("monotonicity", f"says {label}, but f is constant near {mp.nstr(flat, 12)}")
        if not strict and flat is None:
            claims.refute("monotonicity", f"says {label}, but no two equal values are seen")


def _plateau(claims: Claims) -> Any:
    """A point of [-7, 7] around which f does not change, even with 3000 digits."""
    w = claims.witness
    close = w.close_samples
    for (a, fa), (b, fb) in pairwise(close):
        if fa == fb and abs(a) <= 7 and b - a > mpf(10) ** -4:
            with mp.workdps(3000):
                try:
                    if w.function(a) == w.function(b):
                        return a
                except ArithmeticError:
                    continue
    return None


@refutation
def convexity(claims: Claims) -> None:
    label = claims["convexity"]
    if label is MISSING:
        return
    w, above, below = claims.witness, None, None
    grid = [v for v, _ in w.samples]
    triples = [(a, b) for gap in (1, 6, 50) for a, b in zip(grid, grid[gap:], strict=False) if b - a > mpf(10) ** -14]
    for a, b in triples:
        middle = w((a + b) / 2)
        if middle is None:
            continue
        bow = (w(a) + w(b)) / 2 - middle
        scale = ROUNDING * (1 + abs(middle) + abs(w(a)) + abs(w(b)))
        if bow > scale:
            above = (a, b)
        elif bow < -scale:
            below = (a, b)
    is_interval = len(claims.domain) == 1 and not any(
        claims.domain[0][0] < e < claims.domain[0][1] for e in claims.excluded
    )
    seen = {(False, False): "linear", (True, False): "convex", (False, True): "concave", (True, True): "neither"}[
        above is not None, below is not None
    ]
    if not is_interval:
        seen = "neither"
    if label == seen:
        return
    if label == "neither" and is_interval:
        ends = [e for e in claims.domain[0] if mp.isfinite(e)]
        if any(_end_leap(claims, e) for e in ends):
            return
    claims.refute(
        "convexity",
        f"says {label}, but {seen} is seen (bows up on {above and mp.nstr(above[0], 9)}, down on {below and mp.nstr(below[0], 9)})",
    )


def _end_leap(claims: Claims, end: Any) -> bool:
    value = claims.witness(end)
    inner = [claims.witness.limit(end, side) for side in (1, -1)]
    return value is not None and any(y is not None and not near(y, value, mpf(10) ** -9) for y in inner)


@refutation
def parity(claims: Claims) -> None:
    label, w = claims["parity"], claims.witness
    if label is MISSING:
        return
    even = odd = True
    for v, y in w.samples:
        mirrored = w(-v)
        if mirrored is None:
            if w.defined(-v) is None:
                continue
            even = odd = False
            break
        even &= near(mirrored, y, mpf(10) ** -40)
        odd &= near(mirrored, -y, mpf(10) ** -40)
    seen = "even" if even else "odd" if odd else "neither"
    if label != seen:
        claims.refute("parity", f"says {label}, seen is {seen}")


@refutation
def symmetry_center(claims: Claims) -> None:
    fact, w = "symmetry_center", claims.witness
    claimed = claims[fact]
    if claimed is MISSING:
        return
    if claimed is not None:
        if not _symmetric(claims, *claimed):
            claims.refute(fact, f"f is not symmetric about ({mp.nstr(claimed[0], 12)}, {mp.nstr(claimed[1], 12)})")
        return
    ends = [e for piece in claims.domain for e in piece if mp.isfinite(e)]
    candidates = {*(mpf(k) / 4 for k in range(-8, 9)), *w.points, *((a + b) / 2 for a in ends for b in ends)}
    candidates |= {(a + b) / 2 for a in w.points[:12] for b in w.points[:12]}
    for a in sorted(candidates, key=abs)[:120]:
        values = [y for t in (mpf(3) / 7, mpf(1) / 3) if (y := _centre_height(claims, a, t)) is not None]
        if len(values) == 2 and near(*values) and _symmetric(claims, a, values[0]):
            claims.refute(
                fact, f"says there is none, but f is symmetric about ({mp.nstr(a, 12)}, {mp.nstr(values[0], 12)})"
            )
            return


def _centre_height(claims: Claims, a: Any, t: Any) -> Any:
    left, right = claims.witness(a - t), claims.witness(a + t)
    return None if left is None or right is None else (left + right) / 2


def _symmetric(claims: Claims, a: Any, b: Any) -> bool:
    """f(a + t) + f(a - t) = 2b at every sample whose mirror image can be computed; D is symmetric about a."""
    w, seen = claims.witness, 0
    special = {a, *w.points, *(2 * a - p for p in w.points), *(v for v, _ in w.samples[::3])}
    for v in sorted(special):
        y, mirrored = w(v), w(2 * a - v)
        if y is None:
            continue
        if mirrored is None:
            if w.defined(2 * a - v) is False and claims.interior(v):
                return False
            continue
        seen += 1
        if not near(y + mirrored, 2 * b):
            return False
    return seen > 5


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
                scale = mpf(10) ** -7 * (1 + abs(b) + abs(d))
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
        if found is None or not smooth_at(claims, found[0]):
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


@refutation
def period(claims: Claims) -> None:
    claimed, w = claims["period"], claims.witness
    if claimed is MISSING:
        return

    def repeats(p: Any) -> bool:
        seen = 0
        for v in (mpf(k) * 3 / 16 + mpf(1) / 991 for k in range(-60, 60)):
            ya, yb = w(v), w(v + p)
            if ya is None or yb is None:
                if w.defined(v) != w.defined(v + p):
                    return False
                continue
            seen += 1
            if not near(ya, yb):
                return False
        return seen > 10

    if claimed is not None:
        if not claimed > 0 or not repeats(claimed):
            claims.refute("period", f"f does not repeat after {mp.nstr(claimed, 20)}")
        shorter = next((n for n in (2, 3, 5, 7) if repeats(claimed / n)), None)
        if shorter:
            claims.refute("period", f"f repeats after a {shorter}th of it already")
        return
    if claims["monotonicity"] == "constant" or all(near(y, w.samples[0][1]) for _, y in w.samples[::50]):
        return
    for p in (*(mp.pi * k / 6 for k in range(1, 25)), *(mpf(k) / 2 for k in range(1, 13))):
        if repeats(p):
            claims.refute("period", f"says there is none, but f repeats after {mp.nstr(p, 12)}")
            return


@refutation
def inverse(claims: Claims) -> None:
    claimed, w = claims["inverse"], claims.witness
    if claimed is MISSING:
        return
    if claimed is None:
        if str(claims["monotonicity"]).startswith("strictly"):
            claims.refute("inverse", "says there is none, but f is strictly monotone")
        return
    back = evaluator(claimed["expression"], "y")
    for v, y in w.close_samples[::9]:
        with mp.workdps(200):
            try:
                image = claims.witness.function(v)
                returned = back(image)
            except Undefined:
                claims.refute("inverse", f"is not defined at f({mp.nstr(v, 10)}) = {mp.nstr(y, 15)}")
                return
            except TooLarge:
                continue
        if abs(returned - v) > mpf(10) ** -20 * (1 + abs(v)):
            claims.refute("inverse", f"gives {mp.nstr(returned, 15)} for f({mp.nstr(v, 15)})")
            return


@refutation
def derivative_in_terms_of_f(claims: Claims) -> None:
    fact = "derivative_in_terms_of_f"
    claimed, w = claims[fact], claims.witness
    if claimed is MISSING or claimed is None:
        return
    text = str(claimed["expression"] if isinstance(claimed, dict) else claimed)
    variable = claims.document["variable"]
    seen = 0
    for v, y in w.close_samples[::7]:
        slope = w.slope(v)
        if slope is None or abs(v) > 8 or not smooth_at(claims, v):
            continue
        with mp.workdps(60):
            try:
                right = evaluator(text, variable, f=mp.nstr(y, 60), y=mp.nstr(y, 60))(v)
            except (Undefined, TooLarge):
                continue
        seen += 1
        if abs(right - slope) > mpf(10) ** -15 * (1 + abs(slope)):
            claims.refute(
                fact, f"{text} at {mp.nstr(v, 10)} is {mp.nstr(right, 15)}, the slope is {mp.nstr(slope, 15)}"
            )
            return
    if not seen:
        claims.refute(fact, f"{text} could not be evaluated anywhere")
