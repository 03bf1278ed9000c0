"""The sheet of a network that came with its numbers: its equations, its numbers in outline, one sample on its way."""

from __future__ import annotations

from typing import Any

import numpy
from sympy import Rational

from symnet.definitions.network import Network
from symnet.explain.architecture import counts, diagram, equations, shape
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.notation import Decimal
from symnet.sheet import DataTable, Sheet, Text

DIGITS = 4
SHOWN = 8
"""At most so many entries of a vector are written."""


def explain_model(network: Network, subject: str, reading: Text | None = None) -> Sheet:
    """The sheet of a network that is bound to numbers."""
    depth = len(network.layers)
    sample = numpy.linspace(-1, 1, network.layers[0].inputs) if network.layers[0].inputs > 1 else numpy.ones(1)
    voice = plain_voice({
        "shape": shape(network), "count": f"{network.count:,}", "depth": f"{depth} layers" if depth > 1 else "one layer",
        "sample": _row(sample),
    })  # fmt: skip
    slopes = network.jacobian(sample.reshape(network.layers[0].input_shape))
    blocks: dict[str, list[Any]] = {
        "diagram": [diagram(network, voice)],
        "counts": [counts(network, voice)],
        "equations": [equations(network.equations, voice)],
        "rows": [equations(network.equations.rows, voice)],
        "numbers": [_numbers(network, Frame("model", "numbers", voice))],
        "outputs": [_outputs(network, sample, Frame("model", "outputs", voice))],
        "slopes": [_slopes(slopes, Frame("model", "slopes", voice))],
    }
    title = Text("A network from a file: {name}", {"name": subject})
    return essay("model", blocks, voice, subject=subject, title=title, reading=reading)


def _numbers(network: Network, frame: Frame) -> DataTable:
    """Smallest, largest and mean size of every array."""
    rows = tuple(
        (
            Text("{s}", {"s": record.symbol}),
            record.name,
            *(_number(f(array)) for f in (numpy.min, numpy.max, lambda a: abs(a).mean())),
        )
        for record, array in zip(network.parameter_records, network.parameters.values(), strict=True)
    )
    return DataTable(frame.texts("header"), rows, alignment="llrrr")


def _outputs(network: Network, sample: numpy.ndarray, frame: Frame) -> DataTable:
    """The output of every layer: that of the network which ends there."""
    rows = []
    for k, layer in enumerate(network.layers, start=1):
        part = Network(network.layers[:k])
        bound = part.with_values({r.name: network.parameters[r.name] for r in part.parameter_records})
        rows.append((str(k), layer.name, _row(bound(sample.reshape(network.layers[0].input_shape)))))
    return DataTable(frame.texts("header"), tuple(rows), alignment="rll")


def _slopes(jacobian: numpy.ndarray, frame: Frame) -> DataTable:
    """Row i: how output i moves with each input."""
    rows = tuple((str(i), _row(row)) for i, row in enumerate(jacobian[:SHOWN], start=1))
    return DataTable(frame.texts("header"), rows, frame.text("caption", outputs=len(jacobian)), "rl")


def _row(values: numpy.ndarray) -> Text:
    shown = [_number(v) for v in values[:SHOWN]]
    said = ", ".join(f"{{v{k}}}" for k in range(len(shown)))
    return Text(f"({said}{', …' if len(values) > SHOWN else ''})", {f"v{k}": v for k, v in enumerate(shown)})


def _number(value: Any) -> Decimal:
    return Decimal(Rational(float(value)), DIGITS)
