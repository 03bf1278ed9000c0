"""Dense: every output is an activation of a weighted sum of all inputs and a bias."""

from __future__ import annotations

from dataclasses import dataclass

from sympy.matrices.expressions import MatrixExpr, MatrixSymbol

from symnet.definitions.activation import Activation
from symnet.definitions.equations import Equation
from symnet.definitions.layer import Layer, LayerParameter, positive_size
from symnet.definitions.neuron import named_activation, occurrences
from symnet.definitions.operations import Elementwise, ScalarFunction, add, multiply


@dataclass(frozen=True)
class Dense(Layer):
    """z = W x + b, then a = activation(z); with the identity the output is z itself.

    W has the shape (outputs, inputs), b (outputs,). Parameters of the activation that are not fixed
    stand at their defaults.
    """

    inputs: int
    outputs: int
    activation: Activation = "identity"  # pyright: ignore[reportAssignmentType]
    """An activation, or its name in the catalogue."""
    bias: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", positive_size(self.inputs, "inputs of a dense layer"))
        object.__setattr__(self, "outputs", positive_size(self.outputs, "outputs of a dense layer"))
        object.__setattr__(self, "activation", named_activation(self.activation).at_defaults())

    def parameters(self, k: int) -> tuple[LayerParameter, ...]:
        weight = LayerParameter(MatrixSymbol(f"W_{k}", self.outputs, self.inputs), f"layers.{k}.weight", "weight")
        if not self.bias:
            return (weight,)
        return weight, LayerParameter(MatrixSymbol(f"b_{k}", self.outputs, 1), f"layers.{k}.bias", "bias")

    def equations(self, k: int, previous: MatrixExpr) -> tuple[Equation, ...]:
        symbols = [parameter.symbol for parameter in self.parameters(k)]
        z = MatrixSymbol(f"z_{k}", self.outputs, 1)
        total = add(multiply(symbols[0], previous), *symbols[1:])
        weighted_sum = Equation(z, total, rule="weighted sum and bias" if self.bias else "weighted sum", layer=k)
        if self.activation.name == "identity":
            return (weighted_sum,)
        a = MatrixSymbol(f"a_{k}", self.outputs, 1)
        return weighted_sum, Equation(a, Elementwise(ScalarFunction(self.activation), z), rule="activation", layer=k)

    @property
    def counted(self) -> str:
        bias = f" + {self.outputs:,}" if self.bias else ""
        return f"{self.outputs:,} · {self.inputs:,}{bias} = {self.count:,}"

    def operations(self, previous: int = 0) -> int:
        repeats, own = occurrences(self.activation)
        return own + repeats * (self.inputs * (previous + 2))
