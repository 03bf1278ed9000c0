"""Sheets as Markdown that GitHub (``github``) or Jupyter, Quarto and pandoc (``dollar``) read unedited.

GitHub undoes backslashes inside ``$…$``, so its dialect writes ``$`…`$`` and ```` ```math ````; the others know
only dollars. Graphs are text, because GitHub shows no inline SVG.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from symnet.errors import UsageError
from symnet.render.figures.text_curve import ascii_mark, layer_of, mark_sign, text_curve
from symnet.render.figures.text_network import text_network
from symnet.render.figures.text_pictures import legend_marks, text_pictures
from symnet.render.mathematics.latex import latex
from symnet.render.mathematics.linear import linear, words_text
from symnet.render.writers.writer import Writer, rule_equation
from symnet.sheet.blocks import Curve, Diagram, Equation, Pictures
from symnet.sheet.text import Text

WIDTH = 72
"""How wide graphs in text are."""


class MarkdownWriter(Writer):
    """Fills `templates/markdown`."""

    folder, extension = "markdown", "md"

    def __init__(self, template_dir: str | None = None, dialect: str = "github", unicode: bool = True) -> None:
        if dialect not in ("github", "dollar"):
            raise UsageError(f"the Markdown dialect must be 'github' or 'dollar', got '{dialect}'")
        self.dialect, self.unicode = dialect, unicode
        super().__init__(template_dir)

    def filters(self) -> dict[str, Any]:
        """Blocks of code, and prose that may stand at the start of a line."""
        return super().filters() | {"fenced": self.fenced, "prose": self.prose, "url": self.url}

    def names(self) -> dict[str, Any]:
        """Graphs in text."""
        return {
            "dialect": self.dialect, "step": rule_equation, "curve_text": self.curve, "legend": self.legend,
            "network_text": self.network, "picture_text": self.pictures, "rule_row": self.rule_row,
        }  # fmt: skip

    def escape(self, text: str) -> Markup:
        """Backslashes before everything that Markdown could read as its own."""
        text = re.sub(r"\s+", " ", text)
        text = re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", text)
        text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
        return Markup(text.replace("$", "<span>$</span>" if self.dialect == "github" else r"\$"))

    def prose(self, text: Text | str) -> Markup:
        """A paragraph: its first characters cannot start a list, a heading or a rule."""
        written = str(self.words(text))
        return Markup(
            re.sub(r"^(?:([#+=-])|(\d+)([.)])(?=\s|$))", lambda m: "\\" + m[1] if m[1] else f"{m[2]}\\{m[3]}", written)
        )

    def emphasis(self, written: Markup) -> Markup:
        return Markup(f"*{written}*")

    def strong(self, written: Markup) -> Markup:
        return Markup(f"**{written}**")

    def code(self, text: str) -> Markup:
        """As many backquotes as the text needs."""
        ticks = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
        space = " " if text.startswith("`") or text.endswith("`") else ""
        return Markup(f"{ticks}{space}{text}{space}{ticks}")

    def inline(self, thing: Any) -> Markup:
        written = " ".join(latex(thing).split())
        return Markup(f"$`{written}`$" if self.dialect == "github" else f"${written}$")

    def display(self, equation: Equation) -> Markup:
        written = latex(equation)
        return Markup(f"```math\n{written}\n```" if self.dialect == "github" else f"$$\n{written}\n$$")

    def cell(self, thing: Any) -> Markup:
        """On one line, every bar escaped, in code too, as tables demand."""
        written = str(super().cell(thing)).replace("\n", " ")
        return Markup(re.sub(r"(?<!\\)\|", r"\\|", written))

    def url(self, address: str) -> Markup:
        """An address inside angle brackets."""
        return Markup(re.sub(r"[<>\s|]", lambda match: f"%{ord(match[0]):02X}", address))

    def fenced(self, text: str, language: str = "text") -> Markup:
        """A block of code, with a fence that the text does not contain."""
        fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
        body = str(text).strip("\n")
        return Markup(f"{fence}{language}\n{body}\n{fence}")

    def rule_row(self, columns: int, alignment: str) -> Markup:
        """The line under the head of a table."""
        marks = {"r": "--:", "c": ":-:", "l": ":--"}
        return Markup(
            "| " + " | ".join(marks[alignment[k]] if k < len(alignment) else ":--" for k in range(columns)) + " |"
        )

    def curve(self, curve: Curve) -> str:
        """The graph and what is what in it."""
        return _joined(text_curve(curve, WIDTH, 17, self.unicode))

    def legend(self, curve: Curve) -> str:
        """What is what in the graph, one line each."""
        lines, seen = [], {}
        for series in curve.series:
            number = seen.get(series.role, 0)
            seen[series.role] = number + 1
            dashed = series.role in ("derivative", "asymptote", "other") or number
            sign = ("╌╌╌" if dashed else "───") if self.unicode else ascii_mark(layer_of(series.role, number)) * 3
            lines.append(f"{sign} {linear(series.label, self.unicode)}")
        lines += [
            f" {mark_sign(mark.kind, self.unicode)}  {words_text(mark.label, self.unicode)}" for mark in curve.marks
        ]
        return "\n".join(lines)

    def network(self, diagram: Diagram) -> str:
        """The network in text."""
        return _joined(text_network(diagram, [self.plain(label) for label in diagram.labels], WIDTH, self.unicode))

    def pictures(self, pictures: Pictures) -> str:
        """The pictures in text, with what the signs mean."""
        drawn = _joined(
            text_pictures(pictures, [self.plain(caption) for caption in pictures.captions], WIDTH, self.unicode)
        )
        if not pictures.signed:
            return drawn
        more, less = legend_marks(self.unicode)
        words = self.environment.globals["labels"]
        return f"{drawn}\n\n{words.positive}: {more}  {words.negative}: {less}"


def _joined(cells: list[list[tuple[str, str]]]) -> str:
    return "\n".join("".join(letter for letter, _ in row).rstrip() for row in cells).strip("\n")
