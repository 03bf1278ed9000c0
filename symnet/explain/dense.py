"""The sheet of a dense layer as engineers meet it: forward, backward, shapes, cost, initialisation, in exact numbers."""

from __future__ import annotations

from typing import Any

from sympy import (
    Expr,
    ImmutableMatrix,
    IndexedBase,
    Integer,
    KroneckerDelta,
    Matrix,
    MatrixSymbol,
    Rational,
    Symbol,
    sqrt,
    symbols,
)

from symnet.calculus.backpropagate import backpropagate
from symnet.definitions.activation import activations
from symnet.definitions.layers import Dense
from symnet.definitions.network import Network
from symnet.explain.architecture import counts, diagram, equations
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.notation import Decimal, Products, partial
from symnet.prose import load
from symnet.sheet import Code, DataTable, Equation, Sheet, Text

WEIGHT = Matrix([[1, -1, Rational(1, 2)], [2, 0, -1]])
BIAS = Matrix([Rational(1, 2), -1])
INPUT = Matrix([2, 1, -2])
SIGNAL = Matrix([1, -2])
"""The error signal that comes back from the next layer."""
STEP = Rational(1, 1000)
WIDE = (784, 16)


def explain_dense(reading: Text | None = None) -> Sheet:
    """The sheet ``symnet explain dense``."""
    network = Network((Dense(3, 2, activations["identity"]),))
    big = Dense(*WIDE, activations["relu"])
    voice = plain_voice({
        "count": f"{big.count:,}", "sum": big.counted.partition(" = ")[0], "inputs": str(WIDE[0]), "outputs": str(WIDE[1]),
        "multiplications": f"{WIDE[0] * WIDE[1]:,}", "bytes": f"{4 * big.count:,}", "difference": difference(), "step": STEP,
    }, {letter: Symbol(letter) for letter in ("m", "d", "n", "s", "W")})  # fmt: skip
    blocks: dict[str, list[Any]] = {
        "diagram": [diagram(network, voice)],
        "scalar": scalar(),
        "column": [equations(network.equations, voice)],
        "rows": [equations(network.equations.rows, voice)],
        "shapes": [shapes(voice)],
        "worked": worked(),
        "local": local(),
        "backward": [equations(backpropagate(network, None, wrt_input=True), voice, ("delta", "gradient"))],
        "backward_worked": backward_worked(),
        "counts": [counts(Network((big,)), voice)],
        "initial": [initial(voice)],
        "code": code(),
    }
    return essay("dense", blocks, voice, reading=reading)


def scalar() -> list[Equation]:
    """Neuron by neuron."""
    x = [Symbol(f"x_{j}") for j in range(1, 4)]
    return [
        Equation(
            (Symbol(f"z_{i}"), Products([(Symbol(f"w_{i}_{j}"), v) for j, v in enumerate(x, 1)], Symbol(f"b_{i}")))
        )
        for i in (1, 2)
    ]


def worked() -> list[Equation]:
    """z = W x + b, row by row and as one product."""
    z = WEIGHT * INPUT + BIAS
    rows = [
        Equation((Symbol(f"z_{i + 1}"), Products(zip(WEIGHT.row(i), INPUT, strict=True), BIAS[i]), z[i]))
        for i in range(2)
    ]
    letters = [
        Equation((MatrixSymbol(n, *m.shape), ImmutableMatrix(m))) for n, m in (("W", WEIGHT), ("x", INPUT), ("b", BIAS))
    ]
    return [*letters, *rows]


def local() -> list[Equation]:
    """The three local slopes, from which the rest follows by the chain rule."""
    i, j, k = symbols("i j k", integer=True)
    z, w, b, x = (IndexedBase(letter) for letter in "zwbx")
    return [
        Equation((partial(z[i], w[j, k]), KroneckerDelta(i, j) * x[k])),
        Equation((partial(z[i], b[j]), KroneckerDelta(i, j))),
        Equation((partial(z[i], x[k]), w[i, k])),
    ]


def gradients() -> dict[str, Matrix]:
    """δxᵀ, δ and Wᵀδ at the example."""
    return {"W": SIGNAL * INPUT.T, "b": SIGNAL, "x": WEIGHT.T * SIGNAL}


def backward_worked() -> list[Equation]:
    """The three gradients in numbers."""
    ell = Symbol("ell")
    signal = Equation((MatrixSymbol("s", 2, 1), ImmutableMatrix(SIGNAL)))
    names = {"W": MatrixSymbol("W", 2, 3), "b": MatrixSymbol("b", 2, 1), "x": MatrixSymbol("x", 3, 1)}
    return [signal, *(Equation((partial(ell, names[n]), ImmutableMatrix(g))) for n, g in gradients().items())]


def difference() -> Expr:
    """The largest distance between the gradients and central differences of s·z; the map is linear in each number, so it is 0."""
    found = gradients()
    values = {"W": WEIGHT, "b": BIAS, "x": INPUT}
    worst: Expr = Integer(0)

    def loss(moved: dict[str, Matrix]) -> Expr:
        return (SIGNAL.T * (moved["W"] * moved["x"] + moved["b"]))[0]

    for name, table in values.items():
        for place in range(len(table)):
            ends = []
            for sign in (1, -1):
                moved = {key: Matrix(value) for key, value in values.items()}
                moved[name][place] += sign * STEP
                ends.append(loss(moved))
            worst = max(worst, abs((ends[0] - ends[1]) / (2 * STEP) - found[name][place]))
    return worst


def shapes(voice: Any) -> DataTable:
    """Every array with its shape here and in general."""
    frame = Frame("subjects/dense", "shapes", voice)
    m, n, batch = Symbol("m"), Symbol("d"), Symbol("n")
    letters = [("W", m, n), ("b", m, 1), ("x", n, 1), ("z", m, 1), ("X", batch, n), ("Z", batch, m)]
    rows = tuple(
        (MatrixSymbol(name, a, b), text, f"{a} × {b}")
        for (name, a, b), text in zip(letters, frame.texts("rows"), strict=True)
    )
    return DataTable(frame.texts("header"), rows)


def initial(voice: Any) -> DataTable:
    """Where random weights start, by which rule, for the wide layer."""
    frame = Frame("subjects/dense", "initial", voice)
    n, m = WIDE
    rules = (
        sqrt(Rational(6, n + m)), sqrt(Rational(2, n + m)), sqrt(Rational(2, n)), sqrt(Rational(1, n)), 1 / sqrt(Integer(n)),
    )  # fmt: skip
    rows = tuple(
        (name, said, rule, Decimal(rule, 5))
        for (name, said), rule in zip(_pairs(frame.texts("rules")), rules, strict=True)
    )
    return DataTable(frame.texts("header"), rows, alignment="llrr")


def _pairs(texts: tuple[Text, ...]) -> list[tuple[Text, Text]]:
    return list(zip(texts[::2], texts[1::2], strict=True))


def code() -> list[Code]:
    """Forward and backward in NumPy, PyTorch, Keras and JAX."""
    words = load("subjects/dense")["libraries"]
    w, b, x, s = (_list(m) for m in (WEIGHT, BIAS.T, INPUT.T, SIGNAL.T))
    b, x, s = b[1:-1], x[1:-1], s[1:-1]
    z = _list((WEIGHT * INPUT + BIAS).T)[1:-1]
    found = gradients()
    dw, dx = _list(found["W"]), _list(found["x"].T)[1:-1]
    return [
        Code("python", f"import numpy\n\nW, b = numpy.array({w}), numpy.array({b})\nx, s = numpy.array({x}), numpy.array({s})\nprint((W @ x + b).tolist())\nprint(numpy.outer(s, x).tolist())\nprint((W.T @ s).tolist())", f"{z}\n{dw}\n{dx}", Text(words["numpy"])),
        Code("python", f"import torch\n\nlayer = torch.nn.Linear(3, 2)\nwith torch.no_grad():\n    layer.weight.copy_(torch.tensor({w}))\n    layer.bias.copy_(torch.tensor({b}))\nx = torch.tensor({x}, requires_grad=True)\nz = layer(x)\nz.backward(torch.tensor({s}))\nprint(z.tolist())\nprint(layer.weight.grad.tolist())\nprint(x.grad.tolist())", f"{z}\n{dw}\n{dx}", Text(words["torch"])),
        Code("python", f"import keras\nimport numpy\n\nlayer = keras.layers.Dense(2)\nlayer.build((None, 3))\nlayer.set_weights([numpy.array({w}).T, numpy.array({b})])\nprint(keras.ops.convert_to_numpy(layer(numpy.array([{x}])))[0].tolist())", z, Text(words["keras"])),
        Code("python", f"import jax\n\nW, b = jax.numpy.array({w}), jax.numpy.array({b})\nx, s = jax.numpy.array({x}), jax.numpy.array({s})\nz, back = jax.vjp(lambda W, x: W @ x + b, W, x)\ndW, dx = back(s)\nprint(z.tolist())\nprint(dW.tolist())\nprint(dx.tolist())", f"{z}\n{dw}\n{dx}", Text(words["jax"])),
    ]  # fmt: skip


def _list(matrix: Matrix) -> str:
    return repr([[float(v) for v in matrix.row(i)] for i in range(matrix.rows)])
