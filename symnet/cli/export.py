"""``symnet export``: self-contained source of a function for NumPy, plain Python or JavaScript."""

from __future__ import annotations

import click

from symnet.cli.arguments import Verb, target_options
from symnet.errors import UsageError


@click.command(cls=Verb)
@click.argument("target")
@target_options
@click.option(
    "--to", "language", type=click.Choice(("numpy", "python", "javascript")), default="numpy", show_default=True
)
@click.option("--order", type=click.IntRange(0, 8), default=0, show_default=True, help="1 for the derivative, 2 …")
@click.option("--at-kink", type=click.Choice(("torch", "keras", "jax", "left", "right", "mean")), help="Whose slope.")
def command(
    target: str,
    read_as: str | None,
    values: dict[str, str],
    assumptions: dict[str, str],
    language: str,
    order: int,
    at_kink: str | None,
) -> None:
    """Print the code that computes a function to the last digits, with everything that it needs.

    symnet export gelu --to javascript --order 1
    """
    from symnet.cli.target import read_target
    from symnet.codegen.export import export

    read = read_target(target, read_as=read_as, assumptions=assumptions, values=values, files=False)
    if read.kind not in ("activation", "expression"):
        raise UsageError(f"export takes an activation or an expression, and '{target[:60]}' is a {read.kind}")
    click.echo(export(read.subject, language, order, at_kink), nl=False)
