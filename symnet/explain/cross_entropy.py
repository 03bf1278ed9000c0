"""The sheet of softmax with cross-entropy: one loss of scores, whose gradient is p − y."""

from __future__ import annotations

from typing import Any

from sympy import Expr, IndexedBase, Integer, Rational, Sum, Symbol, exp, log, simplify, symbols

from symnet.calculus.indexed import LARGEST, TOTAL, S, cross_entropy_steps
from symnet.definitions.expression import typed_activation
from symnet.definitions.loss import losses
from symnet.explain.activation.derivative import TITLES
from symnet.explain.activation.snippets import rounded
from symnet.explain.essay import essay, plain_voice
from symnet.explain.frame import Frame
from symnet.explain.notation import Decimal
from symnet.explain.plot import plot
from symnet.prose import load
from symnet.sheet import Code, Curve, CurveSeries, DataTable, Equation, Sheet, StepRow, Steps, Text

NAME = "softmax_cross_entropy"
SCORES = (Rational(1), Rational(2), Rational(0))
TRUE = 0
"""The true class of the example: not the one with the largest score, so that there is something to learn."""
RATE = Rational(1)
DIGITS = 6


def explain_cross_entropy(reading: Text | None = None) -> Sheet:
    """The sheet ``symnet explain softmax+cross_entropy``."""
    gradient, before = slopes(SCORES), loss(SCORES)
    after = loss(tuple(s - RATE * g for s, g in zip(SCORES, gradient, strict=True)))
    voice = plain_voice({
        "largest": str(LARGEST), "S": Equation((S, TOTAL)), "true": str(TRUE + 1), "rate": RATE,
        "loss": Decimal(before, DIGITS), "after": Decimal(after, DIGITS), "sum": Decimal(simplify(sum(gradient)), DIGITS),
        "ell": Symbol("ell"),
    }, {letter: Symbol(letter) for letter in "pyn"})  # fmt: skip
    blocks: dict[str, list[Any]] = {
        "definition": definition(),
        "derivation": [derivation()],
        "worked": worked(),
        "losses": [picture(0, voice)],
        "slopes": [picture(1, voice)],
        "stable": [stable(voice)],
        "code": code(),
    }
    return essay(NAME, blocks, voice, subject=NAME, reading=reading, declared=losses[NAME].sources)


def softmax(scores: tuple[Expr, ...]) -> list[Expr]:
    """The exact probabilities."""
    total = sum(exp(s) for s in scores)
    return [exp(s) / total for s in scores]


def loss(scores: tuple[Expr, ...]) -> Expr:
    """The exact loss of the example's class."""
    return log(sum(exp(s) for s in scores)) - scores[TRUE]


def slopes(scores: tuple[Expr, ...]) -> list[Expr]:
    """p − y, exactly."""
    return [p - Integer(k == TRUE) for k, p in enumerate(softmax(scores))]


def definition() -> list[Equation]:
    """pᵢ, the loss in probabilities, and the same loss in scores."""
    i, k = symbols("i k", integer=True)
    n = Symbol("n", integer=True, positive=True)
    p, x, y = IndexedBase("p"), IndexedBase("x"), IndexedBase("y")
    ell = Symbol("ell")
    total = Sum(exp(x[k]), (k, 1, n))
    return [
        Equation((p[i], exp(x[i]) / total)),
        Equation((ell, -Sum(y[i] * log(p[i]), (i, 1, n)))),
        Equation((ell, log(total) - Sum(y[i] * x[i], (i, 1, n)))),
    ]


def derivation() -> Steps:
    """The checked steps to ∂ℓ/∂xⱼ = pⱼ − yⱼ."""
    titles = load("rules") | TITLES | load(f"subjects/{NAME}")["rules"]
    check = load("derivation")["jacobian"]["check"].format(size=LARGEST)
    found = cross_entropy_steps()
    rows = tuple(StepRow(Text(titles[s.rule]), s.before, s.after, s.depth, check) for s in found)
    asked = next(s for s in found if s.depth == 0 and s.rule == "sum").before
    return Steps(rows, Equation((asked, found[-1].after)))


def worked() -> list[Any]:
    """Every column from the score to the slope, then the loss and one step downhill."""
    words = load(f"subjects/{NAME}")["table"]
    gradient = slopes(SCORES)
    rows = tuple(
        (score, exp(score), Decimal(exp(score), DIGITS), Decimal(p, DIGITS), Integer(k == TRUE), Decimal(g, DIGITS),
         Decimal(score - RATE * g, DIGITS))
        for k, (score, p, g) in enumerate(zip(SCORES, softmax(SCORES), gradient, strict=True))
    )  # fmt: skip
    ell = Symbol("ell")
    return [
        DataTable(tuple(map(Text, words["header"])), rows, alignment="r" * 7),
        Equation((Equation((ell, loss(SCORES))), Decimal(loss(SCORES), DIGITS)), "≈"),
    ]


def picture(order: int, voice: Any) -> Curve:
    """The loss of two classes, or its slope, by how far the true score is ahead; beside it half the squared error."""
    frame = Frame(f"subjects/{NAME}", "picture", voice)
    pair = [typed_activation("log(1+exp(-x))"), typed_activation("1/2*(1-sigmoid(x))^2")]
    drawn = plot(pair, (order,), (-6.0, 6.0))
    names = frame.texts("series")
    series = tuple(
        CurveSeries(name, s.branches, role)
        for name, s, role in zip(names, drawn.series, ("function", "derivative"), strict=True)
    )
    title, description = frame.text(f"title_{order}"), frame.text(f"describe_{order}")
    return Curve(series, drawn.x_range, drawn.y_range, drawn.x_label, drawn.y_label, (), title, description)


def stable(voice: Any) -> DataTable:
    """What three ways of computing the same loss print: as typed in, shifted, and symnet's kernel beside the truth."""
    import numpy

    from symnet.codegen.kernels.rows import log_softmax

    rows = []
    for gap in (Integer(1), Integer(-1000), Integer(40)):
        scores = numpy.array([float(gap), 0.0])
        with numpy.errstate(all="ignore"):
            naive = -numpy.log(numpy.exp(scores) / numpy.exp(scores).sum())[0]
        shifted = scores.max() + numpy.log(numpy.exp(scores - scores.max()).sum()) - scores[0]
        kernel = -log_softmax(scores)[0]
        exact = log(1 + exp(-gap))
        rows.append((gap, _printed(naive), _printed(shifted), _printed(kernel), Decimal(exact, DIGITS)))
    return DataTable(Frame(f"subjects/{NAME}", "table", voice).texts("stable"), tuple(rows), alignment="rrrrr")


def _printed(value: float) -> Any:
    """A float as it is printed: nan and inf by their names."""
    import math

    return Decimal(Rational(float(value)), DIGITS) if math.isfinite(value) else str(value)


def code() -> list[Code]:
    """The loss and its gradient in NumPy, PyTorch, Keras and JAX, printing the same."""
    words = load(f"subjects/{NAME}")["libraries"]
    x, y = repr([float(s) for s in SCORES]), repr([float(k == TRUE) for k in range(len(SCORES))])
    value, gradient = repr(rounded(loss(SCORES))), repr([rounded(g) for g in slopes(SCORES)])
    show = "print([round(v, 4) for v in {}.tolist()])"
    return [
        Code("python", f"import numpy\n\nx, y = numpy.array({x}), numpy.array({y})\nm = x.max()\ntotal = numpy.log(numpy.exp(x - m).sum()) + m\nprint(round(float(total - y @ x), 4))\np = numpy.exp(x - total)\n{show.format('(p - y)')}", f"{value}\n{gradient}", Text(words["numpy"])),
        Code("python", f"import torch\n\nx = torch.tensor([{x}], requires_grad=True)\nloss = torch.nn.CrossEntropyLoss()(x, torch.tensor([{TRUE}]))\nloss.backward()\nprint(round(loss.item(), 4))\n{show.format('x.grad[0]')}", f"{value}\n{gradient}", Text(words["torch"])),
        Code("python", f"import keras\n\nloss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)\nvalue = loss(keras.ops.convert_to_tensor([{TRUE}]), keras.ops.convert_to_tensor([{x}]))\nprint(round(float(keras.ops.convert_to_numpy(value)), 4))", value, Text(words["keras"])),
        Code("python", f"import jax\n\n\ndef loss(x):\n    return -jax.nn.log_softmax(x)[{TRUE}]\n\n\nx = jax.numpy.array({x})\nprint(round(float(loss(x)), 4))\n{show.format('jax.grad(loss)(x)')}", f"{value}\n{gradient}", Text(words["jax"])),
    ]  # fmt: skip
