"""Moments of f and f′ under the standard normal distribution, and the initialisation gain that follows.

The integrals over the cells inside [-16, 16] are Arb's rigorous quadrature; what lies beyond is bounded
by the germ of f*exp(-x^2/4) on the tail. The gain is 1/sqrt(E f(z)^2), which keeps a unit second moment.
"""

from __future__ import annotations

from typing import Any

from flint import acb, arb, ctx, fmpq

from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject
from symnet.analysis.symmetry import parity_label
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.expansion import End, Expansion
from symnet.balls.field import Field
from symnet.balls.germs import ball
from symnet.balls.monomials import T, monomial, name, product, raised
from symnet.balls.reals import Computed, ExactReal, Real
from symnet.balls.undecided import Undecided

EDGE = 16
PRECISION = 192


def gaussian_moments(subject: Subject) -> Fact:
    """{"mean", "second_moment", "mean_slope", "second_moment_slope", "gain"}."""
    if (
        len(subject.runs) != 1
        or subject.pieces[0].element is None
        or subject.pieces[-1].element is None
        or subject.periodic is not None
    ):
        raise Undecided("f is not defined on the whole line, or has infinitely many pieces")
    claim: dict[str, Real] = {}
    for key, order, power in (
        ("mean", 0, 1),
        ("second_moment", 0, 2),
        ("mean_slope", 1, 1),
        ("second_moment_slope", 1, 2),
    ):
        odd = power == 1 and (parity_label(subject) == "odd" if order == 0 else parity_label(subject) == "even")
        claim[key] = ExactReal(subject.field.zero) if odd else _number(_moment(subject, order, power))
    second = claim["second_moment"].ball(PRECISION)
    if not second > 0:
        raise Undecided("the second moment was not separated from zero")
    with ctx.workprec(PRECISION):
        claim["gain"] = _number(1 / second.sqrt())
    return proved("gaussian_moments", claim, "By rigorous quadrature on [-16, 16] and a bound of the tails.")


def _number(ball: arb) -> Real:
    if ball.rad() > arb(10) ** -38:
        raise Undecided("an integral was not enclosed tightly enough")
    return Computed(lambda precision: ball)


def _moment(subject: Subject, order: int, power: int) -> arb:
    with ctx.workprec(PRECISION):
        total = arb(0)
        normal = 1 / (2 * arb.pi()).sqrt()
        for i, piece, _ in subject.defined:
            element = subject.derivative(i, order) ** power
            left = arb(-EDGE) if piece.interval.left is None else piece.interval.left.ball(PRECISION)
            right = arb(EDGE) if piece.interval.right is None else piece.interval.right.ball(PRECISION)
            if not (left >= -EDGE and right <= EDGE):
                raise Undecided("a breakpoint lies far out")

            def integrand(z: acb, analytic: bool, element: Element = element) -> acb:
                value = ComplexEvaluation(element.field, z, analytic).element(element)
                return value * (-z * z / 2).exp()

            integral = acb.integral(
                integrand,
                acb(left),
                acb(right),
                rel_tol=arb(2) ** -(PRECISION - 40),
                abs_tol=arb(2) ** -(PRECISION - 40),
            )
            if not integral.is_finite():
                raise Undecided("the quadrature did not converge")
            total = total + integral.real * normal
            for side, end in ((-1, piece.interval.left), (1, piece.interval.right)):
                if end is None:
                    total = total + arb(0, (_beyond(element, side) * normal).upper())
        return total


def _beyond(element: Element, side: int) -> arb:
    """A bound of the integral of |f| exp(-x^2/2) beyond the edge: sup(|f| exp(-x^2/4)) times that of exp(-x^2/4)."""
    expansion = Expansion(element.field, End(None, side), fmpq(EDGE), 6)
    terms = expansion.element(element).terms
    if not terms:
        return arb(0)
    lead, bound, reach = terms[0][0], arb(0), expansion.algebra.reach
    for m, c in terms:
        bound = bound + abs(ball(c)).upper() * reach.supremum(product(m, lead, -1))
    square = raised(T, fmpq(2))
    bound = bound * reach.supremum(product(lead, monomial({name(square): (square, fmpq(-1, 4))})))
    return bound * arb.pi().sqrt() * (arb(EDGE) / 2).erfc()


class ComplexEvaluation:
    """Values of elements on complex balls; not finite where the function is not holomorphic."""

    def __init__(self, field: Field, z: acb, analytic: bool) -> None:
        self.field, self.z, self.analytic = field, z, analytic
        self._values: dict[int, acb] = {}

    def element(self, element: Element) -> acb:
        """num/den on the ball."""
        num = self._polynomial(element.num)
        return num if element.den.is_constant() else num / self._polynomial(element.den)

    def _polynomial(self, polynomial: Any) -> acb:
        total = acb(0)
        for coefficient, powers in self.field.terms(polynomial):
            term = acb(coefficient)
            for index, exponent in powers:
                term = term * self._generator(index) ** exponent
            total = total + term
        return total

    def _generator(self, index: int) -> acb:
        if index not in self._values:
            self._values[index] = self._compute(index)
        return self._values[index]

    def _compute(self, index: int) -> acb:
        generator = self.field.generators[index]
        if generator.kind == "x":
            return self.z
        if generator.kind == "pi":
            return acb.pi()
        assert generator.argument is not None
        u = self.element(generator.argument)
        if generator.kind in ("exp", "sin", "cos", "erf"):
            return getattr(u, generator.kind)()
        if generator.kind == "root":
            u = u if generator.sign > 0 else -u
            return (
                u.sqrt(analytic=self.analytic)
                if generator.root == 2
                else (u.log(analytic=self.analytic) / generator.root).exp()
            )
        if generator.kind == "log":
            return self._log(u)
        raise Undecided(f"no complex {generator.kind}")

    def _log(self, u: acb) -> acb:
        """log|p| for a p of one sign on the cell."""
        return (u if u.real > 0 or not u.real < 0 else -u).log(analytic=self.analytic)
