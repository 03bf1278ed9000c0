"""The sheet of one neuron: letters, numbers, its gradient, one step of learning, and code that prints the same."""

from __future__ import annotations

from typing import Any

from sympy import Expr, MatrixSymbol, Rational, Symbol, diff

from symnet.calculus.differentiate import differentiate
from symnet.definitions.activation import activations
from symnet.definitions.neuron import Neuron
from symnet.explain.activation.derivative import steps
from symnet.explain.activation.snippets import rounded
from symnet.explain.essay import essay, plain_voice
from symnet.explain.notation import Applied, Decimal, Products, partial
from symnet.sheet import Code, DataTable, Diagram, Equation, Sheet, Text

WEIGHTS = (Rational(1, 2), Rational(-1))
INPUTS = (Rational(2), Rational(3, 2))
BIAS = Rational(1, 4)
TARGET = Rational(1)
RATE = Rational(1, 2)
DIGITS = 6
NEEDED = Rational(10)
"""The threshold of the example of the bias, as in the video that the source note follows."""


def explain_neuron(reading: Text | None = None) -> Sheet:
    """The sheet `symnet explain neuron`."""
    facts = numbers()
    voice = plain_voice({key: shown(value) for key, value in facts.items()})
    return essay("neuron", blocks(facts), voice, reading=reading)


def numbers() -> dict[str, Expr]:
    """Every number of the worked example, exactly."""
    sigmoid = activations["sigmoid"].default_expression
    x = activations["sigmoid"].variable
    z = sum((w * v for w, v in zip(WEIGHTS, INPUTS, strict=True)), start=BIAS)
    a = sigmoid.subs(x, z)
    slope = diff(sigmoid, x).subs(x, z)
    loss = (a - TARGET) ** 2 / 2
    delta = (a - TARGET) * slope
    new_w = [w - RATE * delta * v for w, v in zip(WEIGHTS, INPUTS, strict=True)]
    new_b = BIAS - RATE * delta
    new_z = sum((w * v for w, v in zip(new_w, INPUTS, strict=True)), start=new_b)
    new_a = sigmoid.subs(x, new_z)
    h = Rational(1, 1000)

    def loss_with(first: Expr) -> Expr:
        moved = first * INPUTS[0] + WEIGHTS[1] * INPUTS[1] + BIAS
        return (sigmoid.subs(x, moved) - TARGET) ** 2 / 2

    quotient = (loss_with(WEIGHTS[0] + h) - loss_with(WEIGHTS[0] - h)) / (2 * h)
    return {
        "w1": WEIGHTS[0], "w2": WEIGHTS[1], "x1": INPUTS[0], "x2": INPUTS[1], "b": BIAS, "y": TARGET, "rate": RATE,
        "z": z, "a": a, "slope": slope, "loss": loss, "delta": delta,
        "dw1": delta * INPUTS[0], "dw2": delta * INPUTS[1], "db": delta,
        "new_w1": new_w[0], "new_w2": new_w[1], "new_b": new_b, "new_z": new_z, "new_a": new_a,
        "new_loss": (new_a - TARGET) ** 2 / 2, "step": h, "quotient": quotient,
        "error": abs((quotient - delta * INPUTS[0]).evalf(20)),
    }  # fmt: skip


def shown(value: Expr) -> Any:
    """A rational exactly, everything else rounded."""
    return value if value.is_Rational and value.q < 1000 else Decimal(value, DIGITS)


def blocks(facts: dict[str, Expr]) -> dict[str, list[Any]]:
    """The computed blocks that the prose places."""
    w1, w2, x1, x2, b, z, a = (Symbol(name) for name in ("w_1", "w_2", "x_1", "x_2", "b", "z", "a"))
    n = Symbol("n", integer=True, positive=True)
    w_vector, x_vector, bias = MatrixSymbol("w", n, 1), MatrixSymbol("x", n, 1), MatrixSymbol("b", 1, 1)
    put = Products(zip(WEIGHTS, INPUTS, strict=True), BIAS)
    value = Decimal(facts["a"], DIGITS)
    loss = Symbol("ell")
    return {
        "diagram": [diagram()],
        "scalar": [Equation((z, Products([(w1, x1), (w2, x2)], b))), Equation((a, Applied("f", 0, z)))],
        "vector": [Equation((MatrixSymbol("z", 1, 1), w_vector.T * x_vector + bias))],
        "sum": [Equation((z, Products([(w1, x1), (w2, x2)], b), put, facts["z"]), multiline=True)],
        "activation": [Equation((Equation((a, Applied("sigma", 0, facts["z"]), facts["a"])), value), "≈")],
        "gradient": [
            Equation((partial(a, w1), x1 * Applied("sigma", 1, z))), Equation((partial(a, w2), x2 * Applied("sigma", 1, z))),
            Equation((partial(a, b), Applied("sigma", 1, z))),
        ],
        "slope_steps": [steps(differentiate(activations["sigmoid"].expression, activations["sigmoid"].variable))],
        "learning": [
            DataTable(
                (Text("parameter"), Text("before"), Text("gradient of the loss"), Text("after")),
                tuple(
                    (symbol, shown(facts[key]), Decimal(facts[f"d{key}"], DIGITS), Decimal(facts[f"new_{key}"], DIGITS))
                    for symbol, key in ((w1, "w1"), (w2, "w2"), (b, "b"))
                ),
                alignment="lrrr",
            )
        ],
        "loss": [Equation((loss, (a - Symbol("y")) ** 2 / 2))],
        "threshold": [threshold()],
        "notation": [notation()],
        "code": code(facts),
    }  # fmt: skip


def diagram() -> Diagram:
    """Two inputs, one neuron."""
    return Diagram(
        (2, 1), (Text("inputs"), Text("neuron")), (("x₁", "x₂"), ("a",)),
        title=Text("A neuron: the inputs come in along weighted wires, are added with the bias, and bent"),
        description=Text("Two inputs joined by two weighted wires to one neuron."),
    )  # fmt: skip


def threshold() -> DataTable:
    """A step neuron with bias −10: what it says for some weighted sums."""
    step = activations["step"].default_expression
    x = activations["step"].variable
    sigmoid = activations["sigmoid"].default_expression
    rows = []
    for evidence in (Rational(8), Rational(19, 2), Rational(10), Rational(21, 2), Rational(12)):
        z = evidence - NEEDED
        rows.append((evidence, z, step.subs(x, z), Decimal(sigmoid.subs(x, z), 4)))
    header = (Text("weighted inputs"), Text("with the bias"), Text("step"), Text("sigmoid"))
    return DataTable(header, tuple(rows), alignment="rrrr")


def notation() -> DataTable:
    """The letters and their shapes."""
    rows = (
        (Symbol("x"), Text("the inputs: the outputs of the neurons before"), Text("(n,)")),
        (Symbol("w"), Text("the weights: one for each input"), Text("(n,)")),
        (Symbol("b"), Text("the bias"), Text("a number")),
        (Symbol("z"), Text("the weighted sum with the bias"), Text("a number")),
        (Symbol("a"), Text("the output, or activation"), Text("a number")),
    )
    return DataTable((Text("symbol"), Text("meaning"), Text("shape")), rows)


def code(facts: dict[str, Expr]) -> list[Code]:
    """The same neuron in NumPy, PyTorch, JAX and Keras."""
    w, x = (f"[{', '.join(repr(float(v)) for v in values)}]" for values in (WEIGHTS, INPUTS))
    b = repr(float(BIAS))
    a, gradient = rounded(facts["a"]), [rounded(facts["slope"] * v) for v in INPUTS]
    numpy = f"import numpy\n\nw = numpy.array({w})\nx = numpy.array({x})\nb = {b}\nz = w @ x + b\na = 1 / (1 + numpy.exp(-z))\nprint(round(float(a), 4))\nprint([round(v, 4) for v in (a * (1 - a) * x).tolist()])"
    torch = f"import torch\n\nw = torch.tensor({w}, requires_grad=True)\nx = torch.tensor({x})\na = torch.sigmoid(w @ x + {b})\na.backward()\nprint(round(a.item(), 4))\nprint([round(v, 4) for v in w.grad.tolist()])"
    jax = f"import jax\n\n\ndef neuron(w, x, b):\n    return jax.nn.sigmoid(w @ x + b)\n\n\nw = jax.numpy.array({w})\nx = jax.numpy.array({x})\nprint(round(float(neuron(w, x, {b})), 4))\nprint([round(v, 4) for v in jax.grad(neuron)(w, x, {b}).tolist()])"
    keras = f"import keras\n\nw = keras.ops.convert_to_tensor({w})\nx = keras.ops.convert_to_tensor({x})\nprint(round(float(keras.activations.sigmoid(keras.ops.dot(w, x) + {b})), 4))"
    both = f"{a!r}\n{gradient!r}"
    return [
        Code("python", numpy, both, Text("NumPy: the output, then its gradient with respect to the weights")),
        Code("python", torch, both, Text("PyTorch")),
        Code("python", jax, both, Text("JAX")),
        Code("python", keras, repr(a), Text("Keras")),
    ]


def example() -> Neuron:
    """The neuron of the example as a record of symnet."""
    return Neuron(2, activations["sigmoid"]).substitute(w=WEIGHTS, x=INPUTS, b=BIAS)
