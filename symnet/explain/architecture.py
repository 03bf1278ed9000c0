"""What can be said of a network before it has numbers: its diagram, its parameters counted, its equations with shapes."""

from __future__ import annotations

from typing import Any

from symnet.definitions.equations import Equations
from symnet.definitions.network import Network
from symnet.explain.frame import Frame
from symnet.explain.voice import Voice
from symnet.sheet import DataTable, Diagram, Equation, Text

LETTERS_UP_TO = 4
"""Columns with at most so many units have their units named in the diagram."""


def shape(network: Network) -> str:
    """``784-16-16-10``."""
    return "-".join(map(str, network.sizes))


def diagram(network: Network, voice: Voice) -> Diagram:
    """The columns of units, the input first."""
    frame = Frame("network", "diagram", voice)
    sizes = network.sizes
    captions = []
    for k, size in enumerate(sizes):
        key = "input" if k == 0 else "output" if k == len(sizes) - 1 else "hidden"
        captions.append(frame.text(key, size=size, k=k))
    units = tuple(_units(k, size, len(sizes)) for k, size in enumerate(sizes))
    small = max(sizes) <= LETTERS_UP_TO
    return Diagram(
        sizes, tuple(captions), units if small else (), title=frame.text("title", shape=shape(network)),
        description=frame.text("describe", shape=shape(network), count=len(sizes)),
    )  # fmt: skip


def _units(k: int, size: int, columns: int) -> tuple[str, ...]:
    letter = "x" if k == 0 else f"a{subscript(k)}"
    return tuple(f"{letter}{',' if k else ''}{subscript(i)}" if k else f"x{subscript(i)}" for i in range(1, size + 1))


def subscript(number: int) -> str:
    """A number in small digits below the line."""
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def counts(network: Network, voice: Voice) -> DataTable:
    """Parameters layer by layer, with the arithmetic."""
    frame = Frame("network", "counts", voice)
    rows: list[tuple[Any, ...]] = []
    for k, layer in enumerate(network.layers, start=1):
        shapes = Text(
            ", ".join(f"{{s{i}}} {shown(p.shape)}" for i, p in enumerate(layer.parameters(k))),
            {f"s{i}": p.symbol for i, p in enumerate(layer.parameters(k))},
        )
        rows.append((str(k), layer.name, shapes, Text(layer.counted.partition(" = ")[0]), f"{layer.count:,}"))
    rows.append(
        (frame.text("sum"), "", "", Text(" + ".join(f"{c:,}" for c in network.counts if c)), f"{network.count:,}")
    )
    return DataTable(frame.texts("header"), tuple(rows), alignment="rlllr")


def shown(size: tuple[Any, ...]) -> str:
    """``(16, 784)``."""
    return f"({', '.join(map(str, size))})" if len(size) > 1 else f"({size[0]},)"


def equations(lines: Equations, voice: Voice, kinds: tuple[str, ...] = ("forward",)) -> DataTable:
    """The equations of these kinds, each with its shape and why it holds."""
    frame = Frame("network", "equations", voice)
    rows = []
    for line in lines.of_kind(*kinds):
        inward = line.kind == "gradient" and line.symbol.name.endswith(f"/d{lines.input.name}")
        rule = "back" if inward else line.rule
        words = frame.words["rules"].get(rule, rule)
        rows.append((Equation((line.symbol, line.expression)), Text(dimensions(line.shape)), words))
    return DataTable(frame.texts("header"), tuple(rows))


def dimensions(size: tuple[Any, ...]) -> str:
    """``16 × 1``."""
    return " × ".join(str(n) for n in size)
