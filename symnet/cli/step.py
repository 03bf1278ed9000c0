"""``symnet step``: one training step of a small network, every number shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from symnet.cli.output import deliver, output_options
from symnet.errors import DefinitionError, FileError, ShapeError, UsageError

if TYPE_CHECKING:
    from symnet.definitions.network import Network
    from symnet.learning.step import TrainingStep

_ROWS = "layers by |, rows by ;, numbers by commas"


@click.command()
@click.option("--network", "shape", required=True, metavar="SHAPE", help="Layer sizes, such as 2-2-2.")
@click.option("--weights", required=True, metavar="NUMBERS", help=f'"1,2;3,4 | 5,6": {_ROWS}; or a JSON file.')
@click.option("--biases", metavar="NUMBERS", help='"0.35 | 0.6": one number or one a neuron; zero if absent.')
@click.option("--input", "sample", required=True, metavar="NUMBERS", help="The sample, numbers by commas.")
@click.option("--target", required=True, metavar="NUMBERS", help="What the output should be.")
@click.option("--activation", default="sigmoid", show_default=True, help="Activation of every layer.")
@click.option("--output-activation", metavar="NAME", help="Of the last layer, if it is another one; softmax too.")
@click.option("--loss", default="half_squared", show_default=True)
@click.option("--lr", "--rate", "rate", default="1/2", show_default=True, help="Learning rate.")
@click.option("--freeze", multiple=True, metavar="NAME", help="A parameter that stays: W_1, b_2, or biases for all.")
@output_options
def command(
    shape: str, weights: str, biases: str | None, sample: str, target: str, activation: str,
    output_activation: str | None, loss: str, rate: str, freeze: tuple[str, ...], **output: Any,
) -> None:  # fmt: skip
    """Carry one training step out in numbers: forward, loss, every error signal and gradient, the step, the new loss.

    \b
    symnet step --network 2-2-2 --weights "0.15,0.20;0.25,0.30 | 0.40,0.45;0.50,0.55" \\
        --biases "0.35 | 0.60" --input 0.05,0.10 --target 0.01,0.99 --lr 1/2 --freeze biases
    """
    from symnet.cli.target import read_target
    from symnet.definitions.network import MLP
    from symnet.explain.training_step import document, explain_step
    from symnet.learning.step import step

    sizes = read_target(shape, read_as="shape").subject
    network = frozen(MLP(sizes, activation, output_activation), freeze)
    values = parameters(network, weights, biases)
    run = step(network, values, numbers(sample, "--input"), numbers(target, "--target"), rate, loss)
    if output["form"] == "json" and output["path"] is None:
        click.echo(json.dumps(document(run), ensure_ascii=False, indent=2))
        return
    asked = {
        "verb": "step",
        "activation": [activation, output_activation],
        "loss": loss,
        "rate": rate,
        "freeze": freeze,
    }
    deliver({**asked, "numbers": spelled(run)}, [shape], lambda: explain_step(run), **output)


def spelled(run: TrainingStep) -> list[str]:
    """Every number that the step starts from, as text."""
    return [f"{symbol} {rows}" for symbol, rows in run.given.items()]


def numbers(text: str, option: str) -> list[Any]:
    """``"0.05, 1/3"`` → exact numbers."""
    from symnet.definitions.activation import exact_number

    words = [word.strip() for word in text.split(",")]
    if not all(words):
        raise DefinitionError(f"there is an empty place in {option} {text[:60]!r}; write numbers with commas between")
    return [exact_number(word, f"a number of {option}") for word in words]


def frozen(network: Network, names: tuple[str, ...]) -> Network:
    """The network whose parameters of these names training leaves alone."""
    from dataclasses import replace

    if not names:
        return network
    fixed = {p.name for p in network.parameter_records if p.role == "bias"} if "biases" in names else set()
    fixed |= {network.parameter(name).name for name in names if name != "biases"}
    left = tuple(p.name for p in network.parameter_records if p.name not in fixed)
    if not left:
        raise UsageError("--freeze leaves nothing to learn")
    return replace(network, trainable=left)


def parameters(network: Network, weights: str, biases: str | None) -> dict[str, Any]:
    """Name in files → nested exact numbers, read from the options."""
    if weights.strip().lower().endswith(".json"):
        return _from_file(weights)
    records = [p for p in network.parameter_records if p.role == "weight"]
    found: dict[str, Any] = {}
    for record, text in zip(records, _layers(weights, len(records), "--weights"), strict=True):
        rows = [numbers(row, "--weights") for row in text.split(";")]
        found[record.name] = _table(rows, record.shape, record.name)
    if biases is not None:
        records = [p for p in network.parameter_records if p.role == "bias"]
        for record, text in zip(records, _layers(biases, len(records), "--biases"), strict=True):
            row = numbers(text, "--biases")
            row = row * record.shape[0] if len(row) == 1 else row
            if len(row) != record.shape[0]:
                raise ShapeError(f"{record.name} has {record.shape[0]} numbers, and --biases gives {len(row)}")
            found[record.name] = row
    return found


def _layers(text: str, count: int, option: str) -> list[str]:
    parts = text.split("|")
    if len(parts) != count:
        raise ShapeError(f"{option} gives numbers for {len(parts)} layers and the network has {count}; write {_ROWS}")
    return parts


def _table(rows: list[list[Any]], shape: tuple[int, ...], name: str) -> list[list[Any]]:
    """Rows as given, or one row of all numbers cut into rows."""
    if len(rows) == 1 and len(rows[0]) == shape[0] * shape[1]:
        flat = rows[0]
        return [flat[k * shape[1] : (k + 1) * shape[1]] for k in range(shape[0])]
    if len(rows) != shape[0] or any(len(row) != shape[1] for row in rows):
        found = f"{len(rows)} rows of {'/'.join(str(len(row)) for row in rows)}"
        raise ShapeError(
            f"{name} has {shape[0]} rows (one a neuron) of {shape[1]} numbers, and --weights gives {found}"
        )
    return rows


def _from_file(path: str) -> dict[str, Any]:
    """``{"W_1": [[…], …], "b_1": […]}``; the decimals of the file are read exactly."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        found = json.loads(text, parse_float=str, parse_int=str)
    except OSError as error:
        raise FileError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, RecursionError):
        raise FileError(f'{path} is no JSON file of parameters; it holds {{"W_1": [[…]], "b_1": […]}}') from None
    if not isinstance(found, dict):
        raise FileError(f'{path} must hold an object, {{"W_1": [[…]], "b_1": […]}}')
    return found
