"""The sheet of a function of a whole vector: softmax, maxout and their relatives."""

from __future__ import annotations

from typing import Any

from sympy import (
    Expr,
    ImmutableMatrix,
    IndexedBase,
    KroneckerDelta,
    MatAdd,
    MatMul,
    MatrixSymbol,
    Max,
    Rational,
    S,
    Sum,
    Symbol,
    Transpose,
    exp,
    symbols,
)

from symnet.calculus.indexed import LARGEST, TOTAL, softmax_steps
from symnet.calculus.indexed import S as EXPONENTIALS
from symnet.definitions.operations import Largest
from symnet.definitions.vector_activation import VectorActivation
from symnet.explain.activation.derivative import TITLES
from symnet.explain.activation.frameworks import qualified
from symnet.explain.activation.kinks import FRAMEWORKS
from symnet.explain.activation.snippets import rounded
from symnet.explain.curves import height
from symnet.explain.essay import essay, plain_voice
from symnet.explain.notation import Applied, Decimal, Products, Terms, partial
from symnet.prose import load
from symnet.sheet import (
    Code,
    Curve,
    CurveMark,
    CurveSeries,
    DataTable,
    Equation,
    FactRow,
    FactTable,
    Paragraph,
    Sheet,
    StepRow,
    Steps,
    Text,
)

POINTS = (Rational(2), Rational(1), Rational(-1), Rational(1, 2))
ELSEWHERE = (Rational(2), Rational(3, 2), Rational(-1), Rational(1, 2))
"""Where the first points lie on a corner."""
NUMBERS = (Rational(1), Rational(-1), Rational(1, 2), Rational(2), Rational(1, 4), Rational(0))
"""Parameters of maxout's example, in the order of its symbols."""
DIGITS = 6


def explain_vector(record: VectorActivation, reading: Text | None = None) -> Sheet:
    """The sheet of a vector activation; its own prose where there is some, else composed from its declaration."""
    own = f"subjects/{record.name}"
    name = record.name if load(own).get("sections") else "vector"
    voice = plain_voice(
        {
            "title": record.title,
            "summary": record.summary,
            "description": record.description or record.summary,
            "formula": record.formula,
            "exponentials": Equation((EXPONENTIALS, TOTAL)),
        }
    )
    blocks = {
        "general": general(record),
        "worked": worked(record),
        "jacobian": jacobian(record),
        "facts": [facts(record)],
        "frameworks": frameworks(record),
    }
    if record.name == "softmax":
        blocks |= {"stable": stable(), "code": softmax_code(), "derivation": [derivation()]}
    if record.name == "maxout":
        blocks |= {"curve": maxout_curve(), "code": maxout_code()}
    return essay(
        name, blocks, voice, subject=record.name, title=Text(record.title), reading=reading, declared=record.sources
    )


def general(record: VectorActivation) -> list[Any]:
    """The formulas for every size."""
    if record.name == "softmax":
        return _softmax_formulas()
    if record.name == "maxout":
        return _maxout_formulas()
    rows = (
        (Text("output"), Text("`{f}`", {"f": record.formula})),
        (Text("slope"), Text("`{f}`", {"f": record.jacobian_formula})),
    )
    return [DataTable((Text(""), Text("for every size")), rows)]


def _softmax_formulas() -> list[Equation]:
    """p_i = e^(x_i) / Σ e^(x_k), and ∂p_i/∂x_j = p_i (δ_ij − p_j)."""
    i, j, k = symbols("i j k", integer=True)
    n = Symbol("n", integer=True, positive=True)
    p, x = IndexedBase("p"), IndexedBase("x")
    share = exp(x[i]) / Sum(exp(x[k]), (k, 1, n))
    return [Equation((p[i], share)), Equation((partial(p[i], x[j]), p[i] * Terms(KroneckerDelta(i, j), -p[j])))]


def _maxout_formulas() -> list[Equation]:
    """The largest of two affine maps, as the source note writes it, in vectors."""
    n = Symbol("n", integer=True, positive=True)
    x = MatrixSymbol("x", n, 1)
    maps = [MatAdd(MatMul(Transpose(MatrixSymbol(f"w_{j}", n, 1)), x), MatrixSymbol(f"b_{j}", 1, 1)) for j in (1, 2)]
    return [Equation((Applied("f", 0, x), Largest(*maps)))]


def example(record: VectorActivation) -> tuple[Any, dict[Symbol, Expr]]:
    """The function at its small sizes, and exact numbers for its symbols."""
    function = record.at()
    for points in (POINTS, ELSEWHERE):
        numbers = _numbers(function, points)
        if not record.jacobian().subs(numbers).has(S.NaN):
            break
    return function, numbers


def _numbers(function: Any, points: tuple[Rational, ...]) -> dict[Symbol, Expr]:
    numbers = {symbol: points[k % len(points)] for k, symbol in enumerate(function.inputs)}
    numbers |= {symbol: NUMBERS[k % len(NUMBERS)] for k, symbol in enumerate(function.parameters)}
    return numbers


def worked(record: VectorActivation) -> list[Any]:
    """Every output with letters, with numbers put in, and worked out."""
    function, numbers = example(record)
    given = Text(
        ", ".join(f"{{g{k}}}" for k in range(len(numbers))) + ".",
        {f"g{k}": Equation(pair) for k, pair in enumerate(numbers.items())},
    )
    rows: list[Any] = [Paragraph(given)]
    if record.name == "maxout":
        rows += _maps(function, numbers)
    for k, output in enumerate(function.outputs, start=1):
        value = output.subs(numbers)
        name = Symbol(f"y_{k}")
        if value.is_Rational:
            rows.append(Equation((name, output, value)))
        else:
            rows.append(Equation((Equation((name, output, value)), Decimal(value, DIGITS)), "≈"))
    return rows


def _maps(function: Any, numbers: dict[Symbol, Expr]) -> list[Equation]:
    """The affine maps of the maxout example, one a line."""
    size = len(function.inputs)
    count = len(function.parameters) // (size + 1)
    weights, biases = function.parameters[: size * count], function.parameters[size * count :]
    lines = []
    for j in range(count):
        row = weights[j * size : (j + 1) * size]
        letters = Products(list(zip(row, function.inputs, strict=True)), biases[j])
        put = Products(
            [(numbers[w], numbers[v]) for w, v in zip(row, function.inputs, strict=True)], numbers[biases[j]]
        )
        lines.append(Equation((Symbol(f"z_{j + 1}"), letters, put, put.doit())))
    return lines


def jacobian(record: VectorActivation) -> list[Any]:
    """The exact Jacobian at the example, rounded."""
    _, numbers = example(record)
    found = record.jacobian().subs(numbers)
    shown = ImmutableMatrix(
        found.rows, found.cols, [value if value.is_Rational else Decimal(value, 4) for value in found]
    )
    exact = all(value.is_Rational for value in found)
    return [Equation((Symbol("J"), shown), "=" if exact else "≈")]


def facts(record: VectorActivation) -> FactTable:
    """The declared properties, each with its argument; the tests verify each."""
    names = load("vector")["properties"]
    rows = tuple(
        FactRow(
            Text(names.get(fact.property, fact.property)),
            Text("{v}", {"v": fact.value}),
            Text("{r}", {"r": fact.reason}),
            "declared",
        )
        for fact in record.facts
    )
    return FactTable(rows)


def frameworks(record: VectorActivation) -> list[Any]:
    """What it is called elsewhere."""
    words, versions = load("vector"), load("frameworks")["versions"]
    if not record.apis:
        return [DataTable((Text("framework"),), ((Text(words["absent"]),),))]
    rows = tuple(
        (Text(FRAMEWORKS[key]), Text("`{c}`", {"c": qualified(key, api.name)})) for key, api in record.apis.items()
    )
    return [DataTable((Text("framework"), Text("call")), rows, Text(words["checked"], versions))]


def maxout_curve() -> list[Any]:
    """Maxout of one input: three lines and their maximum."""
    x = Symbol("x", real=True)
    lines = (-x - 1, Rational(1, 4) * x, x - Rational(3, 2))
    grid = [Rational(k, 10) for k in range(-40, 41)]
    largest = Max(*lines)
    joints = [Rational(-4, 5), Rational(2)]
    points = sorted({*grid, *joints})
    branch = tuple((float(p), float(largest.subs(x, p))) for p in points)
    series = [CurveSeries(Applied("f", 0, x), (branch,))]
    series += [
        CurveSeries(line, (((-4.0, float(line.subs(x, -4))), (4.0, float(line.subs(x, 4)))),), "other")
        for line in lines
    ]
    y_range = height([(branch,)], (-4.0, 4.0))
    marks = tuple(
        CurveMark(float(p), float(largest.subs(x, p)), Text("corner at {p}", {"p": (p, largest.subs(x, p))}), "kink")
        for p in joints
    )
    clipped = tuple(CurveSeries(s.label, tuple(_clip(b, y_range) for b in s.branches), s.role) for s in series)
    words = load("vector")
    return [
        Equation((Applied("f", 0, x), Max(*lines))),
        Curve(
            clipped,
            (-4.0, 4.0),
            y_range,
            marks=marks,
            title=Text(words["maxout_title"]),
            description=Text(words["maxout_describe"]),
        ),
    ]


def _clip(branch: tuple[tuple[float, float], ...], y_range: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """A straight branch cut at the edges of the picture."""
    if len(branch) != 2:
        return branch
    (x0, y0), (x1, y1) = branch
    slope = (y1 - y0) / (x1 - x0)
    ends = []
    for x, y in branch:
        bound = min(max(y, y_range[0]), y_range[1])
        ends.append((round(x0 + (bound - y0) / slope, 6) if slope else x, round(bound, 6)))
    return tuple(ends)


def derivation() -> Steps:
    """The checked steps to ∂pᵢ/∂xⱼ in index notation."""
    titles = load("rules") | TITLES
    check = load("derivation")["jacobian"]["check"].format(size=LARGEST)
    found = softmax_steps()
    rows = tuple(StepRow(Text(titles[s.rule]), s.before, s.after, s.depth, check) for s in found)
    return Steps(rows, Equation((found[0].before, found[-1].after)))


def stable() -> list[Any]:
    """What the formula does to large scores in 64-bit arithmetic, and what subtracting the largest does."""
    import numpy

    scores = numpy.array([1000.0, 999.0, 998.0])
    with numpy.errstate(all="ignore"):
        naive = numpy.exp(scores) / numpy.exp(scores).sum()
    shifted = numpy.exp(scores - scores.max())
    good = shifted / shifted.sum()
    exact = [Decimal(value, DIGITS) for value in _softmax((Rational(2), Rational(1), Rational(0)))]
    header = tuple(Text(words) for words in ("score", "as typed in", "largest subtracted", "exact"))
    rows = tuple(
        (Rational(int(s)), str(n), Decimal(Rational(float(g)), DIGITS), e)
        for s, n, g, e in zip(scores, naive, good, exact, strict=True)
    )
    return [DataTable(header, rows, alignment="rrrr")]


def _softmax(scores: tuple[Expr, ...]) -> list[Expr]:
    total = sum(exp(s) for s in scores)
    return [exp(s) / total for s in scores]


def softmax_code() -> list[Code]:
    """Softmax four times, printing the same."""
    scores = (Rational(2), Rational(1), Rational(-1))
    x = repr([float(s) for s in scores])
    printed = repr([rounded(p) for p in _softmax(scores)])
    show = "print([round(v, 4) for v in p.tolist()])"
    return [
        Code("python", f"import numpy\n\n\ndef softmax(x):\n    e = numpy.exp(x - x.max(axis=-1, keepdims=True))\n    return e / e.sum(axis=-1, keepdims=True)\n\n\np = softmax(numpy.array({x}))\n{show}", printed, Text("NumPy")),
        Code("python", f"import torch\n\np = torch.nn.Softmax(dim=-1)(torch.tensor({x}))\n{show}", printed, Text("PyTorch (always pass dim)")),
        Code("python", f"import keras\n\np = keras.ops.convert_to_numpy(keras.activations.softmax(keras.ops.convert_to_tensor([{x}])))[0]\n{show}", printed, Text("Keras")),
        Code("python", f"import jax\n\np = jax.nn.softmax(jax.numpy.array({x}))\n{show}", printed, Text("JAX")),
    ]  # fmt: skip


def maxout_code() -> list[Code]:
    """A maxout unit in NumPy and PyTorch, with its gradient."""
    w, b, x = ((1, -1), (Rational(1, 2), 2)), (Rational(1, 4), 0), (2, 1)
    maps = [
        sum(Rational(a) * v for a, v in zip(row, x, strict=True)) + Rational(c) for row, c in zip(w, b, strict=True)
    ]
    best = max(range(2), key=lambda j: maps[j])
    wt, bt, xt = repr([[float(a) for a in row] for row in w]), repr([float(c) for c in b]), repr([float(v) for v in x])
    value, gradient = repr(float(maps[best])), repr([float(a) for a in w[best]])
    return [
        Code("python", f"import numpy\n\nW = numpy.array({wt})\nb = numpy.array({bt})\nx = numpy.array({xt})\nz = W @ x + b\nprint(float(z.max()))\nprint(W[z.argmax()].tolist())", f"{value}\n{gradient}", Text("NumPy: the value, then the gradient with respect to the input")),
        Code("python", f"import torch\n\nW = torch.tensor({wt})\nb = torch.tensor({bt})\nx = torch.tensor({xt}, requires_grad=True)\ny = (W @ x + b).max()\ny.backward()\nprint(y.item())\nprint(x.grad.tolist())", f"{value}\n{gradient}", Text("PyTorch")),
        Code("python", f"import jax\n\nW = jax.numpy.array({wt})\nb = jax.numpy.array({bt})\n\n\ndef maxout(x):\n    return (W @ x + b).max()\n\n\nx = jax.numpy.array({xt})\nprint(float(maxout(x)))\nprint(jax.grad(maxout)(x).tolist())", f"{value}\n{gradient}", Text("JAX")),
    ]  # fmt: skip
