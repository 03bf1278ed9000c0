"""Decides which sheet a target gets; every maker is imported only when it is needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from symnet.definitions.activation import Activation, activations
from symnet.errors import UsageError
from symnet.explain.subjects import CONCEPTS, PAIRS
from symnet.sheet import Sheet, Text

SHAPE = re.compile(r"\d+(-\d+)+")


def sheet_of(target: Any, reading: str | Text | None = None) -> Sheet:
    """The sheet of anything that has one."""
    said = Text("{reading}", {"reading": reading}) if isinstance(reading, str) else reading
    if isinstance(target, str):
        target = named(target)
    if isinstance(target, Activation):
        return _maker("symnet.explain.activation", "explain_activation")(target, said)
    if isinstance(target, Path):
        return _maker("symnet.explain.trained", "explain_file")(target, said)
    if isinstance(target, tuple) and target and all(isinstance(size, int) for size in target):
        return _maker("symnet.explain.network", "explain_shape")(target, said)
    if isinstance(target, tuple) and target in PAIRS:
        return _maker(*PAIRS[target].maker.split(":"))(said)
    if isinstance(target, Concept):
        return _maker(*CONCEPTS[target.name].maker.split(":"))(said)
    from symnet.definitions.loss import Loss
    from symnet.definitions.network import Network
    from symnet.definitions.optimiser import Optimiser
    from symnet.definitions.vector_activation import VectorActivation

    if isinstance(target, Optimiser):
        return _maker("symnet.explain.optimiser", "explain_optimiser")(target, said)
    if isinstance(target, Loss):
        return _maker("symnet.explain.loss", "explain_loss")(target, said)
    if isinstance(target, VectorActivation):
        return _maker("symnet.explain.vector", "explain_vector")(target, said)
    if isinstance(target, Network):
        return _maker("symnet.explain.network", "explain_network")(target, said)
    raise UsageError(
        f"there is no sheet for {type(target).__name__!r}; explain takes an activation, a network, a file or a name"
    )


class Concept(str):
    """The name of a concept that has a sheet."""

    @property
    def name(self) -> str:
        return str(self)


def named(text: str) -> Any:
    """What a text names: a catalogue name, a concept, a pair of names, a shape, a file, else an expression."""
    if text in activations:
        return activations[text]
    if text in CONCEPTS:
        return Concept(text)
    if (pair := tuple(part.strip() for part in text.split("+"))) in PAIRS:
        return pair
    from symnet.definitions.vector_activation import vector_activations

    if text in vector_activations:
        return vector_activations[text]
    from symnet.definitions.loss import losses

    if text in losses:
        return losses[text]
    from symnet.definitions.optimiser import optimisers

    if text in optimisers:
        return optimisers[text]
    if SHAPE.fullmatch(text):
        return tuple(int(size) for size in text.split("-"))
    if text.endswith((".safetensors", ".npz", ".onnx")):
        return Path(text)
    from symnet.definitions.expression import typed_activation

    return typed_activation(text)


def _maker(module: str, name: str) -> Callable[..., Sheet]:
    return getattr(import_module(module), name)
