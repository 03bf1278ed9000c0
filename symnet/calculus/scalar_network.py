"""A network with a symbol for every weight: one line for every intermediate, and the gradient by every single weight.

The lines are the matrix equations of the forward and the backward pass, read entry by entry, so the chain rule is
applied once a matrix and never once an edge. A line names an intermediate and mentions earlier lines only: the graph
of the computation, whose size is proportional to the number of parameters, where the formula written out grows like
the product of the widths.

Softmax and log-sum-exp are written with the largest score m taken out, exp(zₖ − m), which changes no value.
"""

# pyright: reportArgumentType=false, reportReturnType=false, reportOperatorIssue=false

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sympy import Expr, Integer, Max, Piecewise, S, Symbol, exp, log
from sympy.matrices.expressions import HadamardProduct, MatAdd, MatMul, MatrixExpr, MatrixSymbol, OneMatrix, Transpose

from symnet.calculus.backpropagate import backpropagate
from symnet.calculus.sorted_terms import product, total
from symnet.definitions.entries import carried_out, scalar_symbol
from symnet.definitions.equations import Equations
from symnet.definitions.loss import Loss
from symnet.definitions.network import Network
from symnet.definitions.operations import (
    Elementwise,
    Flattened,
    Largest,
    LogSumExp,
    ScalarFunction,
    Share,
    SoftmaxOf,
    Unflattened,
)
from symnet.errors import UnsupportedExpressionError

Grid = list[list[Expr]]
"""The entries of a matrix, row by row."""


@dataclass(frozen=True)
class Line:
    """symbol = expression, in symbols of earlier lines, inputs and parameters."""

    symbol: Symbol
    expression: Expr
    function: ScalarFunction | None = None
    """The activation, or its derivative, that the line applies."""
    argument: Expr | None = None
    """What it is applied to."""


@dataclass(frozen=True)
class ScalarNetwork:
    """One sample through a network, and the gradient of its loss, in scalars."""

    inputs: tuple[Symbol, ...]
    target: tuple[Symbol, ...]
    parameters: tuple[Symbol, ...]
    """Every weight and bias, matrix after matrix, row by row."""
    forward: tuple[Line, ...]
    """Up to the outputs and, with a loss, the loss."""
    backward: tuple[Line, ...]
    """What the gradients have in common."""
    outputs: tuple[Symbol, ...]
    loss: Symbol | None
    gradients: Mapping[Symbol, Expr]
    """∂loss/∂weight, one for each trainable parameter."""

    @cached_property
    def operations(self) -> tuple[int, int]:
        """Additions, multiplications and function calls of (the forward pass, everything with the gradient)."""
        forward = sum(int(line.expression.count_ops()) for line in self.forward)
        more = [line.expression for line in self.backward] + list(self.gradients.values())
        return forward, forward + sum(int(e.count_ops()) for e in more)

    def written_out(self, expression: Expr) -> Expr:
        """The formula in inputs, targets and parameters alone; long for more than a few neurons."""
        known: dict[Expr, Expr] = {}
        for line in (*self.forward, *self.backward):
            known[line.symbol] = line.expression.xreplace(known)
        return expression.xreplace(known)


def scalar_network(network: Network, loss: Loss | str | None = None) -> ScalarNetwork:
    """The lines of the forward pass and, with a loss, of the gradient by every trainable parameter."""
    equations = network.equations if loss is None else backpropagate(network, loss)
    return _Reader(equations).read()


class _Reader:
    """Reads matrix equations entry by entry, and names what is used more than once."""

    def __init__(self, equations: Equations) -> None:
        self.equations = equations
        self.lines: list[Line] = []
        self.named: dict[MatrixExpr, Grid] = {}
        self.read_as: dict[type, Callable[[Any], Grid]] = {
            MatrixSymbol: self._symbol, OneMatrix: self._ones, Transpose: self._transpose, MatAdd: self._sum,
            HadamardProduct: self._entrywise, MatMul: self._product, Elementwise: self._elementwise,
            SoftmaxOf: self._softmax, LogSumExp: self._log_sum_exp, Largest: self._largest, Share: self._share,
            Flattened: self._flattened, Unflattened: self._unflattened,
        }  # fmt: skip

    def read(self) -> ScalarNetwork:
        """All equations, in order."""
        ends, gradients = 0, {}
        for equation in self.equations:
            if equation.kind == "gradient":
                symbol = next(p for p in self.equations.parameters if p.name == equation.symbol.parts[1])
                gradients.update(zip(_flat(self._symbol(symbol)), _flat(self.grid(equation.expression)), strict=True))
                continue
            if isinstance(equation.expression, Elementwise):
                found = self._applied(equation.expression, equation.symbol)
            else:
                found = self._symbol(equation.symbol)
                self._write(zip(_flat(found), _flat(self.grid(equation.expression)), strict=True))
            self.named[equation.symbol] = self.named[equation.expression] = found
            ends = len(self.lines) if equation.kind in ("forward", "loss") else ends
        loss, target = self.equations.loss, self.equations.target
        return ScalarNetwork(
            inputs=tuple(_flat(self._symbol(self.equations.input))),
            target=() if target is None else tuple(_flat(self._symbol(target))),
            parameters=tuple(s for p in self.equations.parameters for s in _flat(self._symbol(p))),
            forward=tuple(self.lines[:ends]),
            backward=tuple(self.lines[ends:]),
            outputs=tuple(_flat(self._symbol(self.equations.output))),
            loss=None if loss is None else self._symbol(loss.symbol)[0][0],
            gradients=gradients,
        )

    def grid(self, e: MatrixExpr) -> Grid:
        """The entries of `e`."""
        if e in self.named:
            return self.named[e]
        read = next((how for kind, how in self.read_as.items() if isinstance(e, kind)), None)
        if read is None:
            raise UnsupportedExpressionError(f"no scalar lines are known for the operation {type(e).__name__}")
        return read(e)

    def atoms(self, e: MatrixExpr) -> Grid:
        """The entries of `e` as symbols and numbers, named by lines of their own where they are more than that."""
        found = self.grid(e)
        if all(entry.is_Atom for row in found for entry in row):
            return found
        self.named[e] = [[self._name(entry) for entry in row] for row in found]
        return self.named[e]

    def _write(self, pairs: Any) -> None:
        self.lines += [Line(symbol, expression) for symbol, expression in pairs]

    def _name(self, expression: Expr, function: ScalarFunction | None = None, argument: Expr | None = None) -> Symbol:
        symbol = Symbol(f"t_{len(self.lines) + 1}", real=True)
        self.lines.append(Line(symbol, expression, function, argument))
        return symbol

    def _symbol(self, e: MatrixSymbol) -> Grid:
        if e not in self.named:
            rows, columns = map(int, e.shape)
            self.named[e] = [[scalar_symbol(e, i, j) for j in range(columns)] for i in range(rows)]
        return self.named[e]

    def _ones(self, e: OneMatrix) -> Grid:
        return [[S.One] * int(e.shape[1]) for _ in range(int(e.shape[0]))]

    def _transpose(self, e: Transpose) -> Grid:
        return [list(column) for column in zip(*self.grid(e.args[0]), strict=True)]

    def _sum(self, e: MatAdd) -> Grid:
        return [
            [total(*terms) for terms in zip(*rows, strict=True)] for rows in zip(*map(self.grid, e.args), strict=True)
        ]

    def _entrywise(self, e: HadamardProduct) -> Grid:
        return [
            [product(*factors) for factors in zip(*rows, strict=True)]
            for rows in zip(*map(self.grid, e.args), strict=True)
        ]

    def _product(self, e: MatMul) -> Grid:
        """Numbers first; products of more than two matrices from the right, where the narrow one stands."""
        numbers = [factor for factor in e.args if not isinstance(factor, MatrixExpr)]
        *others, last = [factor for factor in e.args if isinstance(factor, MatrixExpr)]
        right = self.grid(last) if not others else self.atoms(last)
        for position, left in enumerate(reversed(others)):
            if position:
                right = [[entry if entry.is_Atom else self._name(entry) for entry in row] for row in right]
            columns = list(zip(*right, strict=True))
            rows = self.atoms(left)
            right = [[total(*map(product, row, column)) for column in columns] for row in rows]
        return [[product(*numbers, entry) for entry in row] for row in right] if numbers else right

    def _elementwise(self, e: Elementwise) -> Grid:
        self.named[e] = self._applied(e, None)
        return self.named[e]

    def _applied(self, e: Elementwise, name: MatrixSymbol | None) -> Grid:
        found = []
        for i, row in enumerate(self.atoms(e.operands[0])):
            found.append([])
            for j, argument in enumerate(row):
                value = carried_out(e.function, argument)
                if name is None:
                    found[-1].append(self._name(value, e.function, argument))
                else:
                    found[-1].append(scalar_symbol(name, i, j))
                    self.lines.append(Line(found[-1][-1], value, e.function, argument))
        return found

    def _shifted(self, e: MatrixExpr) -> tuple[Symbol, list[Symbol], Symbol]:
        """(m, exp(zₖ − m) for every k, their sum) of a column."""
        key = SoftmaxOf(e)
        if key not in self.shifts:
            scores = _flat(self.atoms(e))
            m = self._name(Max(*scores))
            powers = [self._name(exp(score - m)) for score in scores]
            self.shifts[key] = (m, powers, self._name(total(*powers)))
        return self.shifts[key]

    @cached_property
    def shifts(self) -> dict[MatrixExpr, tuple[Symbol, list[Symbol], Symbol]]:
        """What softmax and log-sum-exp of the same scores share."""
        return {}

    def _softmax(self, e: SoftmaxOf) -> Grid:
        _, powers, denominator = self._shifted(e.operands[0])
        return [[power / denominator] for power in powers]

    def _log_sum_exp(self, e: LogSumExp) -> Grid:
        m, _, denominator = self._shifted(e.operands[0])
        return [[m + log(denominator)]]

    def _largest(self, e: Largest) -> Grid:
        return [
            [Max(*entries) for entries in zip(*rows, strict=True)]
            for rows in zip(*map(self.atoms, e.operands), strict=True)
        ]

    def _share(self, e: Share) -> Grid:
        """1 for the operand that attains the maximum, divided by how many do."""
        largest = self.atoms(Largest(*e.operands))
        grids = [self.atoms(operand) for operand in e.operands]

        def attained(entry: Expr, most: Expr) -> Expr:
            return Piecewise((Integer(1), entry >= most), (Integer(0), True))

        return [
            [
                attained(grids[e.index - 1][i][j], most) / total(*(attained(grid[i][j], most) for grid in grids))
                for j, most in enumerate(row)
            ]
            for i, row in enumerate(largest)
        ]

    def _flattened(self, e: Flattened) -> Grid:
        return [[entry] for entry in _flat(self.grid(e.operands[0]))]

    def _unflattened(self, e: Unflattened) -> Grid:
        entries, columns = _flat(self.grid(e.operands[0])), int(e.shape[1])
        return [entries[k : k + columns] for k in range(0, len(entries), columns)]


def _flat(grid: Grid) -> list[Expr]:
    return [entry for row in grid for entry in row]
