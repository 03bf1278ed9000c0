"""Sums and products without error: a rounded result together with what the rounding lost.

Knuth's two-sum and Dekker's product (Numer. Math. 18, 1971, doi:10.1007/BF01397083) turn one float64
operation into a pair whose exact sum is the true result. NumPy has no fused multiply-add, so the
product splits its factors into halves of 26 bits; factors beyond 2**996 would overflow in the split.
"""

from __future__ import annotations

import numpy as np

SPLITTER = 134217729.0  # 2**27 + 1


def add_exactly(a, b):
    """(s, e) with s = fl(a + b) and s + e = a + b exactly."""
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def multiply_exactly(a, b):
    """(p, e) with p = fl(a b) and p + e = a b exactly, unless a part underflows."""
    p = a * b
    t = SPLITTER * a
    a_high = t - (t - a)
    a_low = a - a_high
    t = SPLITTER * b
    b_high = t - (t - b)
    b_low = b - b_high
    return p, ((a_high * b_high - p) + a_high * b_low + a_low * b_high) + a_low * b_low


def square_exactly(a):
    """(p, e) with p = fl(a²) and p + e = a² exactly, unless a part underflows."""
    t = SPLITTER * a
    high = t - (t - a)
    low = a - high
    p = a * a
    return p, ((high * high - p) + 2.0 * high * low) + low * low


def exp_of_sum(high, low):
    """exp(high + low) for a small correction `low`, to 1 ULP."""
    e = np.exp(high)
    return e + e * low


def polynomial_exactly(x, coefficients):
    """c₀ + c₁x + … as (high, low), to about 2**-100 of its largest term.

    `coefficients` are (high, low) pairs, constant term first; Horner's scheme in double-double.
    """
    high, low = coefficients[-1]
    for c_high, c_low in coefficients[-2::-1]:
        p, e = multiply_exactly(high, x)
        e = e + low * x
        if c_high:
            p, lost = add_exactly(p, c_high)
            e = e + (lost + c_low)
        high, low = add_exactly(p, e)
    return high, low


def exp_polynomial(x, coefficients):
    """exp(c₀ + c₁x + c₂x² + …), the exponent to twice the working precision.

    An exponent near −700 with one rounding error would cost the result 350 ULP.
    """
    return exp_of_sum(*polynomial_exactly(x, coefficients))
