"""The measured error of a function: seeded floats of every magnitude against Arb, in units in the last place.

A measurement, not a proof: it says what the worst of so many points was. Values that overflow must be infinite, exact zeros must be
zeros; a nan or an infinity in the wrong place counts as infinitely wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from flint import arb, ctx
from sympy import Expr, Symbol

from symnet.codegen.reference import value

LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True)
class Measurement:
    """What was seen."""

    points: int
    worst: float
    """In ULP; inf where a value was infinitely wrong."""
    at: float
    """Where the worst was."""
    wrong: int
    """How many nan or inf stood in the wrong place."""


def sample(count: int, seed: int = 0, largest: float = LARGEST, special: Iterable[float] = ()) -> np.ndarray:
    """Floats log-uniform in both signs, a share of them between 1e-3 and 1e3, subnormals, and ± 64 floats about the special points."""
    random = np.random.default_rng(seed)
    wide = 10.0 ** random.uniform(-323, math.log10(min(largest, 1e308)), count // 4)
    narrow = 10.0 ** random.uniform(-3, min(3, math.log10(largest)), count - count // 4)
    points = np.concatenate([wide, narrow])
    points = points * random.choice([-1.0, 1.0], count)
    near = [points, [5e-324, -5e-324, 1e-310, -1e-310, 0.0]]
    for s in special:
        if math.isfinite(s):
            steps = np.arange(-64, 65)
            near.append((np.float64(s).view(np.int64) + steps).view(np.float64) if abs(s) > 1e-300 else steps * 5e-324)
    points = np.concatenate(near)
    return points[np.isfinite(points)]


def error(computed: float, exact: arb, bits: int = 53, least: float = 5e-324, largest: float = LARGEST) -> float:
    """|computed − exact| in units in the last place of the exact value, for a format with `bits` bits of precision."""
    if exact.is_nan():
        return 0.0 if math.isnan(computed) else math.inf
    if math.isnan(computed):
        return math.inf
    magnitude = abs(exact.mid())
    if magnitude >= arb(largest) * (1 + arb(2) ** -bits):
        return (
            0.0
            if math.isinf(computed) and (computed > 0) == (exact > 0)
            else (2.0 if abs(computed) == largest else math.inf)
        )
    if math.isinf(computed):
        return 1.0 if magnitude > largest * (1 - 2.0 ** (5 - bits)) else math.inf
    before, ctx.prec = ctx.prec, 200
    try:
        size = float(magnitude)
        unit = max(2.0 ** (math.frexp(size)[1] - bits), least) if size > 0 else least
        return float((abs(arb(computed) - exact) / unit).mid())
    finally:
        ctx.prec = before


def measure(
    function: Callable[[np.ndarray], np.ndarray],
    expression: Expr,
    variable: Symbol,
    points: np.ndarray,
    exact: list[arb] | None = None,
) -> Measurement:
    """Compare `function` with the exact expression at these floats."""
    return compare(function, points, exact or [value(expression, variable, float(p)) for p in points])


def compare(function: Callable[[np.ndarray], np.ndarray], points: np.ndarray, exact: list[arb]) -> Measurement:
    """The errors of a function whose exact values are known."""
    computed = function(points)
    single = points.dtype == np.float32
    format_of = {"bits": 24, "least": 2.0**-149, "largest": float(np.finfo(np.float32).max)} if single else {}
    errors = [error(float(c), e, **format_of) for c, e in zip(computed, exact, strict=True)]
    worst = max(range(len(errors)), key=errors.__getitem__)
    return Measurement(len(points), errors[worst], float(points[worst]), sum(math.isinf(e) for e in errors))
