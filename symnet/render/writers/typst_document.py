"""Sheets as Typst source, and as the PDF that the compiler of the `typst` package makes of it."""

from __future__ import annotations

import unicodedata
from typing import Any

from markupsafe import Markup

from symnet.errors import MissingExtraError, RenderError
from symnet.render.mathematics.typst import typst
from symnet.render.writers.svg import svg
from symnet.render.writers.writer import Writer, rule_equation
from symnet.sheet.blocks import Equation
from symnet.sheet.sheet import Sheet

FONT = "Libertinus Serif"
"""Comes with the compiler, so that the same sheet is the same PDF on every machine."""


class TypstWriter(Writer):
    """Fills `templates/typst`; every word is a string literal, so that nothing is read as markup."""

    folder, extension = "typst", "typ"

    def __init__(self, template_dir: str | None = None) -> None:
        self.template_dir = template_dir
        super().__init__(template_dir)

    def filters(self) -> dict[str, Any]:
        """Strings for the arguments of functions."""
        return super().filters() | {
            "quoted": lambda text: Markup(quoted(self.plain(text))),
            "literal": literal,
            "raw": lambda thing: Markup(str(thing)),
        }

    def names(self) -> dict[str, Any]:
        """Figures as SVG literals."""
        return {"step": rule_equation, "font": FONT, "figure": self.figure, "alignments": alignments}

    def figure(self, block: Any) -> Markup:
        """The SVG of a figure as a string literal, and its width."""
        drawn = svg(block, self.template_dir, FONT)
        width = float(drawn.split('viewBox="0 0 ')[1].split()[0])
        return Markup(f"{quoted(drawn)}, {width / 51:.2f}cm")

    def escape(self, text: str) -> Markup:
        """A string literal; pictographs, for which the compiler brings no font, are left out."""
        shown = "".join(letter for letter in text if unicodedata.category(letter) != "So" or letter < "\U0001f000")
        return Markup(f"#{quoted(shown)};") if shown else Markup("")

    def emphasis(self, written: Markup) -> Markup:
        return Markup(f"#emph[{written}]")

    def strong(self, written: Markup) -> Markup:
        return Markup(f"#strong[{written}]")

    def code(self, text: str) -> Markup:
        return Markup(f"#raw({quoted(text)});")

    def inline(self, thing: Any) -> Markup:
        return Markup(f"${typst(thing)}$")

    def display(self, equation: Equation) -> Markup:
        return Markup(f"$ {typst(equation)} $")


class PdfWriter:
    """The PDF: the bytes are the same on every machine with the same version of the compiler."""

    def __init__(self, template_dir: str | None = None) -> None:
        self.source = TypstWriter(template_dir)

    def page(self, sheet: Sheet) -> bytes:
        """The whole document; raises `MissingExtraError` without the compiler, `RenderError` with its log."""
        return compiled(self.source.page(sheet), "pdf", f"the sheet '{sheet.subject}'", timestamp=0)


def compiled(source: str, form: str, what: str, **options: Any) -> bytes:
    """What the compiler makes of `source`, as ``"pdf"`` or ``"png"``; `what` names it in an error."""
    try:
        import typst as compiler
    except ImportError:
        raise MissingExtraError.of("the typst package", "pdf", f"to make a {form.upper()}") from None
    try:
        made = compiler.compile(source.encode(), format=form, ignore_system_fonts=True, **options)
    except compiler.TypstError as error:
        raise RenderError(f"Typst could not compile {what}: {error}") from error
    return bytes(made if isinstance(made, bytes) else b"")


def quoted(text: str) -> str:
    """`text` as a string literal of Typst."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "")
    return f'"{escaped}"'


def literal(text: str) -> Markup:
    """Source code as a string literal."""
    return Markup(quoted(text.rstrip("\n")))


def alignments(columns: int, alignment: str) -> Markup:
    """The alignment of a table's columns."""
    names = {"l": "left", "c": "center", "r": "right"}
    return Markup(", ".join(names[alignment[k]] if k < len(alignment) else "left" for k in range(columns)))
