"""A graph drawn in characters: braille curves between axes, or ASCII marks where Unicode cannot go."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from symnet.render.figures.curve import clipped
from symnet.render.figures.dots import Dots
from symnet.render.figures.ticks import ticks
from symnet.sheet.blocks import Curve

Cells = list[list[tuple[str, str]]]
ASCII_MARKS = {"function": "*", "derivative": "o", "other": "+", "data": "#", "asymptote": ".", "axis": "."}


def layer_of(role: str, number: int) -> str:
    """The layer of a series: its role, or its number where several share the role ``function`` or ``other``."""
    return role if number == 0 else f"series{number % 4 + 1}"


def ascii_mark(layer: str) -> str:
    """The character that stands for a layer where there is no braille."""
    return ASCII_MARKS.get(layer) or {"series2": "x", "series3": "#", "series4": "@"}.get(layer, "+")


def mark_sign(kind: str, unicode: bool) -> str:
    """The character that marks a point."""
    table = {"open": "○", "kink": "◆"} if unicode else {"open": "O", "kink": "@"}
    return table.get(kind, "●" if unicode else "@")


def text_curve(curve: Curve, width: int, height: int = 15, unicode: bool = True) -> Cells:
    """`curve` on `width` × `height` characters, tick labels included; each character with its layer."""
    labels = [(at, _plain(label, unicode)) for at, label in ticks(*curve.y_range, 5)]
    margin = max((len(label) for _, label in labels), default=1) + 2
    dots = Dots(max(8, width - margin - 1), height, unicode)
    (x0, x1), (y0, y1) = curve.x_range, curve.y_range

    def across(x: float) -> int:
        return round((x - x0) / (x1 - x0) * (dots.width - 1))

    def down(y: float) -> int:
        return round((y1 - y) / (y1 - y0) * (dots.height - 1))

    seen: dict[str, int] = {}
    for series in curve.series:
        number = seen.setdefault(series.role, 0)
        seen[series.role] += 1
        layer = layer_of(series.role, number)
        dash = {"derivative": 3, "asymptote": 1, "other": 2}.get(series.role, 2 if number else 0)
        dash = dash if unicode else min(dash, 1)
        for path in clipped(series, curve):
            points = [(across(x), down(y)) for x, y in path]
            _stroke(dots, points, layer, dash)
    for mark in curve.marks:
        if x0 <= mark.x <= x1 and y0 <= mark.y <= y1:
            dots.write(across(mark.x) // dots.across, down(mark.y) // dots.down, mark_sign(mark.kind, unicode), "mark")
    cells = dots.cells({layer: ascii_mark(layer) for layer in (*ASCII_MARKS, *(f"series{k}" for k in range(1, 5)))})
    column, row = across(min(max(0.0, x0), x1)) // dots.across, down(min(max(0.0, y0), y1)) // dots.down
    _axes(cells, column, row, unicode)
    names: dict[int, str] = {}
    for at, label in labels:
        names.setdefault(down(at) // dots.down, label)
    out = [
        [(letter, "tick") for letter in names.get(r, "").rjust(margin - 1) + " "] + line for r, line in enumerate(cells)
    ]
    return [*out, _feet(dots, margin, across, curve, unicode)]


def _stroke(dots: Dots, points: list[tuple[int, int]], layer: str, dash: int) -> None:
    if len(points) == 1:
        dots.set(*points[0], layer)
    travelled = 0
    for (xa, ya), (xb, yb) in itertools.pairwise(points):
        steps = max(abs(xb - xa), abs(yb - ya))
        for k in range(steps + 1):
            if not dash or ((travelled + k) // dash) % 2 == 0:
                x = round(xa + (xb - xa) * k / steps) if steps else xa
                y = round(ya + (yb - ya) * k / steps) if steps else ya
                dots.set(x, y, layer)
        travelled += steps


def _axes(cells: Cells, column: int, row: int, unicode: bool) -> None:
    vertical, horizontal, cross = ("│", "─", "┼") if unicode else ("|", "-", "+")
    for r, line in enumerate(cells):
        if line[column][0] == " ":
            line[column] = (cross if r == row else vertical, "axis")
        if r == row:
            for c, cell in enumerate(line):
                if cell[0] == " ":
                    line[c] = (horizontal, "axis")


def _feet(
    dots: Dots, margin: int, across: Callable[[float], int], curve: Curve, unicode: bool
) -> list[tuple[str, str]]:
    foot = [" "] * (margin + dots.columns + 1)
    free = 0
    for at, label in ticks(*curve.x_range, 8):
        text = _plain(label, unicode)
        start = margin + across(at) // dots.across - len(text) // 2
        start = min(max(start, 0), len(foot) - len(text))
        if start >= free:
            foot[start : start + len(text)] = text
            free = start + len(text) + 1
    return [(letter, "tick") for letter in "".join(foot).rstrip()]


def _plain(label: str, unicode: bool) -> str:
    return label if unicode else label.replace("−", "-")
