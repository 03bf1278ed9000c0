"""One figure as a stand-alone SVG file, with its style and legend inside."""

from __future__ import annotations

import re

from symnet.errors import RenderError
from symnet.render.environment import load
from symnet.render.writers.writer import macro_name
from symnet.sheet.blocks import Curve, Diagram, Pictures


def svg(figure: Curve | Diagram | Pictures, template_dir: str | None = None, font: str | None = None) -> str:
    """`figure` drawn by the macros of ``templates/svg``; it follows the reader's light or dark mode.

    With `font`, the colours of light mode are written out and that font is used: for readers of SVG that know
    neither CSS variables nor media queries.
    """
    from symnet.render.format import FORMATS

    if not isinstance(figure, (Curve, Diagram, Pictures)):
        raise RenderError(f"a {type(figure).__name__} is no figure; figures are Curve, Diagram and Pictures")
    options = {} if template_dir is None else {"template_dir": template_dir}
    environment = FORMATS["html"].make(**options).environment
    drawn = getattr(load(environment, "svg/figures.svg.jinja").module, macro_name(type(figure)))
    text = str(drawn(figure, alone=True)).strip() + "\n"
    return text if font is None else _written_out(text, font)


def _written_out(text: str, font: str) -> str:
    text = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}\s*", "", text)
    colours = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", text))
    text = re.sub(r"--[\w-]+:[^;]+;\s*", "", text)
    text = re.sub(r"font-family:[^;]+;", f'font-family: "{font}";', text)
    return re.sub(r"var\((--[\w-]+)\)", lambda match: colours[match[1]], text)
