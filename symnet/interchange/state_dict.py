"""Named arrays without a description, as torch's state dicts and NumPy archives hold them, read as a plain MLP.

Understood are weights (outputs, inputs) and biases of one stem, ``0.weight``, ``fc1.bias``,
``model.layers.0.weight``, in the natural order of their names; ``W1, b1, W2, b2``; and scikit-learn's
``coefs_0, intercepts_0``, whose weights are (inputs, outputs). A ``W`` is whichever of the two fits, and refused
where both do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from symnet.definitions.activation import Activation
from symnet.definitions.network import Network
from symnet.errors import DataError, UsageError
from symnet.interchange.chain import Affine, Apply, Step, assemble, named_step

NAME = re.compile(
    r"(?P<stem>.*?)(?P<role>weights?|bias(es)?|kernel|coefs?_?|intercepts?_?|w|b)(?P<number>[._]?\d*)", re.IGNORECASE
)
ROLES = {
    "weight": "weight",
    "weights": "weight",
    "w": "weight",
    "kernel": "columns",
    "coef": "columns",
    "coefs": "columns",
}
"""The word in a name → (outputs, inputs) or (inputs, outputs); every other word of `NAME` is a bias."""


def network_of_arrays(
    arrays: Mapping[str, np.ndarray], activation: Activation | str | None, output: Activation | str | None, where: str
) -> Network:
    """The MLP whose weights and biases are `arrays`; `activation` is the hidden layers', `output` the last one's."""
    pairs = paired(arrays, where)
    if activation is None and (output is None or len(pairs) > 1):
        raise UsageError(f"'{where}' does not say its activation; name it with --activation NAME")
    last = activation if output is None else output
    steps: list[Step] = []
    for k, (weight, bias, place) in enumerate(oriented(pairs, where), start=1):
        steps += [Affine(weight, bias, place), _step(last if k == len(pairs) else activation)]
    return assemble(steps, f"'{where}'")


def paired(arrays: Mapping[str, np.ndarray], where: str) -> list[tuple[np.ndarray, np.ndarray | None, str, bool]]:
    """(weight, bias, name, whether the weight is (inputs, outputs)) in the natural order of the names."""
    if not any(array.ndim == 2 for array in arrays.values()):
        raise DataError(f"'{where}' holds no weight matrices, so it is no multilayer perceptron")
    weights: dict[tuple[str, str], tuple[str, bool]] = {}
    biases: dict[tuple[str, str], str] = {}
    for name, array in arrays.items():
        found = NAME.fullmatch(name)
        role = "" if found is None else ROLES.get(found["role"].lower().rstrip("_"), "bias")
        if found is None or array.ndim != (1 if role == "bias" else 2):
            raise DataError(
                f"'{where}': {name} {array.shape} belongs to no dense layer, so it is no plain multilayer perceptron"
            )
        key = found["stem"], found["number"].lstrip("._")
        if role == "bias":
            biases[key] = name
        else:
            weights[key] = name, role == "columns"
    if lonely := [name for key, name in biases.items() if key not in weights]:
        raise DataError(f"'{where}': {lonely[0]} belongs to no dense layer, so it is no plain multilayer perceptron")
    ordered = sorted(weights, key=lambda key: natural(f"{key[0]}\0{key[1]}"))
    return [(arrays[weights[k][0]], arrays[biases[k]] if k in biases else None, *weights[k]) for k in ordered]


def oriented(
    pairs: list[tuple[np.ndarray, np.ndarray | None, str, bool]], where: str
) -> list[tuple[np.ndarray, np.ndarray | None, str]]:
    """Every weight as (outputs, inputs): as the names say, or, for ``W1``, as the only way they fit."""
    asked = [(weight.T if columns else weight, bias, name) for weight, bias, name, columns in pairs]
    problem = _problem(asked)
    if letters := [name for weight, _, name in asked if name[:1].lower() == "w" and "eight" not in name]:
        turned = [(weight.T, bias, name) for weight, bias, name in asked]
        if problem is not None and _problem(turned) is None:
            return turned
        if problem is None and _problem(turned) is None and any(w.size > 1 for w, _, _ in asked):
            raise DataError(
                f"'{where}': {letters[0]} may be (outputs, inputs) or (inputs, outputs), both fit; "
                "call the arrays layers.1.weight, … in the first case and coefs_0, intercepts_0, … in the second"
            )
    if problem is not None:
        raise DataError(f"'{where}': {problem}")
    return asked


def _problem(layers: list[tuple[np.ndarray, np.ndarray | None, str]]) -> str | None:
    """What keeps these (outputs, inputs) weights from being a network."""
    size = layers[0][0].shape[1]
    for weight, bias, name in layers:
        if weight.shape[1] != size:
            return f"{name} takes {weight.shape[1]} numbers but the layer before gives {size}"
        size = weight.shape[0]
        if bias is not None and len(bias) != size:
            return f"the bias of {name} has the shape {bias.shape} but its layer gives {size} numbers"
    return None


def _step(activation: Any) -> Step:
    return Apply(activation) if isinstance(activation, Activation) else named_step(activation)


def natural(name: str) -> list[Any]:
    """layers.2 before layers.10."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name)]
