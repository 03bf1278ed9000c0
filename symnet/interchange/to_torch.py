"""A network as a PyTorch module: `from_torch` backwards."""

from __future__ import annotations

from typing import Any

import numpy as np

from symnet.definitions.activation import Activation
from symnet.definitions.layers import Dense, Flatten, Pointwise, Softmax
from symnet.definitions.network import Network
from symnet.errors import MissingExtraError, UsageError


def to_torch(network: Network) -> Any:
    """A torch.nn.Sequential in inference mode with the same numbers; an activation that torch lacks is named."""
    try:
        from torch import from_numpy, nn
    except ImportError:
        raise MissingExtraError.of("PyTorch", "torch", "to build its modules") from None
    values, parts = network.parameters, []
    for k, layer in enumerate(network.layers, start=1):
        if isinstance(layer, Dense):
            linear = nn.Linear(layer.inputs, layer.outputs, layer.bias)
            for name in ("weight", "bias")[: 1 + layer.bias]:
                array = values[f"layers.{k}.{name}"]
                setattr(linear, name, nn.Parameter(from_numpy(np.array(array))))
            parts += [linear, *_activation(layer.activation, nn, k)]
        elif isinstance(layer, Pointwise):
            parts += _activation(layer.function, nn, k)
        elif isinstance(layer, Softmax):
            parts.append(nn.Softmax(-1))
        elif isinstance(layer, Flatten):
            parts.append(nn.Flatten())
        else:
            raise UsageError(f"layer {k} ({layer.name}) has no module in torch.nn")
    return nn.Sequential(*parts).eval()


def _activation(activation: Activation, nn: Any, k: int) -> list[Any]:
    """The module of torch.nn that the catalogue names, with our parameters in torch's words."""
    if activation.name == "identity":
        return []
    api = activation.apis.get("torch") if activation.typed is None else None
    if api is None:
        raise UsageError(f"the activation {activation.name} of layer {k} has no module in torch.nn")
    words = {api.arguments.get(name, name): float(value) for name, value in activation.parameter_values.items()}
    module = getattr(nn, api.name)(**{word: value for word, value in words.items() if word}, **api.fixed)
    return [module.double() if api.name == "PReLU" else module]
