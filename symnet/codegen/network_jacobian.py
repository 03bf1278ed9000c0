"""The Jacobian of a network at every sample of a batch, row by row of the output.

Row i of ∂a/∂x is the vector-Jacobian product with the i-th unit vector, so the equations of
backpropagation give it without a rule of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from symnet.codegen.program import NetworkProgram, compile_network
from symnet.definitions.network import Network


def network_jacobian(network: Network, x: Any, parameters: Mapping[str, Any]) -> np.ndarray:
    """∂output/∂input, of shape (n, outputs, inputs) for a batch and (outputs, inputs) for one sample.

    The inputs of an image network are counted row by row. At a kink the slope is the one that
    `symnet.compile(activation, order=1)` returns.
    """
    program = _program(replace(network, trainable=(), values={}))
    X, single = program.batch(x)
    inputs, outputs = network.layers[0].inputs, network.layers[-1].outputs
    jacobian = np.empty((len(X), outputs, inputs), X.dtype)
    for i in range(outputs):
        seed = np.zeros((len(X), outputs), X.dtype)
        seed[:, i] = 1
        jacobian[:, i] = program.vector_jacobian(X, seed, parameters)["x"]
    return jacobian[0] if single else jacobian


@lru_cache(maxsize=64)
def _program(network: Network) -> NetworkProgram:
    return compile_network(network, wrt_input=True)
