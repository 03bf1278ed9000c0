"""Sheets as LaTeX that pdflatex compiles with what texlive-latex-base, -recommended, -pictures and lmodern bring."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from symnet.render.environment import Syntax
from symnet.render.figures.curve import graph
from symnet.render.figures.network import drawing
from symnet.render.figures.pictures import LEVELS, mosaic
from symnet.render.mathematics.latex import latex
from symnet.render.mathematics.linear import linear
from symnet.render.writers.tex_text import tex_character, tex_text
from symnet.render.writers.writer import Writer, rule_equation
from symnet.sheet.blocks import DataTable, Equation

_COLUMN = 78
"""How many characters of a table fit beside each other."""


class LatexWriter(Writer):
    """Fills `templates/latex`, whose delimiters keep clear of TeX's braces."""

    folder, extension = "latex", "tex"
    syntax = Syntax(("<<", ">>"), ("<%", "%>"), ("<#", "#>"))

    def filters(self) -> dict[str, Any]:
        """Code, addresses, colours."""
        return super().filters() | {"listing": self.listing, "url": self.url, "short": self.short}

    def names(self) -> dict[str, Any]:
        """Layouts of figures."""
        return {
            "step": rule_equation, "graph": graph, "drawing": drawing, "mosaic": mosaic, "levels": LEVELS,
            "path": tikz_path, "columns": columns, "listing_size": listing_size,
        }  # fmt: skip

    def escape(self, text: str) -> Markup:
        """Every character that TeX reads as its own, and every sign that its fonts lack, by its command."""
        return Markup(tex_text(text))

    def emphasis(self, written: Markup) -> Markup:
        return Markup(rf"\emph{{{written}}}")

    def strong(self, written: Markup) -> Markup:
        return Markup(rf"\textbf{{{written}}}")

    def code(self, text: str) -> Markup:
        """Monospaced; a long name may break after its dots, underscores and commas, an endless number anywhere."""
        broken = re.sub(r"(\\_|[.,/=(])", r"\1\\allowbreak{}", str(self.escape(text)).replace("--", "-{}-"))
        broken = re.sub(r"(\d{12})(?=\d)", r"\1\\allowbreak{}", broken)
        return Markup(rf"\texttt{{{broken}}}")

    def inline(self, thing: Any) -> Markup:
        return Markup(f"${_mathematics(latex(thing))}$")

    def short(self, thing: Any) -> Markup:
        """A label inside a figure."""
        return self.cell(thing)

    def display(self, equation: Equation) -> Markup:
        return Markup(_mathematics(latex(equation)))

    def listing(self, source: str) -> Markup:
        """Code for `alltt`, where only the backslash and braces are special."""
        return Markup(
            "".join(
                letter if letter.isascii() and letter not in "\\{}" else _in_code(letter)
                for letter in source.rstrip("\n")
            )
        )

    def url(self, address: str) -> Markup:
        """An address for ``\\url``."""
        return Markup(
            re.sub(r"[{}\\^\s]", lambda match: f"%{ord(match[0]):02X}", address).replace("%", r"\%").replace("#", r"\#")
        )


def _in_code(letter: str) -> str:
    return {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "–": "-", "—": "-"}.get(letter) or tex_character(letter)


def _mathematics(source: str) -> str:
    """Inside ``\\text`` pdflatex needs commands for signs that MathJax takes as they are."""
    return "".join(letter if letter.isascii() else tex_character(letter) for letter in source)


def tikz_path(path: Any) -> Markup:
    """A polyline in TikZ coordinates."""
    return Markup(" -- ".join(f"({x:g},{y:g})" for x, y in path) + (" -- cycle" if len(path) == 1 else ""))


def columns(table: DataTable) -> Markup:
    """The columns of a table: short ones as wide as their text, long ones share what is left."""
    lengths = []
    for number in range(len(table.header)):
        cells = [table.header[number], *(row[number] for row in table.rows if number < len(row))]
        lengths.append(max(len(linear(cell)) for cell in cells))
    letters = [table.alignment[k] if k < len(table.alignment) else "l" for k in range(len(lengths))]
    if sum(lengths) + 2 * len(lengths) <= _COLUMN:
        return Markup("".join(letters))
    long = [k for k, length in enumerate(lengths) if length > max(16, _COLUMN // len(lengths))]
    room = max(0.25, 1 - sum(lengths[k] + 3 for k in range(len(lengths)) if k not in long) / _COLUMN)
    total = sum(lengths[k] for k in long) or 1
    share = {k: room * max(0.25, lengths[k] / total) for k in long}
    scale = min(1.0, room / sum(share.values())) if share else 1.0
    written = (
        f">{{\\raggedright\\arraybackslash}}p{{{share[k] * scale:.3f}\\linewidth}}" if k in share else letters[k]
        for k in range(len(lengths))
    )
    return Markup("".join(written))


def listing_size(source: str, output: str = "") -> Markup:
    """A type size in which the longest line still fits the column."""
    longest = max(map(len, [*source.split("\n"), *output.split("\n")]), default=0)
    points = min(9.0, round(320 / max(longest, 1) / 0.525, 1))
    return Markup(f"\\fontsize{{{points:g}}}{{{points * 1.2:.3g}}}\\selectfont")
