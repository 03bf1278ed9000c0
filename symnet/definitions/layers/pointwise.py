"""Pointwise: a scalar function of every entry, for an activation that follows no weighted sum."""

from __future__ import annotations

from dataclasses import dataclass

from sympy.matrices.expressions import MatrixExpr, MatrixSymbol

from symnet.definitions.activation import Activation
from symnet.definitions.equations import Equation
from symnet.definitions.layer import Layer, positive_size
from symnet.definitions.neuron import named_activation, occurrences
from symnet.definitions.operations import Elementwise, ScalarFunction


@dataclass(frozen=True)
class Pointwise(Layer):
    """aᵢ = f(xᵢ); no parameters. Parameters of f that are not fixed stand at their defaults."""

    inputs: int
    function: Activation = "identity"  # pyright: ignore[reportAssignmentType]
    """An activation, or its name in the catalogue."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", positive_size(self.inputs, "inputs of a pointwise layer"))
        object.__setattr__(self, "function", named_activation(self.function).at_defaults())

    @property
    def outputs(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self.inputs

    def equations(self, k: int, previous: MatrixExpr) -> tuple[Equation, ...]:
        a = MatrixSymbol(f"a_{k}", self.inputs, 1)
        return (Equation(a, Elementwise(ScalarFunction(self.function), previous), rule="activation", layer=k),)

    def operations(self, previous: int = 0) -> int:
        repeats, own = occurrences(self.function)
        return own + repeats * previous
