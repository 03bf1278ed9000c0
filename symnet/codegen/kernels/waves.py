"""Sine and cosine of a polynomial, the argument to twice the working precision.

Near a multiple of π the sine is as small as the rounding error of its argument, and to add a correction afterwards would cancel. The
argument is reduced by multiples of π in three parts (Cody and Waite), so that zeros keep their digits up to arguments of 3e6.
"""

from __future__ import annotations

import numpy as np

from symnet.codegen.kernels.exact import add_exactly, polynomial_exactly

LARGEST_ANGLE = 2.0**700  # there neighbouring floats are 2**648 apart and the exact products would soon overflow
PI = (3.1415926534682512, 1.2154201012607932e-10, 4.044532497591901e-21)
PI_HALF = (1.5707963267948966, 6.123233995736766e-17, -1.4973849048591833e-33)
MOST_TURNS = 2.0**20


def sin_polynomial(x, coefficients):
    """sin(c₀ + c₁x + …); `coefficients` are (high, low) pairs, constant term first."""
    return sine_of_sum(*polynomial_exactly(np.clip(x, -LARGEST_ANGLE, LARGEST_ANGLE), coefficients))


def cos_polynomial(x, coefficients):
    """cos(c₀ + c₁x + …), as the sine of π/2 more."""
    high, low = polynomial_exactly(np.clip(x, -LARGEST_ANGLE, LARGEST_ANGLE), coefficients)
    high, first = add_exactly(high, PI_HALF[0])
    low, second = add_exactly(low, first)
    low, third = add_exactly(low, PI_HALF[1])
    return sine_of_sum(high, low, second + third + PI_HALF[2])


def sine_of_sum(high, low, lowest=0.0):
    """sin(high + low + lowest), reduced by multiples of π in three parts."""
    k = np.clip(np.rint(high / PI[0]), -MOST_TURNS, MOST_TURNS)
    r, first = add_exactly(high - k * PI[0], -k * PI[1])
    rest, second = add_exactly(low, -k * PI[2])
    rest, third = add_exactly(rest, first)
    r, fourth = add_exactly(r, rest)
    lost = fourth + (lowest + second + third)
    sign = 1.0 - 2.0 * np.abs(k - 2.0 * np.rint(k * 0.5))
    far = np.abs(k) >= MOST_TURNS
    result = sign * (np.sin(r) + lost * np.cos(r))
    if far.any():  # low may be many turns
        result = np.where(far, np.sin(high) * np.cos(low) + np.cos(high) * np.sin(low), result)
    return result
