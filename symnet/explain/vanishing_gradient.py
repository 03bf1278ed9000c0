"""The sheet of the vanishing gradient: what is left of a signal after many layers, exactly, and what keeps it alive."""

from __future__ import annotations

import math
from typing import Any

from sympy import Expr, IndexedBase, Integer, Product, Rational, Symbol, symbols

from symnet.analysis import analyse
from symnet.definitions.activation import activations
from symnet.explain.activation.fact_rows import number
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Applied, Decimal, partial
from symnet.explain.plot import plot
from symnet.prose import load
from symnet.sheet import Code, Curve, DataTable, Equation, Sheet, Text

NAME = "vanishing_gradient"
SHOWN = ("sigmoid", "tanh", "softsign", "relu", "leaky_relu", "elu", "gelu")
POINTS = (Rational(-2), Rational(1, 2), Rational(2))
DEPTHS = (1, 2, 5, 10, 20, 50)
WEIGHTS = (Rational(1), Rational(2), Rational(4), Rational(6))


def explain_vanishing_gradient(reading: Text | None = None) -> Sheet:
    """The sheet ``symnet explain vanishing_gradient``."""
    voice = plain_voice(names={"w": Symbol("w"), "z": Symbol("z")})
    blocks: dict[str, list[Any]] = {
        "slopes": [slopes()],
        "chain": chain(),
        "largest": [largest(voice)],
        "depths": [depths(voice)],
        "weights": [weights(voice)],
        "points": [points(voice)],
        "residual": residual(),
        "code": code(),
    }
    return essay(NAME, blocks, voice, reading=reading)


def slopes() -> Curve:
    """The slopes of sigmoid, tanh and ReLU."""
    return plot([activations[name] for name in ("sigmoid", "tanh", "relu")], (1,), (-6.0, 6.0))


def chain() -> list[Equation]:
    """The slope through one neuron a layer: the product of weight times local slope."""
    k, n = symbols("k n", integer=True, positive=True)
    w, z = IndexedBase("w"), IndexedBase("z")
    a = IndexedBase("a")
    return [
        Equation((partial(a[k], a[k - 1]), w[k] * Applied("sigma", 1, z[k]))),
        Equation((partial(a[n], a[0]), Product(w[k] * Applied("sigma", 1, z[k]), (k, 1, n)))),
    ]


def largest(voice: Any) -> DataTable:
    """The proved Lipschitz constant of each activation: no local slope is larger."""
    frame = Frame(f"subjects/{NAME}", "largest", voice)
    rows = []
    for name in SHOWN:
        fact = analyse(activations[name]).facts["lipschitz"]
        exact = fact.exact["value"] if fact.exact else None
        bound = number(fact.value["value"], exact)
        value = Rational(fact.value["value"])
        rows.append((activations[name].title, bound, Decimal(value**10, 3)))
    return DataTable(frame.texts("header"), tuple(rows), alignment="lrr")


def depths(voice: Any) -> DataTable:
    """At best, weight 1: what is left after so many layers."""
    frame = Frame(f"subjects/{NAME}", "depths", voice)
    rows = tuple(
        (
            Integer(n),
            Decimal(Rational(1, 4) ** n, 3),
            Decimal(Function(activations["tanh"]).slope(Rational(1, 2)) ** n, 3),
            Integer(1),
        )
        for n in DEPTHS
    )
    return DataTable(frame.texts("header"), rows, alignment="rrrr")


def weights(voice: Any) -> DataTable:
    """Ten sigmoid layers at the weighted sum 0, with larger and larger weights."""
    frame = Frame(f"subjects/{NAME}", "weights", voice)
    rows = tuple((w, w / 4, Decimal((w / 4) ** 10, 4)) for w in WEIGHTS)
    return DataTable(frame.texts("header"), rows, alignment="rrr")


def points(voice: Any) -> DataTable:
    """Local slopes at a few weighted sums."""
    frame = Frame(f"subjects/{NAME}", "points", voice)
    rows = []
    for name in SHOWN:
        function = Function(activations[name])
        rows.append((activations[name].title, *(Decimal(function.slope(p), 4) for p in POINTS)))
    header = (*frame.texts("header"), *(Text("{e}", {"e": Equation((Symbol("z"), p))}) for p in POINTS))
    return DataTable(header, tuple(rows), alignment="lrrr")


def residual() -> list[Equation]:
    """With a bypass: a + f(a) has the slope 1 + f′(a)."""
    a, k = IndexedBase("a"), Symbol("k", integer=True)
    out = Applied("f", 0, a[k - 1])
    return [
        Equation((a[k], a[k - 1] + out)),
        Equation((partial(a[k], a[k - 1]), 1 + Applied("f", 1, a[k - 1]))),
    ]


def code() -> list[Code]:
    """Ten sigmoids with weight 1, and the slope at the far end."""
    words = load(f"subjects/{NAME}")["libraries"]
    value = 0.0
    slope: Expr = Integer(1)
    for _ in range(10):
        value = 1 / (1 + math.exp(-value))
        slope = slope * value * (1 - value)
    printed = f"{float(slope):.3e}"
    return [
        Code("python", "import numpy\n\na, slope = 0.0, 1.0\nfor _ in range(10):\n    a = 1 / (1 + numpy.exp(-a))\n    slope *= a * (1 - a)\nprint(f\"{slope:.3e}\")", printed, Text(words["numpy"])),
        Code("python", "import torch\n\nx = torch.tensor(0.0, requires_grad=True, dtype=torch.float64)\na = x\nfor _ in range(10):\n    a = torch.sigmoid(a)\na.backward()\nprint(f\"{x.grad.item():.3e}\")", printed, Text(words["torch"])),
        Code("python", "import jax\n\n\ndef deep(a):\n    for _ in range(10):\n        a = jax.nn.sigmoid(a)\n    return a\n\n\nprint(f\"{float(jax.grad(deep)(0.0)):.3e}\")", printed, Text(words["jax"])),
    ]  # fmt: skip
