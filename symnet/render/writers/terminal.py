"""Sheets for the terminal: Rich markup until the last moment, then colour, plain Unicode, or pure ASCII.

The writer is told its width, whether Unicode can be carried and whether colour is wanted;
`render.surroundings` reads them from a stream and its environment for whoever prints.
"""

from __future__ import annotations

import unicodedata
from io import StringIO
from typing import Any

from markupsafe import Markup
from rich.cells import cell_len
from rich.text import Text as Styled

from symnet.errors import UsageError
from symnet.render.figures.text_curve import ascii_mark, layer_of, mark_sign, text_curve
from symnet.render.figures.text_network import text_network
from symnet.render.figures.text_pictures import legend_marks, text_pictures
from symnet.render.mathematics.linear import linear, words_text
from symnet.render.mathematics.pretty import pretty
from symnet.render.writers.ascii_text import spelled_in_ascii
from symnet.render.writers.text_table import table, wrapped
from symnet.render.writers.writer import Writer, rule_equation
from symnet.sheet.blocks import Curve, Diagram, Equation, Pictures
from symnet.sheet.text import Text

NO_BREAK = "\u00a0"
"""Keeps short formulas in one piece until the page is finished."""
_STYLES = {
    "bold": "title heading head unit",
    "dim": "tag rule reason answer source asymptote axis tick wire falling rising",
    "bold cyan": "cue function",
    "green": "code proved other series2",
    "italic dim": "label",
    "dim green": "check",
    "cyan": "measured data positive",
    "blue": "declared series4",
    "yellow": "undecided series3",
    "bold red": "misconception",
    "bold yellow": "correction warning mark",
    "bold green": "tip",
    "magenta": "derivative",
    "red": "negative",
    "default": "ink",
}


class TerminalWriter(Writer):
    """Fills `templates/terminal`; the macros take the width that is left for them."""

    folder, extension = "terminal", "txt"

    def __init__(
        self, template_dir: str | None = None, width: int = 80, unicode: bool = True, color: bool = False
    ) -> None:
        if not isinstance(width, int) or width < 20:
            raise UsageError(f"the width must be at least 20 characters, got {width}")
        self.width, self.unicode, self.color = width, unicode, color
        super().__init__(template_dir)

    def filters(self) -> dict[str, Any]:
        """Wrapping, indenting, tables and figures."""
        return super().filters() | {
            "wrap": self.wrap,
            "indented": self.indented,
            "listing": self.listing,
            "underline": self.underline,
        }

    def names(self) -> dict[str, Any]:
        """Figures, tables and the width of the page."""
        return {
            "width": self.width, "table": self.table, "rule": self.rule, "step": rule_equation,
            "curve_cells": self.curve, "network_cells": self.network, "picture_cells": self.pictures,
            "legend": self.legend, "mark_sign": self.mark, "shades": legend_marks(self.unicode),
        }  # fmt: skip

    def finished(self, text: str) -> str:
        """Rich markup → the characters that the terminal gets."""
        styled = Styled.from_markup(super().finished(text), emoji=False)
        if not self.color:
            return self._carried(styled.plain)
        from rich.console import Console
        from rich.theme import Theme

        styles = {name: style for style, names in _STYLES.items() for name in names.split()}
        console = Console(
            file=StringIO(),
            force_terminal=True,
            color_system="standard",
            theme=Theme(styles, inherit=False),
            width=10_000,
            legacy_windows=False,
            _environ={},
        )
        with console.capture() as captured:
            console.print(styled, end="", soft_wrap=True, no_wrap=True, overflow="ignore", crop=False, highlight=False)
        return self._carried(captured.get())

    def _carried(self, text: str) -> str:
        text = "\n".join(line.rstrip(" ") for line in _released(text).split("\n"))
        return text if self.unicode else spelled_in_ascii(text)

    def escape(self, text: str) -> Markup:
        """Square brackets are Rich's own; whatever else would move the cursor becomes a space."""
        clean = "".join(" " if unicodedata.category(letter) == "Cc" and letter != "\n" else letter for letter in text)
        return Markup(_escaped(clean if self.unicode else spelled_in_ascii(clean)))

    def emphasis(self, written: Markup) -> Markup:
        return Markup("[italic]" + written + "[/italic]")

    def strong(self, written: Markup) -> Markup:
        return Markup("[bold]" + written + "[/bold]")

    def code(self, text: str) -> Markup:
        """Backquotes stay where there is no colour to tell code by."""
        return Markup("[code]") + self.escape(text if self.color else f"`{text}`") + Markup("[/code]")

    def inline(self, thing: Any) -> Markup:
        text = linear(thing, self.unicode)
        return self.escape(text.replace(" ", NO_BREAK) if len(text) <= 24 else text)

    def plain(self, text: Text | str) -> str:
        """Prose without markup, in the characters that can be carried."""
        return text if isinstance(text, str) else words_text(text, self.unicode)

    def display(self, equation: Equation, width: int | None = None) -> Markup:
        """Two-dimensional where it fits; else one line a side; else wrapped."""
        room = width or self.width
        for attempt in (equation, Equation(equation.sides, equation.relation, True)):
            drawn = pretty(attempt, self.unicode)
            if max(map(cell_len, drawn.split("\n"))) <= room:
                return self.escape(drawn)
        return self.wrap(self.inline(equation), room, rest="    ")

    def wrap(self, text: Markup | str, width: int, first: str = "", rest: str | None = None) -> Markup:
        """Lines of at most `width`, the first after `first`, the others after `rest`."""
        markup = text if isinstance(text, Markup) else self.escape(str(text))
        rest = " " * cell_len(first) if rest is None else rest
        room = max(8, width - max(cell_len(first), cell_len(rest)))
        lines = wrapped(Styled.from_markup(markup, emoji=False), room)
        return Markup("\n".join(_escaped(first if k == 0 else rest) + line.markup for k, line in enumerate(lines)))

    def indented(self, text: str, prefix: str = "  ") -> Markup:
        """Every line behind `prefix`."""
        return Markup("\n".join((_escaped(prefix) + line).rstrip() for line in str(text).strip("\n").split("\n")))

    def listing(self, source: str, width: int) -> Markup:
        """Code as it is: never wrapped, so that it can be copied."""
        return self.escape(source.rstrip("\n"))

    def table(self, header: Any, rows: Any, alignment: str, width: int) -> Markup:
        """A table of cells that are still blocks' own values."""
        drawn = [[str(self.cell(cell)) for cell in row] for row in rows]
        return Markup(
            table([str(self.cell(cell)) for cell in header], drawn, alignment, width, "─" if self.unicode else "-")
        )

    def rule(self, width: int, heavy: bool = False) -> Markup:
        """A line across."""
        return Markup(
            f"[rule]{('━' if heavy else '─') * width if self.unicode else ('=' if heavy else '-') * width}[/rule]"
        )

    def underline(self, text: str, width: int, heavy: bool = False) -> Markup:
        """A line as long as the text above it."""
        return self.rule(min(width, cell_len(Styled.from_markup(str(text)).plain)), heavy)

    def curve(self, curve: Curve, width: int) -> Markup:
        """The graph."""
        columns = min(width, 90)
        return self._cells(text_curve(curve, columns, max(11, min(19, columns // 4)), self.unicode))

    def legend(self, curve: Curve) -> list[Markup]:
        """One entry a series: how it is drawn, and its name."""
        entries, seen = [], {}
        for series in curve.series:
            number = seen.get(series.role, 0)
            seen[series.role] = number + 1
            layer = layer_of(series.role, number)
            dashed = series.role in ("derivative", "asymptote", "other") or number
            sign = ("╌╌╌" if dashed else "───") if self.unicode else ascii_mark(layer) * 3
            entries.append(Markup(f"[{layer}]{sign}[/{layer}] ") + self.cell(series.label))
        return entries

    def mark(self, kind: str) -> str:
        """The character that marks a point."""
        return mark_sign(kind, self.unicode)

    def network(self, diagram: Diagram, width: int) -> Markup:
        """The network."""
        captions = [self.plain(label) for label in diagram.labels]
        return self._cells(text_network(diagram, captions, min(width, 90), self.unicode))

    def pictures(self, pictures: Pictures, width: int) -> Markup:
        """The pictures."""
        return self._cells(
            text_pictures(pictures, [self.plain(caption) for caption in pictures.captions], width, self.unicode)
        )

    def _cells(self, cells: list[list[tuple[str, str]]]) -> Markup:
        lines = []
        for row in cells:
            line, held, style = "", "", ""
            for letter, layer in [*row, ("", "\0")]:
                if layer != style:
                    line += f"[{style}]{_escaped(held)}[/{style}]" if style and style != "\0" else _escaped(held)
                    held, style = "", layer
                held += letter
            lines.append(line.rstrip())
        return Markup("\n".join(lines))


def _escaped(text: str) -> str:
    """`text` with what Rich would read as markup set aside until `_released`."""
    return text.replace("[", "\ue000").replace("\\", "\ue001")


def _released(text: str) -> str:
    return text.replace("\ue000", "[").replace("\ue001", "\\").replace(NO_BREAK, " ")
