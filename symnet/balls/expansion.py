"""The germ of an element at one end of an interval: +-oo, or a finite point from one side.

Every generator is expanded where it stands: at the end itself, with exact coefficients while the field
can name them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from symnet.balls.coefficients import Coefficient
from symnet.balls.element import Element
from symnet.balls.evaluate import Evaluation
from symnet.balls.field import Field, Generator
from symnet.balls.functions_of_germs import asin, asinh, atan, circular, erf
from symnet.balls.germs import Algebra, Germ
from symnet.balls.monomials import T, raised, simple
from symnet.balls.reals import Real, Root
from symnet.balls.undecided import NeedsFartherTail


@dataclass(frozen=True)
class End:
    """+-oo (point None), or a finite point approached from one side."""

    point: Real | None
    side: int
    """1: x tends to +oo, or to the point from above; -1: to -oo, or from below."""


class Expansion:
    """Germs of the generators of a field at one end, for one T and one order."""

    def __init__(self, field: Field, end: End, start: fmpq, order: int, pointwise: bool = False) -> None:
        self.field, self.end = field, end
        self.algebra = Algebra(field, start, order, pointwise)
        self.start, self.order = start, order
        self._germs: dict[int, Germ] = {}

    def element(self, element: Element) -> Germ:
        """The germ of num/den."""
        num = self.polynomial(element.num)
        if element.den.is_constant():
            return num
        return self.algebra.multiply(num, self.algebra.inverse(self.polynomial(element.den)))

    def polynomial(self, polynomial: Any) -> Germ:
        """The germ of a polynomial in the generators."""
        root = self.end.point
        if isinstance(root, Root) and not polynomial.is_constant() and polynomial == root.polynomial:
            return self._vanishing(root)
        algebra = self.algebra
        total = algebra.constant(fmpq(0))
        for coefficient, powers in self.field.terms(polynomial):
            term = algebra.constant(coefficient)
            for index, exponent in powers:
                term = algebra.multiply(term, algebra.power(self.generator(index), exponent))
            total = algebra.add(total, term)
        return total

    def _vanishing(self, root: Root) -> Germ:
        """A polynomial at its own simple zero: slope on the whole tail times the distance."""
        reach = root.ball(64) + arb(self.end.side) * arb(0.5, 0.5) / arb(self.start)
        slope = Evaluation(self.field, reach, 96).element(root.derivative)
        if not slope.is_finite():
            raise NeedsFartherTail("the slope is not bounded yet")
        return self.algebra.single(raised(T, fmpq(-1)), slope * self.end.side)

    def generator(self, index: int) -> Germ:
        """The germ of one generator."""
        known = self._germs.get(index)
        if known is None:
            known = self._germs[index] = self._expand(self.field.generators[index])
        return known

    def _expand(self, generator: Generator) -> Germ:
        algebra, kind = self.algebra, generator.kind
        if generator.constant:
            return algebra.constant(simple(self.field.element(self.field.generator(generator.index))))
        if kind == "x":
            return self._variable()
        assert generator.argument is not None
        u = self.element(generator.argument)
        if kind == "exp":
            return algebra.exponential(u)
        if kind == "log":
            return algebra.logarithm(u)
        if kind == "root":
            return algebra.real_power(u, fmpq(1, generator.root))
        if kind in ("sin", "cos"):
            return circular(algebra, kind, u)
        return {"atan": atan, "asin": asin, "erf": erf, "asinh": asinh}[kind](algebra, u)

    def _variable(self) -> Germ:
        algebra, side = self.algebra, self.end.side
        if self.end.point is None:
            return algebra.single(T, fmpq(side))
        point = self.end.point
        value: Coefficient = simple(point.exact) if point.exact is not None else point.ball(128)
        return algebra.add(algebra.constant(value), algebra.single(raised(T, fmpq(-1)), fmpq(side)))
