"""Where training starts: Glorot's uniform weights and zero biases."""

from __future__ import annotations

import numpy as np

from symnet.definitions.network import Network
from symnet.learning.split import generator


def glorot_uniform(network: Network, seed: int, dtype: type = np.float64) -> dict[str, np.ndarray]:
    """Weights uniform on ±√(6/(inputs + outputs)), biases 0 (Glorot and Bengio 2010).

    The bound keeps the variance of activations and of gradients about equal from layer to layer.
    """
    random = generator(seed, "initialise")
    values: dict[str, np.ndarray] = {}
    for record in network.parameter_records:
        if record.role == "bias":
            values[record.name] = np.zeros(record.shape, dtype)
        else:
            outputs, inputs = record.shape
            bound = np.sqrt(6 / (inputs + outputs))
            values[record.name] = random.uniform(-bound, bound, record.shape).astype(dtype)
    return values
