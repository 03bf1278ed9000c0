"""One forward pass, one backward pass and one step of a small network in numbers, each figure shown and checked.

The numbers come from the program that is compiled from the very equations on the sheet; the gradient is
then compared with central differences of the loss, which know nothing of the equations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy
from sympy import Expr, Rational, Symbol

from symnet.calculus.backpropagate import backpropagate
from symnet.codegen.program import NetworkProgram, compile_network
from symnet.definitions.network import Network
from symnet.explain.frame import Frame
from symnet.explain.notation import Applied, Decimal, Products
from symnet.explain.voice import Voice
from symnet.sheet import DataTable, Equation, Heading, Paragraph

DIGITS = 8
STEP = 1e-5


@dataclass(frozen=True)
class Pass:
    """A small network with exact numbers, one sample and its target."""

    network: Network
    values: Mapping[str, Any]
    """Name in files → nested lists of exact numbers."""
    x: tuple[Expr, ...]
    target: tuple[Expr, ...]
    rate: Expr
    loss: str = "half_squared"

    @cached_property
    def program(self) -> NetworkProgram:
        """The compiled equations."""
        return compile_network(self.network, self.loss)

    @cached_property
    def arrays(self) -> dict[str, numpy.ndarray]:
        """The parameters as floats."""
        return {name: numpy.array(_floats(value)) for name, value in self.values.items()}

    @cached_property
    def result(self) -> tuple[float, dict[str, numpy.ndarray]]:
        """The loss and the gradient of every trainable parameter."""
        return self.program.loss_and_gradient(*self._sample, self.arrays)

    @property
    def _sample(self) -> tuple[numpy.ndarray, numpy.ndarray]:
        return numpy.array([_floats(self.x)]), numpy.array([_floats(self.target)])

    @cached_property
    def stepped(self) -> dict[str, numpy.ndarray]:
        """The parameters after one step of gradient descent."""
        gradient = self.result[1]
        return {
            name: array - float(self.rate) * gradient[name] if name in gradient else array
            for name, array in self.arrays.items()
        }

    @cached_property
    def signals(self) -> dict[str, numpy.ndarray]:
        """δ of every layer, which is the gradient of its bias, frozen or not; by the bias's name."""
        free = compile_network(replace(self.network, trainable=None), self.loss)
        gradient = free.loss_and_gradient(*self._sample, self.arrays)[1]
        return {p.name: gradient[p.name] for p in self.network.parameter_records if p.role == "bias"}

    def loss_at(self, arrays: Mapping[str, numpy.ndarray]) -> float:
        """The loss with other parameters."""
        return self.program.loss_and_gradient(*self._sample, arrays)[0]

    @cached_property
    def difference(self) -> float:
        """The largest distance between the gradient and central differences of the loss."""
        worst = 0.0
        for name, gradient in self.result[1].items():
            for place in numpy.ndindex(gradient.shape):
                ends = []
                for sign in (1, -1):
                    moved = {key: array.copy() for key, array in self.arrays.items()}
                    moved[name][place] += sign * STEP
                    ends.append(self.loss_at(moved))
                worst = max(worst, abs((ends[0] - ends[1]) / (2 * STEP) - gradient[place]))
        return worst

    @cached_property
    def layers(self) -> list[tuple[numpy.ndarray, numpy.ndarray]]:
        """(z, a) of every layer, from the exact activation at the weighted sums."""
        found = []
        previous = numpy.array(_floats(self.x))
        for k, layer in enumerate(self.network.layers, start=1):
            weight, bias = (self.arrays[p.name] for p in layer.parameters(k))
            z = weight @ previous + bias
            previous = layer.activation.at_defaults()(z)
            found.append((z, previous))
        return found


def _floats(value: Any) -> Any:
    return [_floats(item) for item in value] if isinstance(value, (list, tuple)) else float(value)


def number(value: float, digits: int = DIGITS) -> Expr:
    """A float as a rounded number of the sheet."""
    return Decimal(Rational(float(value)), digits)


def forward(run: Pass, voice: Voice) -> list[Any]:
    """The forward pass, neuron by neuron: letters, numbers put in, result."""
    frame = Frame("network", "forward", voice)
    blocks: list[Any] = []
    previous: list[Any] = list(run.x)
    letters: list[Any] = [Symbol(f"x_{j}") for j in range(1, len(run.x) + 1)]
    for k, (layer, (z, a)) in enumerate(zip(run.network.layers, run.layers, strict=True), start=1):
        blocks.append(Heading(frame.text("layer", k=k)))
        weight, bias = (run.values[p.name] for p in layer.parameters(k))
        name = _activation_name(layer)
        for i in range(layer.outputs):
            standing = Products(
                [(Symbol(f"w_{k}_{i + 1}_{j + 1}"), letter) for j, letter in enumerate(letters)],
                Symbol(f"b_{k}_{i + 1}"),
            )
            put = Products([(weight[i][j], value) for j, value in enumerate(previous)], bias[i])
            exact = all(v.is_Rational for v in previous) and k == 1
            total = put.doit() if exact else number(z[i])
            z_name, a_name = Symbol(f"z_{k}_{i + 1}"), Symbol(f"a_{k}_{i + 1}")
            blocks.append(Equation((z_name, standing)))
            blocks.append(Equation((z_name, put, total), "=" if exact else "≈"))
            blocks.append(Equation((Equation((a_name, Applied(name, 0, z_name))), number(a[i])), "≈"))
        previous = [number(value) for value in a]
        letters = [Symbol(f"a_{k}_{i}") for i in range(1, layer.outputs + 1)]
    return blocks


def _activation_name(layer: Any) -> str:
    from symnet.explain.function import SIGNS

    activation = layer.activation
    return SIGNS.get(activation.name, activation.title.replace(" ", ""))


def backward(run: Pass, voice: Voice) -> list[Any]:
    """The loss, δ of every neuron, every gradient, the step and the new loss."""
    frame = Frame("network", "backward", voice)
    loss, gradient = run.result
    blocks: list[Any] = [Paragraph(frame.text("loss", loss=number(loss)))]
    rows: list[tuple[Any, ...]] = []
    for k, layer in reversed(list(enumerate(run.network.layers, start=1))):
        bias = next(p for p in layer.parameters(k) if p.role == "bias")
        rows += [(Symbol(f"delta_{k}_{i + 1}"), number(value)) for i, value in enumerate(run.signals[bias.name])]
    blocks.append(DataTable(frame.texts("delta_header"), tuple(rows), frame.text("deltas"), "lr"))
    changes: list[tuple[Any, ...]] = []
    for k, layer in enumerate(run.network.layers, start=1):
        for p in layer.parameters(k):
            if p.name not in gradient:
                continue
            for place in numpy.ndindex(gradient[p.name].shape):
                letter = "w" if p.role == "weight" else "b"
                symbol = Symbol(f"{letter}_{k}_" + "_".join(str(i + 1) for i in place))
                changes.append(
                    (
                        symbol,
                        number(run.arrays[p.name][place]),
                        number(gradient[p.name][place]),
                        number(run.stepped[p.name][place]),
                    )
                )
    blocks.append(DataTable(frame.texts("step_header"), tuple(changes), frame.text("step", rate=run.rate), "lrrr"))
    blocks.append(Paragraph(frame.text("after", before=number(loss), after=number(run.loss_at(run.stepped)))))
    blocks.append(
        Paragraph(
            frame.text(
                "check",
                count=sum(g.size for g in gradient.values()),
                difference=number(run.difference, 2),
                step=number(STEP, 1),
            )
        )
    )
    return blocks


def chain(run: Pass, voice: Voice) -> list[Any]:
    """The equations of the backward pass with their shapes."""
    from symnet.explain.architecture import equations

    return [equations(backpropagate(run.network, run.loss), voice, ("loss", "delta", "gradient"))]
