"""Networks in safetensors files: named arrays and one JSON string, never code.

symnet's own files name the parameters ``layers.<k>.weight`` and ``.bias`` and keep everything else in
``__metadata__["symnet"]``: a JSON object with schema, layers, activation, loss, preprocessing, labels,
training, history, sha256 of the data, and seed. A file without that entry is read as a plain multilayer
perceptron: weights (outputs, inputs) in the natural order of their names, whose activation the caller names.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from symnet.codegen.parameters import bind
from symnet.definitions.activation import Activation
from symnet.definitions.layers import Dense
from symnet.definitions.network import Network
from symnet.errors import DataError, FileError, SymnetError
from symnet.interchange.architecture import describe_layers, read_layers
from symnet.interchange.state_dict import network_of_arrays
from symnet.interchange.writing import write_bytes
from symnet.learning.preprocessing import Preprocessing
from symnet.learning.trained import Trained

SCHEMA = 1
"""The version of the JSON entry; a file with a newer one is refused."""


def save(trained: Trained, path: str | Path) -> Path:
    """Write a trained network; the same network gives the same bytes."""
    return write_bytes(path, to_bytes(trained))


def to_bytes(trained: Trained) -> bytes:
    """The content of the file."""
    from safetensors.numpy import save as encode

    layers = trained.network.layers
    entry = {
        "schema": SCHEMA,
        "layers": describe_layers(layers),
        "activation": next((layer.activation.name for layer in layers if isinstance(layer, Dense)), None),
        "loss": trained.loss,
        "preprocessing": {
            "sample_shape": list(trained.preprocessing.sample_shape),
            "divide_by": trained.preprocessing.divide_by,
        },
        "labels": list(trained.labels),
        "training": dict(trained.training),
        "history": [dict(epoch) for epoch in trained.history],
        "data": {key: value for key, value in trained.data.items() if key != "sha256"},
        "sha256": trained.data.get("sha256"),
        "seed": trained.seed,
    }
    arrays = {name: np.ascontiguousarray(array) for name, array in trained.network.parameters.items()}
    return encode(arrays, {"symnet": json.dumps(entry, ensure_ascii=True, allow_nan=False)})


def load(
    path: str | Path, activation: Activation | str | None = None, output: Activation | str | None = None
) -> Network:
    """The network in a file, bound to its numbers; `activation` is needed for a file that does not say it."""
    arrays, entry = _read(Path(path))
    if entry is not None:
        return _trained(arrays, entry, str(path)).network
    return network_of_arrays(arrays, activation, output, str(path))


def load_trained(path: str | Path) -> Trained:
    """Everything that `symnet train` wrote; `DataError` for a file without the entry."""
    arrays, entry = _read(Path(path))
    if entry is None:
        raise DataError(f"'{path}' was not written by symnet train: it has no entry 'symnet' in its metadata")
    return _trained(arrays, entry, str(path))


def is_trained(path: str | Path) -> bool:
    """Whether the file carries symnet's entry."""
    return _read(Path(path))[1] is not None


def read_arrays(path: str | Path) -> dict[str, np.ndarray]:
    """The arrays alone."""
    return _read(Path(path))[0]


def _read(path: Path) -> tuple[dict[str, np.ndarray], dict[str, Any] | None]:
    from safetensors import SafetensorError, safe_open

    if not path.exists():
        raise FileError(f"cannot read '{path}': there is no such file")
    try:
        with path.open("rb") as file:
            if not file.read(8):
                raise DataError(f"'{path}' is empty")
        with safe_open(str(path), framework="np") as file:
            metadata = file.metadata() or {}
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except OSError as error:
        if isinstance(error, SymnetError):
            raise
        raise FileError(f"cannot read '{path}': {error.strerror or error}") from None
    except SafetensorError as error:
        raise DataError(f"'{path}' is not a safetensors file: {' '.join(str(error).split())}") from None
    except (TypeError, AttributeError, KeyError, ValueError) as error:  # a dtype that NumPy lacks, such as bfloat16
        if isinstance(error, SymnetError):
            raise
        raise DataError(f"'{path}' holds numbers of a kind that NumPy cannot read: {error}") from None
    for name, array in arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise DataError(f"'{path}': {name} contains nan or infinity")
    if "symnet" not in metadata:
        return arrays, None
    try:
        entry = json.loads(metadata["symnet"])
    except (ValueError, RecursionError) as error:
        raise DataError(f"'{path}': the entry 'symnet' is not JSON: {error}") from None
    if not isinstance(entry, dict):
        raise DataError(f"'{path}': the entry 'symnet' must be a JSON object")
    if entry.get("schema") != SCHEMA:
        raise DataError(f"'{path}' has schema {entry.get('schema')!r}; this symnet reads schema {SCHEMA}")
    return arrays, entry


def _trained(arrays: dict[str, np.ndarray], entry: dict[str, Any], where: str) -> Trained:
    layers = read_layers(entry.get("layers"), where)
    network = Network(layers)
    try:
        values = bind(network, arrays)
    except SymnetError as error:
        raise DataError(f"'{where}': {error}") from None
    labels = tuple(map(str, entry.get("labels") or range(layers[-1].outputs)))
    if len(labels) != layers[-1].outputs:
        raise DataError(f"'{where}': {len(labels)} labels for {layers[-1].outputs} outputs")
    training, history = entry.get("training") or {}, entry.get("history") or []
    data = entry.get("data") or {}
    if not (isinstance(training, dict) and isinstance(history, list) and isinstance(data, dict)):
        raise DataError(f"'{where}': 'training' and 'data' must be objects and 'history' a list")
    trainable = training.get("trainable")
    return Trained(
        Network(layers, None if trainable is None else tuple(map(str, trainable)), values),
        str(entry.get("loss", "")),
        _preprocessing(entry.get("preprocessing"), layers[0].inputs, where),
        labels,
        training,
        tuple(history),
        {**data, "sha256": entry.get("sha256")},
        int(entry.get("seed") or 0),
    )


def _preprocessing(entry: Any, inputs: int, where: str) -> Preprocessing:
    if entry is None:
        return Preprocessing((inputs,))
    try:
        shape, divide_by = tuple(int(n) for n in entry["sample_shape"]), float(entry["divide_by"])
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"'{where}': the preprocessing is not described completely: {error!r}") from None
    if math.prod(shape) != inputs or not math.isfinite(divide_by) or divide_by == 0:
        raise DataError(f"'{where}': samples of shape {shape} divided by {divide_by} do not fit {inputs} inputs")
    return Preprocessing(shape, divide_by)
