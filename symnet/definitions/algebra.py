"""Carry a tree into SymPy and a SymPy expression into a tree.

`to_sympy` hands the typed tree to the algebra; SymPy simplifies while it builds, so what the person
typed (and where it is defined) stays with the tree. `from_sympy` is the way in for the catalogue's
declarations and the way back for closed forms. A head without a counterpart raises
`UnsupportedExpressionError`: nothing is printed approximately.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

import sympy
from sympy import Expr, Rational, S, Symbol

from symnet.definitions import folding
from symnet.definitions.tree import (
    Apply,
    Cases,
    Compare,
    Condition,
    Constant,
    FreeParameter,
    Logic,
    Node,
    Number,
    Variable,
)
from symnet.errors import UnsupportedExpressionError

_SAME_NAME = (
    "exp", "log", "sign", "sin", "cos", "tan", "asin", "acos", "atan",
    "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "sech", "erf", "erfc",
)  # fmt: skip
"""Heads that SymPy calls by the same name."""
_OWN_NAME = {"abs": sympy.Abs, "max": sympy.Max, "min": sympy.Min, "lambertw": sympy.LambertW}
_NAMED = {name: getattr(sympy, name) for name in _SAME_NAME} | _OWN_NAME
_HEADS: dict[str, Callable[..., Any]] = {
    **_NAMED,
    "add": sympy.Add,
    "mul": sympy.Mul,
    "pow": sympy.Pow,
    "sub": lambda a, b: a - b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "sqrt": sympy.sqrt,
    "cbrt": lambda a: sympy.sign(a) * sympy.Abs(a) ** Rational(1, 3),
    "heaviside": sympy.Heaviside,
}
_RELATIONS: dict[str, Callable[..., Any]] = {
    "<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge, "==": sympy.Eq, "!=": sympy.Ne,
}  # fmt: skip
_LOGIC: dict[str, Callable[..., Any]] = {"and": sympy.And, "or": sympy.Or, "not": sympy.Not}
_FUNCTIONS = {function: name for name, function in _NAMED.items()}
_RECIPROCALS = {sympy.csc: "sin", sympy.sec: "cos", sympy.cot: "tan", sympy.csch: "sinh", sympy.coth: "tanh"}
_OPERATORS = {sympy.Lt: "<", sympy.Le: "<=", sympy.Gt: ">", sympy.Ge: ">=", sympy.Eq: "==", sympy.Ne: "!="}
_CONNECTIVES = {sympy.And: "and", sympy.Or: "or", sympy.Not: "not"}
_ONE = Number(Fraction(1))


def to_sympy(node: Node | Condition, variable: Expr | None = None, parameters: Mapping[str, Expr] | None = None) -> Any:
    """`node` as a SymPy expression (a condition as a SymPy Boolean).

    The variable becomes a real symbol of its own name, or `variable`; a parameter a symbol with its
    assumption, or the value that `parameters` gives it.
    """

    def build(n: Node | Condition) -> Any:
        if isinstance(n, Number):
            return Rational(n.value.numerator, n.value.denominator)
        if isinstance(n, Constant):
            return sympy.pi if n.name == "pi" else sympy.E
        if isinstance(n, Variable):
            return Symbol(n.name, real=True) if variable is None else variable
        if isinstance(n, FreeParameter):
            given = (parameters or {}).get(n.name)
            return Symbol(n.name, **{n.assumption: True}) if given is None else given
        if isinstance(n, Compare):
            return _RELATIONS[n.operator](build(n.left), build(n.right))
        if isinstance(n, Logic):
            return (
                _LOGIC[n.operator](*map(build, n.arguments))
                if n.arguments
                else sympy.true
                if n.operator == "true"
                else sympy.false
            )
        if isinstance(n, Cases):
            return sympy.Piecewise(*((build(value), build(condition)) for value, condition in n.branches))
        return _HEADS[n.head](*map(build, n.arguments))

    return build(node)


def from_sympy(expression: Any, variable: Symbol) -> Node:
    """A SymPy expression as a tree; symbols other than `variable` become free parameters.

    Raises `UnsupportedExpressionError` for a head that the grammar does not know.
    """
    return _Reverse(variable).value(expression)


class _Reverse:
    """One walk from SymPy to the tree."""

    def __init__(self, variable: Symbol) -> None:
        self.variable = variable

    def value(self, e: Any) -> Node:
        if isinstance(e, Rational):
            return Number(Fraction(int(e.p), int(e.q)))
        if e is S.Pi or e is S.Exp1:
            return Constant("pi" if e is S.Pi else "e")
        if isinstance(e, Symbol):
            return self.symbol(e)
        if isinstance(e, sympy.Add):
            return reduce(folding.add, map(self.value, e.as_ordered_terms()))
        if isinstance(e, sympy.Mul):
            return self.product(e)
        if isinstance(e, sympy.exp):
            return Apply("exp", (self.value(e.args[0]),))
        if isinstance(e, sympy.Pow):
            return self.power(e)
        if isinstance(e, sympy.Piecewise):
            return self.cases(e)
        if isinstance(e, sympy.Heaviside):
            if e.args[1] != S.Half:
                raise UnsupportedExpressionError(
                    f"Heaviside with the value {e.args[1]} at 0 is not part of the grammar"
                )
            return Apply("heaviside", (self.value(e.args[0]),))
        if e.func in _RECIPROCALS:
            return folding.divide(_ONE, Apply(_RECIPROCALS[e.func], (self.value(e.args[0]),)))
        if e.func in _FUNCTIONS:
            arguments = sorted(e.args, key=sympy.default_sort_key) if isinstance(e, sympy.Max | sympy.Min) else e.args
            return Apply(_FUNCTIONS[e.func], tuple(map(self.value, arguments)))
        raise UnsupportedExpressionError(f"{str(e)[:60]} has no spelling in the grammar")

    def symbol(self, e: Symbol) -> Node:
        if e == self.variable:
            return Variable(e.name)
        return FreeParameter(e.name, "positive" if e.is_positive else "nonnegative" if e.is_nonnegative else "real")

    def product(self, e: Any) -> Node:
        """Negative powers go below one fraction bar; so does the denominator of a simple coefficient."""
        coefficient, factors = e.as_coeff_mul()
        if not isinstance(coefficient, Rational):
            coefficient, factors = S.One, (coefficient, *factors)
        above, below = [], []
        for factor in sorted(factors, key=sympy.default_sort_key):
            base, exponent = factor.as_base_exp() if isinstance(factor, sympy.Pow) else (factor, S.One)
            if isinstance(exponent, Rational) and exponent < 0:
                below.append(self.value(base**-exponent))
            else:
                above.append(self.value(factor))
        above = _cube_roots(above)
        if 1 < coefficient.q <= 12:
            below = [Number(Fraction(int(coefficient.q))), *below]
            coefficient = Rational(coefficient.p)
        size = abs(coefficient)
        if size != 1 or not above:
            above = [self.value(size), *above]
        result = reduce(folding.multiply, above)
        if below:
            result = folding.divide(result, reduce(folding.multiply, below))
        return folding.negate(result) if coefficient < 0 else result

    def power(self, e: Any) -> Node:
        base, exponent = e.args
        if isinstance(exponent, Rational) and exponent < 0:
            return folding.divide(_ONE, self.value(base**-exponent))
        if exponent == S.Half:
            return Apply("sqrt", (self.value(base),))
        return folding.power(self.value(base), self.value(exponent))

    def cases(self, e: Any) -> Node:
        """A branch whose value is nan is undefined: it is left out, and the later ones exclude its condition."""
        branches: list[tuple[Node, Condition]] = []
        excluded: tuple[Condition, ...] = ()
        for value, condition in e.args:
            typed = self.condition(condition)
            if value is S.NaN:
                excluded = (*excluded, Logic("not", (typed,)))
            else:
                branches.append((self.value(value), Logic("and", (*excluded, typed)) if excluded else typed))
        return Cases(tuple(branches))

    def condition(self, c: Any) -> Condition:
        if c in (True, sympy.true):
            return Logic("true")
        if c in (False, sympy.false):
            return Logic("false")
        if type(c) in _OPERATORS:
            return Compare(_OPERATORS[type(c)], self.value(c.args[0]), self.value(c.args[1]))
        if type(c) in _CONNECTIVES:
            return Logic(
                _CONNECTIVES[type(c)], tuple(self.condition(a) for a in sorted(c.args, key=sympy.default_sort_key))
            )
        raise UnsupportedExpressionError(f"the condition {str(c)[:60]} has no spelling in the grammar")


def _cube_roots(factors: list[Node]) -> list[Node]:
    """sign(u)*abs(u)**(1/3), which is how `to_sympy` writes the real cube root, as cbrt(u) again."""
    for mark in factors:
        if isinstance(mark, Apply) and mark.head == "sign":
            root = Apply("pow", (Apply("abs", mark.arguments), Number(Fraction(1, 3))))
            if root in factors:
                rest = [f for f in factors if f not in (mark, root)]
                return [Apply("cbrt", mark.arguments), *rest]
    return factors
