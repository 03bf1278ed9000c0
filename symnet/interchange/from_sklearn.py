"""scikit-learn's multilayer perceptrons, alone or behind a standardiser, as networks.

`coefs_` are (inputs, outputs), so they are transposed. A classifier's network gives what `predict_proba` gives:
all classes behind a softmax, or, with the logistic output of two classes (or of several labels), the probability
of the second class (of each label).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from symnet.definitions.network import Network
from symnet.errors import DataError, UsageError
from symnet.interchange.chain import Affine, Scale, Step, assemble, named_step

WHERE = "this scikit-learn model"

ACTIVATIONS = {"identity": "identity", "logistic": "sigmoid", "tanh": "tanh", "relu": "relu", "softmax": "softmax"}
"""scikit-learn's name → ours."""


def from_sklearn(model: Any) -> Network:
    """The network of a fitted MLPClassifier, MLPRegressor, or pipeline of StandardScaler and MinMaxScaler before one."""
    parts = [part for _, part in model.steps] if hasattr(model, "steps") else [model]
    steps: list[Step] = []
    for k, part in enumerate(parts, start=1):
        place = f"step {k} ({type(part).__name__})" if len(parts) > 1 else type(part).__name__
        if isinstance(part, str) or part is None:
            continue  # "passthrough"
        if k < len(parts):
            steps.append(_scaler(part, place))
        else:
            steps += perceptron(part, place)
    return assemble(steps, WHERE)


def perceptron(model: Any, place: str) -> list[Step]:
    """The steps of one fitted MLP: affine, activation, …, affine, output activation."""
    if not hasattr(model, "hidden_layer_sizes"):
        raise UsageError(f"{WHERE}: {place} is not supported; supported are MLPClassifier and MLPRegressor")
    if not hasattr(model, "coefs_"):
        raise DataError(f"{WHERE}: {place} is not fitted; call fit first")
    return affine_steps(model.coefs_, model.intercepts_, _name(model.activation), _name(model.out_activation_), place)


def affine_steps(coefs: Any, intercepts: Any, hidden: str, output: str, place: str) -> list[Step]:
    """The steps of an MLP whose weights are stored as (inputs, outputs)."""
    if len(coefs) != len(intercepts) or not len(coefs):
        raise DataError(f"{place} has {len(coefs)} weights and {len(intercepts)} biases")
    steps: list[Step] = []
    for k, (weight, bias) in enumerate(zip(coefs, intercepts, strict=True), start=1):
        steps.append(Affine(np.asarray(weight).T, bias, f"layer {k} of {place}"))
        steps.append(named_step(hidden if k < len(coefs) else output))
    return steps


def _name(theirs: str) -> str:
    if theirs not in ACTIVATIONS:
        raise UsageError(f"{WHERE} has the activation {theirs!r}; supported are {', '.join(ACTIVATIONS)}")
    return ACTIVATIONS[theirs]


def _scaler(part: Any, place: str) -> Scale:
    """(x − mean) / scale, or x · scale + min, as a scaling."""
    kind = type(part).__name__
    if kind == "StandardScaler" and hasattr(part, "n_features_in_"):
        factor = np.ones(part.n_features_in_) if part.scale_ is None else 1 / part.scale_
        return Scale(
            factor, np.zeros_like(factor) if part.mean_ is None or not part.with_mean else -part.mean_ * factor, place
        )
    if kind == "MinMaxScaler" and hasattr(part, "scale_") and not part.clip:
        return Scale(part.scale_, part.min_, place)
    if kind in ("StandardScaler", "MinMaxScaler"):
        raise DataError(f"{WHERE}: {place} is not fitted, or clips")
    raise UsageError(f"{WHERE}: {place} is not supported; before the MLP only StandardScaler and MinMaxScaler are")
