"""``symnet plot``: the graphs of functions and derivatives, in the terminal or as SVG, PNG or TikZ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from symnet.cli.arguments import Verb, names, target_options
from symnet.cli.output import check_folder, write
from symnet.errors import UsageError

if TYPE_CHECKING:
    from symnet.sheet import Curve


@click.command(cls=Verb)
@click.argument("targets", nargs=-1, required=True, shell_complete=names)
@target_options
@click.option(
    "--order",
    "orders",
    type=click.IntRange(0, 2),
    multiple=True,
    help="0, 1 and 2: f, its slope, the slope's slope; repeatable.",
)
@click.option("--range", "x_range", metavar="FROM,TO", help="The x that are shown.")
@click.option("--y-range", metavar="FROM,TO", help="The y that are shown.")
@click.option("--to", "form", metavar="FORMAT", help="terminal, svg, png or tikz.")
@click.option(
    "-o", "--output", "path", metavar="FILE", help="Write here; the suffix tells the format; - is standard output."
)
@click.option("--width", type=click.IntRange(min=40), help="Columns of the terminal form.")
def command(
    targets: tuple[str, ...],
    read_as: str | None,
    values: dict[str, str],
    assumptions: dict[str, str],
    orders: tuple[int, ...],
    x_range: str | None,
    y_range: str | None,
    form: str | None,
    path: str | None,
    width: int | None,
) -> None:
    """Draw activations and expressions: symnet plot relu gelu --order 0 --order 1 -o curves.svg"""
    from symnet.cli.target import read_target
    from symnet.explain.plot import plot

    form = _form(form, path)
    check_folder(path)
    found = [read_target(t, read_as=read_as, assumptions=assumptions, values=values, files=False) for t in targets]
    for target in found:
        if target.kind not in ("activation", "expression"):
            raise UsageError(f"plot takes activations and expressions, and '{target.text[:60]}' is a {target.kind}")
    curve = plot([t.subject for t in found], tuple(dict.fromkeys(orders or (0,))), _range(x_range), _range(y_range))
    _deliver(curve, form, path, width)


def _form(form: str | None, path: str | None) -> str:
    """The format that was asked for, or that the file's suffix means, or the terminal's."""
    from symnet.errors import UnknownNameError
    from symnet.render.picture import FORMS

    if form is not None:
        if form not in FORMS:
            raise UnknownNameError.among("picture format", form, FORMS, f"symnet knows: {', '.join(FORMS)}.")
        return form
    if path in (None, "-"):
        return "terminal"
    named = {suffix: name for name, suffix in FORMS.items()} | {".tex": "tikz"}
    suffix = Path(str(path)).suffix.lower()
    if suffix not in named:
        raise UsageError(f"which format is '{path}'? Say --to FORMAT, or use one of {', '.join(FORMS.values())}")
    return named[suffix]


def _range(text: str | None) -> tuple[float, float] | None:
    from symnet.definitions.activation import exact_number

    if text is None:
        return None
    ends = [word.strip() for word in text.split(",")]
    if len(ends) != 2 or not all(ends):
        raise UsageError(f"cannot read the range {text[:60]!r}; write both ends, for example --range=-3,3")
    low, high = (float(exact_number(end, "an end of a range")) for end in ends)
    return low, high


def _deliver(curve: Curve, form: str, path: str | None, width: int | None) -> None:
    import os
    import sys

    from symnet.cli.output import FOLDER
    from symnet.render.picture import FORMS, picture
    from symnet.render.surroundings import surroundings

    if width is not None and form != "terminal":
        raise UsageError(f"--width is for the terminal form, not for {form}")
    shown = path == "-" or (path is None and form == "terminal")
    options = surroundings(sys.stdout, os.environ) if shown and form == "terminal" else {}
    if width is not None:
        options["width"] = width
    made = picture(curve, form, **options)
    if shown:
        click.echo(made, nl=False, color=options.get("color"))
        return
    target = Path(path) if path else FOLDER / f"plot{FORMS[form]}"
    write(target, made, made=path is None)
    click.echo(str(target))
