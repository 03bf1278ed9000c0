"""The parameters of a call, checked and in order; the arrays of the call before are known by their identity and checked no more.

A small network computes in ten microseconds, and checking the shapes and dtypes of its parameters takes three. What a program
remembers of the latest call are views of the caller's arrays: they share the numbers, so that changes are seen, and keep the shapes
that were checked. An array stays alive until the program is called with others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import is_, itemgetter
from typing import Any

import numpy as np

from symnet.codegen.parameters import bind
from symnet.definitions.network import Network
from symnet.errors import SymnetError


@dataclass(frozen=True, slots=True)
class Bound:
    """Arrays of the right shapes and of one dtype, in the order of the network's parameters."""

    given: tuple[Any, ...]
    """What the caller passed."""
    dtype: np.dtype
    values: tuple[np.ndarray, ...]
    transposed: tuple[np.ndarray, ...]
    """The transpose of each, a view."""


def bound(values: Sequence[np.ndarray], dtype: np.dtype) -> Bound:
    """Arrays that are known to fit."""
    views = tuple(value.view() for value in values)
    return Bound(tuple(values), dtype, views, tuple(view.T for view in views))


class Parameters:
    """What checks the parameters of one network's calls."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._names = tuple(record.name for record in network.parameter_records)
        self._shapes = tuple(record.shape for record in network.parameter_records)
        self._pick = _picker(self._names)
        self._latest: Bound | None = None

    def of(self, parameters: Mapping[str, Any] | None, dtype: np.dtype) -> Bound:
        """The parameters of this call, or the network's own, as arrays of this dtype; see `parameters.bind` for what is refused."""
        given = self._network.values if parameters is None else parameters
        if not given and self._names:
            raise SymnetError("the network has no numbers yet; pass parameters, or bind it with with_values")
        if len(given) == len(self._names):
            try:
                picked = self._pick(given)
            except KeyError:  # symbols instead of names
                pass
            else:
                latest = self._latest
                if latest is not None and latest.dtype is dtype and all(map(is_, picked, latest.given)):
                    return latest
                if self._fit(picked, dtype):
                    latest = self._latest = bound(picked, dtype)
                    return latest
        found = bind(self._network, given, dtype)
        return bound([found[name] for name in self._names], dtype)

    def _fit(self, values: tuple[Any, ...], dtype: np.dtype) -> bool:
        """Whether nothing has to be converted."""
        return all(
            type(value) is np.ndarray and value.shape == shape and value.dtype == dtype
            for value, shape in zip(values, self._shapes, strict=True)
        )


def _picker(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda given: tuple(given[name] for name in names)
