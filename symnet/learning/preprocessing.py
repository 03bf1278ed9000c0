"""What happens to raw samples before the network sees them: flattened to a row, divided by one number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from symnet.errors import DataError, ShapeError


@dataclass(frozen=True)
class Preprocessing:
    """raw sample → row of numbers; recorded with a trained network and applied again by `evaluate`."""

    sample_shape: tuple[int, ...]
    """The shape of one raw sample: (8, 8)."""
    divide_by: float = 1.0
    """16 for the digits, so that pixels lie between 0 and 1."""

    @property
    def inputs(self) -> int:
        """How many numbers a row has."""
        return int(np.prod(self.sample_shape))

    def __call__(self, x: Any, dtype: Any = np.float64) -> np.ndarray:
        """Rows (n, inputs) from raw samples of shape (n, *sample_shape) or (n, inputs)."""
        x = np.asarray(x)
        if x.dtype.kind not in "fiub":
            raise DataError(f"samples must be real numbers, got dtype {x.dtype}")
        if x.ndim < 1 or (x.shape[1:] != self.sample_shape and x.shape[1:] != (self.inputs,)):
            wanted = " or ".join(
                f"(n, {', '.join(map(str, shape))})" for shape in dict.fromkeys((self.sample_shape, (self.inputs,)))
            )
            raise ShapeError(f"samples must have the shape {wanted}, got {x.shape}")
        rows = x.reshape(len(x), self.inputs).astype(dtype)
        return rows if self.divide_by == 1 else np.divide(rows, dtype(self.divide_by), out=rows)


def fitted(x: np.ndarray) -> Preprocessing:
    """Divide by the largest absolute value of the training samples, unless they lie within −1 and 1 already."""
    largest = float(np.abs(x.astype(np.float64)).max())
    return Preprocessing(tuple(x.shape[1:]), largest if largest > 1 else 1.0)
