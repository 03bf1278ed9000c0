"""The sheet of one dense layer: neurons side by side, one matrix, and the two forms that people confuse."""

from __future__ import annotations

from typing import Any

from sympy import ImmutableMatrix, MatAdd, MatMul, MatrixSymbol, Rational, Symbol

from symnet.codegen.program import compile_network
from symnet.definitions.activation import activations
from symnet.definitions.layers import Dense
from symnet.definitions.network import Network
from symnet.explain.architecture import counts, diagram, equations
from symnet.explain.essay import essay, plain_voice
from symnet.explain.notation import Applied, Products
from symnet.sheet import Code, DataTable, Equation, Sheet, Text

WEIGHT = ((Rational(1), Rational(-1)), (Rational(2), Rational(0)), (Rational(-1, 2), Rational(1)))
BIAS = (Rational(0), Rational(-1), Rational(-1))
INPUT = (Rational(3), Rational(2))
BATCH = (INPUT, (Rational(-1), Rational(1)))


def explain_layer(reading: Text | None = None) -> Sheet:
    """The sheet `symnet explain layer`."""
    layer = Dense(2, 3, activations["relu"])
    network = Network((layer,))
    voice = plain_voice(
        {
            "count": f"{network.count:,}",
            "big": f"{Dense(784, 16, activations['relu']).count:,}",
            "big_sum": Dense(784, 16, activations["relu"]).counted.partition(" = ")[0],
        }
    )
    return essay("layer", blocks(network, voice), voice, reading=reading)


def result(rows: tuple[tuple[Rational, ...], ...] = (INPUT,)) -> list[list[Any]]:
    """(z, a) of every sample, exactly."""
    relu = activations["relu"]
    found = []
    for sample in rows:
        z = [
            sum((w * v for w, v in zip(row, sample, strict=True)), start=b) for row, b in zip(WEIGHT, BIAS, strict=True)
        ]
        found.append([z, [relu.default_expression.subs(relu.variable, value) for value in z]])
    return found


def blocks(network: Network, voice: Any) -> dict[str, list[Any]]:
    """The computed blocks that the prose places."""
    z, a = result()[0]
    letters = [Symbol("x_1"), Symbol("x_2")]
    scalar = [
        Equation(
            (
                Symbol(f"z_{i}"),
                Products([(Symbol(f"w_{i}{j}"), letter) for j, letter in enumerate(letters, 1)], Symbol(f"b_{i}")),
            )
        )
        for i in range(1, 4)
    ]
    put = [
        Equation((Symbol(f"z_{i}"), Products(zip(row, INPUT, strict=True), b), value))
        for i, (row, b, value) in enumerate(zip(WEIGHT, BIAS, z, strict=True), 1)
    ]
    after = [
        Equation((Symbol(f"a_{i}"), Applied("ReLU", 0, value), out))
        for i, (value, out) in enumerate(zip(z, a, strict=True), 1)
    ]
    matrix, column, bias = (ImmutableMatrix(m) for m in (WEIGHT, [[v] for v in INPUT], [[v] for v in BIAS]))
    product = [
        Equation((MatrixSymbol("W", 3, 2), matrix)),
        Equation(
            (MatAdd(MatMul(matrix, column, evaluate=False), bias, evaluate=False), ImmutableMatrix([[v] for v in z]))
        ),
    ]
    rows = ImmutableMatrix([r[1] for r in result(BATCH)])
    return {
        "diagram": [diagram(network, voice)],
        "scalar": scalar,
        "column": [equations(network.equations, voice)],
        "row": [equations(network.equations.rows, voice)],
        "worked": [*put, *after],
        "matrix": product,
        "batch": [
            Equation((MatrixSymbol("X", 2, 2), ImmutableMatrix(BATCH))),
            Equation((MatrixSymbol("A", 2, 3), rows)),
        ],
        "counts": [counts(network, voice)],
        "shapes": [shapes()],
        "code": code(network),
    }


def shapes() -> DataTable:
    """What fits and what does not."""
    n = Symbol("n")
    rows = (
        (MatrixSymbol("W", 3, 2), Text("(outputs, inputs)"), Text("(3, 2)")),
        (MatrixSymbol("x", 2, 1), Text("one sample, a column"), Text("(2, 1)")),
        (MatrixSymbol("X", n, 2), Text("a batch, one sample a row"), Text("(n, 2)")),
        (MatrixSymbol("b", 3, 1), Text("one bias for each neuron"), Text("(3,)")),
        (MatrixSymbol("A", n, 3), Text("the outputs of the batch"), Text("(n, 3)")),
    )
    return DataTable((Text("symbol"), Text("meaning"), Text("shape here")), rows)


def code(network: Network) -> list[Code]:
    """The layer in NumPy, PyTorch, Keras and JAX, for a batch of two."""
    w, b, x = _list(WEIGHT), _list(BIAS), _list(BATCH)
    printed = repr([[float(v) + 0.0 for v in r[1]] for r in result(BATCH)])
    found = compile_network(network)(
        [[float(v) for v in row] for row in BATCH], {"layers.1.weight": _floats(WEIGHT), "layers.1.bias": _floats(BIAS)}
    )
    if repr([[float(v) + 0.0 for v in row] for row in found]) != printed:
        raise ArithmeticError("the compiled layer and the exact layer disagree")
    return [
        Code("python", f"import numpy\n\nW = numpy.array({w})\nb = numpy.array({b})\nX = numpy.array({x})\nA = numpy.maximum(X @ W.T + b, 0.0)\nprint(A.tolist())", printed, Text("NumPy: a batch of two samples")),
        Code("python", f"import torch\n\nlayer = torch.nn.Linear(2, 3)\nwith torch.no_grad():\n    layer.weight.copy_(torch.tensor({w}))\n    layer.bias.copy_(torch.tensor({b}))\nX = torch.tensor({x})\nprint(torch.relu(layer(X)).tolist())", printed, Text("PyTorch stores the weight as (outputs, inputs)")),
        Code("python", f"import keras\nimport numpy\n\nlayer = keras.layers.Dense(3, activation=\"relu\")\nlayer.build((None, 2))\nlayer.set_weights([numpy.array({w}).T, numpy.array({b})])\nX = numpy.array({x})\nprint(keras.ops.convert_to_numpy(layer(X)).tolist())", printed, Text("Keras stores the transpose, (inputs, outputs)")),
        Code("python", f"import jax\n\nW = jax.numpy.array({w})\nb = jax.numpy.array({b})\nX = jax.numpy.array({x})\nprint(jax.nn.relu(X @ W.T + b).tolist())", printed, Text("JAX")),
    ]  # fmt: skip


def _floats(value: Any) -> Any:
    return [_floats(v) for v in value] if isinstance(value, tuple) else float(value)


def _list(value: Any) -> str:
    return repr(_floats(value))
