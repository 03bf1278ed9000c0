"""``symnet train``: find the weights and biases of a multilayer perceptron for a labelled data set."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from symnet.errors import FileError, UsageError

if TYPE_CHECKING:
    from symnet.learning import Dataset, Trained
    from symnet.learning.descend import Epoch

WIDEST, DEEPEST = 100_000, 100
"""More neurons a layer, or more layers, than this is taken for a slip."""


def _sizes(_context: Any, _option: Any, text: str) -> tuple[int, ...]:
    """``"16,16"`` → (16, 16); ``""`` or ``"none"`` is a network without hidden layers."""
    words = [] if text.strip().lower() in ("", "none") else [word.strip() for word in text.split(",")]
    if len(words) > DEEPEST or not all(w.isascii() and w.isdigit() and 0 < int(w[:7]) <= WIDEST for w in words):
        raise UsageError(f"--hidden takes the sizes of the hidden layers, such as 16,16, got {text[:60]!r}")
    return tuple(map(int, words))


def _seeds(_context: Any, _option: Any, text: str | None) -> tuple[int, ...] | None:
    """``"0-4"`` or ``"0,3,7"`` → the seeds."""
    if text is None:
        return None
    found: list[int] = []
    for word in text.split(","):
        first, dash, last = word.strip().partition("-")
        if not (first.isdigit() and (not dash or last.isdigit())) or len(word) > 20:
            raise UsageError(f"--seeds takes seeds such as 0-4 or 0,3,7, got {text[:60]!r}")
        found += range(int(first), int(last if dash else first) + 1)
        if len(found) > 1000:
            raise UsageError("--seeds takes at most 1000 seeds")
    if not found:
        raise UsageError(f"--seeds takes seeds such as 0-4, the first not above the last, got {text[:60]!r}")
    return tuple(dict.fromkeys(found))


@click.command()
@click.argument("name", metavar="[digits]", required=False)
@click.option("--data", metavar="FILE", help="Train on a NumPy archive (.npz) or an IDX file, gzipped or not.")
@click.option("--labels", metavar="FILE", help="The labels of an IDX file, where they do not lie beside it.")
@click.option("--hidden", default="16,16", show_default=True, callback=_sizes, help="Sizes of the hidden layers.")
@click.option("--activation", default="sigmoid", show_default=True, help="Activation of the hidden layers.")
@click.option(
    "--loss", default="softmax_cross_entropy", show_default=True, help="mse compares sigmoid outputs with 0 and 1."
)
@click.option(
    "--optimizer", "--optimiser", "optimiser", default="sgd", show_default=True, help="Such as momentum, adam, adamw."
)
@click.option(
    "--initializer",
    "--initialiser",
    "initialiser",
    default="glorot_uniform",
    show_default=True,
    help="Where the weights start, such as he_normal.",
)
@click.option("--epochs", type=click.IntRange(min=1), default=30, show_default=True)
@click.option("--batch", type=click.IntRange(min=1), default=8, show_default=True, help="Samples a step.")
@click.option("--rate", type=float, help="Learning rate; chosen on a validation part of the training data if absent.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--seeds", callback=_seeds, help="Train once for each of these, such as 0-4, and print the median.")
@click.option("--trainable", multiple=True, metavar="NAME", help="Train these only, such as W_1; the others stay.")
@click.option("-o", "--output", "path", metavar="FILE", help="Save the trained network: a .safetensors file.")
def command(
    name: str | None,
    data: str | None,
    labels: str | None,
    path: str | None,
    seed: int,
    seeds: tuple[int, ...] | None,
    trainable: tuple[str, ...],
    **options: Any,
) -> None:
    """Train a network by gradient descent, or another optimiser, on symbolically derived gradients.

    \b
    symnet train digits --hidden 16,16 --activation sigmoid --epochs 30 --seed 0 -o digits.safetensors
    symnet train digits --seeds 0-4
    symnet train --data train-images-idx3-ubyte.gz -o mnist.safetensors
    """
    if (name is None) == (data is None):
        raise UsageError("name the data once: symnet train digits, or symnet train --data FILE")
    if labels is not None and data is None:
        raise UsageError("--labels belongs to --data FILE")
    if seeds is not None and path is not None:
        raise UsageError("--seeds compares several networks; to save one, give its --seed instead")
    if path is not None:
        _check_writable(Path(path))
    from symnet.learning import load_dataset

    dataset = load_dataset(str(data or name), labels)
    options["trainable"] = trainable or None
    if seeds is not None:
        _compare(dataset, seeds, options)
        return
    trained = _train(dataset, seed, options)
    _report(trained)
    if path is None:
        click.echo("not saved; to save it, give -o FILE.safetensors")
        return
    from symnet.interchange.safetensors import save

    click.echo(f"saved as {save(trained, path)}")


def _compare(dataset: Dataset, seeds: tuple[int, ...], options: dict[str, Any]) -> None:
    from statistics import median

    found = []
    for seed in seeds:
        trained = _train(dataset, seed, options)
        found.append(trained.test_accuracy)
        click.echo(f"seed {seed}: test accuracy {trained.test_accuracy:.2%}, rate {trained.training['rate']:g}")
    click.echo(f"median of {len(found)}: {median(found):.2%}, lowest {min(found):.2%}, highest {max(found):.2%}")


def _train(dataset: Dataset, seed: int, options: dict[str, Any]) -> Trained:
    from symnet.learning import train

    with _progress(options["epochs"], f"seed {seed}") as show:
        return train(dataset, seed=seed, progress=show, **options)


def _report(trained: Trained) -> None:
    network, training = trained.network, trained.training
    shape = "-".join(map(str, network.sizes))
    click.echo(f"network {shape}, {network.count:,} parameters, loss {trained.loss.replace('_', ' ')}")
    click.echo(f"optimiser {training['optimiser']}, initialiser {training['initialiser']}")
    click.echo(f"rate {training['rate']:g}, chosen by {training['rate_chosen_by']}")
    click.echo(
        f"loss {trained.history[-1]['loss']:.6g} after {training['epochs']} epochs, "
        f"training accuracy {training['training_accuracy']:.2%} of {training['training_samples']:,} samples"
    )
    click.echo(f"test accuracy {training['test_accuracy']:.2%} of {training['test_samples']:,} samples")
    if note := trained.data.get("note"):
        click.echo(f"note: {note}")


def _check_writable(path: Path) -> None:
    """Say before training, not after, that the result cannot be written."""
    folder = path.parent
    if path.is_dir():
        raise FileError(f"cannot write '{path}': it is a folder")
    if not folder.is_dir():
        raise FileError(f"cannot write '{path}': there is no folder '{folder}'")
    if not os.access(folder, os.W_OK):
        raise FileError(f"cannot write '{path}': the folder '{folder}' is not writable")


@contextmanager
def _progress(epochs: int, what: str) -> Iterator[Callable[[str, Epoch], None] | None]:
    """A bar on standard error with loss and accuracy; silent where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = ("[progress.description]{task.description}", BarColumn(), "{task.completed}/{task.total}")
    fields = TextColumn("loss {task.fields[loss]:.4f}  accuracy {task.fields[accuracy]:.2%}")
    with Progress(*columns, fields, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=epochs, loss=float("nan"), accuracy=0.0)

        def show(stage: str, epoch: Epoch) -> None:
            bar.update(
                task,
                description=f"{what}, {stage}",
                completed=epoch.number,
                loss=epoch.loss,
                accuracy=epoch.accuracy,
            )

        yield show
