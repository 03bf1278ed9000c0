"""The product of many rows and a narrow matrix, a few rows at a time.

On processors with AVX-512, OpenBLAS multiplies small matrices (m·k·n ≤ 10⁶) without copying them into panels first. When the
right factor is narrow, that copy of the left one costs as much as the arithmetic: rows of 784 numbers times 784×16 take half
the time in stacks of 32 rows. NumPy walks through the stacks in C.
"""

from __future__ import annotations

import numpy as np
from numpy import dot, matmul

STACK = 32
"""Rows of a stack; multiples of it fill the registers."""

FEWEST = 128
"""Rows from which on stacks are made; programs of fewer rows do not lay out transposes, and then small products are slower."""

SMALL = 1_000_000
"""The number of multiplications up to which OpenBLAS takes a product for small."""


def _takes_small_products() -> bool:
    """Whether NumPy came with OpenBLAS and found AVX-512."""
    try:
        configuration: dict = np.show_config(mode="dicts")  # type: ignore[assignment]
        library = configuration["Build Dependencies"]["blas"]["name"]
        return "openblas" in library and any(
            name.startswith(("AVX512", "X86_V4")) for name in configuration["SIMD Extensions"]["found"]
        )
    except (KeyError, TypeError):
        return False


SMALL_PRODUCTS = _takes_small_products()


def pays(rows: int, columns: int) -> bool:
    """Whether a stack times a matrix of this shape is a small product, and a block of 256 rows is none."""
    return STACK * rows * columns <= SMALL < 256 * rows * columns


def matmul_by_rows(a, w, out):
    """a w into `out`; w is narrow."""
    n = len(a)
    if n < FEWEST or not SMALL_PRODUCTS:
        return dot(a, w, out)
    whole = n - n % STACK
    stacks = whole // STACK
    matmul(a[:whole].reshape(stacks, STACK, -1), w, out[:whole].reshape(stacks, STACK, -1))
    if whole < n:
        dot(a[whole:], w, out[whole:])
    return out
