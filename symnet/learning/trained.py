"""A trained network and everything needed to use it, explain it and train it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from symnet.definitions.network import Network
from symnet.learning.dataset import Dataset, load_dataset
from symnet.learning.preprocessing import Preprocessing
from symnet.learning.split import stratified


@dataclass(frozen=True, eq=False)
class Parts:
    """The training and the test part of a data set, ready for the network."""

    x: np.ndarray
    """Training samples as rows, preprocessed."""
    y: np.ndarray
    """Their classes."""
    x_test: np.ndarray
    y_test: np.ndarray
    raw_test: np.ndarray
    """The test samples as in the file."""


@dataclass(frozen=True, eq=False)
class Trained:
    """What `train` gives and what a file written by `symnet train` holds."""

    network: Network
    """Bound to the trained numbers."""
    loss: str
    preprocessing: Preprocessing
    labels: tuple[str, ...]
    """What each output stands for."""
    training: Mapping[str, Any] = field(default_factory=dict)
    """optimiser, initialiser, rate and how it was chosen, batch, epochs, parts, accuracies."""
    history: tuple[Mapping[str, float], ...] = ()
    """epoch, loss and accuracy on the training part, epoch by epoch."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """name and sha256 of the data set."""
    seed: int = 0

    @property
    def parameters(self) -> dict[str, np.ndarray]:
        """Name in files → array."""
        return self.network.parameters

    @property
    def test_accuracy(self) -> float:
        """As measured once, after training."""
        return float(self.training["test_accuracy"])

    def __call__(self, x: Any) -> np.ndarray:
        """The network's output for raw samples, of shape (n, classes)."""
        return self.network(self.preprocessing(x))

    def parts(self, dataset: Dataset | None = None) -> Parts:
        """The training and test part that this network was trained and tested on.

        The bundled digits are found by themselves; any other data set has to be given.
        """
        return parts_of(load_dataset(self.data["name"]) if dataset is None else dataset, self.preprocessing, self.seed)


def parts_of(dataset: Dataset, preprocessing: Preprocessing, seed: int) -> Parts:
    """The split of a data set: its own test part if it has one, else a stratified one by the seed."""
    if dataset.x_test is not None and dataset.y_test is not None:
        return Parts(preprocessing(dataset.x), dataset.y, preprocessing(dataset.x_test), dataset.y_test, dataset.x_test)
    kept, apart = stratified(dataset.y, seed)
    return Parts(
        preprocessing(dataset.x[kept]),
        dataset.y[kept],
        preprocessing(dataset.x[apart]),
        dataset.y[apart],
        dataset.x[apart],
    )
