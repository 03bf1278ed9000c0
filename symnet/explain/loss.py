"""The sheet of any declared loss: equations, derived gradient, an example in exact numbers, its curve, frameworks, code."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sympy import Expr, Integer, Rational, Symbol, log

from symnet.calculus.backpropagate import backpropagate_loss
from symnet.codegen.export.network import export_loss
from symnet.definitions.entries import entry
from symnet.definitions.loss import Loss
from symnet.explain.cross_entropy import NAME as CROSS_ENTROPY
from symnet.explain.cross_entropy import explain_cross_entropy
from symnet.explain.curves import height
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.notation import Decimal
from symnet.prose import load
from symnet.sheet import Code, Curve, CurveSeries, DataTable, Equation, Sheet, Text

DIGITS = 6
GRID = 25
"""Points of a curve in one unit of the output."""
RATES = {"probabilities": Rational(1, 20)}
"""What a loss takes → the rate of the example's step, if not 1/2: a probability must stay one."""
EXAMPLES: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "output": ((Rational(3), Rational(1, 2)), (Rational(1), Rational(1))),
    "probabilities": ((Rational(9, 10), Rational(1, 5)), (Rational(1), Rational(1))),
    "scores": ((Rational(1, 2), Rational(-2)), (Rational(1), Rational(1))),
    "sigmoid": ((Rational(2), Rational(-1)), (Rational(1), Rational(1))),
    "softmax": ((Rational(1), Rational(2), Rational(0)), (Rational(1), Rational(0), Rational(0))),
}
"""What a loss takes → outputs and targets of its example, away from every kink."""


def explain_loss(record: Loss, reading: Text | None = None) -> Sheet:
    """The sheet ``symnet explain mse``."""
    if record.name == CROSS_ENTROPY:
        return explain_cross_entropy(reading)
    outputs, targets = example(record)
    value, slopes = worked_out(record, outputs, targets)
    moves = record.takes != "log_probabilities"  # a step would leave the logarithms of a distribution
    rate = RATES.get(record.takes, Rational(1, 2))
    moved = [x - rate * s for x, s in zip(outputs, slopes, strict=True)]
    after, _ = worked_out(record, moved, targets)
    voice = plain_voice({
        "title": record.title, "described": " ".join([record.summary, *record.description.split("\n\n")]),
        "outputs": str(len(outputs)), "loss": Decimal(value, DIGITS), "after": Decimal(after, DIGITS), "rate": rate,
        "takes": load("subjects/loss")["takes"][record.takes], "targets": load("subjects/loss")["targets"][record.targets],
        "names": ", ".join(name.replace("_", " ") for name in record.aliases) or record.title,
        "ell": Symbol("ell"),
    }, {letter: Symbol(letter) for letter in "xym"})  # fmt: skip
    equations = backpropagate_loss(record)
    blocks: dict[str, list[Any]] = {
        "definition": [Equation((e.symbol, e.expression)) for e in equations if e.kind == "loss"],
        "gradient": [Equation((e.symbol, e.expression)) for e in equations if e.kind == "gradient"],
        "parameters": parameters(record, voice),
        "worked": [
            table(outputs, targets, slopes, moved if moves else None, voice),
            Equation((Symbol("ell"), value)),
            Frame("subjects/loss", "table", voice).paragraph("moved" if moves else "still"),
        ],
        "curve": [curve(record, voice)],
        "frameworks": frameworks(record, voice),
        "code": code(record, outputs, targets, value, slopes),
    }
    own = record.name if load(f"subjects/{record.name}") else ""
    return essay(
        "loss", blocks, voice, subject=record.name, title=Text(record.title if not record.values else f"{record.title} ({', '.join(f'{k} = {v}' for k, v in record.values.items())})"), reading=reading,
        declared=record.sources, own=own,
    )  # fmt: skip


def example(record: Loss) -> tuple[tuple[Expr, ...], tuple[Expr, ...]]:
    """Outputs and targets of the kind that the loss takes."""
    if record.takes == "log_probabilities":
        return (log(Rational(1, 2)), log(Rational(1, 4)), log(Rational(1, 4))), EXAMPLES["softmax"][1]
    return EXAMPLES[record.link or record.takes]


def worked_out(record: Loss, outputs: Sequence[Expr], targets: Sequence[Expr]) -> tuple[Expr, list[Expr]]:
    """(the loss, its slope along each output), exactly, read off the derived equations."""
    equations = backpropagate_loss(record, len(outputs))

    def leaf(matrix: Any, i: int, _: int) -> Expr:
        return targets[i] if matrix == equations.target else outputs[i]

    loss = next(e for e in equations if e.kind == "loss")
    gradient = next(e for e in equations if e.kind == "gradient")
    return entry(loss.expression, 0, 0, leaf), [entry(gradient.expression, i, 0, leaf) for i in range(len(outputs))]


def table(
    outputs: Sequence[Expr], targets: Sequence[Expr], slopes: Sequence[Expr], moved: Sequence[Expr] | None, voice: Any
) -> DataTable:
    """Output, target, slope exactly and in digits, and the output after the step where there is one."""
    header = Frame("subjects/loss", "table", voice).texts("header")
    columns = [outputs, targets, slopes, [Decimal(s, DIGITS) for s in slopes]]
    if moved is not None:
        columns.append([Decimal(x, DIGITS) for x in moved])
    rows = tuple(zip(*columns, strict=True))
    return DataTable(header[: len(columns)], rows, alignment="r" * len(columns))


def parameters(record: Loss, voice: Any) -> list[Any]:
    """The parameters and their defaults; a loss without any has no table."""
    if not record.parameters:
        return []
    header = Frame("subjects/loss", "table", voice).texts("parameters")
    rows = tuple((p.symbol, record.values.get(p.name, p.read(p.default))) for p in record.parameters)
    return [DataTable(header, rows, alignment="lr")]


def curve(record: Loss, voice: Any) -> Curve:
    """The loss of one output, and its slope; of a softmax, by how far the true score is ahead."""
    frame = Frame("subjects/loss", "picture", voice)
    x = Symbol("x", real=True)
    wide = record.link == "softmax" or record.takes == "log_probabilities"
    low, high = {"probabilities": (1, GRID - 1), "log_probabilities": (-4 * GRID, 0)}.get(
        record.takes, (-4 * GRID, 4 * GRID)
    )
    target = Integer(1)
    equations = backpropagate_loss(record, 2 if wide else 1)

    def leaf(matrix: Any, i: int, _: int) -> Expr:
        return target * (i == 0) if matrix == equations.target else x if i == 0 else Integer(0)

    lines = [next(e for e in equations if e.kind == kind).expression for kind in ("loss", "gradient")]
    formulas = [entry(line, 0, 0, leaf) for line in lines]
    found = []
    for formula in formulas:
        grid = [Rational(2 * k + 1, 2 * GRID) for k in range(low, high)]  # between the places where kinks may lie
        found.append(_unbroken([(float(t), float(formula.xreplace({x: t}).evalf(15))) for t in grid]))
    x_range = (low / GRID, high / GRID)
    names = frame.texts("series")
    series = tuple(
        CurveSeries(name, branches, role)
        for name, branches, role in zip(names, found, ("function", "derivative"), strict=True)
    )
    y_range = height(found, x_range)
    return Curve(series, x_range, y_range, "x", "", (), frame.text("title"), frame.text("describe"))


def _unbroken(points: list[tuple[float, float]]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The points in pieces, cut where one difference is far larger than both of its neighbours: a jump."""
    steps = [abs(after[1] - before[1]) for before, after in pairwise(points)]
    cuts = [k + 1 for k in range(1, len(steps) - 1) if steps[k] > 1e-9 + 10 * max(steps[k - 1], steps[k + 1])]
    ends = [0, *cuts, len(points)]
    return tuple(tuple(points[start:end]) for start, end in pairwise(ends))


def frameworks(record: Loss, voice: Any) -> list[Any]:
    """What each framework calls the loss."""
    frame = Frame("subjects/loss", "table", voice)
    if not record.frameworks:
        return []
    names = {"torch": "PyTorch", "keras": "Keras", "optax": "optax"}
    rows = tuple((Text(names[key]), Text("{call}", {"call": call})) for key, call in record.frameworks.items())
    return [DataTable(frame.texts("frameworks"), rows)]


def code(
    record: Loss, outputs: Sequence[Expr], targets: Sequence[Expr], value: Expr, slopes: Sequence[Expr]
) -> list[Code]:
    """The exported NumPy source, and PyTorch's own loss, on the example."""
    words = load("subjects/loss")["libraries"]
    x, y = ([float(v) for v in row] for row in (outputs, targets))
    printed = f"{_rounded(value)!r}\n{[_rounded(s) for s in slopes]!r}"
    show = "print([round(v, 4) + 0.0 for v in {}.tolist()])"
    found = [
        Code(
            "python",
            f"{export_loss(record)}\n\nloss, slopes = loss_and_gradient([{x!r}], [{y!r}])\nprint(round(float(loss), 4))\n{show.format('slopes[0]')}",
            printed,
            Text(words["numpy"]),
        )
    ]
    call = record.frameworks.get("torch", "")
    if call and record.name != "negative_log_likelihood" and not record.values:  # torch's takes class numbers
        found.append(Code("python", f"import torch\n\nx = torch.tensor([{x!r}], dtype=torch.float64, requires_grad=True)\nloss = torch.nn.{call}(x, torch.tensor([{y!r}], dtype=torch.float64))\nloss.backward()\nprint(round(loss.item(), 4))\n{show.format('x.grad[0]')}", printed, Text(words["torch"])))  # fmt: skip
    return found


def _rounded(number: Expr) -> float:
    return round(float(number.evalf(30)), 4) + 0.0
