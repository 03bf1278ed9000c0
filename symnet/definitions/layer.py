"""What every layer is: sizes, parameters, and forward equations in column form.

A layer declares its equations and nothing else; its gradients follow from the adjoint rules, its code
from the compiler, its exact neurons from the entries of the equations, its count from the shapes.
"""

# pyright: reportReturnType=false, reportArgumentType=false, reportOperatorIssue=false
# (SymPy annotates the results of its matrix operations as Basic.)

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from sympy.matrices.expressions import MatrixExpr, MatrixSymbol

from symnet.definitions.equations import Equation
from symnet.errors import DefinitionError


@dataclass(frozen=True)
class LayerParameter:
    """A matrix of numbers that training may change."""

    symbol: MatrixSymbol
    """``W_1``, of shape (outputs, inputs)."""
    name: str
    """Its name in files: ``layers.1.weight``."""
    role: str
    """``"weight"`` or ``"bias"``: decides how it is initialised."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array: a bias is a column in equations and one-dimensional in arrays."""
        rows, columns = (int(n) for n in self.symbol.shape)
        return (rows,) if self.role == "bias" else (rows, columns)

    @property
    def count(self) -> int:
        """How many numbers it holds."""
        rows, columns = self.symbol.shape
        return int(rows * columns)


class Layer(ABC):
    """One layer of a network: numbers in, numbers out.

    `k` is the layer's place in its network, counted from 1; it indexes every symbol.
    """

    inputs: int
    """How many numbers it takes."""
    outputs: int
    """How many numbers it gives."""

    @property
    def name(self) -> str:
        """The class's name: ``Dense``."""
        return type(self).__name__

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The shape of one sample: (inputs,) unless the layer takes an image."""
        return (self.inputs,)

    def parameters(self, k: int) -> tuple[LayerParameter, ...]:
        """The parameters, weights before biases."""
        return ()

    @abstractmethod
    def equations(self, k: int, previous: MatrixExpr) -> tuple[Equation, ...]:
        """The forward equations of layer k, given the previous layer's output; the last one is this layer's output."""

    @property
    def count(self) -> int:
        """How many parameters: the sum over their shapes."""
        return sum(parameter.count for parameter in self.parameters(1))

    @property
    def counted(self) -> str:
        """The count as a sum that a reader can check: ``16·784 + 16 = 12,560``."""
        return "0"

    def operations(self, previous: int = 0) -> int:
        """About how many operations one output's exact scalar has, when each input has `previous` of them."""
        return self.inputs * (previous + 2)


def positive_size(value: object, what: str) -> int:
    """`value` as a positive whole number, else `DefinitionError`."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise DefinitionError(f"{what} must be a positive whole number, got {value!r}")
    size = int(value)  # pyright: ignore[reportArgumentType]
    if size < 1:
        raise DefinitionError(f"{what} must be a positive whole number, got {size}")
    return size
