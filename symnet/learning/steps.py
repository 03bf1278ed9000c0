"""Steps of an optimiser on all parameters at once; without one, of gradient descent, w ← w − η ∂L/∂w.

The parameters stand side by side in one flat array, and so do their gradients; weights and biases are views of it. However many layers
there are, a step is one evaluation of the program and a few operations on the flat arrays.
"""

from __future__ import annotations

import numpy as np
from numpy import multiply, subtract

from symnet.codegen.bound import bound
from symnet.codegen.program import NetworkProgram
from symnet.definitions.optimiser import Optimiser
from symnet.learning.update import Update


class Steps:
    """Parameters on their way down."""

    def __init__(
        self, program: NetworkProgram, values: dict[str, np.ndarray], optimiser: Optimiser | None = None
    ) -> None:
        self._program = program
        moved = program.gradient_names
        dtype = next(iter(values.values())).dtype
        self._flat = np.concatenate([values[name].reshape(-1) for name in moved]).astype(dtype, copy=False)
        self._slopes = np.empty_like(self._flat)
        self._views, self._gradients, start = {}, [], 0
        for name in moved:
            shape, end = values[name].shape, start + values[name].size
            self._views[name] = self._flat[start:end].reshape(shape)
            self._gradients.append(self._slopes[start:end].reshape(shape))
            start = end
        plain = optimiser is None or optimiser.name == "sgd"  # its equation in place, without a copy
        self._update = None if plain else Update(optimiser, self._flat)
        self._given = bound([self._views.get(name, values[name]) for name in program.names], dtype)

    def take(self, x: np.ndarray, targets: np.ndarray, rate: float) -> float:
        """One step on a batch; the mean loss before it."""
        loss = self._program.loss_into(x, targets, self._given, self._gradients, 1.0 / len(x))
        if self._update is not None:
            self._update(self._flat, self._slopes, rate)
            return loss
        multiply(self._slopes, rate, self._slopes)
        subtract(self._flat, self._slopes, self._flat)
        return loss

    def one_pass(self, x: np.ndarray, targets: np.ndarray, rate: float, batch: int) -> float:
        """One step for each batch, in the order of the samples; the mean loss, each before its step."""
        total = 0.0
        for start in range(0, len(x), batch):
            rows = slice(start, start + batch)
            part = x[rows]
            total += self.take(part, targets[rows], rate) * len(part)
        return total / len(x)

    def write(self, values: dict[str, np.ndarray]) -> None:
        """The parameters as they stand, into these arrays."""
        for name, view in self._views.items():
            values[name][...] = view
