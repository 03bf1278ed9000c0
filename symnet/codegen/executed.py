"""A program's text, executed: the function and its scratch memory."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from symnet.codegen.merge import HALF_TOP, TOP, exponent
from symnet.codegen.program_source import ProgramSource
from symnet.codegen.row_statements import ROWS
from symnet.codegen.scratch import Scratch


def digest(source: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(source.encode()).hexdigest()


def number(value: float | str, dtype: Any) -> float:
    """A constant of a program; the names are bounds that depend on the dtype."""
    return exponent({"top": TOP, "half_top": HALF_TOP}[value], dtype) if isinstance(value, str) else value


class Executed:
    """A program's text, run once, with the scratch that it needs."""

    def __init__(self, source: ProgramSource, parameters: list[str]) -> None:
        self.source = source
        self.transposed = tuple(parameters.index(name) for name in source.transposed)
        """The places of the parameters whose transposes the program takes."""
        namespace: dict[str, Any] = {name: called.compile() for name, called in source.functions.items()}
        exec(compile(source.text, f"<symnet {source.name} {digest(source.text)[:12]}>", "exec"), namespace)
        self.function = namespace[source.name]
        self.scratch = Scratch(self._allocate)

    def _allocate(self, key: tuple[int, int]) -> tuple[np.ndarray, ...]:
        n, dtype = key[0], np.dtype(f"f{key[1]}")
        buffers = [np.empty((n, columns), dtype) for columns in self.source.buffers.values()]
        ones = [np.ones(n if length == ROWS else (length, 1), dtype) for length in self.source.ones.values()]
        masks = [np.empty((n, columns), bool) for columns in self.source.masks.values()]
        constants = [np.array(number(value, dtype), dtype) for value in self.source.constants.values()]
        return (*buffers, *masks, *ones, *constants)
