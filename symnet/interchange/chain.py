"""A network of another library as a chain of steps, and the chain as a `Network` that is bound to numbers.

Every reader (torch, Keras, scikit-learn, ONNX, npz) says only what its modules are in these five words; how
they become layers is told here:

* an affine map and the activation behind it are one `Dense`;
* a scaling y = s·x + t, entry by entry (a standardiser, batch normalisation in inference), is folded into the
  affine map before it, else into the one behind it: W·diag(s), b + W·t;
* an activation that follows no affine map is `Pointwise`; the identity is nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from symnet.codegen.parameters import numbers
from symnet.definitions.activation import Activation
from symnet.definitions.layer import Layer
from symnet.definitions.layers import Dense, Flatten, Pointwise, Softmax
from symnet.definitions.network import Network
from symnet.definitions.neuron import named_activation
from symnet.errors import DataError, ShapeError


@dataclass(frozen=True)
class Affine:
    """y = W x + b with W of the shape (outputs, inputs); without b, y = W x."""

    weight: Any
    bias: Any
    place: str


@dataclass(frozen=True)
class Scale:
    """y = factor · x + shift, entry by entry; one number stands for all entries."""

    factor: Any
    shift: Any
    place: str


@dataclass(frozen=True)
class Apply:
    """An activation of every entry."""

    activation: Activation
    place: str = ""


@dataclass(frozen=True)
class Normalise:
    """Softmax over all entries of a sample."""

    place: str = ""


@dataclass(frozen=True)
class Image:
    """The samples are images of this (height, width), flattened row by row."""

    shape: tuple[int, int]


Step = Affine | Scale | Apply | Normalise | Image


def assemble(steps: Sequence[Step], where: str) -> Network:
    """The network that the steps say; `where` opens every message."""
    builder = _Builder(where, _first_size(steps, where))
    for step in steps:
        builder.take(step)
    return builder.network()


def named_step(name: str, place: str = "") -> Step:
    """``"softmax"`` or the name of an activation as a step."""
    return Normalise(place) if name.lower() == "softmax" else Apply(named_activation(name), place)


def _first_size(steps: Sequence[Step], where: str) -> int:
    """How many numbers a sample has: nothing before the first affine map changes it."""
    for step in steps:
        if isinstance(step, Image):
            return step.shape[0] * step.shape[1]
        if isinstance(step, Affine):
            return _array(step.weight, 2, f"{where}: the weight of {step.place}").shape[1]
        if isinstance(step, Scale) and np.ndim(step.factor):
            return len(np.ravel(step.factor))
    raise DataError(f"{where} has no layer with weights, so its sizes are not known")


def _array(value: Any, dimensions: int, what: str) -> np.ndarray:
    array = numbers(value, what)
    if array.ndim != dimensions or not array.size:
        raise ShapeError(
            f"{what} must have {dimensions} dimension{'s' * (dimensions > 1)}, got the shape {array.shape}"
        )
    if not np.isfinite(array).all():
        raise DataError(f"{what} contains nan or infinity")
    return array


class _Builder:
    """The layers so far, and the affine map or scaling that still waits for what follows it."""

    def __init__(self, where: str, size: int) -> None:
        self.where, self.size = where, size
        self.layers: list[Layer] = []
        self.values: dict[str, np.ndarray] = {}
        self.affine: tuple[np.ndarray, np.ndarray | None] | None = None
        self.scale: tuple[np.ndarray, np.ndarray] | None = None

    def take(self, step: Step) -> None:
        if isinstance(step, Image):
            self.layers.append(Flatten(step.shape))
        elif isinstance(step, Affine):
            self._affine(step)
        elif isinstance(step, Scale):
            self._scale(step)
        elif isinstance(step, Normalise):
            self._close()
            self.layers.append(Softmax(self.size))
        elif step.activation.name != "identity":
            self._close(step.activation)

    def network(self) -> Network:
        self._close()
        if not self.layers:
            raise DataError(f"{self.where} has no layers")
        return Network(tuple(self.layers)).with_values(self.values)

    def _affine(self, step: Affine) -> None:
        if self.affine is not None:
            self._close()
        weight = _array(step.weight, 2, f"{self.where}: the weight of {step.place}")
        bias = None if step.bias is None else _array(step.bias, 1, f"{self.where}: the bias of {step.place}")
        if weight.shape[1] != self.size:
            raise ShapeError(f"{self.where}: {step.place} takes {weight.shape[1]} numbers but is given {self.size}")
        if bias is not None and len(bias) != len(weight):
            raise ShapeError(
                f"{self.where}: the weight of {step.place} has the shape {weight.shape} but its bias {bias.shape}"
            )
        if self.scale is not None:
            factor, shift = self.scale
            bias = weight @ shift if bias is None else bias + weight @ shift
            weight, self.scale = weight * factor, None
        self.affine, self.size = (weight, bias), len(weight)

    def _scale(self, step: Scale) -> None:
        factor, shift = (
            np.broadcast_to(self._vector(value, step.place), (self.size,)) for value in (step.factor, step.shift)
        )
        if self.affine is not None:
            weight, bias = self.affine
            bias = shift if bias is None else factor * bias + shift
            self.affine = (weight * factor[:, None], bias if bias.any() or self.affine[1] is not None else None)
        elif self.scale is not None:
            self.scale = (factor * self.scale[0], factor * self.scale[1] + shift)
        else:
            self.scale = (factor, shift)

    def _vector(self, value: Any, place: str) -> np.ndarray:
        what = f"{self.where}: a number of {place}"
        array = numbers(value, what).reshape(-1)
        if len(array) not in (1, self.size):
            raise ShapeError(f"{self.where}: {place} has {len(array)} numbers but is given {self.size}")
        return _array(array, 1, what).astype(np.float64)

    def _close(self, activation: Activation | None = None) -> None:
        """Make a layer of what waits, with the activation behind it."""
        if self.scale is not None and (self.scale[0] == 1).all() and not self.scale[1].any():
            self.scale = None
        if self.affine is None and self.scale is not None:
            self.affine, self.scale = (np.diag(self.scale[0]), self.scale[1]), None
        if self.affine is None:
            if activation is not None:
                self.layers.append(Pointwise(self.size, activation))
            return
        weight, bias = self.affine
        layer = Dense(weight.shape[1], len(weight), activation or named_activation("identity"), bias is not None)
        self.layers.append(layer)
        names = [record.name for record in layer.parameters(len(self.layers))]
        self.values |= dict(zip(names, [weight, bias], strict=False))
        self.affine = None
