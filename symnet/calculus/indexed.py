"""The derivation of softmax's Jacobian in index notation, for every size at once.

SymPy's own calculus of indexed sums mixes Kronecker deltas with case distinctions on the indices, so
the steps are written by hand, as in a book; each is then proved at fixed sizes: for every n up to
`LARGEST` and every pair (i, j) the sums are written out, SymPy differentiates what still stands, and
the difference of the two sides must reduce to 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sympy import Derivative, Expr, IndexedBase, Integer, Sum, Symbol, exp, expand_log, log
from sympy.functions.special.tensor_functions import KroneckerDelta

from symnet.calculus.rational import vanishes
from symnet.calculus.rules.rule import standing
from symnet.errors import DerivationError

LARGEST = 4
n = Symbol("n", integer=True, positive=True)
i, j, k = (Symbol(letter, integer=True, positive=True) for letter in "ijk")
x, p, y = IndexedBase("x"), IndexedBase("p"), IndexedBase("y")
"""Scores, their softmax, and a target: numbers that sum to 1."""


@dataclass(frozen=True)
class IndexedStep:
    """One line in index notation: ``before = after`` for all indices and sizes; checked on construction."""

    rule: str
    before: Expr
    after: Expr
    depth: int = 0

    def __post_init__(self) -> None:
        for size in range(1, LARGEST + 1):
            for row in range(1, size + 1):
                for column in range(1, size + 1):
                    difference = fixed(self.before, size, row, column) - fixed(self.after, size, row, column)
                    if difference != 0 and not vanishes(expand_log(difference)):
                        raise DerivationError(f"{self.before} is not {self.after} at n={size}, i={row}, j={column}")


def fixed(e: Expr, size: int, row: int, column: int) -> Expr:
    """`e` at a fixed size and a fixed pair of indices, sums written out, standing derivatives carried out."""
    if isinstance(e, Sum):
        terms = (e.function.xreplace({k: Integer(m)}) for m in range(1, size + 1))
        return sum((fixed(term, size, row, column) for term in terms), Integer(0))
    if e == S:
        return fixed(TOTAL, size, row, column)
    if isinstance(e, Derivative):
        return fixed(e.expr, size, row, column).diff(fixed(e.variables[0], size, row, column))
    if e.is_Indexed:
        index = e.indices[0].xreplace({i: Integer(row), j: Integer(column)})
        if e.base == p:
            return fixed(exp(x[index]) / S, size, row, column)
        if e.base == y and index == size:
            return 1 - sum(Symbol(f"y_{m}", real=True) for m in range(1, size))
        return Symbol(f"{e.base.label}_{index}", real=True)
    if isinstance(e, KroneckerDelta):
        return Integer(1 if row == column else 0)
    return e.func(*(fixed(a, size, row, column) for a in e.args)) if e.args else e


TOTAL = Sum(exp(x[k]), (k, 1, n))
S = Symbol("S", positive=True)
"""The sum of the exponentials, a function of every xₖ; written out only where its derivative is taken."""
delta = KroneckerDelta(i, j)


@lru_cache(maxsize=1)
def softmax_steps() -> tuple[IndexedStep, ...]:
    """∂pᵢ/∂xⱼ = pᵢ(δᵢⱼ − pⱼ), from the quotient rule."""
    above, below = exp(x[i]), S
    d_above, d_below = standing(above, x[j]), standing(below, x[j])
    asked = standing(above / below, x[j])
    parts = (d_above * below - above * d_below) / below**2
    put_in = (delta * above * below - above * exp(x[j])) / below**2
    return (
        IndexedStep("quotient", asked, parts),
        IndexedStep("exp", d_above, delta * above, 1),
        IndexedStep("sum", standing(TOTAL, x[j]), exp(x[j]), 1),
        IndexedStep("together", parts, put_in),
        IndexedStep("rewrite", put_in, p[i] * (delta - p[j])),
    )


@lru_cache(maxsize=1)
def log_softmax_steps() -> tuple[IndexedStep, ...]:
    """∂yᵢ/∂xⱼ = δᵢⱼ − pⱼ, from the chain rule."""
    d_sum = standing(S, x[j])
    parts = standing(x[i], x[j]) - d_sum / S
    return (
        IndexedStep("chain", standing(x[i] - log(S), x[j]), parts),
        IndexedStep("identity", standing(x[i], x[j]), delta, 1),
        IndexedStep("sum", standing(TOTAL, x[j]), exp(x[j]), 1),
        IndexedStep("together", parts, delta - exp(x[j]) / S),
        IndexedStep("rewrite", delta - exp(x[j]) / S, delta - p[j]),
    )


@lru_cache(maxsize=1)
def cross_entropy_steps() -> tuple[IndexedStep, ...]:
    """∂ℓ/∂xⱼ = pⱼ − yⱼ for ℓ = −Σ yₖ log pₖ: the logarithm undoes the exponential, and Σ yₖ = 1."""
    loss = -Sum(y[k] * log(p[k]), (k, 1, n))
    parted = -Sum(y[k] * (x[k] - log(S)), (k, 1, n))
    linear = Sum(y[k] * x[k], (k, 1, n))
    short = log(S) - linear
    parts = standing(log(S), x[j]) - standing(linear, x[j])
    return (
        IndexedStep("logarithm", loss, parted),
        IndexedStep("target", parted, short),
        IndexedStep("sum", standing(short, x[j]), parts),
        IndexedStep("chain", standing(log(S), x[j]), exp(x[j]) / S, 1),
        IndexedStep("sum", standing(linear, x[j]), y[j], 1),
        IndexedStep("together", parts, exp(x[j]) / S - y[j]),
        IndexedStep("rewrite", exp(x[j]) / S - y[j], p[j] - y[j]),
    )


INDEXED = {"softmax": softmax_steps, "log_softmax": log_softmax_steps}
"""Vector activations whose Jacobian is derived in index notation."""
