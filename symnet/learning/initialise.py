"""Initialisers: where training starts, each declared by its exact spread.

A declaration gives, for a layer of so many inputs and outputs, the limit of a uniform draw or the standard
deviation of a normal one, as an exact number. Biases start at 0 unless the initialiser says otherwise.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np

from symnet.definitions.network import Network
from symnet.definitions.registry import Registry
from symnet.definitions.vocabulary import number, sqrt
from symnet.learning.split import generator

DRAWS = ("uniform", "normal", "constant", "orthogonal")


@dataclass(frozen=True)
class Initialiser:
    """How the first weights are drawn."""

    name: str
    define: Callable[[Any, Any], Any]
    """(inputs, outputs) → the limit of a uniform draw, the standard deviation of a normal one, or the constant."""
    draw: str
    """``"uniform"``, ``"normal"``, ``"constant"`` or ``"orthogonal"`` (orthonormal rows or columns, times the number)."""
    biases: bool = False
    """Whether the biases are drawn like the weights; else they start at 0."""
    summary: str = ""
    description: str = ""
    title: str = ""
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    frameworks: Mapping[str, str] = field(default_factory=dict)

    def __reduce__(self) -> tuple[Any, ...]:
        return named_initialiser, (self.name,)

    def deviation(self, inputs: Any, outputs: Any) -> Any:
        """The exact standard deviation of one weight: of a uniform draw on ±a it is a/√3."""
        if self.draw == "constant":
            return number(0)
        spread = self.define(inputs, outputs)
        if self.draw == "uniform":
            return spread / sqrt(3)
        if self.draw == "normal":
            return spread
        from sympy import Max

        return spread / sqrt(Max(inputs, outputs))

    def __call__(self, network: Network, seed: int, dtype: type = np.float64) -> dict[str, np.ndarray]:
        """Name in files → first values, the same for the same seed."""
        random = generator(seed, "initialise")
        values: dict[str, np.ndarray] = {}
        for record in network.parameter_records:
            shape = tuple(record.shape)
            if len(shape) == 1 and not (record.role == "bias" and self.biases):
                values[record.name] = np.full(shape, float(record.role != "bias"), dtype)
                continue
            inputs, outputs = fans(shape if len(shape) > 1 else self._beside(network, record))
            values[record.name] = self._drawn(random, shape, inputs, outputs).astype(dtype)
        return values

    @staticmethod
    def _beside(network: Network, bias: Any) -> tuple[int, ...]:
        """The shape of the weights that a bias belongs to."""
        stem = bias.name.rpartition(".")[0]
        return next(tuple(r.shape) for r in network.parameter_records if r.name == f"{stem}.weight")

    def _drawn(self, random: np.random.Generator, shape: tuple[int, ...], inputs: int, outputs: int) -> np.ndarray:
        spread = self.define(number(inputs), number(outputs))
        # each spread is the root of a rational number: one rounding of that number, one of the root
        size = float(np.sqrt(float(spread**2)))
        if self.draw == "uniform":
            return random.uniform(-size, size, shape)
        if self.draw == "normal":
            return random.normal(0.0, size, shape)
        if self.draw == "constant":
            return np.full(shape, size)
        rows, columns = shape[0], prod(shape[1:])
        q, r = np.linalg.qr(random.normal(size=(max(rows, columns), min(rows, columns))))
        q = q * np.where(np.diag(r) < 0, -1.0, 1.0)  # makes every orthogonal matrix equally likely
        return size * (q if rows >= columns else q.T).reshape(shape)


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """(inputs, outputs) that one weight array joins: (out, in, …kernel)."""
    kernel = prod(shape[2:])
    return shape[1] * kernel, shape[0] * kernel


initialisers: Registry[Initialiser] = Registry("initialiser", lambda: None)


def initialiser(
    draw: str,
    *,
    title: str,
    aliases: Sequence[str] = (),
    sources: Sequence[str] = (),
    biases: bool = False,
    **frameworks: str,
) -> Callable[[Callable[[Any, Any], Any]], Initialiser]:
    """Declare an initialiser; the decorated function becomes an `Initialiser` and enters the registry."""

    def declare(function: Callable[[Any, Any], Any]) -> Initialiser:
        summary, _, description = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
        name = function.__name__
        words = (" ".join(summary.split()), description.strip(), title, tuple(aliases), tuple(sources), frameworks)
        return initialisers.add(Initialiser(name, function, draw, biases, *words))

    return declare


def named_initialiser(name: Initialiser | str) -> Initialiser:
    """The initialiser itself, or the one of that name."""
    return name if isinstance(name, Initialiser) else initialisers[name]


@initialiser("uniform", title="Glorot uniform", aliases=["glorot_init", "glorot", "xavier_uniform", "xavier"],
             sources=["glorot2010"], torch="init.xavier_uniform_", keras="GlorotUniform")  # fmt: skip
def glorot_uniform(inputs, outputs):
    """Uniform on ±√(6/(inputs + outputs)): keeps the variance of values and of gradients about equal."""
    return sqrt(number(6) / (inputs + outputs))


@initialiser("normal", title="Glorot normal", aliases=["xavier_normal"], sources=["glorot2010"],
             torch="init.xavier_normal_", keras="GlorotNormal (cut off at two deviations)")  # fmt: skip
def glorot_normal(inputs, outputs):
    """Normal with standard deviation √(2/(inputs + outputs))."""
    return sqrt(number(2) / (inputs + outputs))


@initialiser("normal", title="He normal", aliases=["he_init", "he", "kaiming_normal", "kaiming"], sources=["he2015"],
             torch='init.kaiming_normal_(nonlinearity="relu")', keras="HeNormal (cut off at two deviations)")  # fmt: skip
def he_normal(inputs, outputs):
    """Normal with standard deviation √(2/inputs): makes up for the half that a ReLU puts to 0."""
    return sqrt(number(2) / inputs)


@initialiser("uniform", title="He uniform", aliases=["kaiming_uniform"], sources=["he2015"],
             torch='init.kaiming_uniform_(nonlinearity="relu")', keras="HeUniform")  # fmt: skip
def he_uniform(inputs, outputs):
    """Uniform on ±√(6/inputs): the same standard deviation as He normal."""
    return sqrt(number(6) / inputs)


@initialiser("normal", title="LeCun normal", aliases=["lecun"], sources=["lecun1998"],
             keras="LecunNormal (cut off at two deviations)", flax="the default of Dense (cut off)")  # fmt: skip
def lecun_normal(inputs, outputs):
    """Normal with standard deviation √(1/inputs): a weighted sum has the variance of one input."""
    return sqrt(number(1) / inputs)


@initialiser("uniform", title="LeCun uniform", sources=["lecun1998"], keras="LecunUniform")
def lecun_uniform(inputs, outputs):
    """Uniform on ±√(3/inputs): the same standard deviation as LeCun normal."""
    return sqrt(number(3) / inputs)


@initialiser("uniform", title="PyTorch's own", aliases=["torch_default"], biases=True, torch="the default of Linear")
def torch_linear(inputs, outputs):
    """Uniform on ±√(1/inputs), biases too: what torch.nn.Linear starts with."""
    return sqrt(number(1) / inputs)


@initialiser("orthogonal", title="Orthogonal", sources=["saxe2013"], torch="init.orthogonal_", keras="Orthogonal")
def orthogonal(inputs, outputs):
    """Orthonormal rows or columns: lengths are kept."""
    return number(1)


@initialiser("constant", title="Zeros", torch="init.zeros_", keras="Zeros")
def zeros(inputs, outputs):
    """Every weight 0: all neurons of a layer then stay equal for ever. For biases only."""
    return number(0)
