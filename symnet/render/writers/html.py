"""Sheets as one self-contained HTML file: MathML with an embedded font, SVG, no request, right without JavaScript."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from typing import Any

from markupsafe import Markup, escape

from symnet.render.figures.curve import graph
from symnet.render.figures.network import drawing
from symnet.render.figures.pictures import LEVELS, mosaic
from symnet.render.mathematics.latex import latex
from symnet.render.mathematics.linear import linear
from symnet.render.mathematics.mathml import mathml
from symnet.render.writers.writer import Writer, rule_equation
from symnet.sheet.blocks import Equation
from symnet.sheet.text import Text

_TOUCHING = re.compile(r"([(“‘]?)(<math(?:(?!</math>).)*</math>)([).,;:!?’”%]+)", re.DOTALL)


class HtmlWriter(Writer):
    """Fills `templates/html`; figures come from `templates/svg`."""

    folder, extension = "html", "html"

    def filters(self) -> dict[str, Any]:
        """A label on one line of plain text, for stand-alone figures; source and data inside a script."""
        return super().filters() | {
            "line": lambda thing: linear(thing),
            "code_for_page": lambda source: Markup(source.replace("</", "<\\/")),
            "json_for_page": lambda words: Markup(json.dumps(words, ensure_ascii=True).replace("</", "<\\/")),
        }

    def names(self) -> dict[str, Any]:
        """Layouts of figures and files to embed."""
        return {
            "step": rule_equation, "graph": graph, "drawing": drawing, "mosaic": mosaic, "levels": LEVELS,
            "asset": self.asset, "embedded": self.embedded, "points": points, "is_wide": is_wide,
            "letter": lambda alignment, column: alignment[column] if column < len(alignment) else "l",
        }  # fmt: skip

    def asset(self, name: str) -> Markup:
        """A text file of the template folders, as it is."""
        loader: Any = self.environment.loader
        return Markup(loader.get_source(self.environment, name)[0].strip())

    def embedded(self, name: str) -> Markup:
        """A binary file of the template folders, in base64."""
        from pathlib import Path

        loader: Any = self.environment.loader
        path = next(Path(folder, name) for folder in loader.all.searchpath if Path(folder, name).is_file())
        return Markup(b64encode(path.read_bytes()).decode("ascii"))

    def finished(self, text: str) -> str:
        """HTML keeps its lines, for `pre` needs them."""
        return text.strip("\n") + "\n"

    def words(self, text: Text | str) -> Markup:
        """Prose; a formula stays on one line with the comma or bracket that touches it."""
        return Markup(_TOUCHING.sub(r'<span class="held">\1\2\3</span>', str(super().words(text))))

    def escape(self, text: str) -> Markup:
        return escape(text)

    def emphasis(self, written: Markup) -> Markup:
        return Markup(f"<em>{written}</em>")

    def strong(self, written: Markup) -> Markup:
        return Markup(f"<strong>{written}</strong>")

    def code(self, text: str) -> Markup:
        return Markup("<code>") + escape(text) + Markup("</code>")

    def inline(self, thing: Any) -> Markup:
        return Markup(mathml(thing))

    def display(self, equation: Equation) -> Markup:
        return Markup(mathml(equation, display=True))


def points(path: Any) -> Markup:
    """A polyline as the ``d`` of an SVG path; a lone point becomes a dot."""
    written = " ".join(f"{'M' if k == 0 else 'L'}{number(x)} {number(y)}" for k, (x, y) in enumerate(path))
    return Markup(written + ("h0" if len(path) == 1 else ""))


def number(value: float) -> str:
    """A coordinate as short as it can be."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def is_wide(thing: Any) -> bool:
    """Whether a formula may have to scroll on a phone, and so must be reachable by the keyboard."""
    return len(latex(thing)) > 60
