"""Prove that an expression is 0, as a rational function of its parts.

Every function that occurs becomes an indeterminate of its own, exponentials of multiples of one argument
become powers of one indeterminate, and so do roots, whose equations (R² = base) are divided out in the end.
If what is left is the zero polynomial, the expression is 0 wherever it is defined; anything else is no
verdict. The arithmetic is that of polynomials, never of expressions: this is what makes it fast.
"""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts of expressions as Basic.)

from __future__ import annotations

from math import gcd, lcm
from typing import Any

from sympy import QQ, Add, Expr, Integer, Mul, Pow, Rational, Symbol, exp, expand
from sympy.core.numbers import Exp1
from sympy.polys.fields import field
from sympy.polys.polyerrors import PolynomialError

LARGEST_EXPONENT = 60


def explodes(e: Expr) -> bool:
    """Whether multiplying out would write a power of a sum as very many terms."""
    return any(isinstance(p.base, Add) and p.exp.is_Integer and abs(p.exp) > LARGEST_EXPONENT for p in e.atoms(Pow))


class Unsuited(Exception):
    """The expression is no rational function of parts that are told apart by their looks."""


def vanishes(e: Expr) -> bool:
    """Whether `e` is proved to be 0; False says nothing."""
    try:
        return _Parts(e).numerator() == 0
    except (Unsuited, PolynomialError, ZeroDivisionError, NotImplementedError):
        return False


class _Parts:
    """The indeterminates of one expression, and the expression in them."""

    def __init__(self, e: Expr) -> None:
        self.expression = e
        self.rates: dict[Expr, list[Rational]] = {}
        self.orders: dict[Expr, int] = {}
        self.others: list[Expr] = []
        self._collect(e)
        self.steps = {r: Rational(gcd(*(c.p for c in cs)), lcm(*(c.q for c in cs))) for r, cs in self.rates.items()}
        names = [Pow(b, Rational(1, q)) for b, q in self.orders.items()] + list(self.rates) + self.others
        _, *generators = field([Symbol(f"t{k}") for k in range(len(names) or 1)], QQ)
        split, end = len(self.orders), len(self.orders) + len(self.rates)
        self.roots = dict(zip(self.orders, generators[:split], strict=False))
        self.exponentials = dict(zip(self.rates, generators[split:end], strict=False))
        self.symbols = dict(zip(self.others, generators[end:], strict=False))
        self.field = generators[0].field

    def _collect(self, e: Expr) -> None:
        if isinstance(e, Rational):
            return
        if isinstance(e, (Add, Mul)):
            for a in e.args:
                self._collect(a)
        elif isinstance(e, exp) or e == Exp1():
            for rate, rest in _terms(e):
                self.rates.setdefault(rest, []).append(rate)
        elif isinstance(e, Pow) and isinstance(e.exp, Rational):
            if e.exp.q > 1:
                self.orders[e.base] = lcm(self.orders.get(e.base, 1), int(e.exp.q))
            elif abs(e.exp.p) > LARGEST_EXPONENT:
                raise Unsuited
            self._collect(e.base)
        elif isinstance(e, Pow) or not e.is_commutative:
            raise Unsuited
        elif _name(e) not in self.others:
            self.others.append(_name(e))

    def value(self, e: Expr) -> Any:
        """`e` as an element of the field."""
        if isinstance(e, Rational):
            return self.field(QQ(int(e.p), int(e.q)))
        if isinstance(e, Add):
            return sum((self.value(a) for a in e.args), self.field.zero)
        if isinstance(e, Mul):
            product = self.field.one
            for a in e.args:
                product = product * self.value(a)
            return product
        if isinstance(e, exp) or e == Exp1():
            product = self.field.one
            for rate, rest in _terms(e):
                product = product * self.exponentials[rest] ** int(rate / self.steps[rest])
            return product
        if isinstance(e, Pow):
            order = self.orders.get(e.base)
            return self.value(e.base) ** int(e.exp) if order is None else self.roots[e.base] ** int(e.exp * order)
        return self.symbols[_name(e)]

    def numerator(self) -> Any:
        """The numerator of the expression, the equations of its roots divided out."""
        top = self.value(self.expression).numer
        for base, root in self.roots.items():
            equation = root ** self.orders[base] - self._plain(base)
            if equation.denom != 1:
                raise Unsuited
            top = top.rem(equation.numer)
        return top

    def _plain(self, base: Expr) -> Any:
        """The base of a root, itself written without that root."""
        order = self.orders.pop(base)
        try:
            return self.value(base)
        finally:
            self.orders[base] = order


def _name(e: Expr) -> Expr:
    """A part with its arguments multiplied out, so that equal ones look equal."""
    if not e.args or not all(isinstance(a, Expr) for a in e.args):
        return e
    return e.func(*(expand(a) for a in e.args))


def _terms(e: Expr) -> list[tuple[Rational, Expr]]:
    """The exponent as rational multiples of terms: e^(2x − 1) → [(2, x), (−1, 1)]."""
    exponent = Integer(1) if e == Exp1() else expand(e.args[0])
    found = []
    for term in Add.make_args(exponent):
        rate, rest = term.as_coeff_Mul(rational=True)
        found.append((rate, rest))
    return found
