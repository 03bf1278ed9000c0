"""Where a sheet goes: the terminal, standard output, or a file that is written beside and renamed.

With a format and no ``-o``, the file is ``./output/<subject>.<suffix>`` and its path is printed; ``-o -`` is
standard output; without a format the sheet is shown in the terminal, or the suffix of ``-o`` decides.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from symnet.cli.arguments import no_cache
from symnet.cli.rendered import Rendered, remembered
from symnet.errors import FileError, UsageError

if TYPE_CHECKING:
    from symnet.sheet import Sheet

FOLDER = Path("output")


def output_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--to``, ``-o``, ``--width``, ``--template-dir`` and ``--no-cache`` to a verb that makes a sheet."""
    for option in reversed((
        click.option("--to", "form", metavar="FORMAT", help="terminal, markdown, latex, html, json, notebook, typst, pdf, anki or tsv."),
        click.option("-o", "--output", "path", metavar="FILE", help="Write here; - is standard output."),
        click.option("--width", type=click.IntRange(min=40), help="Columns of the terminal form."),
        click.option("--template-dir", metavar="DIR", help="Your templates; see templates/README.md."),
        no_cache,
    )):  # fmt: skip
        function = option(function)
    return function


def deliver(
    asked: Mapping[str, Any],
    targets: Sequence[str],
    make: Callable[[], Sheet],
    *,
    form: str | None,
    path: str | None,
    width: int | None,
    template_dir: str | None,
) -> None:
    """Find the sheet that was `asked` for in the cache, or make and render it, and put it where the options say.

    Wrong options are refused before any work.
    """
    from symnet.render.format import FORMATS, format_named

    check_folder(path)
    chosen = format_named(form if form is not None else _form_of(path, FORMATS) or "terminal")
    shown = path == "-" or (path is None and (form is None or chosen.name == "terminal"))
    options: dict[str, Any] = {}
    if shown and chosen.name == "terminal":
        from symnet.render.surroundings import surroundings

        options = surroundings(sys.stdout, os.environ)
    if width is not None:
        if "width" not in chosen.options:
            raise UsageError(f"--width is for the terminal form, not for {chosen.name}")
        options["width"] = width
    if template_dir is not None:
        chosen.check("template_dir")
        options["template_dir"] = template_dir

    def rendered() -> Rendered:
        from symnet.render import render

        sheet = make()
        return Rendered(sheet.subject, render(sheet, chosen.name, **options))

    found = remembered({**asked, "format": chosen.name, "options": options}, targets, rendered, template_dir)
    if shown:
        ended = not isinstance(found.text, str) or found.text.endswith("\n")
        click.echo(found.text, nl=not ended, color=options.get("color"))
        return
    target = Path(path) if path else FOLDER / f"{found.subject}{chosen.suffix}"
    write(target, found.text, made=path is None)
    click.echo(str(target))


def write(target: Path, text: str | bytes, made: bool = False) -> None:
    """Write a text beside its target and rename it; the folder is made when it is ours to make."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if made:
            target.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.replace(beside, target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise FileError(
            f"cannot write {str(target)[:200]}: {(error.strerror or str(error)).lower()}; choose another place with -o"
        ) from None


def check_folder(path: str | None) -> None:
    """Refuse a place where no file can be made, before any work."""
    if path == "":
        raise UsageError("-o needs the name of a file, or - for standard output")
    if path and path != "-" and not Path(path).parent.is_dir():
        raise FileError(
            f"cannot write {path}: there is no folder {Path(path).parent}; make it, or choose another place with -o"
        )


def _form_of(path: str | None, formats: Any) -> str | None:
    """The format that a file name's suffix means."""
    if not path or path == "-":
        return None
    suffix = Path(path).suffix.lower()
    found = next((row.name for row in formats.values() if row.suffix == suffix), None)
    if found is None:
        raise UsageError(
            f"which format is '{path}'? Say --to FORMAT, or use one of {', '.join(row.suffix for row in formats.values())}"
        )
    return found
