"""Tables for the terminal: columns that share the width fairly, cells that wrap, no boxes.

Where the columns cannot fit, every row becomes a small list of "heading: value", so that a table never
breaks at the edge of a narrow terminal.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text as Styled


def table(header: Sequence[str], rows: Sequence[Sequence[str]], alignment: str, width: int, rule: str = "─") -> str:
    """The table as Rich markup; cells are Rich markup too."""
    heads = [Styled.from_markup(f"[head]{cell}[/head]") for cell in header]
    body = [[Styled.from_markup(cell) for cell in row] for row in rows]
    lines = [heads, *body] if any(head.plain for head in heads) else body
    natural = [max(_width(row[k]) for row in lines) for k in range(len(heads))]
    least = [min(natural[k], max(_longest_word(row[k]) for row in lines)) for k in range(len(heads))]
    gaps = 2 * (len(heads) - 1)
    roomy = [max(small, min(natural[k], 12)) for k, small in enumerate(least)]
    if sum(roomy) + gaps <= width:
        least = roomy
    if sum(least) + gaps > width:
        return _records(heads, body, width)
    widths = _shared(natural, least, width - gaps)
    out = []
    for number, row in enumerate(lines):
        out += _row(row, widths, alignment)
        if number == 0 and lines[0] is heads:
            out.append(f"[rule]{'  '.join(rule * w for w in widths)}[/rule]")
    return "\n".join(out)


def wrapped(text: Styled, width: int) -> list[Styled]:
    """`text` in lines of at most `width`; a word that is longer is broken."""
    lines: list[Styled] = []
    for paragraph in text.split("\n", allow_blank=True) or [text]:
        lines += _wrap(paragraph, max(1, width))
    return lines or [Styled()]


def _wrap(text: Styled, width: int) -> list[Styled]:
    plain = str(text.plain)  # a Markup would build another Markup for every letter
    cells = [1] * len(plain) if plain.isascii() else list(map(cell_len, plain))
    lines, start, left = [], 0, cell_len(plain)
    while left > width:
        end, last_space, used = start, -1, 0
        while end < len(plain) and used + cells[end] <= width:
            if plain[end] == " ":
                last_space = end
            used += cells[end]
            end += 1
        if end < len(plain) and plain[end] == " ":
            last_space = end
        cut = last_space if last_space > start else end
        lines.append(text[start:cut])
        start = cut + (1 if last_space > start else 0)
        while start < len(plain) and plain[start] == " " and last_space > 0:
            start += 1
        left = cell_len(plain[start:])
    lines.append(text[start:])
    return lines


def _row(row: Sequence[Styled], widths: Sequence[int], alignment: str) -> list[str]:
    cells = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    out = []
    for k in range(max(map(len, cells))):
        line = []
        for column, (lines, width) in enumerate(zip(cells, widths, strict=True)):
            part = lines[k] if k < len(lines) else Styled()
            spare = width - cell_len(part.plain)
            letter = alignment[column] if column < len(alignment) else "l"
            before = spare if letter == "r" else spare // 2 if letter == "c" else 0
            line.append(" " * before + part.markup + " " * (spare - before))
        out.append("  ".join(line).rstrip())
    return out


def _records(heads: Sequence[Styled], body: Sequence[Sequence[Styled]], width: int) -> str:
    out: list[str] = []
    for row in body:
        for head, cell in zip(heads, row, strict=True):
            label = Styled.from_markup(f"{head.markup}: ") if head.plain else Styled()
            lines = wrapped(label + cell, width)
            out += [
                lines[0].markup,
                *(f"  {line.markup}" for line in wrapped(Styled(" ").join(lines[1:]), width - 2) if line.plain),
            ]
        out.append("")
    return "\n".join(out[:-1])


def _shared(natural: list[int], least: list[int], room: int) -> list[int]:
    if sum(natural) <= room:
        return natural
    widths = list(least)
    spare = room - sum(widths)
    while spare > 0:
        wanting = [k for k in range(len(widths)) if widths[k] < natural[k]]
        k = min(wanting, key=lambda k: widths[k] / natural[k])
        widths[k] += 1
        spare -= 1
    return widths


def _width(cell: Styled) -> int:
    return max((cell_len(line) for line in cell.plain.split("\n")), default=0)


def _longest_word(cell: Styled) -> int:
    return max((cell_len(word) for word in cell.plain.split(" ")), default=0)
