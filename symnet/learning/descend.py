"""Descent: step after step of an optimiser, by the gradient of the loss on a small batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from symnet.codegen.program import NetworkProgram
from symnet.definitions.optimiser import Optimiser
from symnet.errors import DataError
from symnet.learning.split import generator
from symnet.learning.steps import Steps


@dataclass(frozen=True)
class Epoch:
    """One pass over the training data."""

    number: int
    """Counted from 1."""
    loss: float
    """The mean loss over the batches, each before its step."""
    accuracy: float
    """The share of training samples that the network gets right after the epoch."""


def descend(
    program: NetworkProgram,
    values: dict[str, np.ndarray],
    x: np.ndarray,
    targets: np.ndarray,
    rate: float,
    epochs: int,
    batch: int,
    seed: int,
    optimiser: Optimiser | None = None,
) -> Iterator[Epoch]:
    """Change `values` in place, by gradient descent or another optimiser, and report each epoch.

    The order of the samples is drawn anew for each epoch, from the seed. Raises `DataError` when the
    loss is no longer finite.
    """
    random = generator(seed, "order")
    classes = targets.argmax(axis=1)
    steps = Steps(program, values, optimiser)
    for number in range(1, epochs + 1):
        order = random.permutation(len(x))
        shuffled, wanted = x[order], targets[order]
        mean = steps.one_pass(shuffled, wanted, rate, batch)
        steps.write(values)
        if not np.isfinite(mean):
            raise DataError(f"the loss is no longer finite after epoch {number}; take a smaller rate than {rate}")
        yield Epoch(number, mean, accuracy(program, values, x, classes))


def accuracy(program: NetworkProgram, values: dict[str, np.ndarray], x: np.ndarray, classes: np.ndarray) -> float:
    """The share of samples whose largest output is their class."""
    return float((program(x, values).argmax(axis=1) == classes).mean())
