"""One curve as a file for a document of one's own, or as text: SVG, PNG, TikZ, characters."""

from __future__ import annotations

from symnet.errors import UnknownNameError
from symnet.sheet.blocks import Curve

FORMS = {"svg": ".svg", "png": ".png", "tikz": ".tikz", "terminal": ".txt"}
"""What a picture can be, and what its file ends in."""

RESOLUTION = 192.0
"""Pixels an inch of a PNG: twice the size of a screen's, so that it is sharp."""


def picture(curve: Curve, form: str = "svg", width: int = 80, unicode: bool = True, color: bool = False) -> str | bytes:
    """`curve` in one of `FORMS`; a PNG is bytes and needs the extra ``pdf``, whose compiler draws it.

    `width`, `unicode` and `color` are for the terminal form.
    """
    if form == "svg":
        from symnet.render.writers.svg import svg

        return svg(curve)
    if form == "png":
        return _png(curve)
    if form == "tikz":
        from symnet.render.environment import load
        from symnet.render.writers.latex_document import LatexWriter

        writer = LatexWriter()
        blocks = load(writer.environment, "latex/blocks.tex.jinja").module
        drawing = blocks.curve_drawing(curve)  # type: ignore[attr-defined]
        return writer.finished(load(writer.environment, "latex/figure.tex.jinja").render(drawing=drawing))
    if form == "terminal":
        from symnet.render.writers.terminal import TerminalWriter

        writer = TerminalWriter(width=width, unicode=unicode, color=color)
        return writer.finished(str(writer.show(curve, width)))
    raise UnknownNameError.among("picture format", form, FORMS, f"symnet knows: {', '.join(FORMS)}.")


def _png(curve: Curve) -> bytes:
    from symnet.render.writers.svg import svg
    from symnet.render.writers.typst_document import FONT, compiled, quoted

    page = "#set page(width: auto, height: auto, margin: 6pt, fill: white)\n"
    drawing = f'#image(bytes({quoted(svg(curve, font=FONT))}), format: "svg", width: 12cm)\n'
    return compiled(page + drawing, "png", "the picture", ppi=RESOLUTION)
