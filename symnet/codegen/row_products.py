"""Reading row-form products: their number, their matrices, which of those are ones, and what is inside."""

# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Expr, Integer
from sympy.matrices.expressions import MatMul, MatrixExpr, MatrixSymbol, OneMatrix, Transpose

from symnet.codegen.kernels.products import pays
from symnet.definitions.rows import BATCH
from symnet.errors import UnsupportedExpressionError

SCALE = "scale"
"""The name of 1/n in programs: n counts the whole batch, not the block of rows at hand."""


def parts(e: Any) -> Iterable[MatrixExpr]:
    """Every operation inside an expression."""
    if isinstance(e, MatrixExpr) and not isinstance(e, (MatrixSymbol, OneMatrix, Transpose)):
        yield e
    for part in getattr(e, "args", ()):
        if isinstance(part, MatrixExpr) and not isinstance(part, MatrixSymbol):
            yield from parts(part)


def factors(e: MatrixExpr) -> tuple[Expr, list[MatrixExpr]]:
    """(number, matrices) of a product."""
    if not isinstance(e, MatMul):
        return Integer(1), [e]
    number: Expr = Integer(1)
    for factor in e.args:
        if not isinstance(factor, MatrixExpr):
            number = number * factor
    return number, [factor for factor in e.args if isinstance(factor, MatrixExpr)]


def is_narrow_parameter(e: MatrixExpr) -> bool:
    """Whether this is a parameter, or its transpose, that rows are multiplied with a few at a time."""
    return isinstance(e.args[0] if isinstance(e, Transpose) else e, MatrixSymbol) and pays(*map(int, e.shape))


def is_ones(e: MatrixExpr) -> bool:
    """Whether every entry is 1, transposed or not."""
    return isinstance(e, OneMatrix) or (isinstance(e, Transpose) and isinstance(e.args[0], OneMatrix))


def coefficient(value: Expr) -> str:
    """A coefficient as source text: a number, or a multiple of 1/n."""
    multiple = value * BATCH
    if value.has(BATCH) and multiple.is_number:
        return SCALE if multiple == 1 else f"{float(multiple)!r} * {SCALE}"
    if value.is_number:
        return repr(float(value))
    raise UnsupportedExpressionError(f"cannot compute with the coefficient {value}")
