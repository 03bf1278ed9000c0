"""The sheet of universal approximation: what is promised, a construction that can be counted, and what is not promised."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integer, Max, Rational, Symbol, ceiling, expand, sqrt

from symnet.definitions.activation import activations
from symnet.explain.curves import height
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.notation import Applied, Decimal, Terms
from symnet.prose import load
from symnet.sheet import Code, Curve, CurveSeries, DataTable, Equation, Sheet, Text

NAME = "universal_approximation"
COUNTS = (1, 2, 4, 8, 16)
X = Symbol("x", real=True)


def explain_universal_approximation(reading: Text | None = None) -> Sheet:
    """The sheet ``symnet explain universal_approximation``."""
    voice = plain_voice(
        {"n": Integer(4), "error": error(4), "needed": str(needed(Rational(1, 10000)))}, {"n": Symbol("n")}
    )
    blocks: dict[str, list[Any]] = {
        "picture": [picture(voice)],
        "bump": [bump(voice)],
        "bump_formula": bump_formula(),
        "construction": construction(),
        "network": [network()],
        "errors": [errors(voice)],
        "polynomial": [polynomial(voice)],
        "code": code(),
    }
    return essay(NAME, blocks, voice, reading=reading)


def relu(z: Expr) -> Expr:
    """The catalogue's ReLU."""
    f = activations["relu"]
    return f.default_expression.subs(f.variable, z)


def kinks(count: int) -> list[Rational]:
    """The left ends of `count` equal pieces of [0, 1]."""
    return [Rational(k, count) for k in range(count)]


def weights(count: int) -> list[Rational]:
    """Output weights of the ReLU network that joins the points of x² at the ends of the pieces: changes of slope."""
    slopes = [Rational(2 * k + 1, count) for k in range(count)]
    return [slopes[0], *(b - a for a, b in zip(slopes, slopes[1:], strict=False))]


def approximation(count: int, x: Any) -> Expr:
    """The network at a point."""
    return sum((w * relu(x - t) for w, t in zip(weights(count), kinks(count), strict=True)), Integer(0))


def error(count: int) -> Rational:
    """The largest distance to x² on [0, 1], exactly: 1/(4n²), met in the middle of every piece."""
    middle = Rational(1, 2 * count)
    found = approximation(count, middle) - middle**2
    if found != Rational(1, 4 * count**2):
        raise ArithmeticError("the error of the chain is not what was derived")
    return found


def needed(wanted: Rational) -> int:
    """How many neurons keep the error below `wanted`."""
    return int(ceiling(sqrt(1 / (4 * wanted))))


def picture(voice: Any) -> Curve:
    """x² and its chains of two and of four pieces."""
    frame = Frame(f"subjects/{NAME}", "picture", voice)
    grid = [Rational(k, 64) for k in range(65)]
    curves = [(Equation((Applied("f", 0, X), X**2)), lambda x: x**2, "function")]
    curves += [
        (frame.text("chain", count=str(n)), lambda x, n=n: approximation(n, x), role)
        for n, role in ((2, "derivative"), (4, "other"))
    ]
    series = tuple(
        CurveSeries(label, (tuple((float(x), float(f(x))) for x in grid),), role) for label, f, role in curves
    )
    return Curve(
        series,
        (0.0, 1.0),
        height([s.branches for s in series], (0.0, 1.0)),
        title=frame.text("title"),
        description=frame.text("describe"),
    )


def bump(voice: Any) -> Curve:
    """Two steep sigmoids make a bump."""
    frame = Frame(f"subjects/{NAME}", "bump", voice)
    sigmoid = activations["sigmoid"]
    grid = [Rational(k, 100) for k in range(101)]

    def value(x: Rational) -> float:
        def s(z: Expr) -> Expr:
            return sigmoid.default_expression.subs(sigmoid.variable, z)

        return float((s(60 * (x - Rational(2, 5))) - s(60 * (x - Rational(3, 5)))).evalf(20))

    branch = tuple((float(x), value(x)) for x in grid)
    return Curve(
        (CurveSeries(bump_formula()[0].sides[0], (branch,)),),
        (0.0, 1.0),
        (-0.1, 1.1),
        title=frame.text("title"),
        description=frame.text("describe"),
    )


def bump_formula() -> list[Equation]:
    """σ(k(x − a)) − σ(k(x − b))."""
    k, a, b = symbols_of("k", "a", "b")
    return [Equation((Terms(Applied("sigma", 0, k * (X - a)), -Applied("sigma", 0, k * (X - b))),))]


def symbols_of(*names: str) -> list[Symbol]:
    """Plain letters."""
    return [Symbol(name) for name in names]


def construction() -> list[Equation]:
    """The chain of n pieces: where its neurons switch on, their weights, and the gap above x² between two neighbours."""
    n, k, a, b = symbols_of("n", "k", "a", "b")
    line, gap = (a + b) * X - a * b, (X - a) * (b - X)
    if expand(line - X**2 - gap) != 0:
        raise ArithmeticError("the gap between a chord and the parabola is wrong")
    return [
        Equation((Symbol("t_k"), (k - 1) / n)),
        Equation((Symbol("w_1"), 1 / n)),
        Equation((Symbol("w_k"), 2 / n)),
        Equation((Terms(line, -(X**2)), gap)),
    ]


def network() -> Equation:
    """The chain of four pieces as a network."""
    terms = [w * Applied("ReLU", 0, X - t if t else X) for w, t in zip(weights(4), kinks(4), strict=True)]
    return Equation((Applied("g", 0, X), Terms(*terms)))


def errors(voice: Any) -> DataTable:
    """Neurons against exact error."""
    frame = Frame(f"subjects/{NAME}", "errors", voice)
    rows = tuple((Integer(n), error(n), Decimal(error(n), 4)) for n in COUNTS)
    return DataTable(frame.texts("header"), rows, alignment="rrr")


def polynomial(voice: Any) -> DataTable:
    """With x² as activation every network of one layer is a parabola: third differences vanish, those of |x| do not."""
    frame = Frame(f"subjects/{NAME}", "polynomial", voice)
    rows = []
    parts = (
        (Rational(3), Rational(1), Rational(-2)),
        (Rational(-1), Rational(2), Rational(1, 2)),
        (Rational(2), Rational(-1), Rational(1)),
    )
    for name, f in (("net", lambda x: sum(c * (w * x + b) ** 2 for c, w, b in parts)), ("abs", lambda x: Max(x, -x))):
        values = [f(Rational(x)) for x in (-1, 0, 1, 2)]
        third = values[3] - 3 * values[2] + 3 * values[1] - values[0]
        rows.append((frame.text(name), *values, third))
    return DataTable(frame.texts("header"), tuple(rows), alignment="lrrrrr")


def code() -> list[Code]:
    """The chain of four pieces in NumPy and PyTorch, and its error measured on a grid."""
    words = load(f"subjects/{NAME}")["libraries"]
    w, t = [float(v) for v in weights(4)], [float(v) for v in kinks(4)]
    printed = repr(float(error(4)))
    return [
        Code("python", f"import numpy\n\nw, t = numpy.array({w}), numpy.array({t})\nx = numpy.linspace(0, 1, 1025)\ng = numpy.maximum(x[:, None] - t, 0) @ w\nprint(float(numpy.abs(g - x**2).max()))", printed, Text(words["numpy"])),
        Code("python", f"import torch\n\nw, t = torch.tensor({w}), torch.tensor({t})\nx = torch.linspace(0, 1, 1025)\ng = torch.relu(x[:, None] - t) @ w\nprint((g - x**2).abs().max().item())", printed, Text(words["torch"])),
    ]  # fmt: skip
