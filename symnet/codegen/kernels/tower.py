"""Exponentials of exponentials: the inner one to twice the working precision, for its error is multiplied by its size.

exp(x) is computed as (1 + p)^256 with p = exp(r/256) − 1, r = x − k log 2: the argument and the square term in double-double, the
rest in float64, then eight squarings q → 2q + q² in double-double.
"""

from __future__ import annotations

import numpy as np

from symnet.codegen.kernels.exact import add_exactly, exp_of_sum, multiply_exactly, polynomial_exactly, square_exactly

LOG2 = (0.6931471805599453, 2.3190468138462996e-17)
LARGEST_EXPONENT = 600.0  # exp(±exp(600)) is 0 or infinite; further out the exact products would overflow


def exp_exactly(high, low):
    """exp(high + low) as (high, low), to about 2**-70; for arguments from −700 to 600."""
    k = np.rint(high / LOG2[0])
    p, e = multiply_exactly(k, LOG2[0])
    r, lost = add_exactly(high, -p)
    r, lost = add_exactly(r, lost - e - k * LOG2[1] + low)
    r, lost = r / 256.0, lost / 256.0
    square, rest = square_exactly(r)
    cubic = r * square * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r / 720.0)))
    q, e = add_exactly(r, square * 0.5)
    q, e = add_exactly(q, e + (lost + r * lost + rest * 0.5 + cubic))
    for _ in range(8):
        square, rest = square_exactly(q)
        doubled, carried = add_exactly(2.0 * q, square)
        q, e = add_exactly(doubled, carried + (rest + 2.0 * e + 2.0 * q * e))
    one, carried = add_exactly(1.0 + 0.0 * q, q)
    scale = np.exp2(k)
    return one * scale, (carried + e) * scale


def exp_tower(x, payload):
    """exp(P(x) + c exp(Q(x))); `payload` is (P, c, Q), every number a (high, low) pair."""
    outer, (c_high, c_low), inner = payload
    high, low = polynomial_exactly(x, inner)
    high, low = exp_exactly(np.clip(high, -700.0, LARGEST_EXPONENT), low)
    product, e = multiply_exactly(c_high, high)
    e = e + (c_high * low + c_low * high)
    p_high, p_low = polynomial_exactly(x, outer)
    total, lost = add_exactly(p_high, product)
    total, lost = add_exactly(total, lost + e + p_low)
    return exp_of_sum(np.clip(total, -1e4, 709.782712893384), lost)
