"""Softmax: turn scores (logits) into probabilities that sum to 1."""

from __future__ import annotations

from dataclasses import dataclass

from sympy.matrices.expressions import MatrixExpr, MatrixSymbol

from symnet.definitions.equations import Equation
from symnet.definitions.layer import Layer, positive_size
from symnet.definitions.operations import SoftmaxOf


@dataclass(frozen=True)
class Softmax(Layer):
    """aᵢ = exp(zᵢ) / Σₖ exp(zₖ); no parameters."""

    inputs: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", positive_size(self.inputs, "inputs of a softmax layer"))

    @property
    def outputs(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self.inputs

    def equations(self, k: int, previous: MatrixExpr) -> tuple[Equation, ...]:
        a = MatrixSymbol(f"a_{k}", self.inputs, 1)
        return (Equation(a, SoftmaxOf(previous), rule="softmax", layer=k),)

    def operations(self, previous: int = 0) -> int:
        return self.inputs * (previous + 3)
