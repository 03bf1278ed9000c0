"""The layout of small pictures: matrices as runs of equal shade, so that a file stays small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symnet.render.figures.ticks import rounded
from symnet.sheet.blocks import Pictures

LEVELS = 12
"""Shades that are told apart."""


@dataclass(frozen=True)
class Band:
    """A horizontal run of equal cells; the shade is a level of 1 to `LEVELS`, its sign the value's."""

    row: int
    column: int
    length: int
    level: int


@dataclass(frozen=True)
class Tile:
    """One picture on the page."""

    x: float
    y: float
    rows: int
    columns: int
    cell: float
    bands: tuple[Band, ...]
    caption: Any
    minus: tuple[tuple[int, int], ...]
    """Cells that are marked as negative, so that the sign is read without colour."""


@dataclass(frozen=True)
class Mosaic:
    """Everything that has to be drawn."""

    width: float
    height: float
    tiles: tuple[Tile, ...]
    signed: bool


def levels(image: Any, signed: bool, scale: float | None = None) -> tuple[tuple[int, ...], ...]:
    """The shade of every cell: 0 to `LEVELS`, negative for negative values of signed pictures.

    A signed picture is scaled by its largest |value|; an unsigned one runs from 0 (or its least value, if negative) up.
    """
    values = [[float(value) for value in row] for row in image]
    if signed:
        top = scale or max((abs(value) for row in values for value in row), default=0.0) or 1.0
        return tuple(tuple(round(value / top * LEVELS) for value in row) for row in values)
    low = min(0.0, *(value for row in values for value in row)) if values else 0.0
    top = (max(value for row in values for value in row) - low) or 1.0
    return tuple(tuple(round((value - low) / top * LEVELS) for value in row) for row in values)


def mosaic(pictures: Pictures, width: float = 560, tile: float = 96) -> Mosaic:
    """The layout of `pictures`, as many a row as fit."""
    gap, caption_height = 14.0, 30.0
    per_row = max(1, int((width + gap) // (tile + gap)))
    tiles = []
    y = 4.0
    for start in range(0, len(pictures.images), per_row):
        tallest = 0.0
        for k, image in enumerate(pictures.images[start : start + per_row]):
            shades = levels(image, pictures.signed)
            rows, columns = len(shades), len(shades[0]) if shades else 0
            cell = rounded(tile / max(rows, columns, 1))
            caption = pictures.captions[start + k] if start + k < len(pictures.captions) else ""
            tiles.append(
                Tile(
                    rounded(k * (tile + gap) + 2), y, rows, columns, cell, tuple(bands(shades)), caption, _minus(shades)
                )
            )
            tallest = max(tallest, rows * cell)
        y = rounded(y + tallest + caption_height)
    used = min(per_row, max(1, len(pictures.images)))
    return Mosaic(rounded(used * (tile + gap) - gap + 4), rounded(y), tuple(tiles), pictures.signed)


def bands(shades: tuple[tuple[int, ...], ...]) -> list[Band]:
    """Runs of equal, visible shade, row by row."""
    found = []
    for r, row in enumerate(shades):
        c = 0
        while c < len(row):
            end = c
            while end < len(row) and row[end] == row[c]:
                end += 1
            if row[c]:
                found.append(Band(r, c, end - c, row[c]))
            c = end
    return found


def _minus(shades: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, int], ...]:
    return tuple((r, c) for r, row in enumerate(shades) for c, shade in enumerate(row) if shade <= -LEVELS // 4)
