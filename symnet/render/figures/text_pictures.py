"""Small pictures in characters: shades for grey ones, two families of signs for signed ones."""

from __future__ import annotations

from symnet.render.figures.pictures import LEVELS, levels
from symnet.sheet.blocks import Pictures

Cells = list[list[tuple[str, str]]]
_GREY = {True: " ░▒▓█", False: " .+*#"}
_POSITIVE = {True: " ░▒▓█", False: " .+*#"}
_NEGATIVE = {True: " ·-=≡", False: " ,-=%"}


def legend_marks(unicode: bool) -> tuple[str, str]:
    """What the strongest positive and negative cells look like, and the weaker ones before them."""
    return _POSITIVE[unicode].strip(), _NEGATIVE[unicode].strip()


def text_pictures(pictures: Pictures, captions: list[str], width: int, unicode: bool = True) -> Cells:
    """All pictures side by side, as many a row as fit, each above its caption."""
    drawn = [_picture(image, pictures.signed, unicode, width) for image in pictures.images]
    out: Cells = []
    row: list[tuple[Cells, str]] = []
    used = 0
    for picture, caption in zip(drawn, captions, strict=True):
        size = max(max(map(len, picture), default=0), 1)
        if row and used + size + 2 > width:
            out += _side_by_side(row)
            row, used = [], 0
        row.append((picture, caption))
        used += size + 2
    return out + _side_by_side(row) if row else out


def _picture(image, signed: bool, unicode: bool, width: int) -> Cells:
    shades = levels(image, signed)
    columns = len(shades[0]) if shades else 0
    if columns <= 16 and 2 * columns <= width:
        return [[cell for shade in row for cell in 2 * [_sign(shade, signed, unicode)]] for row in shades]
    pairs = [(shades[k], shades[min(k + 1, len(shades) - 1)]) for k in range(0, len(shades), 2)]
    return [
        [_sign(round((a + b) / 2), signed, unicode) for a, b in zip(upper, lower, strict=True)][:width]
        for upper, lower in pairs
    ]


def _sign(shade: int, signed: bool, unicode: bool) -> tuple[str, str]:
    step = -(-abs(shade) * 4 // LEVELS)
    if shade < 0:
        return _NEGATIVE[unicode][step], "negative"
    return (_POSITIVE if signed else _GREY)[unicode][step], "positive" if signed else "ink"


def _side_by_side(row: list[tuple[Cells, str]]) -> Cells:
    import textwrap

    widths = [max(max(map(len, picture), default=0), 1) for picture, _ in row]
    captions = [textwrap.wrap(caption, max(6, width)) for (_, caption), width in zip(row, widths, strict=True)]
    height = max(len(picture) for picture, _ in row)
    out: Cells = []
    for k in range(height):
        line: list[tuple[str, str]] = []
        for (picture, _), width in zip(row, widths, strict=True):
            cells = picture[k] if k < len(picture) else []
            line += cells + [(" ", "")] * (width - len(cells) + 2)
        out.append(line)
    for k in range(max(map(len, captions), default=0)):
        text = "".join(
            (part[k] if k < len(part) else "").ljust(width + 2)[: width + 2]
            for part, width in zip(captions, widths, strict=True)
        )
        out.append([(letter, "tick") for letter in text.rstrip()])
    return [*out, []]
