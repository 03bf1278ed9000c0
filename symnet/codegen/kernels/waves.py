"""Sine and cosine of a polynomial, the argument to twice the working precision.

Near a multiple of π the sine is as small as the rounding error of its argument; with the error put back, its zeros keep their digits.
"""

from __future__ import annotations

import numpy as np

from symnet.codegen.kernels.exact import polynomial_exactly


FARTHEST = 2.0**700  # there neighbouring floats are 2**648 apart and the exact products would soon overflow


def sin_polynomial(x, coefficients):
    """sin(c₀ + c₁x + …); `coefficients` are (high, low) pairs, constant term first."""
    high, low = polynomial_exactly(np.clip(x, -FARTHEST, FARTHEST), coefficients)
    return np.sin(high) + low * np.cos(high)


def cos_polynomial(x, coefficients):
    """cos(c₀ + c₁x + …); `coefficients` are (high, low) pairs, constant term first."""
    high, low = polynomial_exactly(np.clip(x, -FARTHEST, FARTHEST), coefficients)
    return np.cos(high) - low * np.sin(high)
