"""The formats that a sheet can be rendered in; adding one is a row here and a folder in `templates/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from symnet.errors import UnknownNameError, UsageError


@dataclass(frozen=True)
class Format:
    """One row of the table."""

    name: str
    suffix: str
    """What a file of this format ends in."""
    summary: str
    writer: str
    """``module:class`` inside `symnet.render.writers`; imported on use."""
    options: tuple[str, ...] = ()
    """Names that `render` takes for this format, beside `template_dir`."""
    folder: str = ""
    """Its folder in `templates/`; empty where the document is data."""

    def make(self, **options: Any) -> Any:
        """The writer for these options; one the format does not take raises `UsageError`."""
        self.check(*options)
        build = _build if options.get("template_dir") else _built  # a user's templates may change while they are tried
        return build(self.writer, tuple(sorted(options.items())))

    def check(self, *options: str) -> None:
        """Refuse the names of options that the format does not take."""
        takes = ("template_dir", *self.options) if self.folder else self.options
        for option in options:
            if option not in takes:
                has = f"it takes {', '.join(takes)}" if takes else "it takes none"
                raise UsageError(f"the format '{self.name}' has no option '{option}'; {has}")


def _build(writer: str, options: tuple[tuple[str, Any], ...]) -> Any:
    module, _, name = writer.partition(":")
    return getattr(import_module(f"symnet.render.writers.{module}"), name)(**dict(options))


_built = lru_cache(maxsize=32)(_build)


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format(
            "terminal", ".txt", "text for a terminal, in colour where it can",
            "terminal:TerminalWriter", ("width", "unicode", "color"), "terminal",
        ),
        Format(
            "markdown", ".md", "Markdown for GitHub, Jupyter and Quarto",
            "markdown_text:MarkdownWriter", ("dialect", "unicode"), "markdown",
        ),
        Format("latex", ".tex", "a document for pdflatex", "latex_document:LatexWriter", (), "latex"),
        Format("html", ".html", "one self-contained page for a browser", "html:HtmlWriter", (), "html"),
        Format("notebook", ".ipynb", "a Jupyter notebook that runs", "notebook:NotebookWriter", (), "notebook"),
        Format("typst", ".typ", "source for the Typst compiler", "typst_document:TypstWriter", (), "typst"),
        Format("pdf", ".pdf", "a PDF made by Typst (needs the extra 'pdf')", "typst_document:PdfWriter", ("template_dir",)),
        Format("anki", ".apkg", "an Anki deck (needs the extra 'anki')", "cards:AnkiWriter", ("template_dir",)),
        Format("tsv", ".tsv", "flash cards as lines, for Anki and others", "cards:TsvWriter", ("template_dir",)),
        Format("json", ".json", "the sheet as data, with a schema", "json_data:JsonWriter"),
    )
}  # fmt: skip


def format_named(name: str) -> Format:
    """The row of `name`; an unknown one raises `UnknownNameError` with the nearest."""
    if name not in FORMATS:
        raise UnknownNameError.among("format", name, FORMATS, f"symnet knows: {', '.join(FORMATS)}.")
    return FORMATS[name]
