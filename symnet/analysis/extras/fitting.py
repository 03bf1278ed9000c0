"""Rational weights that fit sampled columns to sampled values: proposals, to be proved elsewhere."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

LARGEST = 20_000
"""The largest denominator of a weight."""
CLOSE = 1e-10


def fitted(
    target: Sequence[float], columns: Sequence[Sequence[float]], tolerance: float = CLOSE
) -> list[Fraction] | None:
    """Rational weights with target = sum of weight*column at every point, the first not 0; or None."""
    if not all(math.isfinite(v) for row in (target, *columns) for v in row):
        return None
    weights = _least_squares(target, columns)
    if weights is None or not all(map(math.isfinite, weights)):
        return None
    exact = [Fraction(w).limit_denominator(LARGEST) for w in weights]
    exact = [Fraction(0) if abs(w) < 1e-6 else w for w in exact]
    if not exact[0]:
        return None
    floats = [float(w) for w in exact]
    size = 1 + max(map(abs, target))
    for k, value in enumerate(target):
        if abs(value - sum(w * column[k] for w, column in zip(floats, columns, strict=True))) > tolerance * size:
            return None
    return exact


def affine(values: Sequence[float]) -> bool:
    """Whether the values at the points lie on a straight line."""
    from symnet.analysis.extras.sampling import POINTS

    slope = (values[-1] - values[0]) / (POINTS[-1] - POINTS[0])
    return all(abs(v - values[0] - slope * (x - POINTS[0])) < 1e-12 for v, x in zip(values, POINTS, strict=True))


def _least_squares(target: Sequence[float], columns: Sequence[Sequence[float]]) -> list[float] | None:
    """The normal equations by Gauss' elimination; None when they are singular."""
    n = len(columns)
    rows = [
        [sum(a * b for a, b in zip(columns[i], columns[j], strict=True)) for j in range(n)]
        + [sum(a * b for a, b in zip(columns[i], target, strict=True))]
        for i in range(n)
    ]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        if abs(rows[i][i]) < 1e-12:
            return None
        for k in range(n):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [rows[i][n] / rows[i][i] for i in range(n)]
