"""One-sided limits of an element, at a finite point or at infinity, with what is proved of the approach."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, ctx

from symnet.balls.element import Element
from symnet.balls.evaluate import Evaluation
from symnet.balls.expansion import End
from symnet.balls.germs import NeedsMoreTerms
from symnet.balls.monomials import ONE, compare
from symnet.balls.reals import Computed, ExactReal, Real
from symnet.balls.substitution import Substitution
from symnet.balls.tails import germ, tail
from symnet.balls.undecided import Undecided


@dataclass(frozen=True)
class Limit:
    """A limit: finite (`value`), or infinite (`sign` of infinity)."""

    value: Real | None
    sign: int = 0
    element: Element | None = None
    """The value as a constant, or as an element to be evaluated at the point."""

    @property
    def finite(self) -> bool:
        return self.value is not None

    @property
    def text(self) -> str:
        """`oo` or `-oo` of an infinite limit."""
        return "oo" if self.sign > 0 else "-oo"


def exact_limit(element: Element) -> Limit:
    """A constant as a limit."""
    return Limit(ExactReal(element), 0, element)


def regular(element: Element, point: Real) -> bool:
    """Whether the element is analytic in a neighbourhood of the point."""
    if element.field.box is not None and point.exact is not None:
        return _regular_at(element, point.exact)
    previous, ctx.prec = ctx.prec, 128
    try:
        for k in (8, 20, 40):
            around = point.ball(96) + arb(0, arb(2) ** (-k))
            box = Evaluation(element.field, around, 128)
            if box.element(element).is_finite() and all(box.generator(i).is_finite() for i in element.generators):
                return True
    finally:
        ctx.prec = previous
    return False


def _regular_at(element: Element, point: Element) -> bool:
    """The same for every value of the parameters: no denominator and no argument of a log or root vanishes."""
    field, at = element.field, Substitution(element.field, point)
    critical = [field.element(element.den)]
    for index in field.closure(element.generators):
        generator = field.generators[index]
        if not generator.constant and generator.kind in ("asin", "sin", "cos"):
            return False
        if not generator.constant and generator.argument is not None:
            critical.append(field.element(generator.argument.den))
            if generator.kind in ("log", "root"):
                critical.append(generator.argument)
    try:
        return not any(at.element(part).is_zero for part in critical)
    except (ZeroDivisionError, Undecided):
        return False


def limit_of(element: Element, end: End) -> Limit:
    """The limit at the end; `Undecided` when there is none or none was proved."""
    key = (element.key, id(end.point), end.side)
    known = element.field.limits.get(key)
    if known is None:
        try:
            found: Limit | Undecided = _limit_of(element, end)
        except Undecided as reason:
            if element.field.box is None or element.field.budget.units <= 0:
                raise
            found = reason
        known = element.field.limits[key] = (found, end)
    if isinstance(known[0], Undecided):
        raise known[0]
    return known[0]


def _limit_of(element: Element, end: End) -> Limit:
    field, point = element.field, end.point
    if element.is_constant:
        return exact_limit(element)
    if point is not None:
        if point.exact is not None:
            try:
                return exact_limit(Substitution(field, point.exact).element(element))
            except (ZeroDivisionError, Undecided):
                pass
        elif regular(element, point):
            return Limit(Computed(lambda precision: element.ball(point.ball(precision), precision + 32)), 0, element)
    try:
        t = tail(field, element, end)
    except NeedsMoreTerms:
        t = None
    except Undecided:
        t = None
    if t is not None:
        if t.growth > 0:
            return Limit(None, t.sign)
        if t.growth < 0:
            return exact_limit(field.zero)
        if not isinstance(t.coefficient, arb):
            return exact_limit(t.coefficient if isinstance(t.coefficient, Element) else field.rational(t.coefficient))
        if point is None:
            raise Undecided("the limit is only known as a ball")
        raise Undecided("the limit at a root is only known as a ball")
    g, _algebra = germ(field, element, end)
    constant = field.zero
    for m, c in g.terms:
        order = compare(m, ONE)
        if order > 0 or (order == 0 and isinstance(c, arb)):
            raise Undecided("no limit was proved")
        if order == 0:
            assert not isinstance(c, arb)
            constant = c if isinstance(c, Element) else field.rational(c)
    return exact_limit(constant)
