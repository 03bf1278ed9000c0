"""Softmax, log-softmax, log-sum-exp and sparsemax of every row, without overflow and without lost digits.

Shifting by the row's maximum m keeps the exponentials in range, but the rounded difference x − m would
cost exp |x − m|/2 ULP; the exact error of the difference (`exact.add_exactly`) is put back. The maximum's
own exponential is 1 and stays out of the sum s of the others, so that log(1 + s) keeps every digit when
one entry dominates. All functions work on the last axis, take ``out=`` and keep float32 and float64
(integers become float64). Infinite entries follow the limits: equal +inf entries share the mass,
−inf entries have none; a row of −inf only (whose log-sum-exp is −inf), or one with a nan, gives nan.
"""

from __future__ import annotations

import numpy as np

from symnet.codegen.kernels.exact import add_exactly, multiply_exactly


def softmax(z, out=None):
    """exp(zᵢ) / Σⱼ exp(zⱼ), shape (…, n) → (…, n)."""
    z = _floating(z)
    return _finish(_softmax(np.asarray(z, np.float64)), z.dtype, out)


def log_softmax(z, out=None):
    """zᵢ − log Σⱼ exp(zⱼ), shape (…, n) → (…, n)."""
    z = _floating(z)
    return _finish(_log_softmax(np.asarray(z, np.float64)), z.dtype, out)


def logsumexp(z, out=None):
    """log Σⱼ exp(zⱼ), shape (…, n) → (…)."""
    z = _floating(z)
    m, _, _, _, s = _shifted(np.asarray(z, np.float64))
    return _finish(np.where(np.isinf(m) & (m < 0), m, m + np.log1p(s))[..., 0], z.dtype, out)


def sparsemax(z, out=None):
    """The nearest point of the probability simplex: max(zᵢ − τ, 0) with τ such that the sum is 1, (…, n) → (…, n)."""
    z = _floating(z)
    return _finish(_sparsemax(np.asarray(z, np.float64)), z.dtype, out)


def softmax_cross_entropy(z, labels):
    """−log softmax(z)[label] of every row, shapes (…, n) and (…) of integers → (…)."""
    return -np.take_along_axis(log_softmax(z), np.asarray(labels)[..., None], axis=-1)[..., 0]


def _floating(z):
    z = np.asarray(z)
    return z if z.dtype in (np.float32, np.float64) else z.astype(np.float64)


def _finish(result, dtype, out):
    if out is None:
        return result.astype(dtype, copy=False)
    out[...] = result
    return out


LARGEST = np.finfo(np.float64).max


def _shifted(z):
    """(m, z − m rounded, what the rounding lost, exponentials with 0 at the maximum, their sum)."""
    m = z.max(axis=-1, keepdims=True)
    shift = m
    if not np.isfinite(m).all():
        limits = np.where(m == np.inf, np.where(z == np.inf, 0.0, -np.inf), np.nan)
        z = np.where(np.isfinite(m), z, limits)
        shift = np.where(np.isfinite(m), m, 0.0)
    floor = np.where(shift > 0, shift - LARGEST, -LARGEST)  # below it the difference is −inf
    difference, lost = add_exactly(np.maximum(z, floor), -shift)
    e = np.exp(difference)
    e += e * lost
    np.put_along_axis(e, z.argmax(axis=-1)[..., None], 0.0, axis=-1)
    return m, np.where(z < floor, -np.inf, difference), lost, e, e.sum(axis=-1, keepdims=True)


def _softmax(z):
    _, difference, _, e, s = _shifted(z)
    np.put_along_axis(e, difference.argmax(axis=-1)[..., None], 1.0, axis=-1)
    return e / (1.0 + s)


def _log_softmax(z):
    _, difference, lost, _, s = _shifted(z)
    return (difference - np.log1p(s)) + lost


def _sparsemax(z):
    """The threshold to twice the working precision: an entry just above it is a small difference of two large numbers."""
    _, difference, lost, _, _ = _shifted(z)
    inside = difference > -2.0  # the support lies within 1 below the maximum
    high, low = np.where(inside, difference, -2.0), np.where(inside, lost, 0.0)
    order = np.argsort(-high, axis=-1, kind="stable")
    ordered = [np.take_along_axis(a, order, axis=-1) for a in (high, low)]
    sums = _cumulate(*ordered)
    above = _times_minus(*ordered, np.arange(1.0, z.shape[-1] + 1), *sums) > 0.0  # 1 + k z > the sum of the k largest
    size = np.maximum(above.sum(axis=-1, keepdims=True), 1)
    total = [np.take_along_axis(a, size - 1, axis=-1) for a in sums]
    return np.maximum(_times_minus(high, low, 1.0 * size, *total) / size, 0.0)


def _times_minus(high, low, count, total, rest):
    """count · z − total + 1, rounded once for z = high + low and a total in two parts."""
    product, e = multiply_exactly(high, count)
    difference, f = add_exactly(product, -total)
    difference, g = add_exactly(difference, 1.0)
    return difference + (g + (f + (e + (low * count - rest))))


def _cumulate(high, low):
    """Running sums along the last axis as (rounded, what rounding lost)."""
    sums, rests = high.copy(), low.copy()
    for k in range(1, high.shape[-1]):
        sums[..., k], lost = add_exactly(sums[..., k - 1], high[..., k])
        rests[..., k] = rests[..., k - 1] + (lost + low[..., k])
    return sums, rests
