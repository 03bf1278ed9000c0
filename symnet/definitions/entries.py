"""The exact scalar that stands at one place of a matrix expression.

This is the meaning of every operation, spelled in scalars: what a single neuron computes, what a
small network expands to, and the truth against which adjoints and generated programs are tested.
SymPy's own indexing expands whole products first and takes half a minute for one entry of a small
network; this walks only what the entry needs.
"""

# pyright: reportReturnType=false, reportArgumentType=false, reportOperatorIssue=false
# (SymPy annotates the results of its matrix operations as Basic.)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from sympy import Add, Expr, Integer, Max, Mul, Piecewise, S, Symbol
from sympy.matrices.expressions import (
    HadamardProduct,
    MatAdd,
    MatMul,
    MatrixExpr,
    MatrixSymbol,
    OneMatrix,
    Transpose,
    ZeroMatrix,
)

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
from symnet.definitions.vector_activation import vector_activations
from symnet.errors import UnsupportedExpressionError

Leaf = Callable[[MatrixSymbol, int, int], Expr]
"""What stands at (row, column) of a matrix symbol."""

Application = Callable[[ScalarFunction, Expr], Expr]
"""How a scalar function is applied to an entry."""


def carried_out(function: ScalarFunction, argument: Expr) -> Expr:
    """The function's own formula, with the argument put in."""
    return function.expression.xreplace({function.variable: argument})


@dataclass(frozen=True)
class Reading:
    """How the atoms of an expression are read."""

    leaf: Leaf
    apply: Application


def scalar_symbol(matrix: MatrixSymbol, i: int, j: int) -> Symbol:
    """The real symbol of one entry, indices from 1: ``W_1`` gives ``w_1_2_3``, a column ``z_1`` gives ``z_1_2``."""
    name = matrix.name[0].lower() + matrix.name[1:]
    if name == "ell":
        return Symbol(name, real=True)
    column = matrix.shape[1] == 1 and matrix.name[0].islower()
    return Symbol(f"{name}_{i + 1}" if column else f"{name}_{i + 1}_{j + 1}", real=True)


def entry(
    expression: MatrixExpr, i: int, j: int = 0, leaf: Leaf = scalar_symbol, apply: Application = carried_out
) -> Expr:
    """The exact scalar at row i, column j (counted from 0) of `expression`, with `leaf` at its symbols."""
    return _entry(expression, i, j, Reading(leaf, apply))


@singledispatch
def _entry(e: Any, i: int, j: int, at: Reading) -> Expr:
    raise UnsupportedExpressionError(f"no exact entry is known for the operation {type(e).__name__}")


@_entry.register
def _(e: MatrixSymbol, i: int, j: int, at: Reading) -> Expr:
    return at.leaf(e, i, j)


@_entry.register
def _(e: OneMatrix, i: int, j: int, at: Reading) -> Expr:
    return S.One


@_entry.register
def _(e: ZeroMatrix, i: int, j: int, at: Reading) -> Expr:
    return S.Zero


@_entry.register
def _(e: Transpose, i: int, j: int, at: Reading) -> Expr:
    return _entry(e.args[0], j, i, at)


@_entry.register
def _(e: MatAdd, i: int, j: int, at: Reading) -> Expr:
    return Add(*(_entry(term, i, j, at) for term in e.args))


@_entry.register
def _(e: HadamardProduct, i: int, j: int, at: Reading) -> Expr:
    return Mul(*(_entry(factor, i, j, at) for factor in e.args))


@_entry.register
def _(e: MatMul, i: int, j: int, at: Reading) -> Expr:
    numbers = [a for a in e.args if not isinstance(a, MatrixExpr)]
    matrices = [a for a in e.args if isinstance(a, MatrixExpr)]
    row = [_entry(matrices[0], i, k, at) for k in range(int(matrices[0].shape[1]))] if len(matrices) > 1 else None
    if row is None:
        return Mul(*numbers, _entry(matrices[0], i, j, at))
    for matrix in matrices[1:-1]:
        columns = range(int(matrix.shape[1]))
        row = [Add(*(r * _entry(matrix, k, c, at) for k, r in enumerate(row))) for c in columns]
    total = Add(*(r * _entry(matrices[-1], k, j, at) for k, r in enumerate(row)))
    return Mul(*numbers, total)


@_entry.register
def _(e: Elementwise, i: int, j: int, at: Reading) -> Expr:
    return at.apply(e.function, _entry(e.args[1], i, j, at))


@_entry.register
def _(e: Largest, i: int, j: int, at: Reading) -> Expr:
    return Max(*(_entry(operand, i, j, at) for operand in e.operands))


@_entry.register
def _(e: Share, i: int, j: int, at: Reading) -> Expr:
    values = [_entry(operand, i, j, at) for operand in e.operands]
    largest = Max(*values)

    def attained(value: Expr) -> Expr:
        return Piecewise((Integer(1), value >= largest), (Integer(0), True))

    return attained(values[e.index - 1]) / Add(*(attained(value) for value in values))


@_entry.register
def _(e: SoftmaxOf, i: int, j: int, at: Reading) -> Expr:
    return vector_activations["softmax"].define(_along(e.operands[0], e.axis, i, j, at))[i if e.axis == 0 else j]


@_entry.register
def _(e: LogSumExp, i: int, j: int, at: Reading) -> Expr:
    return vector_activations["logsumexp"].define(_along(e.operands[0], e.axis, i, j, at))[0]


@_entry.register
def _(e: Flattened, i: int, j: int, at: Reading) -> Expr:
    columns = int(e.operands[0].shape[1])
    return _entry(e.operands[0], i // columns, i % columns, at)


@_entry.register
def _(e: Unflattened, i: int, j: int, at: Reading) -> Expr:
    return _entry(e.operands[0], i * int(e.shape[1]) + j, 0, at)


def _along(operand: MatrixExpr, axis: int, i: int, j: int, at: Reading) -> list[Expr]:
    length = int(operand.shape[axis])
    return [_entry(operand, k, j, at) if axis == 0 else _entry(operand, i, k, at) for k in range(length)]
