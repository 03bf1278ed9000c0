"""One figure as a stand-alone SVG file, with its style and legend inside."""

from __future__ import annotations

from symnet.errors import RenderError
from symnet.render.environment import load
from symnet.render.writers.writer import macro_name
from symnet.sheet.blocks import Curve, Diagram, Pictures


def svg(figure: Curve | Diagram | Pictures, template_dir: str | None = None) -> str:
    """`figure` drawn by the macros of ``templates/svg``."""
    from symnet.render.format import FORMATS

    if not isinstance(figure, (Curve, Diagram, Pictures)):
        raise RenderError(f"a {type(figure).__name__} is no figure; figures are Curve, Diagram and Pictures")
    options = {} if template_dir is None else {"template_dir": template_dir}
    environment = FORMATS["html"].make(**options).environment
    drawn = getattr(load(environment, "svg/figures.svg.jinja").module, macro_name(type(figure)))
    return str(drawn(figure, alone=True)).strip() + "\n"
