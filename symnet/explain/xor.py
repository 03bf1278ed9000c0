"""The sheet of exclusive-or: why one neuron cannot, how two layers can, drawn and counted."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Ge, Integer, Lt, Rational, Symbol

from symnet.definitions.activation import activations
from symnet.definitions.network import MLP
from symnet.explain.architecture import diagram
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.notation import Applied, Products, Terms
from symnet.prose import load
from symnet.sheet import Code, DataTable, Equation, Pictures, Sheet, Text

NAME = "xor"
CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))
GRID = 17
"""Points along each side of a picture."""


def explain_xor(reading: Text | None = None) -> Sheet:
    """The sheet ``symnet explain xor``."""
    voice = plain_voice(names={"w1": Symbol("w_1"), "w2": Symbol("w_2"), "b": Symbol("b")})
    blocks: dict[str, list[Any]] = {
        "wanted": [wanted(voice)],
        "inequalities": inequalities(),
        "contradiction": contradiction(),
        "diagram": [diagram(MLP([2, 2, 1], "relu"), voice)],
        "network": network(),
        "table": [table(voice)],
        "pictures": [pictures(voice)],
        "linear": [linear(voice)],
        "code": code(),
    }
    return essay(NAME, blocks, voice, reading=reading)


def xor(a: Any, b: Any) -> Any:
    """What is wanted."""
    return (a + b) % 2


def relu(z: Expr) -> Expr:
    """The catalogue's ReLU at a number."""
    f = activations["relu"]
    return f.default_expression.subs(f.variable, z)


def hidden(a: Any, b: Any) -> tuple[Expr, Expr]:
    """The two hidden neurons of the textbook's network."""
    return relu(Rational(a) + Rational(b)), relu(Rational(a) + Rational(b) - 1)


def output(a: Any, b: Any) -> Expr:
    """h₁ − 2h₂."""
    first, second = hidden(a, b)
    return first - 2 * second


def wanted(voice: Any) -> DataTable:
    """The truth table."""
    rows = tuple((Integer(a), Integer(b), Integer(xor(a, b))) for a, b in CORNERS)
    return DataTable(Frame(f"subjects/{NAME}", "wanted", voice).texts("header"), rows, alignment="rrr")


def inequalities() -> list[Equation]:
    """What a single step neuron would have to satisfy at the four corners."""
    w1, w2, b = Symbol("w_1"), Symbol("w_2"), Symbol("b")
    sums = {(0, 0): b, (0, 1): Terms(w2, b), (1, 0): Terms(w1, b), (1, 1): Terms(w1, w2, b)}
    return [Equation(((Ge if xor(*c) else Lt)(sums[c], 0, evaluate=False),)) for c in CORNERS]


def contradiction() -> list[Equation]:
    """The sum of the two middle lines against the sum of the outer ones: the same number on both sides."""
    w1, w2, b = Symbol("w_1"), Symbol("w_2"), Symbol("b")
    middle, outer = (w2 + b) + (w1 + b), b + (w1 + w2 + b)
    if middle - outer != 0:
        raise ArithmeticError("the two sums are not the same")
    shown = Terms(w1, w2, 2 * b)
    return [Equation((Ge(shown, 0, evaluate=False),)), Equation((Lt(shown, 0, evaluate=False),))]


def network() -> list[Equation]:
    """Two hidden neurons and the output."""
    x1, x2, h1, h2 = (Symbol(name) for name in ("x_1", "x_2", "h_1", "h_2"))
    return [
        Equation((h1, Applied("ReLU", 0, x1 + x2))), Equation((h2, Applied("ReLU", 0, Terms(x1, x2, Integer(-1))))),
        Equation((Symbol("y"), Terms(h1, -2 * h2))),
    ]  # fmt: skip


def table(voice: Any) -> DataTable:
    """The network at the four corners."""
    rows = []
    for a, b in CORNERS:
        first, second = hidden(a, b)
        if output(a, b) != xor(a, b):
            raise ArithmeticError("the network does not compute exclusive-or")
        rows.append(
            (Integer(a), Integer(b), first, second, Equation((Products([(1, first), (-2, second)]), output(a, b))))
        )
    return DataTable(Frame(f"subjects/{NAME}", "table", voice).texts("header"), tuple(rows), alignment="rrrrr")


def pictures(voice: Any) -> Pictures:
    """What a neuron, the two hidden neurons and the network answer over the square from −1/4 to 5/4."""
    frame = Frame(f"subjects/{NAME}", "pictures", voice)
    places = [Rational(-1, 4) + Rational(3, 2) * k / (GRID - 1) for k in range(GRID)]

    def image(f: Any) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(float(f(x, y)) for x in places) for y in reversed(places))

    functions = (lambda a, b: relu(a + b), lambda a, b: relu(a + b - 1), output)
    return Pictures(
        tuple(map(image, functions)), frame.texts("captions"), True, frame.text("title"), frame.text("describe")
    )


def linear(voice: Any) -> DataTable:
    """The best straight answer in the sense of least squares: ½ everywhere; its error cannot be lowered."""
    half = Rational(1, 2)
    rows = tuple((Integer(a), Integer(b), Integer(xor(a, b)), half, half - xor(a, b)) for a, b in CORNERS)
    for weight in range(3):
        slope = sum((half - xor(a, b)) * (a, b, 1)[weight] for a, b in CORNERS)
        if slope != 0:
            raise ArithmeticError("the constant one half is not the best straight answer")
    return DataTable(Frame(f"subjects/{NAME}", "linear", voice).texts("header"), rows, alignment="rrrrr")


def code() -> list[Code]:
    """The network in NumPy and PyTorch."""
    words = load(f"subjects/{NAME}")["libraries"]
    printed = repr([float(output(a, b)) for a, b in CORNERS])
    x = repr([[float(a), float(b)] for a, b in CORNERS])
    return [
        Code("python", f"import numpy\n\nX = numpy.array({x})\nW1, b1 = numpy.array([[1.0, 1.0], [1.0, 1.0]]), numpy.array([0.0, -1.0])\nw2 = numpy.array([1.0, -2.0])\nH = numpy.maximum(X @ W1.T + b1, 0)\nprint((H @ w2).tolist())", printed, Text(words["numpy"])),
        Code("python", f"import torch\n\nnetwork = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1))\nwith torch.no_grad():\n    network[0].weight.copy_(torch.tensor([[1.0, 1.0], [1.0, 1.0]]))\n    network[0].bias.copy_(torch.tensor([0.0, -1.0]))\n    network[2].weight.copy_(torch.tensor([[1.0, -2.0]]))\n    network[2].bias.zero_()\n    print(network(torch.tensor({x})).flatten().tolist())", printed, Text(words["torch"])),
    ]  # fmt: skip
