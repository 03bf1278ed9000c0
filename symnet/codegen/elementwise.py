"""Runs a generated function over arrays of any shape: in float64, chunk by chunk, back in the caller's dtype.

A chunk of 16,384 numbers and its few temporaries fit the second-level cache, which is worth a factor of two to three
against whole arrays. float32 is computed in float64 and rounded once, so that it is right to half a unit in the last place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from symnet.errors import ShapeError, UnsupportedExpressionError

CHUNK = 16384


def run(function: Callable[[np.ndarray], np.ndarray], x: Any, out: np.ndarray | None = None, dtype: Any = None) -> Any:
    """`function` on every element of `x`; the result has x's shape and its float dtype (float64 for integers).

    `function` maps a one-dimensional contiguous float64 array to one of the same length. Dask arrays stay lazy.
    """
    if hasattr(x, "dask") and hasattr(x, "map_blocks"):
        return x.map_blocks(lambda block: run(function, block, dtype=dtype), dtype=result_dtype(x.dtype, dtype))
    scalar = not isinstance(x, np.ndarray)
    x = np.asarray(x)
    wanted = result_dtype(x.dtype, dtype)
    result = np.empty(x.shape, wanted) if out is None else out
    if result.shape != x.shape:
        raise ShapeError(f"out has shape {result.shape}, the result has shape {x.shape}")
    target = result if result.flags.c_contiguous and not np.may_share_memory(result, x) else np.empty(x.shape, wanted)
    flat_in = x.reshape(-1) if x.flags.c_contiguous else np.ascontiguousarray(x).reshape(-1)
    flat_out = target.reshape(-1)
    for start in range(0, flat_in.size, CHUNK):
        part = flat_in[start : start + CHUNK]
        flat_out[start : start + CHUNK] = _fit(function(part.astype(np.float64, copy=False)), wanted)
    if target is not result:
        result[...] = target
    return result[()] if scalar and result.ndim == 0 and out is None else result


def _fit(values: np.ndarray, wanted: np.dtype) -> np.ndarray:
    """float64 values ready to be rounded to `wanted`: what lies beyond its range is infinite, without a warning."""
    if wanted == np.float64:
        return values
    largest = np.finfo(wanted).max
    limit = float(largest) * (1 + 2.0 ** -(np.finfo(wanted).nmant + 2))
    beyond = np.abs(values) >= limit
    if beyond.any():
        values = np.where(beyond, np.copysign(np.inf, values), values)
    return values


def result_dtype(given: np.dtype, asked: Any) -> np.dtype:
    """The float dtype of the result: as asked, else as given, else float64."""
    if asked is not None:
        chosen = np.dtype(asked)
        if chosen not in (np.float32, np.float64, np.float16):
            raise UnsupportedExpressionError(f"dtype must be float16, float32 or float64, got {chosen}")
        return chosen
    if given.kind in "iub":
        return np.dtype(np.float64)
    if given.kind == "f" and given.itemsize <= 8:
        return np.dtype(given.type)
    raise UnsupportedExpressionError(f"cannot evaluate on an array of dtype {given}; use float32 or float64")
