"""Training: find the weights and biases that make the loss small, by an optimiser on derived gradients."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from symnet.codegen.program import compile_network
from symnet.definitions.activation import Activation
from symnet.definitions.loss import Loss, named_loss
from symnet.definitions.network import MLP
from symnet.definitions.optimiser import Optimiser, named_optimiser
from symnet.errors import DataError, DefinitionError
from symnet.learning.dataset import Dataset, load_dataset
from symnet.learning.descend import Epoch, accuracy, descend
from symnet.learning.initialise import Initialiser, named_initialiser
from symnet.learning.preprocessing import Preprocessing, fitted
from symnet.learning.split import stratified
from symnet.learning.trained import Trained, parts_of

MULTIPLES = (1, 10, 100, 1000)
"""Of the optimiser's own rate: among these the validation part chooses; then three times more and less than the best are tried."""

SEARCH_SAMPLES = 50_000
"""How many samples each rate may see while the rate is chosen: all epochs for the digits, less for larger data."""


def train(
    data: Dataset | str = "digits",
    hidden: Sequence[int] = (16, 16),
    activation: Activation | str = "sigmoid",
    *,
    loss: Loss | str = "softmax_cross_entropy",
    optimiser: Optimiser | str = "sgd",
    initialiser: Initialiser | str = "glorot_uniform",
    epochs: int = 30,
    batch: int = 8,
    rate: float | None = None,
    seed: int = 0,
    trainable: Iterable[str] | None = None,
    progress: Callable[[str, Epoch], None] | None = None,
) -> Trained:
    """Train a multilayer perceptron to tell the classes of a data set apart.

    A loss that takes logits gets the softmax or sigmoid output that it contains, one that takes scores an output
    without a bend; any other loss compares one-hot targets with a sigmoid output. The test part is looked at once,
    at the end; `rate` None lets a validation part of the training part choose. The same arguments give the same numbers.

    `progress` is called after each epoch with what is being done (``"rate 0.3"``, ``"training"``).
    """
    dataset = data if isinstance(data, Dataset) else load_dataset(data)
    record, descent, start = named_loss(loss), named_optimiser(optimiser), named_initialiser(initialiser)
    epochs, batch, seed = _count(epochs, "epochs"), _count(batch, "batch"), _count(seed, "seed", 0)
    _check_rate(rate)
    preprocessing = _preprocessing(dataset, seed)
    parts = parts_of(dataset, preprocessing, seed)
    sizes = [preprocessing.inputs, *hidden, len(dataset.labels)]
    network = MLP(sizes, activation, _output(record), trainable=trainable)
    program = compile_network(network, record)
    targets = np.eye(len(dataset.labels))[parts.y]
    if record.targets == "signs":
        targets = 2 * targets - 1

    def run(
        name: str, x: np.ndarray, y: np.ndarray, step: float, count: int
    ) -> tuple[dict[str, np.ndarray], list[Epoch]]:
        values, epochs_seen = start(network, seed), []
        for epoch in descend(program, values, x, y, step, count, batch, seed, descent):
            epochs_seen.append(epoch)
            if progress is not None:
                progress(name, epoch)
        return values, epochs_seen

    chosen: dict[str, Any] = {"rate": rate, "rate_chosen_by": "the caller"}
    if rate is None:
        kept, apart = stratified(parts.y, seed, "validation")
        count = max(1, min(epochs, SEARCH_SAMPLES // len(kept)))
        scores: dict[float, float] = {}

        def score(candidate: float) -> None:
            try:
                found, _ = run(f"rate {candidate:g}", parts.x[kept], targets[kept], candidate, count)
                scores[candidate] = accuracy(program, found, parts.x[apart], parts.y[apart])
            except DataError:
                scores[candidate] = 0.0  # this rate diverges

        def best() -> float:
            return max(scores, key=lambda candidate: (scores[candidate], -candidate))

        for multiple in MULTIPLES:
            score(float(multiple * descent.rate))
        coarse = best()
        for candidate in (round(coarse * 0.3, 9), round(coarse * 3, 9)):
            score(candidate)
        chosen = {
            "rate": best(),
            "rate_chosen_by": f"the accuracy on {len(apart)} validation samples of the training part",
            "validation_accuracies": {f"{candidate:g}": scores[candidate] for candidate in sorted(scores)},
        }
    values, history = run("training", parts.x, targets, chosen["rate"], epochs)
    return Trained(
        network.with_values(values),
        record.spelling,
        preprocessing,
        dataset.labels,
        {
            "optimiser": "gradient_descent" if descent.spelling == "sgd" else descent.spelling,
            "initialiser": start.name,
            **chosen,
            "batch": batch,
            "epochs": epochs,
            "training_samples": len(parts.x),
            "test_samples": len(parts.x_test),
            "training_accuracy": history[-1].accuracy,
            "test_accuracy": accuracy(program, values, parts.x_test, parts.y_test),
            **({} if trainable is None else {"trainable": list(network.trainable or ())}),
        },
        tuple({"epoch": e.number, "loss": e.loss, "accuracy": e.accuracy} for e in history),
        {"name": dataset.name, "sha256": dataset.sha256, **({"note": dataset.note} if dataset.note else {})},
        seed,
    )


def _output(loss: Loss) -> str:
    """The activation of the last layer, whose outputs the loss can read."""
    if loss.takes == "log_probabilities":
        raise DefinitionError(
            f"the loss {loss.name} takes log-probabilities, which no output layer gives; train with softmax_cross_entropy"
        )
    return loss.link or ("identity" if loss.takes == "scores" else "sigmoid")


def _preprocessing(dataset: Dataset, seed: int) -> Preprocessing:
    """Fitted on the training part only."""
    if dataset.x_test is not None:
        return fitted(dataset.x)
    return fitted(dataset.x[stratified(dataset.y, seed)[0]])


def _count(value: Any, what: str, least: int = 1) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise DefinitionError(f"{what} must be a whole number of at least {least}, got {value!r}")
    return int(value)


def _check_rate(rate: float | None) -> None:
    if rate is not None and not (np.isfinite(rate) and rate > 0):
        raise DefinitionError(f"the rate must be a positive number, got {rate}")
