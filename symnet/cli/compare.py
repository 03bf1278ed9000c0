"""``symnet compare``: activations side by side, under the same headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from symnet.cli.arguments import Verb, names, target_options
from symnet.cli.output import deliver, output_options
from symnet.errors import UsageError

if TYPE_CHECKING:
    from symnet.sheet import Sheet


@click.command(cls=Verb)
@click.argument("targets", nargs=-1, required=True, shell_complete=names)
@output_options
@target_options
def command(
    targets: tuple[str, ...],
    read_as: str | None,
    values: dict[str, str],
    assumptions: dict[str, str],
    **output: Any,
) -> None:
    """Put two or more activations or expressions side by side: symnet compare relu elu gelu."""
    if len(targets) < 2:
        raise UsageError("compare needs at least two activations: symnet compare relu elu gelu")

    def make() -> Sheet:
        from symnet.cli.target import read_target
        from symnet.explain.comparison import compare

        found = [
            read_target(text, read_as=read_as, assumptions=assumptions, values=values, files=False) for text in targets
        ]
        for target in found:
            if target.kind not in ("activation", "expression"):
                raise UsageError(
                    f"compare takes activations and expressions, and '{target.text[:60]}' is a {target.kind}"
                )
        return compare([target.subject for target in found])

    asked = {"verb": "compare", "as": read_as, "set": values, "assume": assumptions}
    deliver(asked, targets, make, **output)
