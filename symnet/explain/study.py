"""Notes made of several subjects. `study("neurons")` is the source note anew: every question answered, every number computed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from typing import Any

from sympy import Function as SymbolicFunction
from sympy import Integer, Symbol

from symnet.definitions.activation import activations
from symnet.definitions.network import MLP, Network
from symnet.errors import UnknownNameError
from symnet.explain import neuron as single
from symnet.explain.activation.graph import curve
from symnet.explain.activation.siblings import comparison
from symnet.explain.architecture import counts, diagram, equations
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.function import Function, framework_words
from symnet.explain.mlp import example
from symnet.explain.notation import Applied, Decimal, Products
from symnet.explain.passes import chain
from symnet.explain.subjects import NOTES
from symnet.explain.vector import maxout_curve
from symnet.sheet import Code, Equation, Sheet

SIX = ("sigmoid", "leaky_relu", "tanh", "relu", "elu")
"""The note's functions of one variable, in its order; maxout is the sixth."""


def study(topic: str) -> Sheet:
    """The note on a topic; `UnknownNameError` when there is none."""
    if topic not in NOTES:
        raise UnknownNameError.among("note", topic, NOTES, f"There are: {', '.join(NOTES)}.")
    module, _, name = NOTES[topic].maker.partition(":")
    maker: Callable[[], Sheet] = getattr(import_module(module), name)
    return maker()


def neurons() -> Sheet:
    """The note "Neurons"."""
    network = MLP([784, 16, 16, 10], "sigmoid")
    facts = single.numbers()
    functions = {name: Function(activations[name]) for name in SIX}
    weights = sum(a * b for a, b in pairwise(network.sizes))
    run = example()
    voice = plain_voice(
        {
            **framework_words(activations["leaky_relu"]),
            "count": f"{network.count:,}", "weights": f"{weights:,}", "biases": f"{network.count - weights:,}",
            **{f"neuron_{key}": single.shown(value) for key, value in facts.items()},
            "loss_before": Decimal(run.before, 8), "loss_after": Decimal(run.after, 8),
        },
        {"count": Integer(network.count)},
    )  # fmt: skip
    blocks: dict[str, list[Any]] = {
        "diagram": [single.diagram()],
        "network": [diagram(network, voice)],
        "counts": [counts(network, voice)],
        "threshold": [single.threshold()],
        "worked": worked(facts),
        "scalar": scalar(),
        "note_formula": [note_formula()],
        "composition": [composition(network)],
        "column": [equations(network.equations, voice)],
        "rows": [equations(network.equations.rows, voice)],
        "chain": chain(run.network, run.loss, voice),
        "maxout": maxout_curve(),
        "compare": [comparison(list(functions.values()), voice)],
        "practice": practice(),
    }
    for name, function in functions.items():
        blocks[name] = [
            definition(function),
            curve(function, Frame("activation", "lead", function.voice)),
            slope(function),
        ]
    return essay("neurons", blocks, voice)


def definition(function: Function) -> Equation:
    """f(x) = …, parameters as letters."""
    return Equation((Applied("f", 0, function.x), function.formula))


def slope(function: Function) -> Equation:
    """f′(x) = …, from the checked derivation."""
    from symnet.calculus.differentiate import differentiate

    return Equation((Applied("f", 1, function.x), differentiate(function.formula, function.x).form))


def worked(facts: dict[str, Any]) -> list[Equation]:
    """The neuron of the neuron's sheet, in three lines."""
    w1, w2, x1, x2, b, z, a = (Symbol(name) for name in ("w_1", "w_2", "x_1", "x_2", "b", "z", "a"))
    put = Products(zip(single.WEIGHTS, single.INPUTS, strict=True), single.BIAS)
    return [
        Equation((z, Products([(w1, x1), (w2, x2)], b), put, facts["z"]), multiline=True),
        Equation((Equation((a, Applied("sigma", 0, facts["z"]))), Decimal(facts["a"], 6)), "≈"),
    ]


def scalar() -> list[Equation]:
    """One neuron of one layer, with indices."""
    from symnet.explain.network import scalar as of_network

    return of_network(MLP([784, 16, 16, 10], "sigmoid"))


def note_formula() -> Equation:
    """The note's own formula, as it stands there."""
    x, w, b = Symbol("x"), Symbol("w_i"), Symbol("b_i")
    return Equation((SymbolicFunction("f_i")(x), SymbolicFunction("a")(w * x + b)))


def composition(network: Network) -> Equation:
    """The whole network as one nested formula, put together from its equations."""
    found: dict[Any, Any] = {}
    for line in network.equations:
        found[line.symbol] = line.expression.xreplace(found)
    return Equation((Applied("f", 0, network.input), found[network.equations.output]))


def practice() -> list[Code]:
    """The note's Colab practice: cells that run one after the other, with what they print."""
    from symnet.explain.practice import cells

    return cells()
