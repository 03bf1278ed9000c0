"""Several activations side by side: one picture, the same table rows, the same facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sympy import Rational, S

from symnet.analysis import analyse
from symnet.definitions.activation import Activation
from symnet.errors import UsageError
from symnet.explain.activation.properties import ROWS
from symnet.explain.activation.siblings import comparison
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Decimal
from symnet.explain.plot import plot
from symnet.sheet import Curve, DataTable, Equation, Sheet, Text

MOST = 6
POINTS = ("-5", "-2", "-1", "-1/2", "0", "1/2", "1", "2", "5")


def compare(activations: Sequence[Activation], reading: Text | None = None) -> Sheet:
    """The side-by-side sheet; between two and six functions."""
    if not 2 <= len(activations) <= MOST:
        raise UsageError(f"compare takes 2 to {MOST} activations, got {len(activations)}")
    functions = [Function(a) for a in activations]
    names = ", ".join(a.heading for a in activations)
    voice = plain_voice({"names": names, "count": len(activations)})
    blocks: dict[str, list[Any]] = {
        "definitions": [Equation((Text("{n}", {"n": f.activation.heading}), f.numeric)) for f in functions],
        "curves": [pictures(functions, voice, 0)],
        "slopes": [pictures(functions, voice, 1)],
        "table": [comparison(functions, voice)],
        "values": [values(functions, voice)],
        "facts": [facts(functions)],
    }
    subject = "-".join("".join(c if c.isalnum() else "_" for c in a.name)[:24] for a in activations)
    return essay(
        "comparison", blocks, voice, subject=f"compare-{subject}", title=Text("{n}", {"n": names}), reading=reading
    )


def pictures(functions: Sequence[Function], voice: Any, order: int) -> Curve:
    """All functions, or all slopes, on one pair of axes."""
    frame = Frame("comparison", "picture", voice)
    drawn = plot([f.activation for f in functions], (order,))
    return replace(
        drawn,
        series=tuple(
            replace(s, label=Text("{n}", {"n": f.activation.heading}))
            for s, f in zip(drawn.series, functions, strict=True)
        ),
        title=frame.text("slopes" if order else "functions"),
        description=frame.text("describe_slopes" if order else "describe"),
    )


def values(functions: Sequence[Function], voice: Any) -> DataTable:
    """The same inputs for all."""
    frame = Frame("comparison", "values", voice)
    rows = []
    for text in POINTS:
        point = Rational(text)
        rows.append((point, *(_shown(f, point, frame) for f in functions)))
    header = (Text("x"), *(Text("{n}", {"n": f.activation.heading}) for f in functions))
    return DataTable(header, tuple(rows), alignment="r" * len(header))


def _shown(function: Function, point: Rational, frame: Frame) -> Any:
    value = function.value(point)
    return Decimal(value, 5) if value is not S.NaN and value.is_finite else frame.text("undefined")


def facts(functions: Sequence[Function]) -> DataTable:
    """The facts of the analysis under the same headings."""
    found = []
    for function in functions:
        known = analyse(function.activation.at_defaults()).facts
        found.append({row.property.words: row.value for make in ROWS if (row := make(known, function)) is not None})
    names = list(dict.fromkeys(name for rows in found for name in rows))
    header = (Text(""), *(Text("{n}", {"n": f.activation.heading}) for f in functions))
    return DataTable(
        header, tuple((Text(name), *(rows.get(name, Text("not decided")) for rows in found)) for name in names)
    )
