"""Turn a `Sheet` into text: terminal, Markdown, LaTeX, HTML, notebook, JSON.

A sheet holds prose and SymPy objects; nothing here computes mathematics, it only prints. Layout lives in
`templates/`, one macro a block; what a template cannot say stands in `writers/`, formulas in `mathematics/`,
pictures in `figures/`. The same sheet and options give the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symnet.sheet.sheet import Sheet

__all__ = ["render"]


def render(sheet: Sheet, form: str = "terminal", **options: Any) -> Any:
    """`sheet` in the format `form`: a string, or bytes for a PDF.

    Options: `template_dir` (every templated format); `width`, `unicode`, `color` (terminal);
    `dialect`, ``"github"`` or ``"dollar"`` (markdown).
    Raises `UnknownNameError` for an unknown format, `UsageError` for an option that it does not take,
    `MissingExtraError` where an optional package is needed, `RenderError` where a template or a formula cannot be rendered.
    """
    from symnet.render.format import format_named

    return format_named(form).make(**options).page(sheet)
