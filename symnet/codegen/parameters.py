"""Numbers for a network's parameters: names, shapes and dtypes checked once, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from symnet.definitions.network import Network
from symnet.errors import DataError, ShapeError


def bind(network: Network, values: Mapping[str, Any], dtype: Any = None) -> dict[str, np.ndarray]:
    """Every parameter by its name in files, as a float array of its shape.

    `values` may use names in files or symbols. Raises `ShapeError` for a wrong shape (both are quoted),
    `DataError` for a missing parameter or one that is not numeric, `UnknownNameError` for a name too many.
    """
    found: dict[str, np.ndarray] = {}
    for name, value in values.items():
        record = network.parameter(name)
        array = numbers(value, record.name, dtype)
        if array.shape != record.shape and not (record.role == "bias" and array.shape == (*record.shape, 1)):
            raise ShapeError(f"{record.name} must have the shape {record.shape}, got {array.shape}")
        found[record.name] = array.reshape(record.shape)
    missing = [record.name for record in network.parameter_records if record.name not in found]
    if missing:
        raise DataError(f"no numbers for {', '.join(missing)}; the network has {network.count:,} parameters")
    return {record.name: found[record.name] for record in network.parameter_records}


def numbers(value: Any, what: str, dtype: Any = None) -> np.ndarray:
    """`value` as a float32 or float64 array: integers and booleans become float64, anything else is refused."""
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise DataError(f"{what} is not an array of numbers: {' '.join(str(error).split())}") from None
    if array.dtype == object:
        try:
            array = array.astype(np.float64)  # exact rationals, SymPy numbers
        except (TypeError, ValueError):
            raise DataError(f"{what} is not an array of numbers") from None
    if array.dtype.kind not in "fiub":
        raise DataError(f"{what} must hold real numbers, got dtype {array.dtype}")
    if dtype is not None:
        return np.asarray(array, dtype)
    return array if array.dtype in (np.float32, np.float64) else array.astype(np.float64)
