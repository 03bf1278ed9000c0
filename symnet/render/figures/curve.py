"""The layout of a graph: where axes, ticks, curves and marks stand on a page of given size."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from symnet.render.figures.placement import place
from symnet.render.figures.ticks import rounded, ticks
from symnet.render.mathematics.linear import words_text
from symnet.sheet.blocks import Curve, CurveSeries

Point = tuple[float, float]


@dataclass(frozen=True)
class Tick:
    """A place on an axis and the number written there."""

    at: float
    label: str
    zero: bool


@dataclass(frozen=True)
class Line:
    """One series: polylines on the page, its label, and how it is told apart (style 1, 2, …)."""

    label: Any
    role: str
    style: int
    paths: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True)
class Mark:
    """A marked point on the page."""

    x: float
    y: float
    label: Any
    kind: str
    words: tuple[float, float]
    """Where the label stands: x and baseline."""
    anchor: str
    """``"start"`` or ``"end"``: which end of the label stands there."""


@dataclass(frozen=True)
class Graph:
    """Everything that has to be drawn."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    axis_x: float
    """Where the y axis stands."""
    axis_y: float
    """Where the x axis stands."""
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]


def graph(curve: Curve, width: float = 560, height: float = 320) -> Graph:
    """The layout of `curve` on a page of `width` × `height`."""
    left, right, top, bottom = 44.0, width - 16, 16.0, height - 30
    (x0, x1), (y0, y1) = curve.x_range, curve.y_range

    def across(x: float) -> float:
        return rounded(left + (x - x0) / (x1 - x0) * (right - left))

    def down(y: float) -> float:
        return rounded(bottom - (y - y0) / (y1 - y0) * (bottom - top))

    lines = []
    styles = iter(range(1, 10_000))
    for series in curve.series:
        paths = [tuple((across(x), down(y)) for x, y in path) for path in clipped(series, curve)]
        style = 0 if series.role == "asymptote" else next(styles)
        lines.append(Line(series.label, series.role, style, tuple(thinned(path) for path in paths)))
    marks = [mark for mark in curve.marks if x0 <= mark.x <= x1 and y0 <= mark.y <= y1]
    points = [(across(mark.x), down(mark.y)) for mark in marks]
    texts = [words_text(mark.label, True) for mark in marks]
    places = place(points, texts, [path for line in lines for path in line.paths], (left, top - 8, right, bottom))
    return Graph(
        width, height, left, right, top, bottom,
        axis_x=across(min(max(0.0, x0), x1)),
        axis_y=down(min(max(0.0, y0), y1)),
        x_ticks=tuple(Tick(across(at), label, at == 0) for at, label in ticks(x0, x1, 8)),
        y_ticks=tuple(Tick(down(at), label, at == 0) for at, label in ticks(y0, y1, 6)),
        lines=tuple(lines),
        marks=tuple(
            Mark(x, y, mark.label, mark.kind, (lx, ly), anchor)
            for mark, (x, y), (lx, ly, anchor) in zip(marks, points, places, strict=True)
        ),
    )  # fmt: skip


def clipped(series: CurveSeries, curve: Curve) -> tuple[tuple[Point, ...], ...]:
    """The branches of `series` cut where they leave the window of `curve`."""
    pieces: list[tuple[Point, ...]] = []
    for branch in series.branches:
        current: list[Point] = []
        if len(branch) == 1 and _inside(branch[0], curve):
            pieces.append((branch[0],))
        for start, end in itertools.pairwise(branch):
            segment = _clip(start, end, curve)
            if segment is None:
                continue
            if current and current[-1] != segment[0]:
                pieces.append(tuple(current))
                current = []
            current = current or [segment[0]]
            current.append(segment[1])
        if current:
            pieces.append(tuple(current))
    return tuple(pieces)


def _inside(point: Point, curve: Curve) -> bool:
    return curve.x_range[0] <= point[0] <= curve.x_range[1] and curve.y_range[0] <= point[1] <= curve.y_range[1]


def _clip(start: Point, end: Point, curve: Curve) -> tuple[Point, Point] | None:
    low, high = 0.0, 1.0
    for axis, (least, most) in enumerate((curve.x_range, curve.y_range)):
        change = end[axis] - start[axis]
        if change == 0:
            if not least <= start[axis] <= most:
                return None
            continue
        enter, leave = sorted(((least - start[axis]) / change, (most - start[axis]) / change))
        low, high = max(low, enter), min(high, leave)
        if low > high:
            return None

    def at(t: float) -> Point:
        if t in (0.0, 1.0):
            return start if t == 0.0 else end
        return (start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1]))

    return at(low), at(high)


def thinned(path: tuple[Point, ...], tolerance: float = 0.05) -> tuple[Point, ...]:
    """`path` without the points within `tolerance` of the line through their neighbours (Douglas and Peucker)."""
    if len(path) < 3:
        return path
    keep = {0, len(path) - 1}
    stack = [(0, len(path) - 1)]
    while stack:
        first, last = stack.pop()
        (xa, ya), (xb, yb) = path[first], path[last]
        length = ((xb - xa) ** 2 + (yb - ya) ** 2) ** 0.5
        worst, index = tolerance, 0
        for k in range(first + 1, last):
            x, y = path[k]
            away = (
                abs((xb - xa) * (ya - y) - (xa - x) * (yb - ya)) / length
                if length
                else ((x - xa) ** 2 + (y - ya) ** 2) ** 0.5
            )
            if away > worst:
                worst, index = away, k
        if index:
            keep.add(index)
            stack += [(first, index), (index, last)]
    return tuple(path[k] for k in sorted(keep))
