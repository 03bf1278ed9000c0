"""How well a trained network does, in the numbers that its sheet shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from symnet.codegen.program import forward_program
from symnet.definitions.layers import Dense, Softmax
from symnet.definitions.network import Network
from symnet.learning.trained import Parts, Trained


@dataclass(frozen=True, eq=False)
class Mistake:
    """A test sample that the network puts into the wrong class."""

    index: int
    """Its place in the test part."""
    truth: int
    guess: int
    confidence: float
    """The output of the guess: a probability where the network ends in softmax."""
    sample: np.ndarray
    """The raw sample."""


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Outputs on the test part, and what follows from them."""

    parts: Parts
    outputs: np.ndarray
    """(n, classes)."""

    @property
    def guesses(self) -> np.ndarray:
        """The class with the largest output, sample by sample."""
        return self.outputs.argmax(axis=1)

    @property
    def accuracy(self) -> float:
        """The share of samples in the right class."""
        return float((self.guesses == self.parts.y_test).mean())

    @property
    def confusion(self) -> np.ndarray:
        """Counts: row = true class, column = guessed class."""
        classes = self.outputs.shape[1]
        counts = np.zeros((classes, classes), np.int64)
        np.add.at(counts, (self.parts.y_test, self.guesses), 1)
        return counts

    def mistakes(self, most: int | None = None) -> tuple[Mistake, ...]:
        """The mistakes, the most confident first."""
        wrong = np.flatnonzero(self.guesses != self.parts.y_test)
        confidence = self.outputs[wrong, self.guesses[wrong]]
        order = wrong[np.lexsort((wrong, -confidence))][:most]
        return tuple(
            Mistake(
                int(i),
                int(self.parts.y_test[i]),
                int(self.guesses[i]),
                float(self.outputs[i, self.guesses[i]]),
                self.parts.raw_test[i],
            )
            for i in order
        )


def evaluate_trained(trained: Trained, dataset: Any = None) -> Evaluation:
    """Run a trained network on the test part that it never saw; the digits are found by themselves."""
    parts = trained.parts(dataset)
    return Evaluation(parts, trained.network(parts.x_test))


def first_layer_weights(trained: Trained) -> np.ndarray:
    """The weights of each neuron of the first dense layer, in the shape of a sample: (neurons, 8, 8)."""
    network = trained.network
    k = next(k for k, layer in enumerate(network.layers, start=1) if isinstance(layer, Dense))
    weights = network.parameters[f"layers.{k}.weight"]
    return weights.reshape(len(weights), *trained.preprocessing.sample_shape)


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """One layer at work on one sample."""

    layer: int
    """Counted from 1."""
    kind: str
    """``"Dense"``, ``"Softmax"``, …"""
    weighted_sums: np.ndarray | None
    """z = Wx + b, for dense layers."""
    outputs: np.ndarray


def trace(network: Network, x: Any) -> tuple[LayerTrace, ...]:
    """The forward pass of one sample (preprocessed) in numbers, layer by layer."""
    values = np.asarray(x, np.float64).reshape(-1)
    found: list[LayerTrace] = []
    for k, layer in enumerate(network.layers, start=1):
        parameters = {r.name: network.parameters[r.name] for r in network.layer_parameters[k - 1]}
        sums = None
        if isinstance(layer, Dense):
            sums = parameters[f"layers.{k}.weight"] @ values + parameters.get(f"layers.{k}.bias", 0.0)
        alone = Network((layer,))
        named = {alone_record.name: parameters[record.name] for alone_record, record in zip(
            alone.parameter_records, network.layer_parameters[k - 1], strict=True
        )}  # fmt: skip
        values = forward_program(alone)(values, named)
        found.append(LayerTrace(k, layer.name, sums, values))
    return tuple(found)


def ends_in_probabilities(network: Network) -> bool:
    """Whether the outputs are probabilities that sum to 1."""
    return isinstance(network.layers[-1], Softmax)
