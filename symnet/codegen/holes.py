"""Isolated floats at which a formula has no value: poles and removable gaps, such as 0 in sin(x)/x.

Generated code replaces such an argument by nan before anything is computed, so that no division by zero is ever asked for. The
candidates are the rational zeros of what stands in denominators and logarithms, and a few simple numbers; whether one is a
hole, ball arithmetic decides there and at the neighbouring floats.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import sympy
from sympy import Expr, Pow, Rational, Symbol

from symnet.codegen.assess import is_float
from symnet.codegen.cells import Cell
from symnet.codegen.reference import value

SIMPLE = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0)
MOST_DEGREE = 12


def holes(cell: Cell, variable: Symbol) -> tuple[float, ...]:
    """The holes strictly inside a cell, in order."""
    formulas = {cell.expression, cell.function}
    if not any(_may_break(node) for formula in formulas for node in sympy.preorder_traversal(formula)):
        return ()
    places = {*SIMPLE, *(-s for s in SIMPLE), *(z for formula in formulas for z in _rational_zeros(formula, variable))}
    inside = sorted(p for p in places if cell.left < p < cell.right)
    return tuple(p for p in inside if any(_is_hole(formula, variable, p) for formula in formulas))


def _may_break(node: Expr) -> bool:
    if isinstance(node, Pow):
        return not (node.exp.is_Rational and node.exp > 0) and node.base.free_symbols != set()
    return isinstance(node, (sympy.log, sympy.tan, sympy.coth, sympy.csch, sympy.atanh))


def _is_hole(expression: Expr, variable: Symbol, point: float) -> bool:
    if not value(expression, variable, point).is_nan():
        return False
    beside = (math.nextafter(point, side * math.inf) for side in (-1, 1))
    return not any(value(expression, variable, p).is_nan() for p in beside)


def _rational_zeros(expression: Expr, variable: Symbol) -> Iterator[float]:
    for node in sympy.preorder_traversal(expression):
        if not _may_break(node):
            continue
        for factor in sympy.Mul.make_args(sympy.together(node.args[0])):
            base = factor.as_base_exp()[0]
            if base.is_polynomial(variable) and base.has(variable):
                polynomial = sympy.Poly(base, variable)
                if polynomial.degree() <= MOST_DEGREE and polynomial.domain in (sympy.ZZ, sympy.QQ):
                    yield from (float(r) for r in polynomial.ground_roots() if isinstance(r, Rational) and is_float(r))
