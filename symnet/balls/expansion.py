"""The germ of an element at one end of an interval: +-oo, or a finite point from one side.

Every generator is expanded where it stands: at the end itself, with exact coefficients while the field
can name them. A sine or cosine of something that tends to infinity is the ball [-1, 1] on the whole
tail; everything that then depends on its sign stays undecided here (see `oscillation`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE, Place, pi, power, sine_and_cosine
from symnet.balls.elementary import asin as exact_asin
from symnet.balls.elementary import asinh as exact_asinh
from symnet.balls.elementary import atan as exact_atan
from symnet.balls.elementary import erf as exact_erf
from symnet.balls.evaluate import Evaluation
from symnet.balls.field import Field, Generator
from symnet.balls.germs import Algebra, Coefficient, Germ, sign_of
from symnet.balls.monomials import T, is_zero, raised, simple
from symnet.balls.reals import Real, Root
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import NeedsFartherTail, Undecided


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
            return self._circular(kind, u)
        return {"atan": self._atan, "asin": self._asin, "erf": self._erf, "asinh": self._asinh}[kind](u)

    def _variable(self) -> Germ:
        algebra, side = self.algebra, self.end.side
        if self.end.point is None:
            return algebra.single(T, fmpq(side))
        point = self.end.point
        value: Coefficient = simple(point.exact) if point.exact is not None else point.ball(128)
        return algebra.add(algebra.constant(value), algebra.single(raised(T, fmpq(-1)), fmpq(side)))

    def _circular(self, kind: str, u: Germ) -> Germ:
        large, constant, small = self.algebra.split(u)
        if large:
            return self.algebra.constant(arb(0, 1))
        algebra = self.algebra
        if isinstance(constant, arb):
            sine, cosine = constant.sin(), constant.cos()
        else:
            sine, cosine = (simple(v) for v in sine_and_cosine(algebra._element(constant)))
        if kind == "cos":
            sine, cosine = cosine, _negative(sine)
        self._require_small(small)

        def coefficient(k: int) -> Coefficient:
            c = (sine, cosine, _negative(sine), _negative(cosine))[k % 4]
            for i in range(2, k + 1):
                c = c / i if isinstance(c, (arb, fmpq)) else c.scaled(fmpq(1, i))
            return c

        def remainder(n: int, d: arb) -> arb:
            return arb(0, 1) / arb(n).fac()

        return algebra.series(small, coefficient, remainder)

    def _require_small(self, small: Germ, limit: float = 0.5) -> None:
        if not self.algebra.size(small) <= arb(limit):
            raise NeedsFartherTail("the rest is not small yet")

    def _taylor(self, kind: str, constant: Coefficient, small: Germ) -> Germ:
        """h(constant + small), the Taylor coefficients from the field's derivatives."""
        if isinstance(constant, arb):
            raise Undecided(f"{kind} at a point that is only known as a ball")
        at = self.algebra._element(constant)
        scratch = Field()
        derivatives = [_function(kind, scratch.x, _Disc())]
        for _ in range(self.order):
            derivatives.append(derivatives[-1].derivative())
        self._require_small(small, 0.25)
        centre = _function(kind, at, NOWHERE)
        value = at.ball(None, 128)

        def coefficient(k: int) -> Coefficient:
            if k == 0:
                return simple(centre)
            if is_zero(constant) or k <= 2:
                return self._transfer(derivatives[k], at, k)
            return derivatives[k].ball(value, 128) / arb(k).fac()

        def remainder(n: int, d: arb) -> arb:
            bound = derivatives[n].ball(value + d, 128) / arb(n).fac()
            if not bound.is_finite():
                raise NeedsFartherTail("the remainder is not bounded yet")
            return bound

        return self.algebra.series(small, coefficient, remainder)

    def _transfer(self, derivative: Element, at: Element, k: int) -> Coefficient:
        """A derivative of the scratch field, evaluated exactly in ours."""
        value = Transfer(self.field, at).element(derivative)
        return simple(value.scaled(fmpq(1, _factorial(k))))

    def _atan(self, u: Germ) -> Germ:
        large, constant, small = self.algebra.split(u)
        if not large:
            return self._taylor("atan", constant, small)
        _, c, _ = self.algebra.settled(u)
        half = pi(self.field).scaled(fmpq(sign_of(c), 2))
        inner = self._taylor("atan", fmpq(0), self.algebra.inverse(u))
        return self.algebra.add(self.algebra.constant(half), self.algebra.scale(inner, fmpq(-1)))

    def _asinh(self, u: Germ) -> Germ:
        large, constant, small = self.algebra.split(u)
        if not large:
            return self._taylor("asinh", constant, small)
        algebra = self.algebra
        _, c, _ = algebra.settled(u)
        side = fmpq(sign_of(c))
        u = algebra.scale(u, side)
        root = algebra.real_power(algebra.add(algebra.multiply(u, u), algebra.constant(fmpq(1))), fmpq(1, 2))
        return algebra.scale(algebra.logarithm(algebra.add(u, root)), side)

    def _asin(self, u: Germ) -> Germ:
        large, constant, small = self.algebra.split(u)
        if large:
            raise Undecided("asin outside its domain")
        if isinstance(constant, fmpq) and abs(constant) == 1:
            side = int(constant)
            gap = self.algebra.scale(small, fmpq(-side, 2))
            half = self._taylor("asin", fmpq(0), self.algebra.real_power(gap, fmpq(1, 2)))
            whole = self.algebra.constant(pi(self.field).scaled(fmpq(side, 2)))
            return self.algebra.add(whole, self.algebra.scale(half, fmpq(-2 * side)))
        return self._taylor("asin", constant, small)

    def _erf(self, u: Germ) -> Germ:
        large, constant, small = self.algebra.split(u)
        if not large:
            return self._taylor("erf", constant, small)
        algebra = self.algebra
        _, c, _ = algebra.settled(u)
        side = sign_of(c)
        square = algebra.multiply(u, u)
        inverse = algebra.inverse(square)
        total, term, order = algebra.constant(fmpq(1)), algebra.constant(fmpq(1)), self.order
        for k in range(1, order):
            term = algebra.multiply(term, algebra.scale(inverse, fmpq(-(2 * k - 1), 2)))
            total = algebra.add(total, term)
        # The error of the alternating series has the sign of the first omitted term and is smaller.
        last = algebra.multiply(term, algebra.scale(inverse, fmpq(-(2 * order - 1), 2)))
        total = algebra.add(total, algebra.scale(last, arb(0.5, 0.5)))
        root = power(pi(self.field), fmpq(1, 2), NOWHERE)
        front = algebra.multiply(algebra.exponential(algebra.scale(square, fmpq(-1))), algebra.inverse(u))
        erfc = algebra.scale(algebra.multiply(front, total), simple(self.field.one / root))
        return algebra.add(algebra.constant(fmpq(side)), algebra.scale(erfc, fmpq(-1)))


class Transfer(Substitution):
    """A substitution that carries an element of one field into another."""

    def __init__(self, field: Field, value: Element) -> None:
        super().__init__(field, value)
        self.target = field

    def element(self, element: Element) -> Element:
        self.field = element.field
        num = self.polynomial(element.num)
        return num if element.den.is_constant() else num / self.polynomial(element.den)

    def polynomial(self, polynomial: Any) -> Element:
        total = self.target.zero
        for coefficient, powers in self.field.terms(polynomial):
            term = self.target.rational(coefficient)
            for index, exponent in powers:
                term = term * self._image(index) ** exponent
            total = total + term
        return total

    def _image(self, index: int) -> Element:
        known = self._images.get(index)
        if known is None:
            generator = self.field.generators[index]
            known = pi(self.target) if generator.kind == "pi" else self._map(generator)
            self._images[index] = known
        return known


def _function(kind: str, w: Element, place: Place) -> Element:
    """atan, erf, asin or asinh of an element."""
    if kind in ("atan", "erf"):
        return {"atan": exact_atan, "erf": exact_erf}[kind](w)
    return {"asin": exact_asin, "asinh": exact_asinh}[kind](w, place)


class _Disc:
    """The interval (-1, 1), where 1 - x and 1 + x are positive."""

    def sign(self, field: Field, polynomial: Any) -> int:
        return 1 if Evaluation(field, arb(0), 64).polynomial(polynomial) > 0 else -1


def _negative(c: Coefficient) -> Coefficient:
    return -c


def _factorial(k: int) -> int:
    return 1 if k < 2 else k * _factorial(k - 1)
