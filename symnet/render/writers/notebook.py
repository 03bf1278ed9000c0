"""Sheets as Jupyter notebooks (nbformat 4.5) that open in Jupyter, Colab and on GitHub and run from top to bottom.

Prose becomes Markdown cells, Python becomes code cells with the output that the sheet prints, a figure becomes
a code cell that shows its SVG. Cell ids come from the sections' names, so that they never change.
"""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup

from symnet.render.environment import load
from symnet.render.writers.markdown_text import MarkdownWriter
from symnet.render.writers.svg import svg
from symnet.sheet.blocks import Block, Code, Curve, Diagram, Pictures
from symnet.sheet.sheet import Sheet


class NotebookWriter(MarkdownWriter):
    """Fills `templates/notebook`: its macros write cells, `cells.md.jinja` what stands between them."""

    folder, extension = "notebook", "md"

    def __init__(self, template_dir: str | None = None) -> None:
        self.template_dir = template_dir
        super().__init__(template_dir, dialect="dollar")

    def names(self) -> dict[str, Any]:
        """Figures as SVG."""
        return super().names() | {"svg": lambda figure: Markup(svg(figure, self.template_dir))}

    def page(self, sheet: Sheet) -> str:
        """The whole notebook as JSON."""
        texts = load(self.environment, "notebook/cells.md.jinja").module
        cells = _joined([_markdown("title", self.finished(texts.title(sheet))), *self._cells("lead", sheet.lead)])
        for section in sheet.sections:
            cue = _markdown(section.key, self.finished(texts.cue(section)))
            cells += _joined([cue, *self._cells(section.key, section.blocks)])
        if sheet.summary:
            cells.append(_markdown("summary", self.finished(texts.summary(sheet))))
        if sheet.references:
            cells.append(_markdown("sources", self.finished(texts.sources(sheet))))
        return json.dumps(_notebook(cells), ensure_ascii=False, indent=1) + "\n"

    def _cells(self, key: str, blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
        cells = []
        for number, block in enumerate(blocks, 1):
            name = f"{key}-{number}"
            if isinstance(block, Code) and block.language == "python":
                if block.title:
                    cells.append(_markdown(f"{name}-title", str(self.prose(block.title))))
                cells.append(_code(name, block.source, _stream(block.output)))
            elif isinstance(block, (Curve, Diagram, Pictures)):
                picture = str(self.show(block)).strip()
                cells.append(
                    _code(
                        name,
                        f"from IPython.display import SVG, display\n\ndisplay(SVG(r'''{picture}'''))",
                        _picture(picture),
                        hidden=True,
                    )
                )
            else:
                cells.append(_markdown(name, self.finished(self.show(block))))
        return cells


def _markdown(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": _identifier(name), "metadata": {}, "source": source.strip("\n")}


def _code(name: str, source: str, outputs: list[dict[str, Any]], hidden: bool = False) -> dict[str, Any]:
    metadata: dict[str, Any] = {"cellView": "form", "jupyter": {"source_hidden": True}} if hidden else {}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": _identifier(name),
        "metadata": metadata,
        "outputs": outputs,
        "source": source.strip("\n"),
    }


def _stream(text: str) -> list[dict[str, Any]]:
    return [{"name": "stdout", "output_type": "stream", "text": text.rstrip("\n") + "\n"}] if text else []


def _picture(picture: str) -> list[dict[str, Any]]:
    return [
        {
            "data": {"image/svg+xml": picture, "text/plain": "<IPython.core.display.SVG object>"},
            "metadata": {},
            "output_type": "display_data",
        }
    ]


def _identifier(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", name)[:64]


def _joined(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Neighbouring Markdown cells as one; its id is the first one's."""
    out: list[dict[str, Any]] = []
    for cell in cells:
        if out and cell["cell_type"] == out[-1]["cell_type"] == "markdown":
            out[-1]["source"] += "\n\n" + cell["source"]
        else:
            out.append(cell)
    return out


def _notebook(cells: list[dict[str, Any]]) -> dict[str, Any]:
    for cell in cells:
        cell["source"] = cell["source"].splitlines(keepends=True)
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
