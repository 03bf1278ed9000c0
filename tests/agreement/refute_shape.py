"""Try to refute what is said of the whole graph: order, bending, symmetry, period, inverse, the slope in terms of f."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from mpmath import mp, mpf

from agreement.claims import MISSING, Claims, refutation
from agreement.evaluation import TooLarge, Undefined, evaluator
from agreement.refute_breaks import discontinuities
from agreement.refute_points import smooth_at
from agreement.refute_values import near

ROUNDING = mpf(10) ** -45
STEEP = mpf(10) ** -10
"""How well a difference shows a slope, close to a pole too."""
FLAT = mpf(10) ** -25
"""Where f is flatter, rounding of f(x) moves x by more than an inverse is asked to return."""


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
        if any(_end_leap(claims, e) for e in ends) or discontinuities(claims):
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
        if y is None or abs(y) > mpf(10) ** 9:
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
        slope = w.slope(v)
        if slope is not None and abs(slope) < FLAT:
            continue
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
        if abs(right - slope) > STEEP * (1 + abs(slope)):
            claims.refute(
                fact, f"{text} at {mp.nstr(v, 10)} is {mp.nstr(right, 15)}, the slope is {mp.nstr(slope, 15)}"
            )
            return
    if not seen:
        claims.refute(fact, f"{text} could not be evaluated anywhere")
