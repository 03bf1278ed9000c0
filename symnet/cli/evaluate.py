"""``symnet evaluate``: the exact and the decimal value of a function at given points, or a trained network on an array."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from symnet.cli.arguments import Verb, names, target_options
from symnet.errors import DefinitionError, UsageError

if TYPE_CHECKING:
    from symnet.definitions.activation import Activation


@click.command(cls=Verb)
@click.argument("target", shell_complete=names)
@target_options
@click.option("--at", "points", metavar="NUMBERS", help='Exact numbers, by commas: "-2, 0, 1/3, 2".')
@click.option("--order", type=click.IntRange(0, 8), default=0, show_default=True, help="1 for the derivative, 2 …")
@click.option("--at-kink", type=click.Choice(("torch", "keras", "jax", "left", "right", "mean")), help="Whose slope.")
@click.option("--to", "form", type=click.Choice(("terminal", "json")), default="terminal", help="How to print.")
@click.option("--input", "source", metavar="X.npy", help="For a network: raw samples, one a row.")
@click.option("--output", "sink", metavar="Y.npy", help="For a network: where the outputs go.")
@click.option("--no-preprocess", is_flag=True, help="For a network: the samples are prepared already.")
@click.option("--activation", "activation", metavar="NAME", help="For a file that does not say: the activation.")
@click.option("--output-activation", metavar="NAME", help="For such a file: of the last layer, if it is another one.")
def command(
    target: str,
    read_as: str | None,
    values: dict[str, str],
    assumptions: dict[str, str],
    points: str | None,
    order: int,
    at_kink: str | None,
    form: str,
    source: str | None,
    sink: str | None,
    no_preprocess: bool,
    activation: str | None,
    output_activation: str | None,
) -> None:
    """Evaluate a function exactly and in decimals, or a trained network on an array.

    symnet evaluate relu --at "-2, 0, 1/3, 2" --order 1

    symnet evaluate digits.safetensors --input X.npy --output Y.npy
    """
    from symnet.cli.target import read_target

    read = read_target(target, read_as=read_as, assumptions=assumptions, values=values)
    if read.kind == "file":
        if source is None or sink is None:
            raise UsageError(
                "a network needs both arrays: symnet evaluate NET.safetensors --input X.npy --output Y.npy"
            )
        from symnet.cli.evaluate_network import evaluate_network

        click.echo(
            evaluate_network(read.subject, Path(source), Path(sink), not no_preprocess, activation, output_activation)
        )
        return
    if read.kind not in ("activation", "expression"):
        raise UsageError(
            f"evaluate takes an activation, an expression or a network file, and '{target[:60]}' is a {read.kind}"
        )
    if source or sink or no_preprocess or activation or output_activation:
        raise UsageError(
            "--input, --output, --no-preprocess and the activations belong to a network file; a function takes --at"
        )
    if not points:
        raise UsageError(f'say where: symnet evaluate {target[:60]} --at "-2, 0, 1/3, 2"')
    rows = evaluate_at(read.subject, points, order, at_kink)
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _print_table(read.subject, rows, order)


def evaluate_at(function: Activation, points: str, order: int = 0, at_kink: str | None = None) -> list[dict[str, Any]]:
    """One record ``{"x", "exact", "decimal", "note"}`` for every point; parameters are at their defaults unless fixed."""
    from symnet.codegen.cells import exact_value
    from symnet.definitions.activation import exact_number

    words = [word.strip() for word in points.split(",")]
    rows: list[dict[str, Any]] = []
    for word in words:
        if not word:
            raise DefinitionError(f"there is an empty place in --at {points[:60]!r}; write numbers with commas between")
        point = exact_number(word, "a point of --at")
        apis = function.apis if function.typed is None else None
        exact, note = exact_value(function.default_expression, function.variable, point, order, at_kink, apis)
        rows.append({"x": str(point), "exact": spell(exact), "decimal": decimal(exact), "note": note})
    return rows


def spell(number: Any) -> str:
    """An exact number as text; what is not a real number is said to be undefined."""
    return str(number) if number.is_finite and number.is_real is not False else "undefined"


def decimal(number: Any) -> str:
    """The 17 significant digits nearest to an exact number; all digits of a number that has fewer."""
    from decimal import Decimal
    from fractions import Fraction

    from sympy import Symbol

    from symnet.codegen.reference import value

    if not number.is_finite or number.is_real is False:
        return "nan"
    if number.is_Rational and abs(number) < 10**17:
        short = Decimal(int(number.p)) / Decimal(int(number.q))
        if Fraction(short) == Fraction(int(number.p), int(number.q)) and len(short.as_tuple().digits) <= 17:
            return f"{short:f}" if abs(number) >= Fraction(1, 10**6) or number == 0 else str(short)
    ball = value(number, Symbol("x", real=True), 0.0, 100)
    text = ball.mid().str(17, radius=False)
    return "0" if ball.is_zero() else text


def _print_table(function: Activation, rows: list[dict[str, Any]], order: int) -> None:
    from rich.console import Console
    from rich.table import Table

    name = f"{function.name}{'′' * order if order <= 3 else f' (derivative of order {order})'}"
    table = Table(title=f"{name}, f(x) = {function.default_expression}", title_justify="left")
    for heading in ("x", "exact", "decimal"):
        table.add_column(heading, overflow="fold", justify="right")
    for row in rows:
        table.add_row(row["x"], row["exact"], row["decimal"])
    console = Console(highlight=False, markup=False)
    console.print(table)
    for note in dict.fromkeys(row["note"] for row in rows if row["note"]):
        console.print(note)
