"""Activations that exporters write as several operators: x·σ(x), x·tanh(softplus(x)), x·(1 + erf(x/√2)), log σ(x)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from symnet.definitions.neuron import named_activation
from symnet.interchange.chain import Apply, Scale, Step

LONGEST = 3
"""No gate has more operators."""

GATES: dict[tuple[str, ...], tuple[str, float]] = {
    ("Sigmoid",): ("silu", 1.0),
    ("Softplus", "Tanh"): ("mish", 1.0),
    ("Div 1.41421", "Erf", "Add 1"): ("gelu", 2.0),
    ("Mul 0.707107", "Erf", "Add 1"): ("gelu", 2.0),
}
"""The operators g of x·g(x), with their constants to six digits → (activation f, c) with x·g(x) = c·f(x)."""


def pattern(
    node: Any, constants: Mapping[str, np.ndarray], producers: Mapping[str, Any]
) -> tuple[str, list[Step]] | None:
    """The input x of a pattern that ends in `node`, and its steps; None when there is none."""
    place = f"node {node.name or node.output[0]} ({node.op_type})"
    if node.op_type == "Log" and (before := producers.get(node.input[0])) is not None and before.op_type == "Sigmoid":
        return before.input[0], [Apply(named_activation("log_sigmoid"), place)]
    if node.op_type != "Mul" or len(node.input) != 2 or node.input[0] == node.input[1]:
        return None
    for x, gate in (tuple(node.input), tuple(node.input)[::-1]):
        if (found := GATES.get(_operators(gate, x, constants, producers))) is not None:
            name, factor = found
            scale = [Scale(factor, 0.0, place)] if factor != 1 else []
            return x, [Apply(named_activation(name), place), *scale]
    return None


def _operators(name: str, x: str, constants: Mapping[str, np.ndarray], producers: Mapping[str, Any]) -> tuple[str, ...]:
    """The operators that lead from x to `name`, when they are a chain; else nothing."""
    found: list[str] = []
    while name != x:
        node = producers.get(name)
        samples = [] if node is None else [i for i in node.input if i and i not in constants]
        if len(samples) != 1 or len(found) == LONGEST:
            return ()
        fixed = [constants[i] for i in node.input if i in constants]
        if any(value.size != 1 for value in fixed) or (node.op_type == "Div" and node.input[0] != samples[0]):
            return ()
        found.insert(0, " ".join([node.op_type, *(f"{value.item():.6g}" for value in fixed)]))
        name = samples[0]
    return tuple(found)
