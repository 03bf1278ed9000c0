"""A typed expression as cells: open intervals with one smooth formula, and the points between them.

The real line is one cell until a subexpression changes its sign inside, has a zero where its function
is singular, or leaves its domain; the cell is then split at those zeros. What the expression says *at*
a point between cells is evaluated there as typed. Neighbours with the same formula, regular at the
point and with that very value there, are joined again.
"""

from __future__ import annotations

from dataclasses import dataclass

from symnet.analysis.constants import straightened
from symnet.analysis.conversion import convert
from symnet.analysis.place import Cell, Split, Spot
from symnet.balls.element import Element
from symnet.balls.expansion import End
from symnet.balls.field import Field
from symnet.balls.interval import Interval
from symnet.balls.limits import Limit, limit_of, regular
from symnet.balls.order import compare, vanishes_at
from symnet.balls.reals import Computed, ExactReal, Real
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget
from symnet.definitions.tree import Node

MOST_CELLS = 80


@dataclass(frozen=True)
class Value:
    """f at a point between cells."""

    point: Real
    element: Element
    """A constant, or (at a root of a factor) an element to be evaluated there."""

    @property
    def real(self) -> Real:
        if self.point.exact is not None or self.element.is_constant:
            return ExactReal(self.element)
        if vanishes_at(self.element.field, self.element.num, self.point):
            return ExactReal(self.element.field.zero)
        return Computed(lambda precision: self.element.ball(self.point.ball(precision), precision + 32))

    def equals(self, other: Element) -> bool:
        """Whether the value is that of `other` at the point (a constant, or an element in x)."""
        difference = self.element - other
        if difference.same_as_zero:
            return True
        if difference.is_constant:
            return compare(ExactReal(difference), ExactReal(difference.field.zero)) == 0
        answer = vanishes_at(difference.field, difference.num, self.point)
        if answer is None:
            raise Undecided("two values at a point were neither separated nor proved equal")
        return answer


@dataclass(frozen=True)
class Junction:
    """A point between two cells, with the value there (None where undefined)."""

    point: Real
    value: Value | None


@dataclass(frozen=True)
class Piece:
    """An open cell and its formula (None where undefined)."""

    interval: Interval
    element: Element | None


@dataclass(frozen=True)
class Cells:
    """pieces[0], junctions[0], pieces[1], … from left to right."""

    pieces: tuple[Piece, ...]
    junctions: tuple[Junction, ...]


def cells_of(tree: Node, field: Field, budget: Budget, window: Interval | None = None) -> Cells:
    """The cells of the expression in the window."""
    pending, done = [window or Interval(None, None)], []
    while pending:
        interval = pending.pop(0)
        budget.spend()
        if len(done) + len(pending) > MOST_CELLS:
            raise Undecided("the expression has too many pieces")
        try:
            element = convert(tree, Cell(field, interval, budget))
            done.append(Piece(interval, None if element is None else straightened(element, interval)))
        except Split as split:
            ends = [interval.left, *split.points, interval.right]
            pending[:0] = [Interval(a, b) for a, b in zip(ends, ends[1:], strict=False)]
    pieces, junctions = [done[0]], []
    for piece in done[1:]:
        point = piece.interval.left
        assert point is not None
        previous = pieces[-1]
        element = convert(tree, Spot(field, point, budget))
        value = None if element is None else Value(point, element)
        if _joined(previous, piece, value):
            pieces[-1] = Piece(Interval(previous.interval.left, piece.interval.right), previous.element)
            continue
        junctions.append(Junction(point, value))
        pieces.append(piece)
    return Cells(tuple(pieces), tuple(junctions))


def _joined(left: Piece, right: Piece, value: Value | None) -> bool:
    if left.element is None or right.element is None:
        return left.element is None and right.element is None and value is None
    if value is None or left.element != right.element or not regular(left.element, value.point):
        return False
    try:
        limit = limit_of(left.element, End(value.point, -1))
    except Undecided:
        return False
    return limit.finite and equal_to_limit(value, limit)


def equal_to_limit(value: Value, limit: Limit) -> bool:
    """Whether the value is the (finite) limit."""
    if limit.element is not None:
        return value.equals(limit.element)
    assert limit.value is not None
    return compare(value.real, limit.value) == 0
