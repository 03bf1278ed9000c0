"""Where the words beside a marked point go: off the page's edge, off each other, off the curves."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

Point = tuple[float, float]
Box = tuple[float, float, float, float]

LETTER, LINE = 6.4, 15.0
"""The estimated size of a character, in points of the page."""


def place(
    points: Sequence[Point], texts: Sequence[str], obstacles: Sequence[Sequence[Point]], page: Box
) -> list[tuple[float, float, str]]:
    """For every point the place of its words: x, baseline y, and the anchor ``"start"`` or ``"end"``."""
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in points]
    sampled = [point for path in obstacles for point in _sampled(path)]
    found = []
    for (x, y), text in zip(points, texts, strict=True):
        width = LETTER * len(text)
        options = [_option(x, y, dx, dy, width) for dy in (-8, 19, -24, 35, -40, 51) for dx in (9, -9)]
        best = min(options, key=lambda option: _cost(option[1], taken, sampled, page, abs(option[0][1] - y)))
        taken.append(best[1])
        found.append(best[0])
    return found


def _option(x: float, y: float, dx: float, dy: float, width: float) -> tuple[tuple[float, float, str], Box]:
    anchor = "start" if dx > 0 else "end"
    left = x + dx if dx > 0 else x + dx - width
    return (round(x + dx, 2), round(y + dy, 2), anchor), (left, y + dy - LINE + 3, left + width, y + dy + 3)


def _cost(box: Box, taken: list[Box], sampled: list[Point], page: Box, away: float) -> float:
    outside = max(0, page[0] - box[0]) + max(0, page[1] - box[1]) + max(0, box[2] - page[2]) + max(0, box[3] - page[3])
    overlaps = sum(
        1 for other in taken if box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
    )
    crossed = sum(1 for x, y in sampled if box[0] - 2 < x < box[2] + 2 and box[1] - 1 < y < box[3] + 1)
    return 50 * outside + 400 * overlaps + 8 * crossed + away


def _sampled(path: Sequence[Point]) -> list[Point]:
    out = list(path[:1])
    for (xa, ya), (xb, yb) in itertools.pairwise(path):
        steps = max(1, round(max(abs(xb - xa), abs(yb - ya)) / 5))
        out += [(xa + (xb - xa) * k / steps, ya + (yb - ya) * k / steps) for k in range(1, steps + 1)]
    return out
