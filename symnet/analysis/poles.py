"""Quotients of functions on the whole line whose denominators have zeros without end: their domain and their poles.

f is one quotient E wherever it is defined. Let P be a period of all its waves and z a zero of the denominator; at z + k*P the
waves are what they are at z, and what multiplies the vanishing factor is a function of x with finitely many zeros. So
there is a pole at z + k*P for every large k, whose order is that of the zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symnet.analysis.cells import Cells, Piece
from symnet.analysis.conversion import convert
from symnet.analysis.listing import any_zero, collect, within_reach
from symnet.analysis.place import Cell, Split
from symnet.analysis.structure import analytic_by_build, denominators
from symnet.analysis.subject import Subject
from symnet.balls.element import Element
from symnet.balls.field import Field, Generator
from symnet.balls.interval import Interval
from symnet.balls.order import coincide
from symnet.balls.periods import period_of, zeros_of_a_period
from symnet.balls.reals import Real
from symnet.balls.signs import sign_chart
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided
from symnet.definitions.tree import Apply, walk

LINE = Interval(None, None)


@dataclass(frozen=True)
class Poles:
    """Poles that go on without end to both sides."""

    both_signs: bool
    """Whether f changes its sign at infinitely many of them on either side."""


def domain_of_quotient(part: Subject) -> dict[str, Any]:
    """The record of the domain where f is undefined at the zeros of denominators only."""
    nodes, field = denominators(part.tree), part.field
    if nodes is None:
        raise Undecided("the domain has infinitely many pieces")
    product = field.one
    for node in nodes:
        try:
            element = convert(node, Cell(field, LINE, part.budget))
        except Split:
            element = None
        if element is None or element.is_zero:
            raise Undecided("a denominator is no one formula on the whole line")
        product = product * element
    gone = _zeros_on_the_line(part, product)
    missing = [j.point for k, j in enumerate(part.junctions) if j.value is None and _between_pieces(part, k)]
    if len([p for p in missing if within_reach(p)]) != len([p for p in gone["points"] if within_reach(p)]):
        raise Undecided("the points outside the domain were not told from other breakpoints")
    claim: dict[str, Any] = {"intervals": [], "excluded": gone["points"], "points": []}
    if not gone["infinite"]:
        ends = ["-oo", *gone["points"], "oo"]
        return {**claim, "intervals": [[a, b] for a, b in zip(ends, ends[1:], strict=False)]}
    last = len(part.pieces) - 1
    pairs = [part.closure(i, k) for i, k in part.runs if i > 0 and k < last]
    intervals = [pair for pair in pairs if any(not isinstance(end, str) and within_reach(end) for end in pair)]
    return {**claim, "intervals": intervals, "infinite": True, "family": gone["family"]}


def _between_pieces(part: Subject, j: int) -> bool:
    return part.neighbour(j, -1) is not None and part.neighbour(j, 1) is not None


def _zeros_on_the_line(part: Subject, element: Element) -> dict[str, Any]:
    line = Subject(part.tree, part.field, part.budget)
    line._cells = Cells((Piece(LINE, part.field.x),), ())
    return collect(line, {0: element}, [], [], any_zero)


def poles_without_end(subject: Subject) -> Poles | None:
    """Whether f has infinitely many poles towards either end, from its quotient; None when that is not proved."""
    _ = subject.part
    quotient = _quotient(subject)
    if quotient is None:
        return None
    field, orders = subject.field, list[int]()
    factors = field.factor(quotient.den)[1]
    for factor, multiplicity in factors:
        period = period_of(field, field.used(factor))
        if period is None:
            continue
        rest = quotient.num
        for other, _ in factors:
            rest = rest if other == factor else rest * other
        for zero in zeros_of_a_period(field, factor, period, subject.budget):
            if zero.point.exact is not None and _finitely_often_zero(subject, rest, zero.point.exact):
                orders.append(multiplicity * zero.multiplicity)
    return Poles(any(order % 2 for order in orders)) if orders else None


def _finitely_often_zero(subject: Subject, polynomial: Any, point: Element) -> bool:
    """Whether the polynomial in the generators has finitely many zeros among the points z + k*P."""
    along = _Along(subject.field, point).polynomial(polynomial)
    if along.is_zero:
        return False
    return along.is_constant or not sign_chart(along, LINE, subject.budget).infinite


def family_of_poles(subject: Subject, listed: list[Real]) -> str | None:
    """All poles in words, given those in [-10, 10]: the zeros of the denominator, or of its periodic factors alone.

    Where the numerator is 0 at a zero z + k*P, or another factor is, that is in [-10, 10], where the listed poles decide.
    """
    quotient, field = _quotient(subject), subject.field
    if quotient is None:
        return None
    indices = field.closure([*field.used(quotient.num), *field.used(quotient.den)])
    waves = [g for i in indices if (g := field.generators[i]).kind in ("sin", "cos") and not g.constant]
    if len({g.argument.key for g in waves if g.argument is not None}) != 1:
        return None
    periodic = field.one
    for factor, _ in field.factor(quotient.den)[1]:
        period = period_of(field, field.used(factor))
        if period is None:
            if not _zeros_within_reach(subject, field.element(factor)):
                return None
            continue
        periodic = periodic * field.element(factor)
        for zero in zeros_of_a_period(field, factor, period, subject.budget):
            if zero.point.exact is None:
                return None
            along = _Along(field, zero.point.exact).polynomial(quotient.num)
            if along.is_zero or not _zeros_within_reach(subject, along):
                return None
    for candidate in (field.element(quotient.den), periodic):
        zeros = _zeros_on_the_line(subject, candidate)
        if len(zeros["points"]) == len(listed) and all(map(coincide, zeros["points"], listed)):
            return zeros["family"]
    return None


def _zeros_within_reach(subject: Subject, element: Element) -> bool:
    """Whether all zeros on the line are in [-10, 10]."""
    if element.is_constant:
        return not element.is_zero
    chart = sign_chart(element, LINE, subject.budget)
    return not chart.infinite and all(within_reach(zero.point) for zero in chart.zeros)


class _Along(Substitution):
    """The waves as they are at a point, x itself kept."""

    def __init__(self, field: Field, point: Element) -> None:
        super().__init__(field, field.x)
        self._there = Substitution(field, point)

    def _map(self, generator: Generator) -> Element:
        if generator.kind in ("sin", "cos"):
            return self._there.polynomial(self.field.generator(generator.index))
        return super()._map(generator)


class _Anywhere(Cell):
    """The whole line without the zeros of denominators, for formulas that ask for no sign."""

    def nonzero_sign(self, u: Element) -> int:
        return 0 if u.is_zero else 1


def _quotient(subject: Subject) -> Element | None:
    """f as one element wherever it is defined."""
    heads = {part.head for part in walk(subject.tree) if isinstance(part, Apply)}
    if not analytic_by_build(subject.tree) or "asinh" in heads:
        return None
    return convert(subject.tree, _Anywhere(subject.field, LINE, subject.budget))
