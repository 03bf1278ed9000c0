"""``symnet study``: a whole note made of several subjects."""

from __future__ import annotations

import click

from symnet.cli.output import deliver, output_options


@click.command()
@click.argument("topic")
@output_options
def command(topic: str, form: str | None, path: str | None, width: int | None) -> None:
    """Write the note on TOPIC (neurons), complete: every question answered, every number computed.

    --to notebook makes a notebook whose cells run; --to html, latex or markdown a document.
    """
    from symnet.explain.study import study

    deliver(lambda: study(topic), form, path, width)
