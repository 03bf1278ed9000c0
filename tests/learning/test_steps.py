"""Steps on flat arrays against the plain rule w ← w − η ∂L/∂w, parameter by parameter."""

from __future__ import annotations

import numpy as np
import pytest

from symnet.codegen.program import compile_network
from symnet.definitions.network import MLP
from symnet.learning.initialise import glorot_uniform
from symnet.learning.steps import Steps


@pytest.mark.parametrize("trainable", [None, ["W_1", "b_2"]])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_steps_follow_the_gradient(trainable, dtype) -> None:
    network = MLP([5, 4, 3], "tanh", "softmax", trainable=trainable)
    program = compile_network(network, "softmax_cross_entropy")
    random = np.random.default_rng(0)
    x = random.normal(size=(14, 5)).astype(dtype)
    y = np.eye(3, dtype=dtype)[random.integers(0, 3, 14)]
    values = glorot_uniform(network, 0, dtype)
    first = {name: array.copy() for name, array in values.items()}
    wanted, total = {name: array.copy() for name, array in values.items()}, 0.0
    for start in range(0, 14, 4):
        part, target = x[start : start + 4], y[start : start + 4]
        loss, gradient = program.loss_and_gradient(part, target, wanted)
        total += loss * len(part)
        for name, slope in gradient.items():
            wanted[name] -= slope * dtype(0.5)
    steps = Steps(program, values)
    assert steps.one_pass(x, y, 0.5, 4) == pytest.approx(total / 14, rel=1e-12)
    for name in values:
        np.testing.assert_array_equal(values[name], first[name])
    steps.write(values)
    for name in values:
        np.testing.assert_array_equal(values[name], wanted[name])
        assert values[name].dtype == dtype
        if trainable is not None and network.parameter(name).symbol.name not in trainable:
            np.testing.assert_array_equal(values[name], first[name])
