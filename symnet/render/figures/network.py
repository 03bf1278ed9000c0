"""The layout of a network diagram: columns of units, wires between them, dots where a column is cut short."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symnet.render.figures.ticks import rounded
from symnet.render.mathematics.linear import words_text
from symnet.sheet.blocks import Diagram
from symnet.sheet.text import Text


@dataclass(frozen=True)
class Unit:
    """A circle, with the text in it."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Wire:
    """A line between two units."""

    x1: float
    y1: float
    x2: float
    y2: float
    negative: bool = False
    strength: float = 0.5
    """|weight| relative to the largest of its joint, 0 to 1."""


@dataclass(frozen=True)
class Column:
    """One layer: its units, the place of its dots (or None), its caption and its true size."""

    x: float
    units: tuple[Unit, ...]
    dots: float | None
    caption: Any
    size: str
    """The true number of units; empty where the caption says it."""


@dataclass(frozen=True)
class Drawing:
    """Everything that has to be drawn."""

    width: float
    height: float
    radius: float
    captions: float
    """The y of the line on which captions stand."""
    columns: tuple[Column, ...]
    wires: tuple[Wire, ...]
    signed: bool


def visible(size: int, shown: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The indices drawn above and below the dots; all above when the column is short enough."""
    if size <= shown:
        return tuple(range(size)), ()
    above = max(1, (shown + 1) // 2)
    return tuple(range(above)), tuple(range(size - (shown - above), size))


def drawing(diagram: Diagram, width: float = 560) -> Drawing:
    """The layout of `diagram` on a page of `width`."""
    split = [visible(size, diagram.shown) for size in diagram.sizes]
    slots = [
        len(above) + len(below) + (1 if below or size > len(above) else 0)
        for (above, below), size in zip(split, diagram.sizes, strict=True)
    ]
    tallest = max(slots)
    pitch = 46.0 if tallest <= 5 else 36.0
    radius = 17.0 if any(diagram.unit_labels) else 11.0
    top, height = 14.0 + radius, 28.0 + 2 * radius + (tallest - 1) * pitch + 44
    middle = top + (tallest - 1) * pitch / 2
    margin = 64.0
    gap = (width - 2 * margin) / max(1, len(split) - 1)
    columns, places = [], []
    for number, ((above, below), slot) in enumerate(zip(split, slots, strict=True)):
        x = rounded(margin + number * gap if len(split) > 1 else width / 2)
        start = middle - (slot - 1) * pitch / 2
        ys = {index: rounded(start + k * pitch) for k, index in enumerate(above)}
        ys |= {index: rounded(start + (len(above) + 1 + k) * pitch) for k, index in enumerate(below)}
        dots = rounded(start + len(above) * pitch) if slot > len(ys) else None
        names = diagram.unit_labels[number] if number < len(diagram.unit_labels) else ()
        units = tuple(Unit(x, y, _label(names, index, len(above), len(ys))) for index, y in ys.items())
        caption = diagram.labels[number] if number < len(diagram.labels) else ""
        size = str(diagram.sizes[number])
        said = size in words_text(Text.of(caption), True).split()
        columns.append(Column(x, units, dots, caption, "" if said else size))
        places.append({index: (x, y) for index, y in ys.items()})
    wires = [wire for joint in range(len(places) - 1) for wire in _wires(diagram, joint, places, radius)]
    return Drawing(
        width, rounded(height), radius, rounded(height - 40), tuple(columns), tuple(wires), diagram.weights is not None
    )


def _label(names: tuple[str, ...], index: int, above: int, drawn: int) -> str:
    return names[index] if index < len(names) else ""


def _wires(diagram: Diagram, joint: int, places: list[dict[int, tuple[float, float]]], radius: float) -> list[Wire]:
    matrix = diagram.weights[joint] if diagram.weights is not None and joint < len(diagram.weights) else None
    pairs = [(source, target) for source in places[joint] for target in places[joint + 1]]
    weights = {pair: float(matrix[pair[1]][pair[0]]) if matrix is not None else 0.0 for pair in pairs}
    largest = max(map(abs, weights.values()), default=0.0) or 1.0
    wires = []
    for source, target in pairs:
        (x1, y1), (x2, y2) = places[joint][source], places[joint + 1][target]
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        dx, dy = (x2 - x1) / length * radius, (y2 - y1) / length * radius
        weight = weights[source, target]
        strength = rounded(abs(weight) / largest) if matrix is not None else 0.5
        wires.append(Wire(rounded(x1 + dx), rounded(y1 + dy), rounded(x2 - dx), rounded(y2 - dy), weight < 0, strength))
    return wires
