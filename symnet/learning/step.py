"""One training step of a small network, carried out in numbers: every intermediate in letters, with its numbers put in, and its value.

The figures are read off the network's own equations (`backpropagate`), entry by entry. What is rational stays
exact; from the first value that is not (an exponential, say) on, numbers carry `PRECISION` digits. The gradients
are then compared with central differences of the loss, which know nothing of the backward equations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sympy import Expr, Float, MatrixSymbol, Rational, Symbol

from symnet.calculus.backpropagate import backpropagate
from symnet.codegen.cells import exact_value
from symnet.definitions.entries import Application, carried_out, entry, scalar_symbol
from symnet.definitions.equations import Equation, Equations, Gradient
from symnet.definitions.loss import Loss, named_loss
from symnet.definitions.network import Network
from symnet.definitions.operations import ScalarFunction
from symnet.errors import ShapeError, UnsupportedExpressionError

PRECISION = 50
DIFFERENCE = Rational(1, 10**15)
"""The step of the central differences; their own error is of the order of its square."""
MOST = 400
"""Parameters of a network whose every figure can be shown."""

Numbers = Mapping[MatrixSymbol, Sequence[Sequence[Expr]]]


@dataclass(frozen=True)
class Figure:
    """One entry of one equation."""

    equation: Equation
    symbol: Symbol
    """Its name: ``z_1_2``, ``delta_2_1``; of a gradient the name of the parameter's entry."""
    place: tuple[int, int]
    letters: Expr
    """The right-hand side in letters."""
    value: Expr
    """A `Rational`, or a `Float` of `PRECISION` digits."""

    @property
    def kind(self) -> str:
        """``"forward"``, ``"loss"``, ``"delta"`` or ``"gradient"``."""
        return self.equation.kind


@dataclass(frozen=True)
class TrainingStep:
    """Forward pass, loss, backward pass and one step of gradient descent, for one sample."""

    network: Network
    values: Mapping[str, Any]
    """Name in files → nested sequences of exact numbers."""
    x: tuple[Expr, ...]
    target: tuple[Expr, ...]
    rate: Expr
    loss: Loss | str = "half_squared"

    def __post_init__(self) -> None:
        if self.network.count > MOST:
            raise UnsupportedExpressionError(
                f"a step in numbers is for small networks: this one has {self.network.count:,} parameters, and {MOST} can be shown"
            )
        for name, found, wanted in (
            ("input", len(self.x), self.network.layers[0].inputs),
            ("target", len(self.target), self.network.layers[-1].outputs),
        ):
            if found != wanted:
                raise ShapeError(f"the {name} has {found} numbers and the network wants {wanted}")
        for parameter in self.network.parameter_records:
            found = _shape(self.values.get(parameter.name))
            if found != parameter.shape:
                raise ShapeError(f"{parameter.name} must have the shape {parameter.shape}, got {found}")

    @cached_property
    def equations(self) -> Equations:
        """The equations whose entries the figures are."""
        return backpropagate(self.network, self.loss)

    @cached_property
    def given(self) -> dict[MatrixSymbol, list[list[Expr]]]:
        """The numbers that the step starts from, as columns and matrices."""
        found = {self.network.input: _rows(self.x)}
        if self.equations.target is not None:
            found[self.equations.target] = _rows(self.target)
        return found | {p.symbol: _rows(self.values[p.name]) for p in self.network.parameter_records}

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every entry of every equation, in the order of the pass."""
        return self._run(self.given, self.equations)

    def _run(self, given: Numbers, equations: Sequence[Equation] | Equations) -> tuple[Figure, ...]:
        known: dict[MatrixSymbol, Any] = dict(given)
        found = []
        for equation in equations:
            rows, columns = map(int, equation.shape)
            table = [[self._figure(equation, i, j, known) for j in range(columns)] for i in range(rows)]
            known[equation.symbol] = [[figure.value for figure in row] for row in table]
            found += [figure for row in table for figure in row]
        return tuple(found)

    def _figure(self, equation: Equation, i: int, j: int, known: Mapping[MatrixSymbol, Any]) -> Figure:
        exact = entry(equation.expression, i, j, lambda matrix, row, column: known[matrix][row][column], _applied)
        symbol = equation.symbol
        if isinstance(symbol, Gradient):
            symbol = next(p.symbol for p in self.network.parameter_records if p.symbol.name == symbol.parts[1])
        return Figure(equation, scalar_symbol(symbol, i, j), (i, j), self.letters(equation, i, j), _number(exact))

    @staticmethod
    def letters(equation: Equation, i: int, j: int, apply: Application = carried_out) -> Expr:
        """One entry of the right-hand side in letters."""
        return entry(equation.expression, i, j, scalar_symbol, apply)

    @cached_property
    def numbers(self) -> dict[Symbol, Expr]:
        """The letter of every given number and of every figure before the gradients, with its value."""
        found = {
            scalar_symbol(matrix, i, j): value
            for matrix, rows in self.given.items()
            for i, row in enumerate(rows)
            for j, value in enumerate(row)
        }
        return found | {f.symbol: f.value for f in self.figures if f.kind != "gradient"}

    def of_kind(self, *kinds: str) -> tuple[Figure, ...]:
        """The figures of these kinds."""
        return tuple(f for f in self.figures if f.kind in kinds)

    @property
    def before(self) -> Expr:
        """The loss."""
        return self.of_kind("loss")[0].value

    @cached_property
    def gradient(self) -> dict[Symbol, Expr]:
        """The entry of every trainable parameter → the slope of the loss."""
        return {f.symbol: f.value for f in self.of_kind("gradient")}

    @cached_property
    def stepped(self) -> dict[Symbol, Expr]:
        """The trainable parameters after the step w − rate · ∂ℓ/∂w."""
        return {s: _number(self.numbers[s] - self.rate * slope) for s, slope in self.gradient.items()}

    @cached_property
    def after(self) -> Expr:
        """The loss with the new parameters."""
        return self.loss_at(self.stepped)

    def loss_at(self, changed: Mapping[Symbol, Expr]) -> Expr:
        """The loss where these entries of parameters have other values."""
        moved = {
            matrix: [
                [changed.get(scalar_symbol(matrix, i, j), v) for j, v in enumerate(row)] for i, row in enumerate(rows)
            ]
            for matrix, rows in self.given.items()
        }
        lines = [e for e in self.equations if e.kind in ("forward", "loss")]
        return next(f.value for f in self._run(moved, lines) if f.kind == "loss")

    @cached_property
    def difference(self) -> Expr:
        """The largest distance between a slope and the central difference of the loss."""
        worst: Expr = Rational(0)
        for symbol, slope in self.gradient.items():
            ends = [self.loss_at({symbol: self.numbers[symbol] + sign * DIFFERENCE}) for sign in (1, -1)]
            worst = max(worst, abs((ends[0] - ends[1]) / (2 * DIFFERENCE) - slope))
        return worst


def step(
    network: Network, values: Mapping[str, Any], x: Sequence[Any], target: Sequence[Any],
    rate: Any = "1/2", loss: Loss | str = "half_squared",
) -> TrainingStep:  # fmt: skip
    """The `TrainingStep` of exact numbers, or of their spellings: ``"0.15"`` and ``"3/20"`` are 3/20, the float 0.15 is what it is."""
    exact = {name: _exact(table) for name, table in values.items()}
    known = {p.name: p for p in network.parameter_records}
    for name in exact:
        network.parameter(name)
    named = {network.parameter(name).name: table for name, table in exact.items()}
    zero = {name: _exact(_filled(p.shape)) for name, p in known.items() if name not in named and p.role == "bias"}
    return TrainingStep(network, zero | named, _exact(x), _exact(target), _exact(rate), named_loss(loss))


def _applied(function: ScalarFunction, argument: Expr) -> Expr:
    """The function's value at a number; a derivative at a kink is what the generated code returns there."""
    activation = function.activation
    if function.order == 0:
        return carried_out(function, argument)
    formula, variable = activation.default_expression, activation.variable
    return exact_value(formula, variable, argument, function.order, None, activation.apis)[0]


def _filled(shape: tuple[int, ...]) -> Any:
    return [0] * shape[0] if len(shape) == 1 else [[0] * shape[1] for _ in range(shape[0])]


def _exact(value: Any) -> Any:
    """Nested sequences of numbers or spellings as nested tuples of rationals."""
    from symnet.definitions.activation import exact_number

    if isinstance(value, (list, tuple)) or hasattr(value, "tolist"):
        return tuple(map(_exact, value.tolist() if hasattr(value, "tolist") else value))
    return Rational(value) if isinstance(value, float) else exact_number(value, "a number of the step")


def _number(value: Expr) -> Expr:
    """An exact rational as it stands, anything else to `PRECISION` digits."""
    if isinstance(value, Rational):
        return value
    found = value.evalf(PRECISION + 10)
    if not isinstance(found, (Float, Rational)):
        raise UnsupportedExpressionError(f"a figure of the step has no finite real value: {value}")
    return Float(found, PRECISION)


def _rows(value: Sequence[Any]) -> list[list[Expr]]:
    """A vector as a column, a matrix as it stands."""
    return [list(row) if isinstance(row, (list, tuple)) else [row] for row in value]


def _shape(value: Any) -> tuple[int, ...]:
    if not isinstance(value, (list, tuple)):
        return ()
    inner = {_shape(item) for item in value}
    return (len(value), *(inner.pop() if len(inner) == 1 else ()))
