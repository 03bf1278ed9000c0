"""``symnet table``: the values of functions and their derivatives at given points, as a table to take along."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

import click

from symnet.cli.arguments import Verb, names, target_options
from symnet.cli.evaluate import evaluate_at
from symnet.errors import UsageError

MOST = 10_000
"""Rows of one table."""


@click.command(cls=Verb)
@click.argument("targets", nargs=-1, required=True, shell_complete=names)
@target_options
@click.option(
    "--at",
    "points",
    required=True,
    metavar="NUMBERS",
    help='Exact numbers "-1, 1/3", and ranges "-3:3:1/2" (from, to, step).',
)
@click.option(
    "--order", "orders", type=click.IntRange(0, 8), multiple=True, help="0 for f, 1 for the derivative …; repeatable."
)
@click.option("--exact", is_flag=True, help="Exact values instead of 17 digits.")
@click.option(
    "--to",
    "form",
    type=click.Choice(("terminal", "csv", "tsv", "markdown", "latex", "json")),
    default="terminal",
    show_default=True,
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write here instead of standard output.")
def command(
    targets: tuple[str, ...], read_as: str | None, values: dict[str, str], assumptions: dict[str, str],
    points: str, orders: tuple[int, ...], exact: bool, form: str, path: str | None,
) -> None:  # fmt: skip
    """Tabulate functions: symnet table relu gelu --at "-3:3:1" --order 0 --order 1 --to csv"""
    from symnet.cli.output import check_folder
    from symnet.cli.target import read_target

    if path != "-":
        check_folder(path)
    places = spread(points)
    found = [read_target(t, read_as=read_as, assumptions=assumptions, values=values, files=False) for t in targets]
    header, columns, notes = ["x"], [places], []
    for target in found:
        if target.kind not in ("activation", "expression"):
            raise UsageError(f"table takes activations and expressions, and '{target.text[:60]}' is a {target.kind}")
        for order in dict.fromkeys(orders or (0,)):
            rows = evaluate_at(target.subject, ",".join(places), order)
            header.append(target.subject.name + "'" * order)
            columns.append([row["exact" if exact else "decimal"] for row in rows])
            notes += [f"{header[-1]}: {row['note']}" for row in rows if row["note"]]
    _deliver(_written(form, header, list(zip(*columns, strict=True))), path)
    for note in dict.fromkeys(notes):
        click.echo(note, err=True)


def spread(points: str) -> list[str]:
    """``"-1, 0:1:1/4"`` → every point, exactly, as text; a bad range raises `UsageError`."""
    from symnet.definitions.activation import exact_number

    places: list[str] = []
    for word in points.split(","):
        ends = [part.strip() for part in word.split(":")]
        if len(ends) == 1:
            places.append(str(exact_number(ends[0], "a point of --at")))
            continue
        if len(ends) != 3 or not all(ends):
            raise UsageError(
                f"cannot read the range {word.strip()[:40]!r} in --at; write FROM:TO:STEP, such as -3:3:1/2"
            )
        low, high, step = (exact_number(end, "a range of --at") for end in ends)
        if not step > 0 or high < low:
            raise UsageError(
                f"the range {word.strip()[:40]!r} in --at is empty; FROM must not exceed TO, and STEP be positive"
            )
        count = int((high - low) // step) + 1
        if count + len(places) > MOST:
            raise UsageError(f"a table has at most {MOST:,} rows, and --at asks for more; take a larger step")
        places.extend(str(low + k * step) for k in range(count))
    return places


def _written(form: str, header: list[str], rows: list[tuple[str, ...]]) -> str:
    if form == "json":
        return json.dumps([dict(zip(header, row, strict=True)) for row in rows], ensure_ascii=False, indent=2) + "\n"
    if form in ("csv", "tsv"):
        text = io.StringIO()
        writer = csv.writer(text, delimiter="," if form == "csv" else "\t", lineterminator="\n")
        writer.writerows([header, *rows])
        return text.getvalue()
    if form == "markdown":
        return _lines([header, ["---:"] * len(header), *rows], "| ", " | ", " |")
    if form == "latex":
        from symnet.render.writers.tex_text import tex_text

        body = [[tex_text(cell) for cell in row] for row in (header, *rows)]
        return (
            rf"\begin{{tabular}}{{{'r' * len(header)}}}" + "\n" + _lines(body, "", " & ", r" \\") + "\\end{tabular}\n"
        )
    widths = [max(len(row[k]) for row in (header, *rows)) for k in range(len(header))]
    aligned = [[cell.rjust(width) for cell, width in zip(row, widths, strict=True)] for row in (header, *rows)]
    return _lines(aligned, "", "  ", "")


def _lines(rows: Iterable[Any], before: str, between: str, after: str) -> str:
    return "".join(before + between.join(row) + after + "\n" for row in rows)


def _deliver(text: str, path: str | None) -> None:
    from pathlib import Path

    from symnet.cli.output import write

    if path is None or path == "-":
        click.echo(text, nl=False)
        return
    write(Path(path), text)
    click.echo(path)
