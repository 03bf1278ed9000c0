"""Every adjoint rule against the exact scalar Jacobian at small sizes; every operation has what it needs."""

from __future__ import annotations

import pytest
from sympy import Rational, S, Symbol, simplify
from sympy.matrices.expressions import HadamardProduct, MatAdd, MatMul, MatrixSymbol, OneMatrix, Transpose

from symnet.calculus.adjoints import RULES, rule_of, total
from symnet.codegen.row_statements import Statements
from symnet.definitions import operations
from symnet.definitions.activation import activations
from symnet.definitions.entries import entry
from symnet.definitions.operations import (
    Elementwise,
    Flattened,
    Largest,
    LogSumExp,
    MatrixFunction,
    ScalarFunction,
    Share,
    SoftmaxOf,
    Unflattened,
    multiply,
    subtract,
    transpose,
)
from symnet.errors import UnsupportedExpressionError

A, B = MatrixSymbol("A", 2, 3), MatrixSymbol("B", 3, 2)
u, v, w = (MatrixSymbol(name, 3, 1) for name in "uvw")
SIGMOID = ScalarFunction(activations["sigmoid"])
SQUARE = ScalarFunction(activations["tanh"])

CASES = {
    MatAdd: [MatAdd(u, v), subtract(u, v)],
    MatMul: [MatMul(A, B), MatMul(Rational(2, 3), A, u), MatMul(Transpose(u), v), MatMul(u, Transpose(v), w), 3 * u],
    Transpose: [Transpose(A)],
    HadamardProduct: [HadamardProduct(u, v), HadamardProduct(u, v, w), HadamardProduct(u, u)],
    Elementwise: [Elementwise(SIGMOID, u), Elementwise(SQUARE, u)],
    Largest: [Largest(u, v), Largest(u, v, w)],
    SoftmaxOf: [SoftmaxOf(u)],
    LogSumExp: [LogSumExp(u)],
    Flattened: [Flattened(A)],
    Unflattened: [Unflattened(MatrixSymbol("q", 6, 1), 2, 3)],
}
"""Operation → expressions of small size."""


def pulled(expression, seed, symbol):
    """What `symbol` receives, by the rules."""
    if isinstance(expression, MatrixSymbol):
        return [seed] if expression == symbol else []
    return [
        piece
        for operand, contribution in rule_of(expression).pull(expression, seed)
        for piece in pulled(operand, contribution, symbol)
    ]


def point(symbols):
    """A generic rational point: no ties, nothing equal."""
    return {s: Rational((7 * i * i + 3 * i + 1) % 23 - 11, 9 + i % 4) for i, s in enumerate(sorted(symbols, key=str))}


@pytest.mark.parametrize("expression", [e for cases in CASES.values() for e in cases], ids=str)
def test_the_rule_equals_the_exact_jacobian(expression) -> None:
    rows, columns = (int(n) for n in expression.shape)
    seed = MatrixSymbol("s", rows, columns)
    scalar = sum(
        entry(expression, i, j) * entry(seed, i, j) for i in range(rows) for j in range(columns)
    )  # Σ s ∘ y, whose gradient the rule gives
    for symbol in sorted(expression.free_symbols, key=str):
        received = total(pulled(expression, seed, symbol))
        assert tuple(received.shape) == tuple(symbol.shape)
        for i in range(int(symbol.shape[0])):
            for j in range(int(symbol.shape[1])):
                by_rule, leaf = entry(received, i, j), entry(symbol, i, j)
                exact = scalar.diff(leaf)
                at = point((by_rule - exact).free_symbols | scalar.free_symbols)
                assert abs((by_rule - exact).subs(at).evalf(40)) < Rational(1, 10**30)


def test_a_tie_is_shared_equally() -> None:
    a, b = MatrixSymbol("a", 1, 1), MatrixSymbol("b", 1, 1)
    shares = [pulled(Largest(a, b), OneMatrix(1, 1), symbol)[0] for symbol in (a, b)]
    one = {Symbol("a_1", real=True): 1, Symbol("b_1", real=True): 1}
    assert [simplify(entry(share, 0).subs(one)) for share in shares] == [S.Half, S.Half]


def test_equal_contributions_are_counted_together() -> None:
    half = multiply(Rational(1, 2), subtract(u, v))
    assert total([half, half]) == subtract(u, v)


def test_every_operation_has_a_rule_an_entry_a_case_and_code() -> None:
    own = {c for c in vars(operations).values() if isinstance(c, type) and issubclass(c, MatrixFunction)}
    own -= {MatrixFunction}
    assert set(RULES) == own | {MatAdd, MatMul, Transpose, HadamardProduct}
    assert set(CASES) == set(RULES) - {Share}, "a new rule needs a case; Share is piecewise constant"
    for rule in RULES.values():
        assert rule.statement.endswith((".", "p̄)."))
    with pytest.raises(UnsupportedExpressionError, match="no adjoint rule"):
        rule_of(u)
    assert Statements  # its own completeness is tested with the programs


def test_transposes_cancel() -> None:
    assert transpose(transpose(u)) == u
