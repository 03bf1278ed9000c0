"""The row form of equations: from one sample, a column, to a batch of n samples, one a row.

The rule, once and for all: a column v that depends on the sample becomes the matrix V whose rows are
the vᵀ of the samples, and transposing turns every product round,

    v = M u      →  V = U Mᵀ                v = b (no sample in it)  →  V = 1 bᵀ
    s = uᵀ v     →  S = (U ∘ V) 1           v = u s                  →  V = U ∘ (S 1ᵀ)

while entrywise functions stay as they are. What belongs to the whole batch is a mean over it: the
loss L = (1/n) Σ ℓ, and the gradients of L. The factor 1/n enters once, where the backward pass
begins: Δ has the rows δᵀ/n, and every later equation is linear in δ, so

    ∂ℓ/∂W = δ aᵀ  →  ∂L/∂W = Δᵀ A           ∂ℓ/∂b = δ  →  ∂L/∂b = Δᵀ 1
"""

# pyright: reportReturnType=false, reportArgumentType=false, reportOperatorIssue=false
# (SymPy annotates the results of its matrix operations as Basic.)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Integer, Symbol
from sympy.matrices.expressions import HadamardProduct, MatAdd, MatMul, MatrixExpr, MatrixSymbol, Transpose

from symnet.definitions.equations import Equation, Equations, Gradient
from symnet.definitions.operations import (
    ROWS,
    Elementwise,
    Flattened,
    Largest,
    LogSumExp,
    Share,
    SoftmaxOf,
    Unflattened,
    multiply,
    ones,
    transpose,
)
from symnet.errors import UnsupportedExpressionError

BATCH = Symbol("n", integer=True, positive=True)
"""How many samples the batch holds."""


def in_rows(equations: Equations) -> Equations:
    """The equations of a batch, derived from those of one sample."""
    batch: dict[MatrixSymbol, MatrixSymbol] = {}
    for symbol in (equations.input, equations.target, equations.seed, *(e.symbol for e in equations)):
        if symbol is not None and not isinstance(symbol, Gradient):
            batch[symbol] = batch_symbol(symbol)
    deltas = {e.symbol for e in equations.deltas}
    whole = MatrixSymbol("L", 1, 1)
    lines: list[Equation] = []
    for equation in equations:
        symbol, expression = equation.symbol, equation.expression
        if equation.kind == "loss":
            left, right = whole, multiply(1 / BATCH, transpose(ones(BATCH)), stack(expression, batch))
        elif equation.kind == "delta":
            left, right = batch[symbol], scaled(expression, batch, deltas, equations.seed)
        elif equation.kind == "gradient" and _is_input(symbol, equations):
            left = Gradient(f"dL/d{batch[equations.input].name}", *batch[equations.input].shape)
            right = scaled(expression, batch, deltas, equations.seed)
        elif equation.kind == "gradient":
            left = Gradient(f"dL/d{symbol.parts[1]}", *symbol.shape)
            right = mean(expression, batch, deltas)
        else:
            left, right = batch[symbol], stack(expression, batch)
        lines.append(Equation(left, right, equation.kind, equation.rule, equation.layer))
    return Equations(
        tuple(lines),
        batch[equations.input],
        equations.parameters,
        None if equations.target is None else batch[equations.target],
        None if equations.seed is None else batch[equations.seed],
        "rows",
        equations.names,
    )


def batch_symbol(symbol: MatrixSymbol) -> MatrixSymbol:
    """x → X, z_1 → Z_1, delta_1 → Delta_1: n rows of the column's length (a matrix is flattened)."""
    rows, columns = symbol.shape
    return MatrixSymbol(symbol.name[0].upper() + symbol.name[1:], BATCH, rows * columns)


def _is_input(symbol: Gradient, equations: Equations) -> bool:
    return symbol.parts[1] == equations.input.name


Batch = Mapping[MatrixSymbol, MatrixSymbol]


def stack(e: MatrixExpr, batch: Batch) -> MatrixExpr:
    """The matrix whose rows are the transposed values of the column `e`, sample by sample."""
    if isinstance(e, MatrixSymbol) and e in batch:
        return batch[e]
    if not depends(e, batch):
        number, matrices = _factors(e)
        return multiply(number, ones(BATCH), transpose(multiply(*matrices)))
    if isinstance(e, (MatAdd, HadamardProduct)):
        return type(e)(*(stack(part, batch) for part in e.args))
    if isinstance(e, Elementwise):
        return Elementwise(e.function, stack(e.operands[0], batch))
    if isinstance(e, Largest):
        return Largest(*(stack(operand, batch) for operand in e.operands))
    if isinstance(e, Share):
        return Share(e.index, *(stack(operand, batch) for operand in e.operands))
    if isinstance(e, (SoftmaxOf, LogSumExp)):
        return type(e)(stack(e.operands[0], batch), ROWS)
    if isinstance(e, (Flattened, Unflattened)):
        return stack(e.operands[0], batch)
    if isinstance(e, Transpose) and e.shape == (1, 1):
        return stack(e.args[0], batch)
    if isinstance(e, MatMul):
        return _product(e, batch)
    raise UnsupportedExpressionError(f"no row form is known for the operation {type(e).__name__}")


def _product(e: MatMul, batch: Batch) -> MatrixExpr:
    """The rule for products: peel the factors off from the left until a column of the sample is left."""
    number, matrices = _factors(e)
    head, rest = matrices[0], matrices[1:]
    if not rest:
        return multiply(number, stack(head, batch))
    tail = multiply(*rest)
    if not depends(head, batch):
        return multiply(number, stack(tail, batch), transpose(head))
    if not depends(tail, batch):
        raise UnsupportedExpressionError(f"no row form is known for the product {e}")
    if isinstance(head, Transpose) and head.shape[0] == 1:
        length = head.shape[1]
        return multiply(number, HadamardProduct(stack(head.args[0], batch), stack(tail, batch)), ones(length))
    if tail.shape == (1, 1):
        wide = multiply(stack(tail, batch), transpose(ones(head.shape[0])))
        return multiply(number, HadamardProduct(stack(head, batch), wide))
    raise UnsupportedExpressionError(f"no row form is known for the product {e}")


def scaled(e: MatrixExpr, batch: Batch, deltas: set[MatrixSymbol], seed: MatrixSymbol | None) -> MatrixExpr:
    """The rows of an adjoint, divided by n where it begins; a given seed carries its own scale."""
    if seed is not None:
        return stack(e, batch)
    if not e.free_symbols & deltas:
        return multiply(1 / BATCH, stack(e, batch))
    if isinstance(e, MatAdd):
        return MatAdd(*(scaled(term, batch, deltas, seed) for term in e.args))
    return stack(e, batch)


def mean(e: MatrixExpr, batch: Batch, deltas: set[MatrixSymbol]) -> MatrixExpr:
    """The gradient of the mean loss from that of one sample, whose δ carries the factor 1/n."""
    if isinstance(e, MatAdd):
        return MatAdd(*(mean(term, batch, deltas) for term in e.args))
    if not e.free_symbols & deltas:
        raise UnsupportedExpressionError(f"the gradient {e} is not linear in the adjoints")
    number, matrices = _factors(e)
    last = matrices[-1]
    if len(matrices) > 1 and (isinstance(last, Transpose) or (last.shape == (1, 1) and depends(last, batch))):
        right = last.args[0] if isinstance(last, Transpose) else last  # a single number is its own transpose
        return multiply(number, transpose(stack(multiply(*matrices[:-1]), batch)), stack(right, batch))
    return multiply(transpose(stack(e, batch)), ones(BATCH))


def depends(e: MatrixExpr, batch: Batch) -> bool:
    """Whether `e` differs from sample to sample."""
    return any(symbol in batch for symbol in e.free_symbols)


def _factors(e: MatrixExpr) -> tuple[Any, list[MatrixExpr]]:
    if not isinstance(e, MatMul):
        return Integer(1), [e]
    number, matrices = Integer(1), []
    for factor in e.args:
        if isinstance(factor, MatrixExpr):
            matrices.append(factor)
        else:
            number = number * factor
    return number, matrices
