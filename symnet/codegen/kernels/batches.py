"""Functions of a batch, one sample a row, that exported NumPy programs call."""

from __future__ import annotations

import numpy as np


def softmax(Z):
    """exp(z) / Σ exp(z) of each row; the largest score is taken out first, so that nothing overflows."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def logsumexp(Z):
    """log Σ exp(z) of each row, as a column."""
    m = Z.max(axis=1, keepdims=True)
    return m + np.log(np.exp(Z - m).sum(axis=1, keepdims=True))


def share(chosen, *matrices):
    """1 where `chosen` is the largest of the matrices, divided by how many are; elsewhere 0."""
    largest = np.maximum.reduce(matrices)
    return (chosen == largest) / sum((matrix == largest).astype(largest.dtype) for matrix in matrices)
