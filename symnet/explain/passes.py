"""The passes of a small network as they stand on a sheet: letters, numbers put in, values; then the step, and its check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Add, Expr, Mul, Rational, Symbol

from symnet.calculus.backpropagate import backpropagate
from symnet.calculus.differentiate import differentiate
from symnet.definitions.loss import Loss
from symnet.definitions.network import Network
from symnet.definitions.operations import ScalarFunction
from symnet.explain.frame import Frame
from symnet.explain.notation import Applied, Decimal, Products, Put, Terms, is_exact
from symnet.explain.voice import Voice
from symnet.learning.step import DIFFERENCE, Figure, TrainingStep
from symnet.sheet import DataTable, Equation, Heading, Paragraph

DIGITS = 9
SHORT = 12
"""A rational with more characters is shown rounded."""


def shown(value: Expr, digits: int = DIGITS) -> Expr:
    """A short fraction as it stands, a finite decimal in full, everything else rounded."""
    short = isinstance(value, Rational) and not is_exact(value, digits) and len(str(value)) <= SHORT
    return value if short else Decimal(value, digits)


def is_rounded(value: Expr, digits: int = DIGITS) -> bool:
    """Whether `shown` rounds it."""
    return not isinstance(shown(value, digits), Rational) and not is_exact(value, digits)


def standing(function: ScalarFunction, argument: Expr) -> Expr:
    """σ(z), σ′(z): a function by its name."""
    from symnet.explain.function import SIGNS

    activation = function.activation
    name = "f" if activation.typed is not None else SIGNS.get(activation.name, activation.title.replace(" ", ""))
    return Applied(name, function.order, argument)


def lines(run: TrainingStep, figure: Figure) -> list[Equation]:
    """Two lines for one figure: its formula in letters; the numbers put in, and the value."""
    letters = run.letters(figure.equation, *figure.place, standing)
    put, value = put_in(letters, run.numbers), shown(figure.value)
    if isinstance(put, Put):
        return [_last(Equation((figure.symbol, letters)), figure.value)]
    if is_rounded(figure.value):
        return [Equation((figure.symbol, readable(letters))), Equation((Equation((figure.symbol, put)), value), "≈")]
    return [Equation((figure.symbol, readable(letters))), Equation((figure.symbol, put, value))]


def _last(equation: Equation, value: Expr) -> Equation:
    """The equation, and behind it the value."""
    if is_rounded(value):
        return Equation((equation, shown(value)), "≈")
    return Equation((*equation.sides, shown(value)))


def readable(letters: Expr) -> Expr:
    """A formula in the order in which it is read: weights before what they weigh, the bias last, a − y rather than −y + a."""
    return _placed(letters, lambda symbol: symbol)


def put_in(letters: Expr, numbers: dict[Symbol, Expr]) -> Expr:
    """The formula with its numbers in the place of its letters, nothing worked out."""
    return _placed(letters, lambda symbol: Put(shown(numbers[symbol]), symbol))


def _placed(letters: Expr, leaf: Callable[[Symbol], Expr]) -> Expr:
    """The formula in reading order, with `leaf` at its letters."""

    def walk(e: Expr) -> Expr:
        if isinstance(e, Symbol):
            return leaf(e)
        if isinstance(e, Applied):  # its own parentheses are enough
            inner = walk(e.args[2])
            return e.func(*e.args[:2], inner.args[0] if isinstance(inner, Put) else inner, *e.args[3:])
        if isinstance(e, Add):
            return Terms(*map(walk, sorted(e.as_ordered_terms(), key=lambda t: t.could_extract_minus_sign())))
        return e.func(*map(walk, e.args)) if e.args else e

    return _weighted(letters, leaf) or walk(letters)


def _weighted(letters: Expr, leaf: Callable[[Symbol], Expr]) -> Expr | None:
    """w₁·x₁ + w₂·x₂ + b, the weights first, where the formula is such a sum; else None."""
    pairs, rest = [], []
    for term in Add.make_args(letters):
        factors = Mul.make_args(term)
        if not all(isinstance(f, Symbol) for f in factors) or len(factors) > 2:
            return None
        if len(factors) == 1:
            rest.append(factors[0])
        else:
            pairs.append(sorted(factors, key=_first))
    if not pairs or len(rest) > 1:
        return None
    pairs.sort(key=lambda pair: [str(s) for s in pair])
    return Products([(leaf(a), leaf(b)) for a, b in pairs], *(leaf(b) for b in rest))


def _first(symbol: Symbol) -> tuple[int, str]:
    """Weights stand first, then error signals, then everything else."""
    name = str(symbol)
    return next((k for k, letter in enumerate(("w_", "delta_")) if name.startswith(letter)), 2), name


def bends(run: TrainingStep) -> list[Equation]:
    """Every activation of the network with its formula, and its slope in the form that people know."""
    z = Symbol("z", real=True)
    found = {layer.activation.name: layer.activation for layer in run.network.layers if hasattr(layer, "activation")}
    equations = []
    for activation in found.values():
        if activation.name == "identity":
            continue
        formula = activation.default_expression
        slope = differentiate(formula, activation.variable).form
        value, derivative = (standing(ScalarFunction(activation, order, formula), z) for order in (0, 1))
        equations += [
            Equation((value, formula.subs(activation.variable, z))),
            Equation((derivative, slope.subs(activation.variable, z))),
        ]
    return equations


def forward(run: TrainingStep, voice: Voice) -> list[Any]:
    """The forward pass, neuron by neuron, after a word on what the activations are."""
    frame = Frame("network", "forward", voice)
    blocks: list[Any] = [*bends(run)]
    for k in range(1, len(run.network.layers) + 1):
        figures = [f for f in run.of_kind("forward") if f.equation.layer == k]
        if not figures:
            continue
        blocks.append(Heading(frame.text("layer", k=k)))
        units = {f.place: [g for g in figures if g.place == f.place] for f in figures}
        blocks += [line for unit in units.values() for figure in unit for line in lines(run, figure)]
    return blocks


def backward(run: TrainingStep, voice: Voice) -> list[Any]:
    """The loss, δ of every neuron, every gradient, the step, the new loss, and the check."""
    frame = Frame("network", "backward", voice)
    blocks: list[Any] = [line for f in run.of_kind("loss") for line in lines(run, f)]
    blocks.append(Paragraph(frame.text("loss", loss=shown(run.before))))
    blocks.append(Paragraph(frame.text("deltas")))
    blocks += [line for f in run.of_kind("delta") for line in lines(run, f)]
    gradients = tuple(_row(run, f) for f in run.of_kind("gradient"))
    blocks.append(DataTable(frame.texts("gradient_header"), gradients, frame.text("gradients"), "lllr"))
    changes = tuple(
        (symbol, shown(run.numbers[symbol]), shown(slope), shown(run.stepped[symbol]))
        for symbol, slope in run.gradient.items()
    )
    blocks.append(DataTable(frame.texts("step_header"), changes, frame.text("step", rate=run.rate), "lrrr"))
    falls = "after" if run.after < run.before else "after_rise"
    blocks.append(Paragraph(frame.text(falls, before=shown(run.before), after=shown(run.after))))
    blocks.append(
        Paragraph(
            frame.text(
                "check", count=len(run.gradient), difference=Decimal(run.difference, 2), step=Decimal(DIFFERENCE, 1)
            )
        )
    )
    return blocks


def _row(run: TrainingStep, figure: Figure) -> tuple[Any, ...]:
    letters = run.letters(figure.equation, *figure.place, standing)
    return figure.symbol, readable(letters), put_in(letters, run.numbers), shown(figure.value)


def chain(network: Network, loss: Loss | str, voice: Voice) -> list[Any]:
    """The equations of the backward pass with their shapes."""
    from symnet.explain.architecture import equations

    return [equations(backpropagate(network, loss), voice, ("loss", "delta", "gradient"))]
