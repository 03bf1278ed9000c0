"""Activations inside network programs: the stable scalar code of `codegen`, on whole buffers.

A function whose code is one piece is written into the program as ufunc calls with ``out=``; any other
is called by name, as the compiled function that `symnet.compile` gives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from symnet.definitions.operations import ScalarFunction


@dataclass(frozen=True)
class Called:
    """An activation that a program calls by name."""

    name: str
    function: ScalarFunction

    def compile(self) -> Callable[..., Any]:
        """The compiled function."""
        from symnet.codegen.compiled import compile

        return compile(self.function.activation, order=self.function.order)


class Functions:
    """The activations of one program: their statements, and the compiled functions that these call."""

    def __init__(self) -> None:
        self.called: dict[str, Called] = {}
        """Name in the program → what it is."""

    def emit(self, statements: Any, jobs: list[tuple[ScalarFunction, str]], source: str, columns: int) -> None:
        """Emit statements that fill each job's buffer with its function of the buffer `source`."""
        for function, target in jobs:
            name = self._name(function)
            statements.lines.append(f"{name}({source}, out={target})")

    def _name(self, function: ScalarFunction) -> str:
        """A name of its own for each function: two typed expressions must not meet."""
        word = function.activation.name if function.activation.name.isidentifier() else "f"
        stem = word + ("", "_derivative", "_second_derivative")[function.order]
        name, count = stem, 1
        while name in self.called and self.called[name].function != function:
            count += 1
            name = f"{stem}_{count}"
        self.called[name] = Called(name, function)
        return name
