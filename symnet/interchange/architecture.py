"""A network's architecture as plain JSON values, and back: one entry a layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from symnet.definitions.activation import Activation, activations
from symnet.definitions.layer import Layer
from symnet.definitions.layers import Dense, Flatten, Maxout, Pointwise, Softmax
from symnet.definitions.neuron import named_activation
from symnet.errors import DataError, SymnetError


def describe_layers(layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """``[{"layer": "Dense", "inputs": 64, "outputs": 16, "activation": "sigmoid"}, …]``."""
    return [{"layer": layer.name, **WRITERS[type(layer)](layer)} for layer in layers]


def read_layers(entries: Any, where: str) -> tuple[Layer, ...]:
    """The layers that `describe_layers` described; `DataError` for anything else."""
    if not isinstance(entries, list) or not entries:
        raise DataError(f"{where}: 'layers' must be a list with one entry a layer")
    found: list[Layer] = []
    for k, entry in enumerate(entries, start=1):
        kind = entry.get("layer") if isinstance(entry, Mapping) else None
        if not isinstance(kind, str) or kind not in READERS:
            raise DataError(f"{where}: layer {k} is {str(kind)[:40]!r}; known are {', '.join(READERS)}")
        try:
            found.append(READERS[kind](entry))
        except SymnetError as error:
            raise DataError(f"{where}: layer {k}: {error}") from None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise DataError(f"{where}: layer {k} ({kind}) is not described completely: {error!r}"[:300]) from None
    return tuple(found)


def describe_activation(activation: Activation) -> dict[str, Any]:
    """The name, with the parameters that are fixed; a typed expression by its text."""
    if activation.typed is not None:
        return {"activation": {"expression": activation.typed.text}}
    values = {name: str(value) for name, value in activation.values.items()}
    if activation.name in activations and not values:
        return {"activation": activation.name}
    return {"activation": {"name": activation.name, "parameters": values}}


def read_activation(entry: Any) -> Activation:
    """The activation that `describe_activation` described."""
    if isinstance(entry, str):
        return named_activation(entry)
    if "expression" in entry:
        from symnet.definitions.expression import typed_activation

        return typed_activation(str(entry["expression"]))
    return named_activation(str(entry["name"])).with_parameters(**{k: str(v) for k, v in entry["parameters"].items()})


def _dense(entry: Mapping[str, Any]) -> Dense:
    return Dense(entry["inputs"], entry["outputs"], read_activation(entry["activation"]), bool(entry.get("bias", True)))


WRITERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Dense: lambda layer: {
        "inputs": layer.inputs,
        "outputs": layer.outputs,
        **describe_activation(layer.activation),
        **({} if layer.bias else {"bias": False}),
    },
    Maxout: lambda layer: {"inputs": layer.inputs, "outputs": layer.outputs, "pieces": layer.pieces},
    Pointwise: lambda layer: {"inputs": layer.inputs, **describe_activation(layer.function)},
    Softmax: lambda layer: {"inputs": layer.inputs},
    Flatten: lambda layer: {"shape": list(layer.shape)},
}
"""Layer → what describes it."""

READERS: dict[str, Callable[[Mapping[str, Any]], Layer]] = {
    "Dense": _dense,
    "Maxout": lambda entry: Maxout(entry["inputs"], entry["outputs"], entry["pieces"]),
    "Pointwise": lambda entry: Pointwise(entry["inputs"], read_activation(entry["activation"])),
    "Softmax": lambda entry: Softmax(entry["inputs"]),
    "Flatten": lambda entry: Flatten(tuple(entry["shape"])),
}
"""Name of a layer → how it is built from its description."""
