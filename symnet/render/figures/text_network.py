"""A network drawn in characters: circles in columns, wires in braille (or dots), captions and sizes below."""

from __future__ import annotations

import itertools

from symnet.render.figures.dots import Dots
from symnet.render.figures.network import visible
from symnet.sheet.blocks import Diagram

Cells = list[list[tuple[str, str]]]


def text_network(diagram: Diagram, captions: list[str], width: int, unicode: bool = True) -> Cells:
    """`diagram` at most `width` characters wide; `captions` are the columns' names as plain text."""
    names = [_names(diagram, column, unicode) for column in range(len(diagram.sizes))]
    tallest = max(len(column) for column in names)
    step = 2
    rows = (tallest - 1) * step + 1
    label_width = max((len(text) for column in names for text in column if text), default=1)
    gap = max(1, (width - label_width) // max(1, len(names)))
    dots = Dots(width, rows, unicode)
    places = []
    for number, column in enumerate(names):
        middle = gap // 2 + number * gap
        start = (rows - 1 - (len(column) - 1) * step) // 2
        places.append([(middle, start + k * step, text) for k, text in enumerate(column)])
    for left, right in itertools.pairwise(places):
        for xa, ya, ta in left:
            for xb, yb, tb in right:
                if ta is not None and tb is not None:
                    half_a, half_b = (len(ta) + 1) // 2 + 1, (len(tb) + 1) // 2 + 1
                    layer = "wire" if ya == yb else "falling" if ya < yb else "rising"
                    dots.line(
                        (xa + half_a) * dots.across, _y(ya, dots), (xb - half_b) * dots.across, _y(yb, dots), layer
                    )
    for column in places:
        for x, y, text in column:
            if text is None:
                dots.write(x, y, "⋮" if unicode else ":", "unit")
            else:
                dots.write(x - len(text) // 2, y, text, "unit")
    cells = dots.cells({"wire": "-", "falling": "\\", "rising": "/"})
    sizes = [str(size) for size in diagram.sizes]
    sizes = ["" if size in caption.split() else size for size, caption in zip(sizes, captions, strict=True)]
    for line in (captions, sizes) if any(sizes) else (captions,):
        cells += _feet(line, [column[0][0] for column in places], gap, width)
    return cells


def _y(row: int, dots: Dots) -> int:
    return row * dots.down + dots.down // 2


def _names(diagram: Diagram, column: int, unicode: bool) -> list[str | None]:
    above, below = visible(diagram.sizes[column], min(diagram.shown, 5))
    given = diagram.unit_labels[column] if column < len(diagram.unit_labels) else ()

    def name(index: int) -> str:
        text = given[index] if index < len(given) else ""
        return f"({text})" if text else ("○" if unicode else "o")

    dots: list[str | None] = [None] if len(above) + len(below) < diagram.sizes[column] else []
    return [*(name(index) for index in above), *dots, *(name(index) for index in below)]


def _feet(texts: list[str], middles: list[int], gap: int, width: int) -> Cells:
    import textwrap

    wrapped = [textwrap.wrap(text, max(4, gap - 2)) or [""] for text in texts]
    lines = []
    for k in range(max(map(len, wrapped))):
        line = [" "] * width
        for parts, middle in zip(wrapped, middles, strict=True):
            text = parts[k] if k < len(parts) else ""
            start = min(max(0, middle - len(text) // 2), max(0, width - len(text)))
            line[start : start + len(text)] = text
        lines.append([(letter, "tick") for letter in "".join(line[:width]).rstrip()])
    return lines
