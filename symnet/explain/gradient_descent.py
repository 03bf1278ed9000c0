"""The sheet of gradient descent: one number rolling into a bowl, exactly, with every kind of rate; then a valley of two numbers."""

from __future__ import annotations

from typing import Any

from sympy import Expr, IndexedBase, Integer, Rational, Symbol, simplify

from symnet.explain.curves import height
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.notation import Arithmetic, Decimal, Terms
from symnet.prose import load
from symnet.sheet import Code, Curve, CurveMark, CurveSeries, DataTable, Equation, Sheet, Text

NAME = "gradient_descent"
START, BOTTOM, CURVATURE = Rational(4), Rational(1), Rational(1, 2)
"""The bowl ½·c·(w − bottom)², and where the walk begins."""
RATES = (Rational(1, 2), Rational(2), Rational(3), Rational(4), Rational(9, 2))
STEPS = 5
VALLEY = (Rational(1), Rational(10))
"""Curvatures along the two axes of the valley."""
VALLEY_START = (Rational(10), Rational(1))
VALLEY_RATE, MOMENTUM = Rational(3, 20), Rational(1, 2)


def explain_gradient_descent(reading: Text | None = None) -> Sheet:
    """The sheet ``symnet explain gradient_descent``."""
    voice = plain_voice({
        "bottom": BOTTOM, "start": START, "curvature": CURVATURE, "limit": 2 / CURVATURE, "best": 1 / CURVATURE,
        "valley_rate": VALLEY_RATE, "momentum": MOMENTUM, "steep_limit": 2 / VALLEY[1], "steps": STEPS,
    }, {letter: Symbol(letter) for letter in ("w", "L")})  # fmt: skip
    blocks: dict[str, list[Any]] = {
        "rule": rule(),
        "bowl": [bowl(voice)],
        "walk": [walk(Rational(1), voice)],
        "factor": factor(),
        "rates": [rates(voice)],
        "valley": [valley(Integer(0), voice)],
        "momentum_rule": momentum_rule(),
        "valley_momentum": [valley(MOMENTUM, voice)],
        "batch": batch(),
        "code": code(),
    }
    return essay(NAME, blocks, voice, reading=reading)


def rule() -> list[Equation]:
    """wₖ₊₁ = wₖ − η gₖ."""
    w, g, k = IndexedBase("w"), IndexedBase("g"), Symbol("k", integer=True)
    return [Equation((w[k + 1], Terms(w[k], -Symbol("eta") * g[k])))]


def loss(w: Expr) -> Expr:
    """The bowl."""
    return CURVATURE * (w - BOTTOM) ** 2 / 2


def positions(rate: Expr, steps: int = STEPS) -> list[Expr]:
    """Where the walk stands after 0, 1, 2, … steps, exactly."""
    found = [START]
    for _ in range(steps):
        found.append(found[-1] - rate * CURVATURE * (found[-1] - BOTTOM))
    return found


def bowl(voice: Any) -> Curve:
    """The bowl, and the first steps with rate 1."""
    frame = Frame(f"subjects/{NAME}", "bowl", voice)
    grid = [Rational(k, 20) for k in range(-60, 101)]
    branch = tuple((float(w), float(loss(w))) for w in grid)
    places = positions(Rational(1))
    walked = tuple((float(w), float(loss(w))) for w in places)
    marks = tuple(CurveMark(float(w), float(loss(w)), frame.text("mark", k=str(k))) for k, w in enumerate(places[:4]))
    series = (CurveSeries(loss(Symbol("w")), (branch,)), CurveSeries(frame.text("steps"), (walked,), "derivative"))
    x_range = (-3.0, 5.0)
    return Curve(
        series, x_range, height([(branch,)], x_range), "w", "L", marks, frame.text("title"), frame.text("describe")
    )


def walk(rate: Expr, voice: Any) -> DataTable:
    """Step by step: position, slope, loss."""
    frame = Frame(f"subjects/{NAME}", "walk", voice)
    rows = tuple(
        (Integer(k), *(Decimal(v, 8) for v in (w, CURVATURE * (w - BOTTOM), loss(w))))
        for k, w in enumerate(positions(rate))
    )
    return DataTable(frame.texts("header"), rows, frame.text("caption", rate=rate), "rrrr")


def factor() -> list[Equation]:
    """wₖ₊₁ − m = (1 − ηc)(wₖ − m) for the bottom m, from the rule; checked by expanding both sides."""
    w, k = IndexedBase("w"), Symbol("k", integer=True)
    eta, c, m = Symbol("eta"), Symbol("c"), Symbol("m")
    away = Terms(w[k], -m)
    moved, claimed = Terms(w[k], -eta * c * away, -m), Terms(Integer(1), -eta * c) * away
    if simplify((w[k] - eta * c * (w[k] - m) - m) - (1 - eta * c) * (w[k] - m)) != 0:
        raise ArithmeticError("the factor of a step is wrong")
    return [Equation((Terms(w[k + 1], -m), moved, claimed))]


def rates(voice: Any) -> DataTable:
    """What different rates do to the distance from the bottom."""
    frame = Frame(f"subjects/{NAME}", "rates", voice)
    rows = []
    for rate in RATES:
        share = 1 - rate * CURVATURE
        end = positions(rate)[-1]
        words = (
            "best"
            if share == 0
            else "lasting"
            if abs(share) == 1
            else "diverges"
            if abs(share) > 1
            else "alternates"
            if share < 0
            else "creeps"
        )
        rows.append((rate, share, Decimal(end, 6), Decimal(loss(end), 6), frame.text(words)))
    return DataTable(frame.texts("header"), tuple(rows), alignment="rrrrl")


def valley(momentum: Expr, voice: Any) -> DataTable:
    """Steps in ½(x² + 10y²), with momentum or without."""
    frame = Frame(f"subjects/{NAME}", "valley", voice)
    place, speed, rows = list(VALLEY_START), [Integer(0), Integer(0)], []
    for k in range(STEPS + 1):
        value = sum(c * v**2 for c, v in zip(VALLEY, place, strict=True)) / 2
        rows.append((Integer(k), *(Decimal(v, 6) for v in place), Decimal(value, 6)))
        speed = [momentum * s - VALLEY_RATE * c * v for s, c, v in zip(speed, VALLEY, place, strict=True)]
        place = [v + s for v, s in zip(place, speed, strict=True)]
    return DataTable(frame.texts("header"), tuple(rows), alignment="rrrr")


def momentum_rule() -> list[Equation]:
    """vₖ₊₁ = μ vₖ − η gₖ, then wₖ₊₁ = wₖ + vₖ₊₁."""
    v, w, g, k = IndexedBase("v"), IndexedBase("w"), IndexedBase("g"), Symbol("k", integer=True)
    return [
        Equation((v[k + 1], Terms(Symbol("mu") * v[k], -Symbol("eta") * g[k]))),
        Equation((w[k + 1], Terms(w[k], v[k + 1]))),
    ]


def batch() -> list[Any]:
    """The slope of a mean is the mean of the slopes: three samples of (w − y)²/2."""
    w = Rational(2)
    targets = (Rational(1), Rational(0), Rational(5))
    slopes = [w - y for y in targets]
    mean = sum(slopes) / len(slopes)
    whole = w - sum(targets) / len(targets)
    if mean != whole:
        raise ArithmeticError("the mean of the slopes is not the slope of the mean")
    y, slope = Symbol("y"), Symbol("g")
    rows = tuple((Equation((y, target)), Equation((slope, s))) for target, s in zip(targets, slopes, strict=True))
    header = load(f"subjects/{NAME}")["batch"]["header"]
    return [
        DataTable(tuple(map(Text, header)), rows),
        Equation((Arithmetic(f"({' + '.join(str(s) if s >= 0 else f'({s})' for s in slopes)})/{len(slopes)}"), mean)),
    ]


def code() -> list[Code]:
    """The walk in NumPy, PyTorch and JAX."""
    words = load(f"subjects/{NAME}")["libraries"]
    found = positions(Rational(1), 3)[1:]
    printed = "\n".join(repr(round(float(w), 4)) for w in found)
    c, b, s = float(CURVATURE), float(BOTTOM), float(START)
    return [
        Code("python", f"w, rate = {s}, 1.0\nfor _ in range(3):\n    slope = {c} * (w - {b})\n    w = w - rate * slope\n    print(round(w, 4))", printed, Text(words["python"])),
        Code("python", f"import torch\n\nw = torch.tensor({s}, requires_grad=True)\noptimiser = torch.optim.SGD([w], lr=1.0)\nfor _ in range(3):\n    optimiser.zero_grad()  # PyTorch adds to old slopes unless told to forget them\n    loss = {c} * (w - {b}) ** 2 / 2\n    loss.backward()\n    optimiser.step()\n    print(round(w.item(), 4))", printed, Text(words["torch"])),
        Code("python", f"import jax\n\n\ndef loss(w):\n    return {c} * (w - {b}) ** 2 / 2\n\n\nw = {s}\nfor _ in range(3):\n    w = w - 1.0 * jax.grad(loss)(w)\n    print(round(float(w), 4))", printed, Text(words["jax"])),
    ]  # fmt: skip
