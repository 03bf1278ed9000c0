"""Arrays of samples in .npy files: read as they are, written whole or not at all."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np

from symnet.definitions.activation import Activation
from symnet.errors import DataError, FileError
from symnet.interchange.files import is_trained, load
from symnet.interchange.safetensors import load_trained
from symnet.interchange.writing import write_bytes
from symnet.learning.preprocessing import Preprocessing


def evaluate_file(
    network: str | Path,
    samples: str | Path,
    result: str | Path,
    preprocess: bool = True,
    activation: Activation | str | None = None,
    output: Activation | str | None = None,
) -> np.ndarray:
    """Run the network in a file on the raw samples in a .npy file and write its output, (n, classes), to another.

    The recorded preprocessing is applied unless `preprocess` is False. float32 samples are computed in
    float32, everything else in float64.
    """
    prepare = None
    if is_trained(network):
        trained = load_trained(network)
        net, prepare = trained.network, trained.preprocessing
    else:
        net = load(network, activation, output)
    if prepare is None or not preprocess:
        prepare = Preprocessing(net.layers[0].input_shape if prepare is None else prepare.sample_shape)
    x = read_samples(samples)
    dtype = np.float32 if x.dtype == np.float32 else np.float64
    if x.shape in (prepare.sample_shape, (prepare.inputs,)):
        x = x.reshape(1, *x.shape)
    outputs = net(prepare(x, dtype))
    write_samples(result, outputs)
    return outputs


def read_samples(path: str | Path) -> np.ndarray:
    """The array in a .npy file: real numbers, all finite; pickled objects are never opened."""
    place = Path(path)
    if not place.exists():
        raise FileError(f"cannot read '{path}': there is no such file")
    try:
        array: Any = np.load(place, allow_pickle=False)
    except OSError as error:
        raise FileError(f"cannot read '{path}': {error.strerror or error}") from None
    except (ValueError, EOFError) as error:
        if "pickle" in str(error).lower() and place.read_bytes()[:6] == b"\x93NUMPY":
            raise DataError(f"'{path}' holds pickled objects, which are never opened; save plain arrays") from None
        raise DataError(f"'{path}' is not a NumPy file (.npy)") from None
    if not isinstance(array, np.ndarray):
        raise DataError(f"'{path}' is an archive of several arrays; save the samples alone with numpy.save")
    if array.dtype.kind not in "fiub":
        raise DataError(f"'{path}': samples must be real numbers, got dtype {array.dtype}")
    if not array.ndim or not array.size:
        raise DataError(f"'{path}' holds no samples: its shape is {array.shape}")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        place_of = np.argwhere(~np.isfinite(array))[0].tolist()
        raise DataError(f"'{path}': sample {place_of[0]} contains {array[tuple(place_of)]} at {tuple(place_of)}")
    return array


def write_samples(path: str | Path, array: np.ndarray) -> Path:
    """Write a .npy file, whole or not at all."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return write_bytes(path, buffer.getvalue())
