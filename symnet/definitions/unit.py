"""One output of one layer as an exact scalar expression, built only when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sympy import Expr, S
from sympy.matrices.expressions import MatrixSymbol

from symnet.definitions.entries import entry, scalar_symbol
from symnet.definitions.layers.dense import Dense
from symnet.definitions.neuron import Neuron
from symnet.errors import DefinitionError

if TYPE_CHECKING:
    from symnet.definitions.network import Network

EXPANSION_LIMIT = 200_000
"""How many operations an exact expression may be predicted to have before it is refused."""


@dataclass(frozen=True)
class Unit:
    """Neuron `index` of layer `layer` of a network, both counted from 1."""

    network: Network
    layer: int
    index: int
    inline: int = 0
    """How many layers before this one are replaced by their own formulas."""

    @property
    def operations(self) -> int:
        """About how many operations the expression has; known before it is built."""
        size = 0
        for k in range(self.layer - self.inline, self.layer + 1):
            size = self.network.layers[k - 1].operations(size)
        return size

    @cached_property
    def expression(self) -> Expr:
        """The exact output; `DefinitionError` when its predicted size is beyond reason."""
        if self.operations > EXPANSION_LIMIT:
            raise DefinitionError(
                f"neuron {self.index} of layer {self.layer} with {self.inline} layers inlined has about "
                f"{self.operations:,} operations, more than {EXPANSION_LIMIT:,}; inline fewer layers"
            )
        return self._expand(self.network.layer_equations(self.layer)[-1].symbol)

    @cached_property
    def neuron(self) -> Neuron | None:
        """The unit of a dense layer as a `Neuron`, with its own weights, bias and inputs; None for other layers."""
        layer = self.network.layers[self.layer - 1]
        if not isinstance(layer, Dense):
            return None
        weight, *bias = self.network.layer_parameters[self.layer - 1]
        row, inputs = self.index - 1, range(layer.inputs)
        before = self.network.layer_equations(self.layer - 1)[-1].symbol if self.layer > 1 else self.network.input
        return Neuron(
            layer.inputs,
            layer.activation,
            tuple(scalar_symbol(weight.symbol, row, j) for j in inputs),
            scalar_symbol(bias[0].symbol, row, 0) if bias else S.Zero,
            tuple(scalar_symbol(before, j, 0) for j in inputs),
        )

    def _expand(self, symbol: MatrixSymbol) -> Expr:
        equations = {e.symbol: e for e in self.network.equations}
        first = self.layer - self.inline
        found: dict[Any, Expr] = {}

        def inner(matrix: MatrixSymbol, i: int, j: int) -> Expr:
            equation = equations.get(matrix)
            if equation is None or equation.layer < first:
                return scalar_symbol(matrix, i, j)
            key = (matrix, i, j)
            if key not in found:
                found[key] = entry(equation.expression, i, j, inner)
            return found[key]

        return inner(symbol, self.index - 1, 0)


def unit_of(network: Network, layer: int, index: int, inline: int) -> Unit:
    """The unit, after checking that it exists."""
    outputs = network.layers[layer - 1].outputs
    if isinstance(index, bool) or not isinstance(index, int) or not 1 <= index <= outputs:
        raise DefinitionError(f"layer {layer} has the neurons 1 to {outputs}, got {index!r}")
    if not 0 <= inline < layer:
        raise DefinitionError(f"layer {layer} has {layer - 1} layers before it to inline, got inline={inline!r}")
    return Unit(network, layer, index, inline)
