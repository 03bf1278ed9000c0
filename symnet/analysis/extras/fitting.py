"""Rational weights that fit sampled columns to sampled values: proposals, to be proved elsewhere."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

from symnet.analysis.extras.sampling import ARITHMETIC, POINTS

LARGEST = 20_000
"""The largest denominator of a weight."""
CLOSE = 1e-10

ROUNDING = 1e-13


@dataclass(frozen=True, eq=False)
class Target:
    """Values at `POINTS` that a multiple of one column and a polynomial of low degree shall explain."""

    values: tuple[float, ...]
    unknowns: int
    """The coefficients of the polynomial: 0, 1 (a constant) or 2 (a line)."""
    tolerance: float = CLOSE

    @cached_property
    def finite(self) -> bool:
        """Whether there is a value at every point."""
        return all(map(math.isfinite, self.values))

    @cached_property
    def _tests(self) -> list[tuple[int, float, float]]:
        """Places, divided differences of the values, and what an admitted fit may change in them; the largest first."""
        size = 1 + max(map(abs, self.values))
        tests = []
        for k, weights in enumerate(_weights(self.unknowns)):
            difference = math.fsum(w * v for w, v in zip(weights, self.values[k:], strict=False))
            tests.append((k, difference, 2 * self.tolerance * size * sum(map(abs, weights))))
        return sorted(tests, key=lambda test: -abs(test[1]))

    def admits(self, column: Callable[[float], float], nodes: Sequence[float], known: dict[int, float]) -> bool:
        """Whether some multiple of the column may do: a necessary condition, left at the first place that fails.

        Divided differences of order n remove polynomials below degree n, so that those of the values are one
        multiple of those of the column, but for the tolerance. The column's values at the nodes are kept in `known`.
        """
        if not self.finite:
            return False
        all_weights = _weights(self.unknowns)
        multiple = slack = 0.0
        for k, difference, allowed in self._tests:
            there, noise = 0.0, 0.0
            for j, weight in enumerate(all_weights[k], k):
                if j not in known:
                    try:
                        known[j] = column(nodes[j])
                    except ARITHMETIC:
                        known[j] = math.nan
                term = weight * known[j]
                there += term
                noise += abs(term)
            if not math.isfinite(there):
                return False
            noise *= ROUNDING
            if not multiple:
                if abs(there) <= noise:
                    return abs(difference) <= allowed
                multiple, slack = difference / there, (allowed + abs(difference / there) * noise) / abs(there)
                if not multiple:
                    return True
            elif abs(difference - multiple * there) > allowed + slack * abs(there) + abs(multiple) * noise:
                return False
        return True


@cache
def _weights(order: int) -> list[list[float]]:
    """The weights of the values at `POINTS` in each divided difference of this order."""
    return [
        [1 / math.prod(x - y for y in nodes if y != x) for x in nodes]
        for nodes in (POINTS[k : k + order + 1] for k in range(len(POINTS) - order))
    ]


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
