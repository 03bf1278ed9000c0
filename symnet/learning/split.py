"""Training and test parts: a split that keeps the share of every class, decided by the seed alone."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from symnet.errors import DataError

TEST_SHARE = Fraction(1, 5)
"""One sample in five is kept for the test."""

STREAMS = {"split": 1, "validation": 2, "initialise": 3, "order": 4}
"""Each use of chance has a stream of its own, so that changing one leaves the others as they were."""


def generator(seed: int, use: str) -> np.random.Generator:
    """The random numbers of one use, for a seed."""
    return np.random.default_rng([seed, STREAMS[use]])


def stratified(
    y: np.ndarray, seed: int, use: str = "split", share: Fraction = TEST_SHARE
) -> tuple[np.ndarray, np.ndarray]:
    """(indices kept, indices set apart), each sorted: the share of every class, rounded, at least one of each."""
    random = generator(seed, use)
    apart: list[np.ndarray] = []
    for label in np.unique(y):
        members = np.flatnonzero(y == label)
        if len(members) < 2:
            raise DataError(f"class {label} has one sample only; both parts of a split need one")
        count = min(max(round(share * len(members)), 1), len(members) - 1)
        apart.append(random.permutation(members)[:count])
    chosen = np.sort(np.concatenate(apart))
    return np.setdiff1d(np.arange(len(y)), chosen), chosen
