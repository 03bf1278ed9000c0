"""The sheet of backpropagation: local rules, one neuron as a graph, the four equations, a network in exact fractions, the cost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sympy import Integer, Rational, Symbol

from symnet.calculus.adjoints import RULES
from symnet.calculus.backpropagate import backpropagate
from symnet.definitions.network import MLP
from symnet.explain.architecture import diagram, equations, shape
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.notation import Applied, partial
from symnet.explain.passes import backward, forward, shown
from symnet.learning.step import TrainingStep, step
from symnet.prose import load
from symnet.sheet import Code, DataTable, Equation, Sheet, Text

NAME = "backpropagation"
SHOWN = ("sum", "product", "elementwise", "maximum")
COSTED = ((2, 2, 1), (64, 32, 10), (784, 16, 16, 10))
W, X, B, Y = Rational(2), Rational(3), Rational(-5), Rational(2)
"""One neuron: weight, input, bias, target."""


def example() -> TrainingStep:
    """A 2-2-1 network with ReLU in the middle, all in fractions; one hidden neuron is silent."""
    network = MLP([2, 2, 1], "relu", "identity")
    values = {"W_1": [["1", "1/2"], ["-1", "1"]], "b_1": ["0", "-1"], "W_2": [["1", "2"]], "b_2": ["1/2"]}
    return step(network, values, ("2", "1"), ("2",), "1/10")


def explain_backpropagation(reading: Text | None = None) -> Sheet:
    """The sheet ``symnet explain backpropagation``."""
    run = example()
    deep = MLP([4, 3, 3, 2], "sigmoid")
    voice = plain_voice(
        {
            "y": Y,
            "shape": shape(run.network),
            "before": shown(run.before),
            "after": shown(run.after),
            "parameters": str(run.network.count),
        },
        {letter: Symbol(letter) for letter in ("W", "z", "a")},
    )
    blocks: dict[str, list[Any]] = {
        "rules": [rules(voice)],
        "graph": graph(voice),
        "equations": [equations(deep.equations, voice)],
        "four": [equations(backpropagate(deep, "half_squared"), voice, ("loss", "delta", "gradient"))],
        "diagram": [diagram(run.network, voice)],
        "forward": forward(run, voice),
        "backward": backward(run, voice),
        "cost": [cost(voice)],
        "code": code(run),
    }
    return essay(NAME, blocks, voice, reading=reading)


def rules(voice: Any) -> DataTable:
    """The adjoint rules that the engine itself uses, in its words."""
    frame = Frame(f"subjects/{NAME}", "rules", voice)
    found = {rule.name: rule.statement for rule in RULES.values()}
    return DataTable(
        frame.texts("header"), tuple((frame.words["names"][name], Text("{s}", {"s": found[name]})) for name in SHOWN)
    )


def graph(voice: Any) -> list[Any]:
    """One neuron as a chain: each quantity with its value forward, its local slope, and the slope of the loss."""
    w, x, b, z, a, y, ell = (Symbol(letter) for letter in ("w", "x", "b", "z", "a", "y", "ell"))
    put = {w: W, x: X, b: B, y: Y}
    put[z] = W * X + B
    put[a] = max(put[z], Integer(0))
    error = put[a] - put[y]
    bend = Integer(bool(put[z] > 0))
    frame = Frame(f"subjects/{NAME}", "graph", voice)
    rows = (
        (Equation((ell, (a - y) ** 2 / 2)), error**2 / 2, Integer(1), Integer(1)),
        (Equation((a, Applied("ReLU", 0, z))), put[a], Equation((partial(ell, a), a - y)), error),
        (Equation((z, w * x + b)), put[z], Equation((partial(a, z), bend)), error * bend),
        (w, W, Equation((partial(z, w), x)), error * bend * X),
        (x, X, Equation((partial(z, x), w)), error * bend * W),
        (b, B, Equation((partial(z, b), Integer(1))), error * bend),
    )
    return [DataTable(frame.texts("header"), rows, alignment="lrlr")]


def cost(voice: Any) -> DataTable:
    """Multiplications with weights: forward, backward, and by nudging every parameter."""
    frame = Frame(f"subjects/{NAME}", "cost", voice)
    rows = []
    for sizes in COSTED:
        count = MLP(list(sizes)).count
        ahead = sum(a * b for a, b in pairwise(sizes))
        back = ahead + sum(a * b for a, b in list(pairwise(sizes))[1:])
        rows.append(("-".join(map(str, sizes)), f"{count:,}", f"{ahead:,}", f"{back:,}", f"{2 * count * ahead:,}"))
    return DataTable(frame.texts("header"), tuple(rows), alignment="lrrrr")


def code(run: TrainingStep) -> list[Code]:
    """The example by hand in NumPy, and by the frameworks; every block prints the same slopes."""
    words = load(f"subjects/{NAME}")["libraries"]
    first, second, c, d = (_floats(run.values[f"layers.{k}.{n}"]) for n in ("weight", "bias") for k in (1, 2))
    x, y = _floats(run.x), _floats(run.target)
    found = iter(run.gradient.values())
    slopes = {p.symbol.name: _filled(p.shape, found) for p in run.network.trainable_parameters}
    printed = "\n".join(repr(slopes[name]) for name in ("W_1", "b_1", "W_2", "b_2"))
    return [
        Code("python", f"import numpy\n\nW1, b1 = numpy.array({first}), numpy.array({c})\nW2, b2 = numpy.array({second}), numpy.array({d})\nx, y = numpy.array({x}), numpy.array({y})\n\nz1 = W1 @ x + b1  # forward: keep every intermediate\na1 = numpy.maximum(z1, 0)\nz2 = W2 @ a1 + b2\n\ndelta2 = z2 - y  # backward: the last layer first\ndelta1 = (W2.T @ delta2) * (z1 > 0)\nfor slope in (numpy.outer(delta1, x), delta1, numpy.outer(delta2, a1), delta2):\n    print((slope + 0.0).tolist())", printed, Text(words["numpy"])),
        Code("python", f"import torch\n\nW1, b1 = torch.tensor({first}, requires_grad=True), torch.tensor({c}, requires_grad=True)\nW2, b2 = torch.tensor({second}, requires_grad=True), torch.tensor({d}, requires_grad=True)\nx, y = torch.tensor({x}), torch.tensor({y})\nz2 = W2 @ torch.relu(W1 @ x + b1) + b2\n(0.5 * (z2 - y).square().sum()).backward()\nfor p in (W1, b1, W2, b2):\n    print((p.grad + 0.0).tolist())", printed, Text(words["torch"])),
        Code("python", f"import jax\n\nparameters = [jax.numpy.array(p) for p in ({first}, {c}, {second}, {d})]\nx, y = jax.numpy.array({x}), jax.numpy.array({y})\n\n\ndef loss(parameters):\n    W1, b1, W2, b2 = parameters\n    z2 = W2 @ jax.nn.relu(W1 @ x + b1) + b2\n    return 0.5 * ((z2 - y) ** 2).sum()\n\n\nfor slope in jax.grad(loss)(parameters):\n    print((slope + 0.0).tolist())", printed, Text(words["jax"])),
    ]  # fmt: skip


def _floats(value: Any) -> Any:
    return [_floats(v) for v in value] if isinstance(value, tuple) else float(value)


def _filled(size: tuple[int, ...], numbers: Iterator[Any]) -> Any:
    """Nested lists of this shape, filled in order; no negative zeros."""
    if len(size) == 1:
        return [float(next(numbers)) + 0.0 for _ in range(size[0])]
    return [_filled(size[1:], numbers) for _ in range(size[0])]
