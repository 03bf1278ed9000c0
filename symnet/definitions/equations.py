"""Equations: the one form that layers declare, calculus differentiates, sheets print and codegen compiles.

An equation names a matrix symbol and says what it equals. The column form is what people write:
one sample is a column x, and z = Wx + b. Programs take a batch with one sample a row; `Equations.rows`
derives that form from the column form by the rule of `definitions/rows.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sympy.matrices.expressions import MatrixExpr, MatrixSymbol

from symnet.errors import ShapeError


class Gradient(MatrixSymbol):
    """The symbol ∂ℓ/∂W of a gradient, named ``dell/dW`` so that it prints as a fraction and stays a leaf."""

    @classmethod
    def of(cls, loss: MatrixSymbol, symbol: MatrixSymbol) -> Gradient:
        """∂loss/∂symbol, of the shape of `symbol`."""
        return cls(f"d{loss.name}/d{symbol.name}", *symbol.shape)

    @property
    def parts(self) -> tuple[str, str]:
        """The names above and below the fraction stroke."""
        above, _, below = self.name.partition("/")
        return above[1:], below[1:]

    def _latex(self, printer: Any) -> str:
        above, below = (printer._print(MatrixSymbol(name, 1, 1)) for name in self.parts)
        return f"\\frac{{\\partial {above}}}{{\\partial {below}}}"

    def _sympystr(self, printer: Any) -> str:
        if not getattr(printer, "_unicode", False):
            return self.name
        above, below = (printer._print(MatrixSymbol(name, 1, 1)) for name in self.parts)
        return f"∂{above}/∂{below}"

    def _pretty(self, printer: Any) -> Any:
        from sympy.printing.pretty.stringpict import prettyForm, stringPict

        stroke = "∂" if printer._use_unicode else "d"
        above, below = (
            prettyForm(*stringPict(stroke).right(printer._print(MatrixSymbol(n, 1, 1)))) for n in self.parts
        )
        return above / below


@dataclass(frozen=True)
class Equation:
    """symbol = expression."""

    symbol: MatrixSymbol
    expression: MatrixExpr
    kind: str = "forward"
    """``"forward"``, ``"loss"``, ``"delta"`` (an adjoint ∂ℓ/∂z) or ``"gradient"`` (∂ℓ/∂W)."""
    rule: str = ""
    """Why it holds: the layer's own words in the forward pass, the rule of the chain in the backward pass."""
    layer: int = 0
    """Which layer it belongs to, counted from 1; 0 where it belongs to none."""

    def __post_init__(self) -> None:
        if tuple(self.symbol.shape) != tuple(self.expression.shape):
            left, right = (" × ".join(map(str, m.shape)) for m in (self.symbol, self.expression))
            raise ShapeError(f"{self.symbol} is {left} but its right-hand side is {right}")

    @property
    def shape(self) -> tuple[Any, Any]:
        """Rows and columns."""
        return self.symbol.shape

    def __iter__(self) -> Iterator[Any]:
        """(symbol, right-hand side, shape)."""
        return iter((self.symbol, self.expression, self.shape))

    def __str__(self) -> str:
        return f"{self.symbol} = {self.expression}"


@dataclass(frozen=True)
class BackwardStep:
    """One use of the chain rule: the gradient of the loss with respect to one matrix, and why it is so."""

    rules: tuple[str, ...]
    """The adjoint rules used: ``("product",)``, ``("elementwise",)``, …"""
    symbol: MatrixSymbol
    """∂ℓ/∂a, the left side."""
    expression: MatrixExpr
    named: MatrixSymbol | None = None
    """The name that the result gets from here on, such as δ."""


@dataclass(frozen=True)
class Equations:
    """An ordered list of equations, and the symbols that they take as given."""

    equations: tuple[Equation, ...]
    input: MatrixSymbol
    parameters: tuple[MatrixSymbol, ...] = ()
    target: MatrixSymbol | None = None
    seed: MatrixSymbol | None = None
    """Given instead of a loss: ∂ℓ/∂output, so that the equations are a vector-Jacobian product."""
    form: str = "column"
    """``"column"``: one sample, a column; ``"rows"``: a batch of n, one sample a row."""
    names: dict[MatrixSymbol, str] = field(default_factory=dict, compare=False)
    """Parameter symbol → its name in files: ``W_1`` → ``layers.1.weight``."""
    steps: tuple[BackwardStep, ...] = field(default=(), compare=False)
    """How the backward equations came about, from the loss to the first layer."""

    def __iter__(self) -> Iterator[Equation]:
        return iter(self.equations)

    def __len__(self) -> int:
        return len(self.equations)

    def __getitem__(self, key: str | int) -> Equation:
        """By place, or by the name of the symbol: ``equations["z_1"]``."""
        if isinstance(key, int):
            return self.equations[key]
        for equation in self.equations:
            if equation.symbol.name == key:
                return equation
        raise KeyError(f"no equation for '{key}'; there are {', '.join(e.symbol.name for e in self.equations)}")

    def __str__(self) -> str:
        return "\n".join(map(str, self.equations))

    def of_kind(self, *kinds: str) -> tuple[Equation, ...]:
        """The equations of the given kinds, in order."""
        return tuple(e for e in self.equations if e.kind in kinds)

    @property
    def forward(self) -> tuple[Equation, ...]:
        """The forward pass."""
        return self.of_kind("forward")

    @property
    def loss(self) -> Equation | None:
        """The loss, if there is one."""
        return next(iter(self.of_kind("loss")), None)

    @property
    def deltas(self) -> tuple[Equation, ...]:
        """The adjoints δ, from the output back to the input."""
        return self.of_kind("delta")

    @property
    def gradients(self) -> tuple[Equation, ...]:
        """One for each trainable parameter."""
        return self.of_kind("gradient")

    @property
    def output(self) -> MatrixSymbol:
        """What the forward pass ends in."""
        return self.forward[-1].symbol if self.forward else self.input

    @cached_property
    def rows(self) -> Equations:
        """The same equations for a batch with one sample a row."""
        from symnet.definitions.rows import in_rows

        return self if self.form == "rows" else in_rows(self)

    def expand(self, symbol: MatrixSymbol, i: int, j: int = 0, leaf: Any = None) -> Any:
        """The exact scalar at row i, column j (from 0) of `symbol`, every intermediate replaced by its definition."""
        from symnet.definitions.entries import entry, scalar_symbol

        known = {e.symbol: e.expression for e in self.equations}
        at = scalar_symbol if leaf is None else leaf
        found: dict[Any, Any] = {}

        def inner(matrix: MatrixSymbol, row: int, column: int) -> Any:
            if matrix not in known:
                return at(matrix, row, column)
            key = (matrix, row, column)
            if key not in found:
                found[key] = entry(known[matrix], row, column, inner)
            return found[key]

        return inner(symbol, i, j)

    def with_equations(self, *more: Equation, **changes: Any) -> Equations:
        """The same list, continued."""
        return replace(self, equations=(*self.equations, *more), **changes)
