"""``symnet compare``: activations side by side, under the same headings."""

from __future__ import annotations

import click

from symnet.cli.arguments import Verb, target_options
from symnet.cli.output import deliver, output_options


@click.command(cls=Verb)
@click.argument("targets", nargs=-1, required=True)
@output_options
@target_options
def command(
    targets: tuple[str, ...],
    form: str | None,
    path: str | None,
    width: int | None,
    read_as: str | None,
    values: dict[str, str],
    assumptions: dict[str, str],
) -> None:
    """Put two or more activations or expressions side by side: symnet compare relu elu gelu."""
    from symnet.cli.target import read_target
    from symnet.errors import UsageError
    from symnet.explain.comparison import compare

    found = [
        read_target(text, read_as=read_as, assumptions=assumptions, values=values, files=False) for text in targets
    ]
    for target in found:
        if target.kind not in ("activation", "expression"):
            raise UsageError(f"compare takes activations and expressions, and '{target.text[:60]}' is a {target.kind}")
    if len(found) < 2:
        raise UsageError("compare needs at least two activations: symnet compare relu elu gelu")
    deliver(lambda: compare([target.subject for target in found]), form, path, width)
