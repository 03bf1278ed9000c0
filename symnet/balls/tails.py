"""Certified behaviour at an end: the sign from a proved T on, the limit, and the leading term.

T is doubled while the rest of the germ outweighs its leading term, the order is raised while the
leading coefficient is not separated from zero; both loops are finite, then `Undecided`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpq

from symnet.balls.coefficients import Coefficient, sign_of
from symnet.balls.element import Element
from symnet.balls.expansion import End, Expansion
from symnet.balls.field import Field
from symnet.balls.germs import Algebra, Germ, NeedsMoreTerms
from symnet.balls.monomials import ONE, Monomial, compare
from symnet.balls.undecided import NeedsFartherTail, Undecided

STARTS = tuple(fmpq(2) ** k for k in (2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 40, 84))
ORDERS = (4, 8, 14)


@dataclass(frozen=True)
class Tail:
    """What is proved of a function on the whole tail t >= start (x = +-t, or the point +- 1/t)."""

    sign: int
    """The sign on the whole tail; 0 for the zero function."""
    start: fmpq
    lead: Monomial
    coefficient: Coefficient
    germ: Germ
    algebra: Algebra

    @property
    def growth(self) -> int:
        """1 when |f| tends to infinity, 0 to a number that is not 0, -1 to 0."""
        return compare(self.lead, ONE)

    def boundary(self, end: End) -> fmpq:
        """A rational inside the tail: no zero lies between it and the end."""
        from symnet.balls.interval import dyadic

        if self.algebra.pointwise:
            raise Undecided("no tail holds for every value of the parameters")
        if end.point is None:
            return self.start * end.side
        near, far = (
            end.point.ball(96),
            end.point.ball(96) + (end.side / self.start if end.side > 0 else -1 / self.start),
        )
        return dyadic((near + far) / 2)


def tail(field: Field, function: Element | Any, end: End) -> Tail:
    """The tail of an element, or of a polynomial in the generators; remembered."""
    name = function.key if isinstance(function, Element) else f"({function})/(1)"
    key = (name, id(end.point), end.side)
    known = field.tails.get(key)
    if known is None:
        known = field.tails[key] = (_search(field, function, end), end)
    return known[0]


def germ(field: Field, function: Element | Any, end: End, order: int = 6) -> tuple[Germ, Algebra]:
    """The germ at the end, at the first T where it holds; its leading coefficient may be a ball around 0."""
    for start in STARTS:
        try:
            expansion = Expansion(field, end, start, order, _parametric(field, function, end))
            return expansion.element(function) if isinstance(function, Element) else expansion.polynomial(
                function
            ), expansion.algebra
        except NeedsFartherTail:
            continue
    raise Undecided("no expansion holds on a tail")


def _parametric(field: Field, function: Element | Any, end: End) -> bool:
    """Whether a parameter moves the function or the end, so that no T holds for all its values."""
    if field.box is None:
        return False
    element = function if isinstance(function, Element) else Element(field, function, field.unit)
    return bool(field.box.names(element)) or (end.point is not None and end.point.parametric)


def _search(field: Field, function: Element | Any, end: End) -> Tail:
    orders = iter(ORDERS)
    order = next(orders)
    starts = list(STARTS)
    while starts:
        start = starts[0]
        try:
            expansion = Expansion(field, end, start, order, _parametric(field, function, end))
            g = expansion.element(function) if isinstance(function, Element) else expansion.polynomial(function)
            if not g.terms:
                return Tail(0, start, ONE, fmpq(0), g, expansion.algebra)
            m, c, _ = expansion.algebra.settled(g)
            return Tail(sign_of(c), start, m, c, g, expansion.algebra)
        except NeedsFartherTail:
            starts.pop(0)
        except NeedsMoreTerms as reason:
            following = next(orders, None)
            if following is None:
                raise Undecided(str(reason)) from reason
            order = following
    raise Undecided("no sign is proved on a tail")
