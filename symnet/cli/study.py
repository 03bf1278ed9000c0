"""``symnet study``: a whole note made of several subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from symnet.cli.output import deliver, output_options

if TYPE_CHECKING:
    from symnet.sheet import Sheet


@click.command()
@click.argument("topic")
@output_options
def command(topic: str, **output: Any) -> None:
    """Write the note on TOPIC (neurons), complete: every question answered, every number computed.

    --to notebook makes a notebook whose cells run; --to html, latex or markdown a document.
    """

    def make() -> Sheet:
        from symnet.explain.study import study

        return study(topic)

    deliver({"verb": "study"}, [topic], make, **output)
