"""The one-line bodies behind the methods of records that need a room above their own.

`Activation.__call__` lives on the record, which stands on the ground floor; evaluating needs
`codegen` upstairs. Such methods import this module inside their body: it is the only exception
to the downward rule, known by name to the architecture test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sympy import ImmutableMatrix

    from symnet.calculus.scalar_network import ScalarNetwork
    from symnet.calculus.slope import NeuronGradient
    from symnet.definitions.activation import Activation
    from symnet.definitions.network import Network
    from symnet.definitions.neuron import Neuron
    from symnet.definitions.vector_activation import VectorActivation
    from symnet.sheet import Sheet


def evaluate_activation(activation: Activation, x: Any) -> Any:
    """`activation(x)`: compile (once) and call."""
    from symnet.codegen.compiled import compile

    return compile(activation)(x)


def display_activation(activation: Activation) -> dict[str, str]:
    """What a notebook or a REPL shows for an activation."""
    from sympy import latex

    return {
        "text/plain": f"{activation.heading}: {activation.expression}",
        "text/latex": f"$\\displaystyle {latex(activation.expression)}$",
    }


def display(record: Any) -> dict[str, str]:
    """What a notebook shows for a sheet, a derivation, an analysis or a network: Markdown with formulas, or text."""
    from symnet.render import render
    from symnet.sheet import Sheet

    sheet = record
    if not isinstance(record, Sheet):
        from symnet.explain.display import small_sheet

        sheet = small_sheet(record)
    return {
        "text/markdown": render(sheet, "markdown", dialect="dollar"),
        "text/plain": render(sheet, "terminal", width=100),
    }


def render_sheet(sheet: Sheet, form: str) -> str:
    """`sheet.show(form)`."""
    from symnet.render import render

    return render(sheet, form)


def activation(text: str | None = None, /, **declaration: Any) -> Any:
    """`symnet.activation("gelu")` looks up or reads an activation; `@symnet.activation(sources=[…])` declares one.

    The text is a catalogue name or an expression in x such as ``"x*tanh(log(1+exp(x)))"``; keywords
    then fix parameters: ``symnet.activation("elu", alpha="3/10")``.
    """
    from symnet.definitions.activation import activation as declare
    from symnet.definitions.activation import activations

    if text is None:
        return declare(**declaration)
    if text in activations:
        found = activations[text]
    else:
        from symnet.definitions.expression import typed_activation

        found = typed_activation(text)
    return found.with_parameters(**declaration) if declaration else found


def load(path: Any, architecture: Any = None, activation: Any = None, output: Any = None) -> Network:
    """The network in a .safetensors, .npz or .onnx file: callable on a batch of rows, with `.equations` and `.parameters`.

    A file of arrays alone needs the `activation` of its hidden layers (`output` is the last one's, if it is another
    one), or an `architecture`: a list such as ``[{"layer": "Dense", "inputs": 4, "outputs": 2, "activation": "tanh"}]``.
    Nothing is ever unpickled.
    """
    from symnet.interchange.files import load

    return load(path, activation, output, architecture)


def network_from(library: str, model: Any, *options: Any) -> Network:
    """`Network.from_torch(module)` and its sisters, each in `symnet.interchange.from_<library>`."""
    from importlib import import_module

    return getattr(import_module(f"symnet.interchange.from_{library}"), f"from_{library}")(model, *options)


def torch_module(network: Network) -> Any:
    """`network.to_torch()`."""
    from symnet.interchange.to_torch import to_torch

    return to_torch(network)


def neuron_gradient(neuron: Neuron) -> NeuronGradient:
    """`neuron.gradient`."""
    from symnet.calculus.slope import neuron_gradient

    return neuron_gradient(neuron)


def evaluate_vector(activation: VectorActivation, x: Any, parameters: Any = (), **sizes: int) -> Any:
    """`vector_activation(x)`."""
    from symnet.calculus.vector_evaluation import evaluate

    return evaluate(activation, x, parameters, **sizes)


def vector_jacobian(activation: VectorActivation, **sizes: int) -> ImmutableMatrix:
    """`vector_activation.jacobian(n=3)`."""
    from symnet.calculus.jacobian import jacobian

    return jacobian(activation, **sizes)


def bind_values(network: Network, values: Any) -> dict[str, Any]:
    """`network.with_values(values)`: every parameter by name, checked."""
    from symnet.codegen.parameters import bind

    return bind(network, values)


def evaluate_network(network: Network, x: Any, parameters: Any = None) -> Any:
    """`network(x)`: compile (once) and call."""
    from symnet.codegen.program import forward_program

    return forward_program(network)(x, network.values if parameters is None else parameters)


def network_jacobian(network: Network, x: Any, parameters: Any = None) -> Any:
    """`network.jacobian(x)`."""
    from symnet.codegen.network_jacobian import network_jacobian

    return network_jacobian(network, x, network.values if parameters is None else parameters)


def scalar_network(network: Network, loss: Any = None) -> ScalarNetwork:
    """`network.scalar(loss)`."""
    from symnet.calculus.scalar_network import scalar_network

    return scalar_network(network, loss)
