"""Sine and cosine of a polynomial, the argument to twice the working precision.

Near a multiple of π the sine is as small as the rounding error of its argument; with the error put back, its zeros keep their digits.
"""

from __future__ import annotations

import numpy as np

from symnet.codegen.kernels.exact import polynomial_exactly


def sin_polynomial(x, coefficients):
    """sin(c₀ + c₁x + …); `coefficients` are (high, low) pairs, constant term first."""
    high, low = polynomial_exactly(x, coefficients)
    return np.sin(high) + low * np.cos(high)


def cos_polynomial(x, coefficients):
    """cos(c₀ + c₁x + …); `coefficients` are (high, low) pairs, constant term first."""
    high, low = polynomial_exactly(x, coefficients)
    return np.cos(high) - low * np.sin(high)
