"""Keras models as networks: the chain of operations from the output back to the input.

Kernels are (inputs, outputs), so they are transposed. Keras computes dropout and batch normalisation in
inference mode when a model is called as ``model.predict``, and so are they read.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from symnet.definitions.activation import Activation
from symnet.definitions.network import Network
from symnet.errors import DataError, UsageError
from symnet.interchange.chain import Affine, Apply, Image, Normalise, Scale, Step, assemble
from symnet.interchange.peer_activations import arguments_of, known, peer_activation, spelling

WHERE = "this Keras model"
NOTHING = (
    "InputLayer",
    "Dropout",
    "GaussianNoise",
    "GaussianDropout",
    "AlphaDropout",
    "ActivityRegularization",
    "Identity",
)
"""Layers that do nothing in inference."""
KNOWN = "Dense, Activation, Flatten, Dropout, Softmax, ReLU, LeakyReLU, ELU, PReLU, BatchNormalization, Rescaling"


def from_keras(model: Any) -> Network:
    """The network of a built Sequential or functional model that is a chain of dense layers."""
    if not hasattr(model, "layers") or not hasattr(model, "get_config"):
        raise UsageError(f"from_keras takes a Keras model, got {type(model).__name__}")
    shape = tuple(_chain(model)[0][1][1:])
    image = shape[:2] if len(shape) == 2 or (len(shape) == 3 and shape[2] == 1) else None
    if image is not None and None in image:
        raise UsageError(f"{WHERE} takes inputs of the unknown size {shape}; give its Input a shape")
    return assemble([*([Image(image)] if image else []), *_steps(model)], WHERE)


def _chain(model: Any) -> list[tuple[Any, tuple[int | None, ...]]]:
    """The operations in their order, each with the shape of what it takes."""
    if not getattr(model, "inputs", None) or not getattr(model, "outputs", None):
        raise DataError(f"{WHERE} is not built, or a subclass with a call of its own; give it an Input first")
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise UsageError(
            f"{WHERE} has {len(model.inputs)} inputs and {len(model.outputs)} outputs; chains are supported"
        )
    found: list[tuple[Any, tuple[int | None, ...]]] = []
    tensor = model.outputs[0]
    while tensor is not model.inputs[0]:
        operation, index, _ = tensor._keras_history
        inputs = operation._inbound_nodes[index].input_tensors
        if len(inputs) != 1:
            raise UsageError(f"{WHERE} is no chain: layer {operation.name} takes {len(inputs)} inputs")
        tensor = inputs[0]
        found.append((operation, tuple(tensor.shape)))
    if not found:
        raise DataError(f"{WHERE} has no layers")
    return found[::-1]


def _steps(model: Any) -> list[Step]:
    return [step for operation, shape in _chain(model) for step in _step(operation, shape)]


def _step(layer: Any, shape: tuple[int | None, ...]) -> list[Step]:
    """One operation, which takes samples of this shape, as steps."""
    kind = type(layer).__name__
    place = f"layer {layer.name} ({kind})"
    if not type(layer).__module__.startswith("keras."):
        raise UsageError(f"{WHERE}: {place} is not supported; supported are {KNOWN}")
    if kind in NOTHING:
        return []
    if kind in ("Sequential", "Functional"):
        return _steps(layer)
    if kind in ("Flatten", "Reshape"):
        return _flatten(layer, shape, place)
    if kind in ("Dense", "BatchNormalization", "Softmax") and len(shape) != 2:
        raise UsageError(f"{WHERE}: {place} takes samples of the shape {shape[1:]}; put Flatten before it")
    if kind == "Dense":
        bias = _array(layer.bias) if layer.use_bias else None
        return [Affine(_array(layer.kernel).T, bias, place), *_function(layer.activation, place)]
    if kind == "Activation":
        return _function(layer.activation, place)
    if kind == "Softmax":
        if layer.axis not in (-1, 1):
            raise UsageError(f"{WHERE}: {place} normalises along axis={layer.axis}; a row is normalised along -1")
        return [Normalise(place)]
    if kind == "BatchNormalization":
        return [_batch_norm(layer, place)]
    if kind == "Rescaling":
        return [Scale(np.asarray(layer.scale, float), np.asarray(layer.offset, float), place)]
    return [Apply(_activation(layer, place), place)]


def _function(function: Any, place: str) -> list[Step]:
    """The activation of a layer: a function of keras.activations, or a layer."""
    if hasattr(function, "get_config"):
        return _step(function, (None, None))
    name = getattr(function, "__name__", str(function))
    if name == "softmax":
        return [Normalise(place)]
    if not getattr(function, "__module__", "").startswith("keras."):
        raise UsageError(f"{WHERE}: {place} has an activation of its own, {name}")
    return [Apply(peer_activation("keras", name, {}, f"{WHERE}: {place}"), place)]


def _activation(layer: Any, place: str) -> Activation:
    """An activation that is a layer, or an operation of keras.ops."""
    name = type(layer).__name__
    where = f"{WHERE}: {place}"
    given, untouched = arguments_of(layer)
    if name == "ReLU":
        return _relu(float(layer.negative_slope or 0), layer.max_value, float(layer.threshold or 0), where)
    if name == "PReLU":
        slopes = np.unique(_array(layer.alpha))
        if len(slopes) != 1:
            raise UsageError(f"{where} has {len(slopes)} different slopes; one for all entries is supported")
        return peer_activation("torch", "PReLU", {"init": float(slopes[0])}, where)
    if name in ("ELU", "LeakyReLU"):
        given = {key: float(value) for key, value in given.items() if key in ("alpha", "negative_slope")}
    elif spelling(name) not in known("keras"):
        raise UsageError(f"{where} is not supported; supported are {KNOWN}, and the activations")
    return peer_activation("keras", name, given, where, untouched)


def _relu(slope: float, top: float | None, threshold: float, where: str) -> Activation:
    """Keras' ReLU with up to three parameters, where the catalogue has it."""
    if threshold or (slope and top is not None) or top not in (None, 6):
        raise UsageError(
            f"{where} is not supported with max_value={top}, negative_slope={slope}, threshold={threshold}"
        )
    if top is not None:
        return peer_activation("keras", "relu6", {}, where)
    return peer_activation("keras", *(("leaky_relu", {"negative_slope": slope}) if slope else ("relu", {})), where)


def _flatten(layer: Any, shape: tuple[int | None, ...], place: str) -> list[Step]:
    if len(shape) > 3 and getattr(layer, "data_format", "channels_last") != "channels_last":
        raise UsageError(f"{WHERE}: {place} flattens channels first; channels_last is supported")
    if type(layer).__name__ == "Reshape" and len(layer.target_shape) != 1:
        raise UsageError(f"{WHERE}: {place} makes samples of the shape {layer.target_shape}; rows are supported")
    return []


def _batch_norm(layer: Any, place: str) -> Scale:
    """γ·(x − μ)/√(σ² + ε) + β with the moving mean and variance."""
    mean, variance = (_array(v).astype(np.float64) for v in (layer.moving_mean, layer.moving_variance))
    factor = 1 / np.sqrt(variance + layer.epsilon)
    if layer.scale:
        factor = factor * _array(layer.gamma)
    shift = -mean * factor
    return Scale(factor, shift + _array(layer.beta) if layer.center else shift, place)


def _array(variable: Any) -> np.ndarray:
    """A variable as a NumPy array; half precisions as float32."""
    from keras import ops

    array = np.asarray(ops.convert_to_numpy(variable.value))  # the variable itself would warn
    return array if array.dtype in (np.float32, np.float64) else array.astype(np.float32)
