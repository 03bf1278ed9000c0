"""What all properties are read from: the cells, the derivatives on them, their sign charts and limits.

A derivative at a junction is a one-sided slope: the limit of f′ from that side where it exists (then
it is the slope, f being continuous from that side), else the limit of the difference quotient.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as record_field
from functools import cached_property

from flint import fmpq

from symnet.analysis.cells import Cells, Junction, Piece, Value, cells_of, equal_to_limit
from symnet.analysis.periods import common_period, period_of_tree, waves
from symnet.analysis.place import InfinitelyMany
from symnet.balls.element import Element
from symnet.balls.expansion import End
from symnet.balls.field import Field
from symnet.balls.interval import Interval, dyadic
from symnet.balls.limits import Limit, limit_of
from symnet.balls.periods import REACH, period_of
from symnet.balls.reals import ExactReal, Real
from symnet.balls.signs import SignChart, sign_chart
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget
from symnet.definitions.tree import Node


@dataclass
class Subject:
    """A function under analysis."""

    tree: Node
    field: Field
    budget: Budget
    text: str = ""
    _charts: dict[tuple[str, int], SignChart | Undecided] = record_field(default_factory=dict)

    periodic: Element | None = None
    """A period, when f has infinitely many pieces: then `cells` covers a window around [-10, 10] only."""
    _cells: Cells | Undecided | None = None

    @property
    def cells(self) -> Cells:
        """All cells; of a periodic function with infinitely many, those of a window of several periods."""
        if self._cells is None:
            try:
                self._cells = self._cut()
            except Undecided as reason:
                self._cells = reason
        if isinstance(self._cells, Undecided):
            raise self._cells
        return self._cells

    def _cut(self) -> Cells:
        try:
            cells = cells_of(self.tree, self.field, self.budget)
            if self.field.box is not None and not all(p.element is None or _still(p.element) for p in cells.pieces):
                raise Undecided("an oscillation depends on a parameter")
            if all(p.element is None or p.element.is_constant or _plain(p.element) for p in cells.pieces):
                return cells
            period = period_of_tree(self.tree, self.field, self.budget)
            if period is None:
                return cells
        except InfinitelyMany:
            period = period_of_tree(self.tree, self.field, self.budget)
            if period is None:
                raise
        if period is not None:
            cells = cells_of(self.tree, self.field, self.budget, self._window(period))
            self.periodic = period
        return cells

    def _window(self, period: Element) -> Interval:
        """Two periods more than [-10, 10] on either side."""
        reach = dyadic(period.ball(None, 64) * 2, 24) + REACH + fmpq(17, 1013)
        return Interval(ExactReal(self.field.rational(-reach)), ExactReal(self.field.rational(reach)))

    @cached_property
    def part(self) -> tuple[Subject, Element]:
        """f on a window around [-10, 10], and the common period of its waves, when its pieces are infinitely many and do not repeat."""
        try:
            _ = self.cells
        except InfinitelyMany:
            period = common_period([wave.arguments[0] for wave in waves(self.tree)], self.field, self.budget)
            if period is None:
                raise
            part = Subject(self.tree, self.field, self.budget, self.text)
            part._cells = cells_of(self.tree, self.field, self.budget, self._window(period))
            return part, period
        raise Undecided("the pieces are finitely many")

    def cut_off(self, i: int, side: int) -> bool:
        """Whether the left (1) or right (-1) end of cell i is the edge of the window, not of the cell."""
        return self.periodic is not None and (i == 0 if side > 0 else i == len(self.pieces) - 1)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.cells.pieces

    @property
    def junctions(self) -> tuple[Junction, ...]:
        return self.cells.junctions

    @cached_property
    def defined(self) -> list[tuple[int, Piece, Element]]:
        """The cells where f is defined: (index, piece, element)."""
        return [(i, p, p.element) for i, p in enumerate(self.pieces) if p.element is not None]

    @cached_property
    def runs(self) -> list[tuple[int, int]]:
        """The maximal intervals of D, as (first cell, last cell)."""
        runs: list[tuple[int, int]] = []
        for i, piece in enumerate(self.pieces):
            if piece.element is None:
                continue
            if runs and runs[-1][1] == i - 1 and self.junctions[i - 1].value is not None:
                runs[-1] = (runs[-1][0], i)
            else:
                runs.append((i, i))
        return runs

    def derivative(self, i: int, order: int) -> Element:
        """The derivative of this order on cell i."""
        element = self.pieces[i].element
        assert element is not None
        for _ in range(order):
            element = element.derivative()
        return element

    def chart(self, element: Element, i: int) -> SignChart:
        """The sign chart of an element on cell i; an undecided search is remembered too."""
        key = (element.key, i)
        known = self._charts.get(key)
        if known is None:
            try:
                known = sign_chart(element, self.pieces[i].interval, self.budget)
            except Undecided as reason:
                known = reason
            self._charts[key] = known
        if isinstance(known, Undecided):
            raise known
        return known

    def infinite(self, i: int) -> bool:
        """Whether a chart of the slope on cell i, decided before, has infinitely many zeros."""
        known = self._charts.get((self.derivative(i, 1).key, i))
        return isinstance(known, SignChart) and known.infinite

    def end(self, i: int, side: int) -> End:
        """The left (side 1) or right (side -1) end of cell i, as seen from inside."""
        interval = self.pieces[i].interval
        point = interval.left if side > 0 else interval.right
        return End(point, side if point is not None else -side)

    def limit(self, i: int, side: int, order: int = 0) -> Limit:
        """The limit of the derivative of this order at the left (1) or right (-1) end of cell i."""
        return limit_of(self.derivative(i, order), self.end(i, side))

    def neighbour(self, j: int, side: int) -> int | None:
        """The cell left (-1) or right (1) of junction j, where f is defined there."""
        i = j if side < 0 else j + 1
        return i if self.pieces[i].element is not None else None

    def side_limit(self, j: int, side: int) -> Limit | None:
        """The limit of f at junction j from a side; None where f is not defined on that side."""
        i = self.neighbour(j, side)
        return None if i is None else self.limit(i, side)

    def continuous_from(self, j: int, side: int) -> bool | None:
        """Whether f(c) is the limit from that side; None where f is not defined on that side or at c."""
        value, limit = self.junctions[j].value, self.side_limit(j, side)
        if value is None or limit is None:
            return None
        return limit.finite and equal_to_limit(value, limit)

    def continuous_at(self, j: int) -> bool:
        """Whether f is continuous at junction j, as a function on D (c in D)."""
        return all(self.continuous_from(j, side) is not False for side in (-1, 1))

    def slope(self, j: int, side: int) -> Limit | None:
        """The one-sided derivative at junction j, where f is continuous from that side."""
        i = self.neighbour(j, side)
        if i is None or not self.continuous_from(j, side):
            return None
        try:
            return self.limit(i, side, 1)
        except Undecided:
            value = self.junctions[j].value
            assert value is not None
            if value.point.exact is None:
                raise
            quotient = (self.derivative(i, 0) - value.element) / (self.field.x - value.point.exact)
            return limit_of(quotient, self.end(i, side))

    def differentiable_at(self, j: int) -> bool:
        """Whether f, continuous at the interior junction j, has one finite derivative there."""
        if not self.interior(j) or not self.continuous_at(j):
            return False
        left, right = self.slope(j, -1), self.slope(j, 1)
        assert left is not None and right is not None
        return left.finite and right.finite and same_limit(left, right, self.junctions[j].value)

    def interior(self, j: int) -> bool:
        """Whether junction j is an interior point of D."""
        return (
            self.junctions[j].value is not None
            and self.neighbour(j, -1) is not None
            and self.neighbour(j, 1) is not None
        )

    def edge(self, i: int, side: int) -> tuple[int, Junction] | None:
        """The junction at the left (1) or right (-1) end of cell i."""
        j = i - 1 if side > 0 else i
        return (j, self.junctions[j]) if 0 <= j < len(self.junctions) else None

    def closure(self, i: int, k: int | None = None) -> list[Real | str]:
        """The ends of the cells i to k as an interval of the contract."""
        k = i if k is None else k
        left, right = self.pieces[i].interval.left, self.pieces[k].interval.right
        if self.cut_off(i, 1) and self.cut_off(k, -1):
            return ["-oo", "oo"]
        return ["-oo" if left is None else left, "oo" if right is None else right]


def _still(element: Element) -> bool:
    """Whether the element has no sine or cosine."""
    generators = element.field.generators
    return not any(generators[i].kind in ("sin", "cos") for i in element.field.closure(element.generators))


def _plain(element: Element) -> bool:
    """Whether the element has no sine or cosine, or is a function of one angle alone."""
    return _still(element) or period_of(element.field, element.generators) is not None


def same_limit(a: Limit, b: Limit, at: Value | None) -> bool:
    """Whether two finite limits at one point are equal (or two infinite ones have one sign)."""
    if not (a.finite and b.finite):
        return not a.finite and not b.finite and a.sign == b.sign
    if a.element is not None and b.element is not None and at is not None:
        return Value(at.point, a.element).equals(b.element)
    from symnet.balls.order import compare

    assert a.value is not None and b.value is not None
    return compare(a.value, b.value) == 0


def whole(interval: Interval) -> bool:
    """Whether the interval is the real line."""
    return interval.left is None and interval.right is None
