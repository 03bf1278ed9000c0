"""What the operators of ONNX are as steps of a chain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from symnet.definitions.activation import Activation
from symnet.definitions.expression import typed_activation
from symnet.definitions.neuron import named_activation
from symnet.errors import DataError, UsageError
from symnet.interchange.chain import Affine, Apply, Normalise, Scale, Step

Arrays = Sequence[np.ndarray]

NAMES = {
    "Relu": "relu", "Sigmoid": "sigmoid", "Tanh": "tanh", "Softplus": "softplus", "Softsign": "softsign",
    "HardSwish": "hardswish", "Mish": "mish", "Exp": "exponential",
}  # fmt: skip
"""Operators without parameters → activations."""

WITH_ALPHA = {"LeakyRelu": ("leaky_relu", "alpha", 0.01), "Elu": ("elu", "alpha", 1.0), "Celu": ("celu", "alpha", 1.0), "ThresholdedRelu": ("threshold", "theta", 1.0)}  # fmt: skip
"""Operator → (activation, what its alpha is called, the standard's default)."""

NOTHING = ("Identity", "Dropout", "Cast", "CastLike")
SELU = (1.6732632423543772, 1.0507009873554805)


def attributes(node: Any) -> dict[str, Any]:
    """Name → value; tensors as arrays, text as text."""
    from onnx import helper, numpy_helper

    found: dict[str, Any] = {}
    for attribute in node.attribute:
        value = helper.get_attribute_value(attribute)
        if hasattr(value, "dims"):
            value = numpy_helper.to_array(value)
        found[attribute.name] = value.decode(errors="replace") if isinstance(value, bytes) else value
    return found


def folded(node: Any, values: Arrays) -> np.ndarray | None:
    """The value of a node whose inputs are all constant, for the operators that exporters put before weights."""
    options = attributes(node)
    kind = node.op_type
    if kind in ("Identity", "Cast") and len(values) == 1:
        return values[0]
    if kind == "Transpose":
        return np.transpose(values[0], options.get("perm"))
    if kind == "Reshape":
        return values[0].reshape([int(n) for n in values[1]])
    return None


def steps_of(node: Any, constants: Mapping[str, np.ndarray], where: str) -> list[Step]:
    """One operator as steps; the place of its samples among its inputs is the one that is not constant."""
    place = f"node {node.name or node.output[0]} ({node.op_type})"
    fixed = [constants.get(name) for name in node.input]
    options = attributes(node)
    if node.domain not in ("", "ai.onnx", "ai.onnx.ml", "com.microsoft"):
        raise _unsupported(where, place, f"of the domain {node.domain}")
    if node.op_type in NOTHING:
        if node.op_type == "Dropout" and len(fixed) > 2 and fixed[2] is not None and bool(np.any(fixed[2])):
            raise _unsupported(where, place, "in training mode")
        if node.op_type == "Cast" and options.get("to") not in (1, 10, 11, 16):
            raise _unsupported(where, place, "to whole numbers")
        return []
    if node.op_type in READERS:
        return READERS[node.op_type](fixed, options, place, where)
    if (activation := _activation(node.op_type, fixed, options, where, place)) is not None:
        return [Apply(activation, place)]
    raise _unsupported(where, place)


def _unsupported(where: str, place: str, how: str = "") -> UsageError:
    return UsageError(f"{where}: {place} is not supported{f' {how}' if how else ''}")


def _gemm(fixed: list[Any], options: dict[str, Any], place: str, where: str) -> list[Step]:
    """Y = α·A·B + β·C with A the samples, B or Bᵀ the weights."""
    weight = _matrix(fixed, place, where)
    if options.get("transA"):
        raise _unsupported(where, place, "with transA")
    alpha, beta = float(options.get("alpha", 1.0)), float(options.get("beta", 1.0))
    weight = weight if options.get("transB") else weight.T
    bias = None
    if len(fixed) > 2 and fixed[2] is not None:
        if fixed[2].size not in (1, len(weight)):
            raise DataError(f"{where}: {place} adds {fixed[2].shape} to {len(weight)} numbers")
        bias = np.broadcast_to(fixed[2].reshape(-1), (len(weight),))
    return [Affine(weight if alpha == 1 else alpha * weight, bias if bias is None or beta == 1 else beta * bias, place)]


def _matmul(fixed: list[Any], options: dict[str, Any], place: str, where: str) -> list[Step]:
    return [Affine(_matrix(fixed, place, where).T, None, place)]


def _matrix(fixed: list[Any], place: str, where: str) -> np.ndarray:
    if len(fixed) < 2 or fixed[1] is None or fixed[1].ndim != 2:
        raise _unsupported(where, place, "unless its second factor is a constant matrix")
    return fixed[1]


def _arithmetic(combine: Callable[[np.ndarray, bool], tuple[Any, Any]]) -> Callable[..., list[Step]]:
    """x ∘ c or c ∘ x as factor and shift."""

    def read(fixed: list[Any], options: dict[str, Any], place: str, where: str) -> list[Step]:
        samples_first = fixed[0] is None
        constant = np.asarray(fixed[1] if samples_first else fixed[0])
        if constant.size > 1 and constant.shape[-1] != constant.size:
            raise _unsupported(where, place, f"with a constant of the shape {constant.shape}")
        factor, shift = combine(constant.reshape(-1).astype(np.float64), samples_first)
        if factor is None:
            raise _unsupported(where, place, "with the samples as its divisor")
        return [Scale(factor, shift, place)]

    return read


def _batch_norm(fixed: list[Any], options: dict[str, Any], place: str, where: str) -> list[Step]:
    scale, bias, mean, variance = (array.astype(np.float64) for array in fixed[1:5])
    factor = scale / np.sqrt(variance + float(options.get("epsilon", 1e-5)))
    return [Scale(factor, bias - mean * factor, place)]


def _softmax(fixed: list[Any], options: dict[str, Any], place: str, where: str) -> list[Step]:
    if options.get("axis", -1) not in (-1, 1):
        raise _unsupported(where, place, f"along axis {options['axis']}")
    return [Normalise(place)]


def _flatten(fixed: list[Any], options: dict[str, Any], place: str, where: str) -> list[Step]:
    if options.get("axis", 1) != 1:
        raise _unsupported(where, place, f"with axis {options['axis']}")
    return []


def _reshape(fixed: list[Any], options: dict[str, Any], place: str, where: str) -> list[Step]:
    """To one row a sample; that its length is right, the next weights show."""
    target = fixed[1] if len(fixed) > 1 else np.asarray(options.get("shape", ()))
    if target is None or target.size != 2:
        raise _unsupported(where, place, "unless it makes one row of each sample")
    return []


READERS: dict[str, Callable[..., list[Step]]] = {
    "Gemm": _gemm,
    "MatMul": _matmul,
    "Add": _arithmetic(lambda c, first: (1.0, c)),
    "Sub": _arithmetic(lambda c, first: (1.0, -c) if first else (-1.0, c)),
    "Mul": _arithmetic(lambda c, first: (c, 0.0)),
    "Div": _arithmetic(lambda c, first: (1 / c, 0.0) if first and c.all() else (None, 0.0)),
    "BatchNormalization": _batch_norm,
    "Softmax": _softmax,
    "Flatten": _flatten,
    "Reshape": _reshape,
}
"""Operator → how it is read."""


def _activation(kind: str, fixed: list[Any], options: dict[str, Any], where: str, place: str) -> Activation | None:
    if kind in NAMES:
        return named_activation(NAMES[kind])
    if kind in WITH_ALPHA:
        name, parameter, default = WITH_ALPHA[kind]
        extra = {"value": 0} if name == "threshold" else {}
        return named_activation(name).with_parameters(
            **{parameter: float(options.get("alpha", np.float32(default)))}, **extra
        )
    if kind == "Gelu":
        return named_activation("gelu_tanh" if options.get("approximate") == "tanh" else "gelu")
    if kind == "Selu":
        given = (options.get("alpha", SELU[0]), options.get("gamma", SELU[1]))
        if not np.allclose(given, SELU, rtol=2e-7):
            raise _unsupported(where, place, f"with alpha, gamma = {given}")
        return named_activation("selu")
    if kind == "HardSigmoid":
        alpha, beta = float(options.get("alpha", np.float32(0.2))), float(options.get("beta", 0.5))
        if abs(alpha - 1 / 6) < 1e-8 and beta == 0.5:
            return named_activation("hard_sigmoid")
        return typed_activation(f"max(0, min(1, {alpha:.30f}*x + {beta:.30f}))")
    if kind == "PRelu" and fixed[1] is not None and np.unique(fixed[1]).size == 1:
        return named_activation("prelu").with_parameters(alpha=float(np.unique(fixed[1])[0]))
    if kind == "Clip":
        low, high = (fixed[k] if len(fixed) > k else options.get(name) for k, name in ((1, "min"), (2, "max")))
        if low is not None and high is not None and (float(low), float(high)) == (-1, 1):
            return named_activation("hardtanh")
        if low is not None and float(low) == 0 and (high is None or float(high) == 6):
            return named_activation("relu" if high is None else "relu6")
        raise _unsupported(where, place, f"to [{low}, {high}]")
    return None
