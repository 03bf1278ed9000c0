"""The sheet of the multilayer perceptron: the published 2-2-2 example carried from end to end, every figure recomputed."""

from __future__ import annotations

from typing import Any

from sympy import Rational

from symnet.definitions.activation import activations
from symnet.definitions.network import MLP
from symnet.explain.architecture import counts, diagram, equations
from symnet.explain.essay import essay, plain_voice
from symnet.explain.function import Function
from symnet.explain.notation import Decimal
from symnet.explain.passes import backward, chain, forward
from symnet.learning.step import TrainingStep
from symnet.sheet import DataTable, Sheet, Text

PUBLISHED = "0.291027924"
"""The loss after one step as the published page prints it."""


def fractions(*texts: str) -> tuple[Rational, ...]:
    """Exact rationals from their spelling."""
    return tuple(Rational(text) for text in texts)


def example() -> TrainingStep:
    """Mazur's network, its weights, its one sample, and its frozen biases."""
    network = MLP([2, 2, 2], "sigmoid", trainable=["W_1", "W_2"])
    values = {
        "layers.1.weight": (fractions("0.15", "0.20"), fractions("0.25", "0.30")),
        "layers.1.bias": fractions("0.35", "0.35"),
        "layers.2.weight": (fractions("0.40", "0.45"), fractions("0.50", "0.55")),
        "layers.2.bias": fractions("0.60", "0.60"),
    }
    return TrainingStep(network, values, fractions("0.05", "0.10"), fractions("0.01", "0.99"), Rational(1, 2))


def explain_mlp(reading: Text | None = None) -> Sheet:
    """The sheet `symnet explain mlp`."""
    run = example()
    video = MLP([784, 16, 16, 10], "sigmoid")
    after = Decimal(run.after, 10)
    voice = plain_voice({
        "video_count": f"{video.count:,}", "loss": Decimal(run.before, 9), "after": after,
        "published": Decimal(Rational(PUBLISHED), 9), "gap": Decimal(abs(Rational(PUBLISHED) - run.after), 2),
    })  # fmt: skip
    blocks: dict[str, list[Any]] = {
        "diagram": [diagram(run.network, voice)],
        "equations": [equations(run.network.equations, voice)],
        "rows": [equations(run.network.equations.rows, voice)],
        "counts": [counts(video, voice)],
        "chain": chain(run.network, run.loss, voice),
        "forward": forward(run, voice),
        "backward": backward(run, voice),
        "xor": [xor()],
        "fading": [fading()],
    }
    return essay("mlp", blocks, voice, reading=reading)


def xor() -> DataTable:
    """Goodfellow, Bengio and Courville's exclusive-or network, computed."""
    relu = activations["relu"]

    def f(z: Any) -> Any:
        return relu.default_expression.subs(relu.variable, z)

    rows = []
    for first in (0, 1):
        for second in (0, 1):
            h1, h2 = f(Rational(first + second)), f(Rational(first + second - 1))
            rows.append((Rational(first), Rational(second), h1, h2, h1 - 2 * h2))
    header = tuple(Text(words) for words in ("x₁", "x₂", "h₁ = ReLU(x₁ + x₂)", "h₂ = ReLU(x₁ + x₂ − 1)", "h₁ − 2·h₂"))
    return DataTable(header, tuple(rows), alignment="rrrrr")


def fading() -> DataTable:
    """What is left of a gradient after ten neurons, at best and at a weighted sum of 2."""
    rows = []
    for name, steepest in (("sigmoid", 0), ("tanh", 0), ("relu", 1)):
        function = Function(activations[name])
        best, typical = function.slope(steepest), function.slope(2)
        rows.append((Text(function.activation.title), best, Decimal(best**10, 3), Decimal(typical**10, 3)))
    header = tuple(
        Text(words) for words in ("activation", "largest slope", "ten of them", "ten at a weighted sum of 2")
    )
    return DataTable(header, tuple(rows), alignment="lrrr")
