"""A sheet of dots that becomes lines of text: braille characters (2 × 4 dots each), or ASCII marks."""

from __future__ import annotations

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


class Dots:
    """`columns` × `rows` characters; several layers, the later on top where the character allows only one.

    A layer is a name for what a dot belongs to, so that a colour can follow it.
    """

    def __init__(self, columns: int, rows: int, unicode: bool = True) -> None:
        self.columns, self.rows, self.unicode = columns, rows, unicode
        self.across, self.down = (2, 4) if unicode else (1, 1)
        self._bits = [[0] * columns for _ in range(rows)]
        self._layer: list[list[str]] = [[""] * columns for _ in range(rows)]
        self._letters: dict[tuple[int, int], tuple[str, str]] = {}

    @property
    def width(self) -> int:
        """Dots across."""
        return self.columns * self.across

    @property
    def height(self) -> int:
        """Dots down."""
        return self.rows * self.down

    def set(self, x: int, y: int, layer: str) -> None:
        """Ink the dot (x, y), counted from the upper left corner; outside the sheet nothing happens."""
        if not (0 <= x < self.width and 0 <= y < self.height):
            return
        column, row = x // self.across, y // self.down
        self._bits[row][column] |= _BITS[y % 4][x % 2] if self.unicode else 1
        self._layer[row][column] = layer

    def line(self, x1: int, y1: int, x2: int, y2: int, layer: str, dash: int = 0) -> None:
        """Ink a straight line; with `dash`, every other `dash` dots."""
        steps = max(abs(x2 - x1), abs(y2 - y1), 1)
        for k in range(steps + 1):
            if dash and (k // dash) % 2:
                continue
            self.set(round(x1 + (x2 - x1) * k / steps), round(y1 + (y2 - y1) * k / steps), layer)

    def write(self, column: int, row: int, text: str, layer: str = "") -> None:
        """Put characters over the dots, starting at a character cell."""
        for k, letter in enumerate(text):
            if 0 <= column + k < self.columns and 0 <= row < self.rows:
                self._letters[row, column + k] = (letter, layer)

    def cells(self, marks: dict[str, str]) -> list[list[tuple[str, str]]]:
        """Every character with its layer, row by row; `marks` are the ASCII characters of the layers."""
        out = []
        for row in range(self.rows):
            line = []
            for column in range(self.columns):
                if (row, column) in self._letters:
                    line.append(self._letters[row, column])
                elif not self._bits[row][column]:
                    line.append((" ", ""))
                else:
                    layer = self._layer[row][column]
                    letter = chr(0x2800 + self._bits[row][column]) if self.unicode else marks.get(layer, "*")
                    line.append((letter, layer))
            out.append(line)
        return out
