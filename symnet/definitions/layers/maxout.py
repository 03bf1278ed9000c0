"""Maxout: every output is the largest of k affine maps of the inputs (Goodfellow et al. 2013)."""

from __future__ import annotations

from dataclasses import dataclass

from sympy.matrices.expressions import MatrixExpr, MatrixSymbol

from symnet.definitions.equations import Equation
from symnet.definitions.layer import Layer, LayerParameter, positive_size
from symnet.definitions.operations import Largest, add, multiply
from symnet.errors import DefinitionError


@dataclass(frozen=True)
class Maxout(Layer):
    """a = max(W₁x + b₁, …, Wₖx + bₖ), entry by entry, with k = `pieces` ≥ 2 affine maps.

    Each Wⱼ has the shape (outputs, inputs). At a tie the gradient is shared equally among the maps
    that attain the maximum.
    """

    inputs: int
    outputs: int
    pieces: int = 2

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", positive_size(self.inputs, "inputs of a maxout layer"))
        object.__setattr__(self, "outputs", positive_size(self.outputs, "outputs of a maxout layer"))
        object.__setattr__(self, "pieces", positive_size(self.pieces, "pieces of a maxout layer"))
        if self.pieces < 2:
            raise DefinitionError(f"maxout is the maximum of at least 2 affine maps, got pieces={self.pieces}")

    def parameters(self, k: int) -> tuple[LayerParameter, ...]:
        shape, pieces = (self.outputs, self.inputs), range(1, self.pieces + 1)
        weights = [
            LayerParameter(MatrixSymbol(f"W_{k}_{j}", *shape), f"layers.{k}.pieces.{j}.weight", "weight")
            for j in pieces
        ]
        biases = [
            LayerParameter(MatrixSymbol(f"b_{k}_{j}", self.outputs, 1), f"layers.{k}.pieces.{j}.bias", "bias")
            for j in pieces
        ]
        return (*weights, *biases)

    def equations(self, k: int, previous: MatrixExpr) -> tuple[Equation, ...]:
        symbols = [parameter.symbol for parameter in self.parameters(k)]
        maps = [MatrixSymbol(f"z_{k}_{j}", self.outputs, 1) for j in range(1, self.pieces + 1)]
        pairs = zip(maps, symbols[: self.pieces], symbols[self.pieces :], strict=True)
        affine = [Equation(z, add(multiply(W, previous), b), rule="affine map", layer=k) for z, W, b in pairs]
        a = MatrixSymbol(f"a_{k}", self.outputs, 1)
        return (*affine, Equation(a, Largest(*maps), rule="the largest of the affine maps", layer=k))

    @property
    def counted(self) -> str:
        return f"{self.pieces} · ({self.outputs:,} · {self.inputs:,} + {self.outputs:,}) = {self.count:,}"

    def operations(self, previous: int = 0) -> int:
        return self.pieces * self.inputs * (previous + 2) + self.pieces
