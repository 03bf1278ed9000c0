"""Is f(x) = g(x) for every x where f is defined? Proved, refuted, or open: two typed trees compared exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flint import fmpq

from symnet.analysis.cells import Cells, cells_of
from symnet.analysis.conversion import convert
from symnet.analysis.place import Spot
from symnet.analysis.reflection import Answer
from symnet.balls.element import Element
from symnet.balls.field import Field
from symnet.balls.interval import arb_of
from symnet.balls.reals import ExactReal
from symnet.balls.undecided import NeedsFinerBase, Undecided
from symnet.balls.work import Budget
from symnet.definitions.tree import Apply, Node

MOST_REFINEMENTS = 6
PRECISION = 256
Found = TypeVar("Found")


def afresh(budget: Budget, question: Callable[[Field], Found]) -> Found:
    """The answer of a question in a field of its own, started again whenever a base has to be finer."""
    bases: dict[str, fmpq] = {}
    for _ in range(MOST_REFINEMENTS):
        try:
            return question(Field(bases, budget))
        except NeedsFinerBase as need:
            bases[need.key] = fmpq(need.base)
    raise Undecided("no common base of the exponentials was found")


def equal(f: Node, g: Node, budget: Budget) -> Answer:
    """Whether g is defined and equal to f wherever f is defined."""
    try:
        return afresh(budget, lambda field: _equal(f, g, field, budget))
    except (Undecided, ZeroDivisionError):
        return Answer.OPEN


def _equal(f: Node, g: Node, field: Field, budget: Budget) -> Answer:
    difference = cells_of(Apply("sub", (f, g)), field, budget)
    for piece in difference.pieces:
        if piece.element is None:
            if _defined_at(f, piece.interval.sample(), field, budget):
                return Answer.NO
        elif not piece.element.is_zero:
            return Answer.NO if _nonzero(piece.element, piece.interval.sample()) else Answer.OPEN
    for junction in difference.junctions:
        if junction.value is None:
            if convert(f, Spot(field, junction.point, budget)) is not None:
                return Answer.NO
        elif not junction.value.equals(field.zero):
            return Answer.NO
    return Answer.YES


def _defined_at(f: Node, point: fmpq, field: Field, budget: Budget) -> bool:
    return convert(f, Spot(field, ExactReal(field.rational(point)), budget)) is not None


def _nonzero(element: Element, point: fmpq) -> bool:
    value = element.ball(arb_of(point, PRECISION), PRECISION)
    return bool(value.is_finite() and not value.contains(0))


def one_formula(cells: Cells, field: Field) -> Element | None:
    """The element that all cells and all values between them are, or None."""
    elements = [piece.element for piece in cells.pieces if piece.element is not None]
    if not elements or any(element != elements[0] for element in elements[1:]):
        return None
    if any(j.value is not None and not j.value.equals(elements[0]) for j in cells.junctions):
        return None
    return elements[0]
