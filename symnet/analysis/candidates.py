"""What may be the extreme of f or of a derivative: critical values, values at breakpoints, limits, bounds of tails."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, fmpq

from symnet.analysis.oscillation import wave
from symnet.analysis.subject import Subject
from symnet.balls.closed_forms import value_text
from symnet.balls.element import Element
from symnet.balls.elementary import as_one_root, square_root
from symnet.balls.envelopes import limit_superior, touches_zero
from symnet.balls.expansion import Expansion
from symnet.balls.interval import dyadic
from symnet.balls.monomials import ONE
from symnet.balls.monomials import compare as compare_growth
from symnet.balls.order import vanishes_at
from symnet.balls.periods import ShiftedRoot, period_of, window
from symnet.balls.reals import Computed, ExactReal, Real, Root
from symnet.balls.roots import simplest_between
from symnet.balls.tails import tail
from symnet.balls.undecided import Undecided


@dataclass(frozen=True)
class Candidate:
    """A value that f takes (at a point, or on a whole cell) or approaches."""

    value: Real
    attained: bool
    at: Real | None = None
    interval: tuple[int, int] | None = None
    cell: int | None = None
    """The cell of a critical value."""
    mirrored: bool = False
    """Whether the candidate at the opposite point has the same value, by the parity of f."""


def candidates(subject: Subject, order: int, direction: int, tails: list[arb]) -> list[Candidate] | None:
    """Everything that may be the extreme; None when f is unbounded in the direction.

    What infinitely many critical points beyond the list could reach is bounded by `tails`. A question that
    stays open in one place is forgotten when f is unbounded in another.
    """
    found: list[Candidate] = []
    unsure: Undecided | None = None
    for part in (*(i for i, _, _ in subject.defined), None):
        try:
            if part is None:
                new = _at_junctions(subject, order, direction)
            else:
                new = _on_cell(subject, part, order, direction, tails)
        except Undecided as reason:
            unsure = unsure or reason
            continue
        if new is None:
            return None
        found.extend(new)
    if unsure is not None:
        raise unsure
    return found


def _on_cell(subject: Subject, i: int, order: int, direction: int, tails: list[arb]) -> list[Candidate] | None:
    """Limits at the ends of cell i, and critical values inside; None when unbounded in the direction."""
    element = subject.derivative(i, order)
    if element.is_constant:
        return [Candidate(ExactReal(element), True, None, (i, i))]
    found: list[Candidate] = []
    unsure: Undecided | None = None
    for side in (1, -1):
        try:
            new = _at_end(subject, i, side, order, direction, tails)
        except Undecided as reason:
            unsure = unsure or reason
            continue
        if new is None:
            return None
        found.extend(new)
    if unsure is not None:
        raise unsure
    chart = subject.chart(element.derivative(), i)
    turning = [z.point for z in chart.zeros if z.multiplicity % 2]
    found.extend(Candidate(value_at(element, point), True, point, cell=i) for point in turning)
    if chart.infinite and period_of(subject.field, element.generators) is None:
        tails.extend(_dying(subject, i, element, direction))
    return found


def _at_end(
    subject: Subject, i: int, side: int, order: int, direction: int, tails: list[arb]
) -> list[Candidate] | None:
    """The limit at one end of cell i, or the limit superior of an oscillation; None when infinite in the direction."""
    if subject.cut_off(i, side):
        return []
    try:
        limit = subject.limit(i, side, order)
    except Undecided:
        return oscillating_bound(subject, i, side, subject.derivative(i, order), direction, tails)
    if not limit.finite:
        return None if limit.sign == direction else []
    if _told_at_the_junction(subject, i, side, order):
        return []
    assert limit.value is not None
    return [Candidate(limit.value, False)]


def _told_at_the_junction(subject: Subject, i: int, side: int, order: int) -> bool:
    """Whether the limit at an end of cell i is the value (or the slope) at the junction there."""
    edge = subject.edge(i, side)
    if edge is None or edge[1].value is None or order > 1:
        return False
    try:
        return subject.continuous_from(edge[0], side) is True
    except Undecided:
        return False


def _at_junctions(subject: Subject, order: int, direction: int) -> list[Candidate] | None:
    """Values at the points between cells, or the one-sided slopes there; None when one is infinite in the direction."""
    found: list[Candidate] = []
    for j, junction in enumerate(subject.junctions):
        if junction.value is None:
            continue
        if order == 0:
            found.append(Candidate(junction.value.real, True, junction.point))
            continue
        for side in (-1, 1):
            slope = subject.slope(j, side)
            if slope is None:
                continue
            if not slope.finite:
                if slope.sign == direction:
                    return None
                continue
            assert slope.value is not None
            found.append(Candidate(slope.value, True, junction.point))
    return found


def oscillating_bound(
    subject: Subject, i: int, side: int, element: Element, direction: int, tails: list[arb]
) -> list[Candidate] | None:
    """What an oscillating tail approaches, with a bound of it where it may pass that; None when it is unbounded."""
    if period_of(subject.field, element.generators) is not None:
        return []
    reach = window(subject.field, subject.pieces[i].interval)
    approached = limit_superior(element, subject.end(i, side), direction, reach)
    if approached is not None:
        return [Candidate(ExactReal(approached.value), approached.attained)]
    if touches_zero(element, subject.end(i, side), direction, reach):
        return [Candidate(ExactReal(subject.field.zero), True)]
    found = wave(subject, i, side, element, reach)
    if found is None:
        raise Undecided("no limit was proved")
    growth = compare_growth(found.growth, ONE)
    if growth > 0 and direction in found.signs():
        return None
    if growth != 0:
        raise Undecided("an oscillating tail was not bounded")
    low, high = found.extremes(subject.budget)
    tails.append(high.ball(128) + found.rest if direction > 0 else low.ball(128) - found.rest)
    return []


def _dying(subject: Subject, i: int, element: Element, direction: int) -> list[arb]:
    """Bounds of the tails beyond the listed critical points, where a finite limit exists."""
    bounds = []
    for side in (1, -1):
        end = subject.end(i, side)
        if end.point is not None:
            continue
        try:
            limit = subject.limit(i, side)
        except Undecided:
            continue
        if element is not subject.pieces[i].element:
            try:
                from symnet.balls.limits import limit_of

                limit = limit_of(element, end)
            except Undecided:
                continue
        if limit.value is None:
            if limit.sign == direction:
                continue
            t = tail(subject.field, element, end)
            if t.start > window(subject.field, subject.pieces[i].interval):
                raise Undecided("a tail starts beyond the listed points")
            bounds.append(arb(0))
            continue
        expansion = Expansion(subject.field, end, window(subject.field, subject.pieces[i].interval), 6)
        germ = expansion.element(element - limit.element) if limit.element is not None else None
        if germ is None:
            raise Undecided("a limit has no exact form")
        bounds.append(limit.value.ball(128) + expansion.algebra.size(germ) * direction)
    return bounds


def value_at(element: Element, point: Real) -> Real:
    """The value of an element at a point inside its cell; of a periodic one, at the point's base."""
    if element.is_constant:
        return ExactReal(element)
    values = element.field.values
    if point.base is not None and _periodic(element):
        point = point.base
    key = (element.key, id(point))
    if key not in values:
        values[key] = (_value_at(element, point), point)
    return values[key][0]


def _periodic(element: Element) -> bool:
    key = (element.key, 0)
    if key not in element.field.values:
        element.field.values[key] = period_of(element.field, element.generators) is not None
    return element.field.values[key]


def _value_at(element: Element, point: Real) -> Real:
    if point.exact is not None:
        from symnet.balls.substitution import Substitution

        try:
            return ExactReal(as_one_root(Substitution(element.field, point.exact).element(element)))
        except (Undecided, ZeroDivisionError):
            pass
    value = Computed(lambda precision: element.ball(point.ball(precision), precision + 32))
    if isinstance(point, Root):
        value.text = value_text(element, point)
    exact = _by_relation(element, point, value) if isinstance(point, Root) else None
    return value if exact is None else ExactReal(exact)


def _by_relation(element: Element, point: Root, value: Real) -> Element | None:
    """The value as a simple rational or its square root, when the root's own equation proves it."""
    field, root = element.field, point.root if isinstance(point, ShiftedRoot) else point
    ball = value.ball(160)
    for power in (1, 2):
        target = ball if power == 1 else ball * ball
        low, high = dyadic(arb(target.lower()), 120), dyadic(arb(target.upper()), 120)
        guess = simplest_between(low - fmpq(1, 2**110), high + fmpq(1, 2**110))
        if guess.q > 10_000 or abs(guess.p) > 10_000:
            continue
        difference = (element if power == 1 else element * element) - field.rational(guess)
        if vanishes_at(field, difference.num, root):
            if power == 1:
                return field.rational(guess)
            return square_root(field, guess).scaled(1 if ball > 0 else -1)
    return None
