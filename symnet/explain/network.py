"""The sheet of a network of given layer sizes: its picture, its parameters, its equations, and a miniature in numbers.

A network with thousands of weights cannot be written out, and need not be: its equations are the same
for every size. So the numbers are carried through a miniature of the same depth, whose columns have at
most two units; every line of it is a line of the large network with fewer terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sympy import Integer, Rational, Sum, symbols
from sympy.tensor import Idx, IndexedBase

from symnet.definitions.network import MLP, Network
from symnet.errors import UsageError
from symnet.explain.architecture import counts, diagram, equations, shape
from symnet.explain.essay import essay, plain_voice
from symnet.explain.notation import Applied, Decimal
from symnet.explain.passes import backward, chain, forward
from symnet.learning.step import TrainingStep
from symnet.sheet import Code, Equation, Sheet, Text

WIDEST = 2
"""The miniature's columns have at most so many units."""
DEEPEST = 4
"""A miniature has at most so many columns."""


def explain_shape(sizes: tuple[int, ...], reading: Text | None = None) -> Sheet:
    """The sheet of an MLP with sigmoid everywhere, as in the video that the source note follows."""
    return explain_network(MLP(list(sizes), "sigmoid"), reading)


def explain_network(network: Network, reading: Text | None = None) -> Sheet:
    """The sheet of a network without numbers."""
    if len(network.sizes) < 2 or any(not hasattr(layer, "activation") for layer in network.layers):
        raise UsageError("the sheet of a network is for dense layers; explain the other layers by their own names")
    sizes = network.sizes
    run = miniature(network)
    weights = sum(a * b for a, b in pairwise(sizes))
    biases = sum(sizes[1:])
    voice = plain_voice({
        "shape": shape(network), "count": f"{network.count:,}", "weights": f"{weights:,}", "biases": f"{biases:,}",
        "inputs": sizes[0], "outputs": sizes[-1], "layers": len(sizes) - 1, "first": f"{network.counts[0]:,}", "hidden": sizes[1],
        "doubled": f"{doubled(sizes):,}", "twice": f"{2 * network.count:,}", "bytes": f"{4 * network.count:,}", "mini": shape(run.network), "activation": network.layers[0].activation.title,
        "weight_sum": " + ".join(f"{a}·{b}" for a, b in pairwise(sizes)), "bias_sum": " + ".join(str(s) for s in sizes[1:]),
        "share": Decimal(Rational(100 * network.counts[0], network.count), 3), "before": Decimal(run.before, 8), "after": Decimal(run.after, 8),
    }, {"inputs": Integer(sizes[0]), "hidden": Integer(sizes[1]), "outputs": Integer(sizes[-1]), "count": Integer(network.count)})  # fmt: skip
    blocks: dict[str, list[Any]] = {
        "diagram": [diagram(network, voice)],
        "counts": [counts(network, voice)],
        "scalar": scalar(network),
        "column": [equations(network.equations, voice)],
        "rows": [equations(network.equations.rows, voice)],
        "chain": chain(network, "half_squared", voice),
        "mini": [diagram(run.network, voice)],
        "forward": forward(run, voice),
        "backward": backward(run, voice),
        "code": code(network),
    }
    return essay(
        "shape", blocks, voice, subject=shape(network), title=Text(f"Network {shape(network)}"), reading=reading
    )


def doubled(sizes: Sequence[int]) -> int:
    """The parameters of the same network with hidden layers twice as wide."""
    wide = [sizes[0], *(2 * size for size in sizes[1:-1]), sizes[-1]]
    return sum(a * b + b for a, b in pairwise(wide))


def miniature(network: Network) -> TrainingStep:
    """A network of the same depth with at most two units a column, and exact numbers."""
    sizes = [min(size, WIDEST) for size in network.sizes]
    if len(sizes) > DEEPEST:
        sizes = [*sizes[: DEEPEST - 1], sizes[-1]]
    small = MLP(sizes, network.layers[0].activation.at_defaults())
    values: dict[str, Any] = {}
    for k, layer in enumerate(small.layers, start=1):
        weight, bias = layer.parameters(k)
        values[weight.name] = tuple(
            tuple(Rational((-1) ** (i + j) * (2 + i + 2 * j + k), 10) for j in range(layer.inputs))
            for i in range(layer.outputs)
        )
        values[bias.name] = tuple(Rational(1 - i, 10) for i in range(layer.outputs))
    x = tuple(Rational(1 + 2 * j, 2) for j in range(sizes[0]))
    target = tuple(Rational(1 - i) for i in range(sizes[-1]))
    return TrainingStep(small, values, x, target, Rational(1, 2))


def scalar(network: Network) -> list[Equation]:
    """Neuron i of layer k as a sum over the neurons before."""
    k = 1
    i, j = symbols("i j", integer=True)
    n = Integer(network.sizes[k - 1])
    weight, bias, before = IndexedBase("w"), IndexedBase("b"), IndexedBase("x")
    z, a = IndexedBase("z"), IndexedBase("a")
    index = Idx(j, (1, n))
    total = Sum(weight[i, index] * before[index], (index, 1, n)) + bias[i]
    name = (
        "sigma"
        if network.layers[0].activation.name == "sigmoid"
        else network.layers[0].activation.title.replace(" ", "")
    )
    return [Equation((z[i], total)), Equation((a[i], Applied(name, 0, z[i])))]


def code(network: Network) -> list[Code]:
    """The same shape in PyTorch, Keras and symnet, each printing its number of parameters."""
    sizes = network.sizes
    activation = network.layers[0].activation
    count = str(network.count)
    blocks = [
        Code(
            "python",
            f'import symnet\n\nnetwork = symnet.MLP({list(sizes)}, "{activation.name}")\nprint(network.count)\nprint(network.counts)',
            f"{count}\n{network.counts}",
            Text("symnet"),
        )
    ]
    if api := activation.apis.get("torch"):
        lines = ",\n    ".join(f"torch.nn.Linear({a}, {b}), torch.nn.{api.name}()" for a, b in pairwise(sizes))
        blocks.append(
            Code(
                "python",
                f"import torch\n\nnetwork = torch.nn.Sequential(\n    {lines},\n)\nprint(sum(p.numel() for p in network.parameters()))",
                count,
                Text("PyTorch"),
            )
        )
    if api := activation.apis.get("keras"):
        lines = ",\n    ".join(f'keras.layers.Dense({b}, activation="{api.name}")' for b in sizes[1:])
        blocks.append(
            Code(
                "python",
                f"import keras\n\nnetwork = keras.Sequential([\n    keras.Input(({sizes[0]},)),\n    {lines},\n])\nprint(network.count_params())",
                count,
                Text("Keras"),
            )
        )
    return blocks
