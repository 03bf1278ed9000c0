"""``symnet gallery``: the small set of sheets that the repository shows, made anew by one command."""

from __future__ import annotations

from pathlib import Path

import click

SHEETS = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "maxout", "neuron", "784-16-16-10")
"""What the gallery holds, beside the note "Neurons"."""

FORMS = ("html", "markdown")


@click.command()
@click.option("-o", "--output", "folder", metavar="FOLDER", default="output/gallery", show_default=True)
def command(folder: str) -> None:
    """Write the gallery: the six functions of the note, a neuron, a network and the note itself."""
    from symnet.cli.output import write
    from symnet.explain import explain
    from symnet.explain.study import study
    from symnet.render import render
    from symnet.render.format import FORMATS

    for sheet in (*(explain(name) for name in SHEETS), study("neurons")):
        for form in FORMS:
            target = Path(folder) / f"{sheet.subject}{FORMATS[form].suffix}"
            write(target, render(sheet, form), made=True)
            click.echo(str(target))
