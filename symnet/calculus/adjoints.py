"""One adjoint rule for each operation of an equation.

If y = f(…, u, …) and ȳ stands for ∂ℓ/∂y, the rule of f gives what u contributes to the gradient:
ū = (∂y/∂u)ᵀ ȳ, in matrix form. Every gradient of every network is made of these rules and of nothing
else. Each is proved in the tests against the exact scalar Jacobian at small sizes.
"""

# pyright: reportReturnType=false, reportArgumentType=false

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Integer
from sympy.matrices.expressions import HadamardProduct, MatAdd, MatMul, MatrixExpr, Transpose

from symnet.calculus.slope import slope
from symnet.definitions.operations import (
    Elementwise,
    Flattened,
    Largest,
    LogSumExp,
    ScalarFunction,
    Share,
    SoftmaxOf,
    Unflattened,
    add,
    multiply,
    ones,
    subtract,
    transpose,
)
from symnet.errors import DerivationError, UnsupportedExpressionError

Contributions = list[tuple[MatrixExpr, MatrixExpr]]
"""(operand, what it contributes), for each operand."""


@dataclass(frozen=True)
class AdjointRule:
    """How one operation hands the gradient of its result back to its operands."""

    name: str
    """A key into the prose: ``"product"``."""
    operation: type
    statement: str
    """The rule as one sentence."""
    pull: Callable[[Any, MatrixExpr], Contributions]
    """(expression, ȳ) → contributions."""


RULES: dict[type, AdjointRule] = {}


def adjoint_rule(name: str, operation: type) -> Callable[[Callable[..., Contributions]], AdjointRule]:
    """Declare the rule of an operation; the docstring states it."""

    def declare(pull: Callable[..., Contributions]) -> AdjointRule:
        RULES[operation] = AdjointRule(name, operation, " ".join((pull.__doc__ or "").split()), pull)
        return RULES[operation]

    return declare


def rule_of(expression: MatrixExpr) -> AdjointRule:
    """The rule of the outermost operation; `UnsupportedExpressionError` when there is none."""
    rule = RULES.get(type(expression))
    if rule is None:
        raise UnsupportedExpressionError(f"no adjoint rule is known for the operation {type(expression).__name__}")
    return rule


@adjoint_rule("sum", MatAdd)
def _(e: MatAdd, seed: MatrixExpr) -> Contributions:
    """A sum shares: every term receives the whole gradient."""
    return [(term, seed) for term in e.args]


@adjoint_rule("product", MatMul)
def _(e: MatMul, seed: MatrixExpr) -> Contributions:
    """A product Y = A B swaps: A receives Ȳ Bᵀ, and B receives Aᵀ Ȳ."""
    numbers = [factor for factor in e.args if not isinstance(factor, MatrixExpr)]
    matrices = [factor for factor in e.args if isinstance(factor, MatrixExpr)]
    if len(matrices) == 1:
        return [(matrices[0], multiply(*numbers, seed))]
    left, right = matrices[0], multiply(*matrices[1:])
    return [
        (left, multiply(*numbers, seed, turned(right))),
        (right, multiply(*numbers, turned(left), seed)),
    ]


@adjoint_rule("transpose", Transpose)
def _(e: Transpose, seed: MatrixExpr) -> Contributions:
    """A transpose turns the gradient back."""
    return [(e.args[0], turned(seed))]


@adjoint_rule("entrywise product", HadamardProduct)
def _(e: HadamardProduct, seed: MatrixExpr) -> Contributions:
    """An entrywise product scales: each factor receives the gradient times the other factors."""
    found = []
    for j, factor in enumerate(e.args):
        others = [other for k, other in enumerate(e.args) if k != j]
        found.append((factor, hadamard(seed, others[0] if len(others) == 1 else HadamardProduct(*others))))
    return found


@adjoint_rule("elementwise", Elementwise)
def _(e: Elementwise, seed: MatrixExpr) -> Contributions:
    """A function of each entry multiplies by its derivative there, entry by entry."""
    function, operand = e.function, e.operands[0]
    formula = slope(function.expression, function.variable)
    return [
        (
            operand,
            hadamard(seed, Elementwise(ScalarFunction(function.activation, function.order + 1, formula), operand)),
        )
    ]


@adjoint_rule("maximum", Largest)
def _(e: Largest, seed: MatrixExpr) -> Contributions:
    """A maximum routes: the gradient goes to the operand that attains it, shared equally at a tie."""
    operands = e.operands
    return [(operand, hadamard(seed, Share(j, *operands))) for j, operand in enumerate(operands, start=1)]


@adjoint_rule("share", Share)
def _(e: Share, seed: MatrixExpr) -> Contributions:
    """The share of a maximum is constant away from ties, so it passes nothing back."""
    return []


@adjoint_rule("softmax", SoftmaxOf)
def _(e: SoftmaxOf, seed: MatrixExpr) -> Contributions:
    """Softmax p has the Jacobian diag(p) − p pᵀ: z receives p ∘ (p̄ − 1 pᵀ p̄)."""
    if e.axis != 0:
        raise DerivationError("backpropagation works on the column form; take the row form of its result")
    inner = multiply(transpose(e), seed)
    return [(e.operands[0], HadamardProduct(e, subtract(seed, multiply(ones(e.shape[0]), inner))))]


@adjoint_rule("log-sum-exp", LogSumExp)
def _(e: LogSumExp, seed: MatrixExpr) -> Contributions:
    """Log-sum-exp has the gradient softmax(z)."""
    if e.axis != 0:
        raise DerivationError("backpropagation works on the column form; take the row form of its result")
    return [(e.operands[0], multiply(SoftmaxOf(e.operands[0]), seed))]


@adjoint_rule("flatten", Flattened)
def _(e: Flattened, seed: MatrixExpr) -> Contributions:
    """Flattening only moves numbers: the gradient is put back into the image's shape."""
    return [(e.operands[0], Unflattened(seed, *e.operands[0].shape))]


@adjoint_rule("unflatten", Unflattened)
def _(e: Unflattened, seed: MatrixExpr) -> Contributions:
    """Cutting into rows only moves numbers: the gradient is flattened."""
    return [(e.operands[0], Flattened(seed))]


def turned(matrix: MatrixExpr) -> MatrixExpr:
    """The transpose, with (A B)ᵀ = Bᵀ Aᵀ for products and 1×1 matrices left as they are."""
    if matrix.shape == (1, 1):
        return matrix
    if isinstance(matrix, MatMul):
        numbers = [factor for factor in matrix.args if not isinstance(factor, MatrixExpr)]
        matrices = [factor for factor in matrix.args if isinstance(factor, MatrixExpr)]
        return multiply(*numbers, *(transpose(factor) for factor in reversed(matrices)))
    return transpose(matrix)


def hadamard(seed: MatrixExpr, factor: MatrixExpr) -> MatrixExpr:
    """The entrywise product, with its number in front and a seed of ones left out."""
    number = Integer(1)
    if isinstance(seed, MatMul) and not isinstance(seed.args[0], MatrixExpr):
        number, seed = seed.args[0], multiply(*seed.args[1:])
    return multiply(number, factor if seed == ones(*seed.shape) else HadamardProduct(seed, factor))


def total(contributions: list[MatrixExpr]) -> MatrixExpr:
    """The sum of contributions, equal ones counted together: ½e + ½e is e; a number and its transpose are equal."""
    counted: dict[MatrixExpr, Any] = {}
    for contribution in contributions:
        number, matrix = Integer(1), contribution
        if isinstance(contribution, MatMul):
            numbers = [factor for factor in contribution.args if not isinstance(factor, MatrixExpr)]
            for factor in numbers:
                number = number * factor
            matrix = multiply(*(factor for factor in contribution.args if isinstance(factor, MatrixExpr)))
        if matrix.shape == (1, 1) and isinstance(matrix, Transpose):
            matrix = matrix.args[0]
        counted[matrix] = counted.get(matrix, Integer(0)) + number
    return add(*(multiply(number, matrix) for matrix, number in counted.items()))
