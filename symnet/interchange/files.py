"""A network from any file that can hold one: by its suffix, and never by unpickling."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from symnet.definitions.activation import Activation
from symnet.definitions.network import Network
from symnet.errors import DataError, FileError, SymnetError, UsageError
from symnet.interchange import safetensors
from symnet.interchange.architecture import read_layers
from symnet.interchange.npz import read_npz
from symnet.interchange.state_dict import network_of_arrays, paired

PICKLED = (".pt", ".pth", ".pkl", ".pickle", ".joblib", ".ckpt", ".bin")
OTHERS = {
    **dict.fromkeys(PICKLED, "may run code when it is opened, so it never is; save the weights with safetensors.torch.save_model(model, 'net.safetensors'), or read the model in Python: Network.from_torch, Network.from_sklearn"),
    **dict.fromkeys((".keras", ".h5", ".hdf5"), "is opened by Keras: Network.from_keras(keras.saving.load_model(PATH))"),
}  # fmt: skip
"""Suffix → why it is not read here and what to do."""


def load(
    path: str | Path,
    activation: Activation | str | None = None,
    output: Activation | str | None = None,
    architecture: Any = None,
) -> Network:
    """The network in a .safetensors, .npz or .onnx file, bound to its numbers.

    A file of arrays alone needs the `activation` of its hidden layers (and `output`, the last layer's, if it is
    another one), or its `architecture`: a list with one entry a layer, such as
    ``[{"layer": "Dense", "inputs": 4, "outputs": 2, "activation": "tanh"}]``.
    """
    place = Path(path)
    suffix = place.suffix.lower()
    if suffix in OTHERS:
        raise UsageError(f"'{path}' {OTHERS[suffix]}")
    if not place.exists():
        raise FileError(f"cannot read '{path}': there is no such file")
    if suffix == ".onnx":
        if activation is not None or output is not None or architecture is not None:
            raise UsageError(f"'{path}' says its activations itself; name none")
        from symnet.interchange.from_onnx import read_onnx

        return read_onnx(place)
    if architecture is not None:
        arrays = read_npz(place) if suffix == ".npz" else safetensors.read_arrays(place)
        return _described(arrays, architecture, str(path))
    if suffix == ".npz":
        return network_of_arrays(read_npz(place), activation, output, str(path))
    return safetensors.load(place, activation, output)


def is_trained(path: str | Path) -> bool:
    """Whether the file is one that `symnet train` wrote, which remembers its data and preprocessing."""
    return Path(path).suffix.lower() not in (".npz", ".onnx", *OTHERS) and safetensors.is_trained(path)


def _described(arrays: Mapping[str, Any], architecture: Any, where: str) -> Network:
    """The layers of the description with the arrays, by their own names or in their order."""
    network = Network(read_layers(list(architecture) if isinstance(architecture, tuple) else architecture, where))
    if set(arrays) == {record.name for record in network.parameter_records}:
        return network.with_values(arrays)
    found = [
        a
        for weight, bias, _, turned in paired(arrays, where)
        for a in (weight.T if turned else weight, bias)
        if a is not None
    ]
    records = network.parameter_records
    if len(found) != len(records):
        raise DataError(f"'{where}' holds {len(found)} weights and biases but the architecture has {len(records)}")
    try:
        return network.with_values({record.name: array for record, array in zip(records, found, strict=True)})
    except SymnetError as error:
        raise DataError(f"'{where}': {error}") from None
