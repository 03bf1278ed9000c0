"""A network: layers one after the other, whose sizes fit.

A network is mathematics first: equations, counts, exact neurons. Bound to numbers
(`with_values`) it is also a function of batches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sympy import Expr
from sympy.matrices.expressions import MatrixSymbol

from symnet.definitions.activation import Activation
from symnet.definitions.equations import Equation, Equations
from symnet.definitions.layer import Layer, LayerParameter
from symnet.definitions.layers import Dense, Softmax
from symnet.definitions.neuron import named_activation
from symnet.definitions.unit import EXPANSION_LIMIT, Unit, unit_of
from symnet.errors import DefinitionError, ShapeError, SymnetError, UnknownNameError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from symnet.calculus.scalar_network import ScalarNetwork


@dataclass(frozen=True)
class Network:
    """The composition of layers; layer 0 is the input, layers count from 1."""

    layers: tuple[Layer, ...]
    trainable: tuple[str, ...] | None = None
    """The parameters that training may change, by symbol (``W_1``) or by name in files
    (``layers.1.weight``); None: all. The others stay fixed."""
    values: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """Name in files → array; empty while the network is mathematics only."""

    def __post_init__(self) -> None:
        layers = tuple(self.layers)
        if not layers:
            raise DefinitionError("a network needs at least one layer")
        for layer in layers:
            if not isinstance(layer, Layer):
                raise DefinitionError(f"a network is made of layers, got {layer!r}")
        for k, (first, second) in enumerate(pairwise(layers), start=1):
            if first.outputs != second.inputs:
                raise ShapeError(
                    f"layer {k} ({first.name}) gives {first.outputs} numbers "
                    f"but layer {k + 1} ({second.name}) takes {second.inputs}"
                )
            if len(second.input_shape) > 1:
                raise ShapeError(f"layer {k + 1} ({second.name}) takes an image, so it must be the first layer")
        object.__setattr__(self, "layers", layers)
        if self.trainable is not None:
            names = (self.trainable,) if isinstance(self.trainable, str) else tuple(self.trainable)
            object.__setattr__(self, "trainable", names)
            for name in names:
                self.parameter(name)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The shape as people write it, 784-16-16-10: the input, then each layer that has parameters."""
        return (self.layers[0].inputs, *(layer.outputs for layer in self.layers if layer.count))

    @cached_property
    def layer_parameters(self) -> tuple[tuple[LayerParameter, ...], ...]:
        """The parameters layer by layer."""
        return tuple(layer.parameters(k) for k, layer in enumerate(self.layers, start=1))

    @cached_property
    def parameter_records(self) -> tuple[LayerParameter, ...]:
        """All parameters, in the order of the equations."""
        return tuple(parameter for of_layer in self.layer_parameters for parameter in of_layer)

    @property
    def counts(self) -> tuple[int, ...]:
        """Parameters of each layer: (12560, 272, 170) for 784-16-16-10."""
        return tuple(layer.count for layer in self.layers)

    @property
    def count(self) -> int:
        """All parameters: 13,002 for 784-16-16-10."""
        return sum(self.counts)

    def parameter(self, name: str) -> LayerParameter:
        """The parameter of that symbol or name in files."""
        for parameter in self.parameter_records:
            if name in (parameter.symbol.name, parameter.name):
                return parameter
        known = [p.symbol.name for p in self.parameter_records]
        raise UnknownNameError.among("parameter", name, known, f"The network has {', '.join(known) or 'none'}.")

    @cached_property
    def trainable_parameters(self) -> tuple[LayerParameter, ...]:
        """The parameters that are not frozen."""
        if self.trainable is None:
            return self.parameter_records
        chosen = {self.parameter(name).name for name in self.trainable}
        return tuple(parameter for parameter in self.parameter_records if parameter.name in chosen)

    @cached_property
    def input(self) -> MatrixSymbol:
        """The input x: a column, or the image that the first layer flattens."""
        shape = self.layers[0].input_shape
        return MatrixSymbol("x", *(shape if len(shape) == 2 else (shape[0], 1)))

    @cached_property
    def equations(self) -> Equations:
        """The forward pass in column form; ``network.equations.rows`` is the form for a batch."""
        lines: list[Equation] = []
        previous: Any = self.input
        for k, layer in enumerate(self.layers, start=1):
            lines += layer.equations(k, previous)
            previous = lines[-1].symbol
        names = {parameter.symbol: parameter.name for parameter in self.parameter_records}
        return Equations(tuple(lines), self.input, tuple(names), names=names)

    def layer_equations(self, layer: int) -> tuple[Equation, ...]:
        """The equations of one layer."""
        return tuple(e for e in self.equations if e.layer == self._place(layer))

    def neuron(self, layer: int, neuron: int, inline: int = 0) -> Unit:
        """One neuron, exactly; layers and neurons count from 1.

        Its `expression` speaks of the outputs of the layer before (``a_1_3`` is neuron 3 of layer 1) or
        of the inputs (``x_3``); `inline` replaces so many layers before it by their own formulas. Its
        predicted size, `operations`, is known before anything is built.
        """
        return unit_of(self, self._place(layer), neuron, inline)

    def expand(self, limit: int = EXPANSION_LIMIT) -> tuple[Expr, ...]:
        """The exact outputs as scalar expressions of the inputs x_1, x_2, … and of every parameter.

        The formula of a deep network grows like the product of its widths, so the size is predicted
        first; beyond `limit` operations `DefinitionError` says so.
        """
        last = len(self.layers)
        units = [unit_of(self, last, i, last - 1) for i in range(1, self.layers[-1].outputs + 1)]
        predicted = sum(unit.operations for unit in units)
        if predicted > limit:
            raise DefinitionError(
                f"written out, this network has about {predicted:,} operations, more than {limit:,}; "
                "take single neurons with network.neuron(layer, i), or raise limit="
            )
        return tuple(unit.expression for unit in units)

    def scalar(self, loss: Any = None) -> ScalarNetwork:
        """The network with a symbol for every weight, one line for every intermediate; with a loss, every single gradient.

        ``MLP([2, 2, 1], "sigmoid").scalar("half_squared").gradients`` has one exact expression for each of the 9 parameters.
        """
        from symnet.shortcuts import scalar_network

        return scalar_network(self, loss)

    def with_values(self, values: Mapping[str, ArrayLike]) -> Network:
        """The same network bound to numbers: parameter name (or symbol) → array of its shape."""
        from symnet.shortcuts import bind_values

        return replace(self, values=bind_values(self, values))

    @property
    def parameters(self) -> dict[str, NDArray[Any]]:
        """Name in files → array, for a network that is bound to numbers."""
        if not self.values and self.count:
            raise SymnetError("this network has no numbers yet; train it, load it, or bind it with with_values")
        return dict(self.values)

    @classmethod
    def from_torch(cls, module: Any, input_shape: tuple[int, ...] | None = None) -> Network:
        """The network of a PyTorch module that is a chain of dense layers, bound to its numbers.

        Read in inference mode. `input_shape` is the shape of one sample where the module flattens images.
        An unsupported module is named with its place.
        """
        from symnet.shortcuts import network_from

        return network_from("torch", module, input_shape)

    @classmethod
    def from_sklearn(cls, model: Any) -> Network:
        """The network of a fitted scikit-learn MLP, alone or in a pipeline behind a StandardScaler or MinMaxScaler."""
        from symnet.shortcuts import network_from

        return network_from("sklearn", model)

    @classmethod
    def from_keras(cls, model: Any) -> Network:
        """The network of a built Keras model, Sequential or functional, that is a chain of dense layers."""
        from symnet.shortcuts import network_from

        return network_from("keras", model)

    def to_torch(self) -> Any:
        """A torch.nn.Sequential in inference mode with the same numbers."""
        from symnet.shortcuts import torch_module

        return torch_module(self)

    def __call__(self, x: ArrayLike, parameters: Mapping[str, ArrayLike] | None = None) -> NDArray[Any]:
        """The output for a batch x of shape (n, inputs), or for one sample of shape (inputs,).

        The dtype of x is kept (integers become float64). Raises `ShapeError` when x does not fit.
        """
        from symnet.shortcuts import evaluate_network

        return evaluate_network(self, x, parameters)

    def jacobian(self, x: ArrayLike, parameters: Mapping[str, ArrayLike] | None = None) -> NDArray[Any]:
        """∂output/∂input for a batch, of shape (n, outputs, inputs); (outputs, inputs) for one sample."""
        from symnet.shortcuts import network_jacobian

        return network_jacobian(self, x, parameters)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows."""
        from symnet.shortcuts import display

        return display(self)

    def _place(self, layer: int) -> int:
        if isinstance(layer, bool) or not isinstance(layer, int) or not 1 <= layer <= len(self.layers):
            raise DefinitionError(
                f"this network has the layers 1 to {len(self.layers)} (0 is the input), got {layer!r}"
            )
        return layer


def MLP(
    sizes: Sequence[int],
    activation: Activation | str = "sigmoid",
    output: Activation | str | None = None,
    trainable: Iterable[str] | None = None,
) -> Network:
    """The multilayer perceptron of the given sizes: ``MLP([784, 16, 16, 10], "sigmoid")``.

    `output` is the last layer's activation, None meaning the same everywhere; ``"softmax"`` puts a
    softmax layer behind a last layer without activation.
    """
    sizes = list(sizes)
    if len(sizes) < 2:
        raise DefinitionError(f"an MLP needs at least an input and an output size, got {sizes}")
    last = activation if output is None else output
    softmax = isinstance(last, str) and last.lower() == "softmax"
    if softmax and output is None and len(sizes) > 2:
        raise DefinitionError("softmax belongs to the output; give the hidden layers another activation")
    pairs = list(pairwise(sizes))
    layers: list[Layer] = []
    layers += [Dense(a, b, named_activation(activation)) for a, b in pairs[:-1]]
    layers.append(Dense(*pairs[-1], named_activation("identity" if softmax else last)))
    if softmax:
        layers.append(Softmax(sizes[-1]))
    return Network(
        tuple(layers), None if trainable is None else tuple([trainable] if isinstance(trainable, str) else trainable)
    )
