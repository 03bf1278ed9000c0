"""Samples a function for a graph: kinks exactly at their place, jumps as gaps, nothing drawn that is not there.

Every smooth piece is sampled by itself, its ends being the exact one-sided limits, so a corner is a
corner and a jump is a gap with an open and a closed end. A run of points is cut where the value
leaves the picture or is not finite. The same input gives the same points, rounded to six decimals.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from sympy import Expr, oo

from symnet.calculus.pieces import Piece, Pieces

Branch = tuple[tuple[float, float], ...]
Evaluate = Callable[[list[float]], list[float]]
POINTS = 161
"""Sample points across a picture."""


def window(pieces: Pieces, least: float = 4.0) -> tuple[float, float]:
    """The x range of a picture: symmetric about 0, at least ±`least`, and every breakpoint inside with room around it."""
    places = [abs(float(b.location)) for b in pieces.breakpoints]
    reach = max([least, *(place + max(1.0, place / 3) for place in places if place < 40)])
    return -float(math.ceil(reach)), float(math.ceil(reach))


def branches(
    pieces: tuple[Piece, ...], ends: Callable[[Piece], tuple[Expr | None, Expr | None]], evaluate: Evaluate,
    x_range: tuple[float, float], y_range: tuple[float, float] | None = None,
) -> tuple[Branch, ...]:  # fmt: skip
    """The connected runs of points of a curve inside the picture.

    `ends` gives the exact limits of the curve at a piece's two finite ends (None at an infinite end);
    `evaluate` gives the values at interior points.
    """
    low, high = x_range
    grid = [low + (high - low) * k / (POINTS - 1) for k in range(POINTS)]
    runs: list[list[tuple[float, float]]] = []
    for piece in pieces:
        left = -math.inf if piece.left == -oo else float(piece.left)
        right = math.inf if piece.right == oo else float(piece.right)
        inner = [x for x in grid if left < x < right]
        points = list(zip(inner, evaluate(inner), strict=True)) if inner else []
        first, last = ends(piece)
        if first is not None and low <= left <= high:
            points.insert(0, (left, _number(first)))
        if last is not None and low <= right <= high:
            points.append((right, _number(last)))
        for run in _cut(points, y_range):
            if runs and runs[-1][-1] == run[0]:
                runs[-1] += run[1:]
            else:
                runs.append(run)
    return tuple(tuple(run) for run in runs if len(run) > 1)


def height(curves: list[tuple[Branch, ...]], x_range: tuple[float, float]) -> tuple[float, float]:
    """A y range that holds the curves, with a margin; a curve that runs away is cut at the height of the width."""
    reach = x_range[1] - x_range[0]
    values = sorted(y for curve in curves for run in curve for _, y in run if abs(y) <= reach * 0.75)
    if not values:
        return -1.0, 1.0
    low, high = min(values[0], 0.0), max(values[-1], 0.0)
    margin = 0.08 * (high - low) or 1.0
    return round(low - margin, 3), round(high + margin, 3)


def _cut(points: list[tuple[float, float]], y_range: tuple[float, float] | None) -> list[list[tuple[float, float]]]:
    """The runs of points that are finite and inside the picture."""
    low, high = y_range or (-math.inf, math.inf)
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if math.isfinite(y) and low <= y <= high:
            runs[-1].append((round(x, 6) + 0.0, round(y, 6) + 0.0))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _number(limit: Expr) -> float:
    return float(limit) if limit.is_finite else math.nan
