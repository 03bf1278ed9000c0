"""The order in which people write factors and terms.

Factors: numbers, symbols, functions, sums. Terms: SymPy's order, but 1 + erf(x) and 1 + |x| with the number in
front, as every text book has them, and w x + b with the bias behind.
"""

from __future__ import annotations

import operator
from functools import reduce
from typing import Any

from sympy import Add, Expr, Integer, Mul, Number, Piecewise, Pow, Rational, S, Symbol, exp, sympify
from sympy.core.function import AppliedUndef, Function

from symnet.render.mathematics.long_numbers import LongNumber, readable


class ReadingProduct(Mul):
    """A product that only printers see: its factors keep the order in which they are read."""

    def as_ordered_factors(self, order: str | None = None) -> list[Expr]:
        """The factors as they were given."""
        return list(self.args)


def reading_order(product: Mul) -> list[Expr]:
    """The factors of `product` as people write them; a product that does not commute keeps its own order."""
    if not product.is_commutative:
        return product.as_ordered_factors()
    number, rest = product.as_coeff_Mul()
    factors = sorted(Mul.make_args(rest), key=lambda factor: (_rank(factor), factor.sort_key()))
    if number == 1:
        return factors
    return [*Mul.make_args(readable(number)), *factors]


def reading_product(product: Mul) -> Any:
    """`product` with its factors in reading order, for printers that ask it for `as_ordered_factors`."""
    if any(isinstance(factor, Number) for factor in product.args[1:]) or product.args[0] == 1:
        return product
    return ReadingProduct._from_args(reading_order(product), product.is_commutative)


class Root(Expr):
    """√(2π) as one root: SymPy would split it into √2·√π."""

    is_commutative = True
    is_number = True

    def __new__(cls, inside: Any) -> Root:
        return Expr.__new__(cls, sympify(inside))

    def _root(self, printer: Any) -> Any:
        return printer._print_Pow(Pow(self.args[0], S.Half, evaluate=False))

    _latex = _pretty = _sympystr = _root


def rooted(product: Mul) -> Expr:
    """x/√2 for √2·x/2, and 1/√(2π) for √2/(2√π): roots of numbers stand below the line where that shortens the fraction."""
    if not product.is_commutative or not any(_is_root(factor, 1) for factor in product.args):
        return product
    coefficient, rest = product.as_coeff_Mul()
    factors = Mul.make_args(rest)
    above = [factor.base for factor in factors if _is_root(factor, 1)]
    inside = reduce(operator.mul, above, Integer(1))
    below = [factor.base for factor in factors if _is_root(factor, -1)]
    if not isinstance(coefficient, Rational) or abs(coefficient.p) != 1 or coefficient.q % inside:
        return product
    if coefficient.q != inside and not below:
        return product
    others = [factor for factor in factors if not (_is_root(factor, 1) or _is_root(factor, -1))]
    number = Rational(coefficient.p, coefficient.q // inside)
    root = Root(reduce(operator.mul, below, inside))
    return Mul(*([number] if number != 1 else []), *others, Pow(root, -1, evaluate=False), evaluate=False)


def _is_root(factor: Expr, sign: int) -> bool:
    """Whether a factor is √n (sign 1, n whole) or 1/√c (sign −1, c a positive number)."""
    if not isinstance(factor, Pow) or factor.exp != Rational(sign, 2):
        return False
    return isinstance(factor.base, Integer) if sign > 0 else bool(factor.base.is_number and factor.base.is_positive)


class ReadingTerms:
    """A printer's share of the conventions: it is mixed into every printer."""

    def _as_ordered_terms(self, expr: Any, order: str | None = None) -> list[Expr]:
        return [readable(term) for term in self._in_reading_order(expr, order)]

    def _in_reading_order(self, expr: Any, order: str | None) -> list[Expr]:
        terms = super()._as_ordered_terms(expr, order)  # type: ignore[misc]
        numbers = [term for term in terms if isinstance(term, Number)]
        others = [term for term in terms if not isinstance(term, Number)]
        if len(numbers) != len(terms) and all(_monomial(term) for term in others) and len(expr.free_symbols) > 1:
            return [*sorted(others, key=lambda term: -len(Mul.make_args(term.as_coeff_Mul()[1]))), *numbers]
        if len(numbers) != 1 or not numbers[0].is_positive or others[0].could_extract_minus_sign():
            return terms
        if all(term.has(Function, exp) for term in others):
            return [*numbers, *others]
        return terms


def _monomial(term: Expr) -> bool:
    return all(isinstance(factor, Symbol) for factor in Mul.make_args(term.as_coeff_Mul()[1]))


def _rank(factor: Expr) -> int:
    base = factor.base if isinstance(factor, Pow) else factor
    if isinstance(factor, LongNumber):
        return 0
    if isinstance(base, Number) or base.is_number:
        return 0
    if isinstance(base, Symbol):
        return 1
    if isinstance(base, Piecewise):
        return 5
    if isinstance(base, AppliedUndef):
        return 2
    if isinstance(base, Add):
        return 4
    return 3 if isinstance(base, Function) else 2
