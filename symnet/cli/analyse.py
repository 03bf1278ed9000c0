"""``symnet analyse``: every fact about one function, as a table or in the JSON contract; or many, a line each."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from symnet.cli.arguments import Verb, names, target_options
from symnet.errors import SymnetError, UsageError

if TYPE_CHECKING:
    from symnet.definitions.activation import Activation

STREAM = "-"
"""The target that stands for the lines of standard input."""
BAD_LINES = 2
"""The exit code when a line could not be analysed."""


@click.command(cls=Verb)
@click.argument("target", shell_complete=names)
@target_options
@click.option(
    "--to", "form", type=click.Choice(("terminal", "json")), default="terminal", help="How to print the facts."
)
@click.option("--extras", is_flag=True, help="Add bends, moments, antiderivative, relatives and more; takes longer.")
@click.option("--seconds", type=click.FloatRange(min=0, min_open=True), help="Stop a single analysis after this long.")
@click.pass_context
def command(
    ctx: click.Context,
    target: str,
    read_as: str | None,
    values: dict[str, str],
    assumptions: dict[str, str],
    form: str,
    extras: bool,
    seconds: float | None,
) -> None:
    """Prove what can be proved about a function: domain, limits, range, zeros, extrema, kinks and more.

    TARGET is an activation (relu) or an expression ("x*tanh(log(1+exp(x)))"); free parameters get a value with
    --set alpha=0.3 or stay symbolic with --assume "alpha>0". With --to json, TARGET - reads one expression a line
    from standard input and writes one JSON document a line.
    """
    if target == STREAM:
        if form != "json" or values or assumptions or read_as:
            raise UsageError("many expressions are read with: symnet analyse --to json -")
        clean = True
        for document in documents(sys.stdin.buffer, seconds, extras):
            clean &= "error" not in document
            click.echo(json.dumps(document, ensure_ascii=False))
            sys.stdout.flush()
        ctx.exit(0 if clean else BAD_LINES)
    from symnet.analysis import analyse

    function = _function(target, read_as, assumptions, values)
    found = analyse(function, seconds=seconds, extras=extras, assume=assumptions).to_json()
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print_table(found)


def documents(
    lines: BinaryIO | Iterable[bytes], seconds: float | None = None, extras: bool = False
) -> Iterator[dict[str, Any]]:
    """The JSON document of each line, in order; a bad line gives ``{"expression", "error"}`` and the rest goes on."""
    from symnet.analysis import analyse

    for line in lines:
        text = line.decode("utf-8", errors="replace").strip()
        try:
            yield analyse(_function(text), seconds=seconds, extras=extras).to_json()
        except SymnetError as error:
            yield {"expression": text, "error": str(error).splitlines()[0]}
        except Exception as error:  # a fault of ours in one line must not lose the answers to the others
            yield {"expression": text, "error": f"internal fault, {type(error).__name__}: {error}"}


def _function(
    text: str,
    read_as: str | None = None,
    assumptions: Mapping[str, str] | None = None,
    values: Mapping[str, object] | None = None,
) -> Activation:
    from symnet.cli.target import read_target

    target = read_target(text, read_as=read_as, assumptions=assumptions, values=values, files=False)
    if target.kind not in ("activation", "expression"):
        what = f"analyse takes an activation or an expression, and '{text[:60]}' is a {target.kind}"
        raise UsageError(f"{what}; see: symnet explain {text[:60]}")
    return target.subject


def _print_table(found: Mapping[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    from symnet.cli.values import spell

    table = Table(title=f"f({found['variable']}) = {found['expression']}", title_justify="left", show_lines=False)
    for heading in ("property", "value", "reason"):
        table.add_column(heading, overflow="fold")
    for name, fact in found["facts"].items():
        value = fact["exact"] if fact["exact"] is not None else fact["value"]
        shown = spell(value) if fact["verdict"] == "proved" else "not decided"
        if fact.get("infinite"):
            shown += f"; infinitely many{': ' + fact['family'] if fact['family'] else ''}"
        conditions = f" ({'; '.join(map(str, fact['conditions']))})" if fact["conditions"] else ""
        table.add_row(name.replace("_", " "), shown, f"{fact['reason'] or ''}{conditions}")
    Console(highlight=False, markup=False).print(table)
