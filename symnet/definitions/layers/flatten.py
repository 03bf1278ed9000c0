"""Flatten: an image becomes one column, row below row."""

from __future__ import annotations

from dataclasses import dataclass

from sympy.matrices.expressions import MatrixExpr, MatrixSymbol

from symnet.definitions.equations import Equation
from symnet.definitions.layer import Layer, positive_size
from symnet.definitions.operations import Flattened
from symnet.errors import DefinitionError


@dataclass(frozen=True)
class Flatten(Layer):
    """The rows of an image of the given (height, width), one below the other: a₁ = x₁₁, a₂ = x₁₂, …; no parameters."""

    shape: tuple[int, int]

    def __post_init__(self) -> None:
        if not isinstance(self.shape, (tuple, list)) or len(self.shape) != 2:
            raise DefinitionError(f"Flatten takes the shape of an image, such as (8, 8), got {self.shape!r}")
        sizes = tuple(positive_size(n, "a side of an image") for n in self.shape)
        object.__setattr__(self, "shape", sizes)

    @property
    def inputs(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self.shape[0] * self.shape[1]

    @property
    def outputs(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self.inputs

    @property
    def input_shape(self) -> tuple[int, ...]:
        return self.shape

    def equations(self, k: int, previous: MatrixExpr) -> tuple[Equation, ...]:
        a = MatrixSymbol(f"a_{k}", self.outputs, 1)
        return (Equation(a, Flattened(previous), rule="the rows of the image, one below the other", layer=k),)

    def operations(self, previous: int = 0) -> int:
        return previous
