"""Scratch memory of a network program: arrays that are overwritten by every call and never returned.

Allocating the intermediates of a small network costs more than computing them. Each thread has its own
arrays, so calls never meet; for each program a thread keeps those of the four latest batch sizes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

KEPT = 4
"""How many batch sizes a thread remembers."""


class Scratch:
    """Arrays by batch size, one set a thread."""

    def __init__(self, allocate: Callable[[Any], tuple[Any, ...]]) -> None:
        self._allocate = allocate
        self._local = threading.local()

    def of(self, key: Any) -> tuple[Any, ...]:
        """The arrays for a batch size (and dtype), allocated at its first use."""
        local = self._local
        try:
            if local.key == key:
                return local.arrays
        except AttributeError:  # the first call of this thread
            local.known = {}
        known = local.known
        arrays = known.pop(key, None)
        if arrays is None:
            arrays = self._allocate(key)
            if len(known) >= KEPT:
                del known[next(iter(known))]
        known[key] = arrays  # a dict keeps the order of insertion: the latest stands last
        local.key, local.arrays = key, arrays
        return arrays

    def kept(self) -> int:
        """How many batch sizes this thread remembers."""
        return len(getattr(self._local, "known", ()))
