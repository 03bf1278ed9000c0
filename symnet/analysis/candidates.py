"""What may be the extreme of f or of a derivative: critical values, values at breakpoints, limits, bounds of tails."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, fmpq

from symnet.analysis.oscillation import wave
from symnet.analysis.subject import Subject
from symnet.balls.closed_forms import value_text
from symnet.balls.element import Element
from symnet.balls.elementary import square_root
from symnet.balls.expansion import Expansion
from symnet.balls.monomials import ONE
from symnet.balls.monomials import compare as compare_growth
from symnet.balls.oscillation import ShiftedRoot, period_of
from symnet.balls.reals import Computed, ExactReal, Real, Root, dyadic, vanishes_at
from symnet.balls.roots import simplest_between
from symnet.balls.signs import window
from symnet.balls.tails import tail
from symnet.balls.undecided import Undecided


@dataclass(frozen=True)
class Candidate:
    """A value that f takes (at a point, or on a whole cell) or approaches."""

    value: Real
    attained: bool
    at: Real | None = None
    interval: tuple[int, int] | None = None
    mirrored: bool = False
    """Whether the candidate at the opposite point has the same value, by the parity of f."""


def candidates(subject: Subject, order: int, direction: int, tails: list[arb]) -> list[Candidate] | None:
    """Everything that may be the extreme; None when f is unbounded in the direction.

    What infinitely many critical points beyond the list could reach is bounded by `tails`.
    """
    found: list[Candidate] = []
    for i, _, _ in subject.defined:
        element = subject.derivative(i, order)
        if element.is_constant:
            found.append(Candidate(ExactReal(element), True, None, (i, i)))
            continue
        for side in (1, -1):
            if subject.cut_off(i, side):
                continue
            try:
                limit = subject.limit(i, side, order)
            except Undecided:
                bound = oscillating_bound(subject, i, side, element, direction)
                if bound is None:
                    return None
                tails.extend(bound)
                continue
            if not limit.finite:
                if limit.sign == direction:
                    return None
                continue
            assert limit.value is not None
            found.append(Candidate(limit.value, False))
        chart = subject.chart(element.derivative(), i)
        found.extend(Candidate(value_at(element, z.point), True, z.point) for z in chart.zeros if z.multiplicity % 2)
        if chart.infinite and period_of(subject.field, element.generators) is None:
            tails.extend(_dying(subject, i, element, direction))
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


def oscillating_bound(subject: Subject, i: int, side: int, element: Element, direction: int) -> list[arb] | None:
    """Bounds of an oscillating tail; None when it is unbounded in the direction."""
    if period_of(subject.field, element.generators) is not None:
        return []
    found = wave(subject, i, side, element, window(subject.field, subject.pieces[i].interval))
    if found is None:
        raise Undecided("no limit was proved")
    growth = compare_growth(found.growth, ONE)
    if growth > 0 and direction in found.signs():
        return None
    if growth != 0:
        raise Undecided("an oscillating tail was not bounded")
    low, high = found.extremes(subject.budget)
    return [high.ball(128) + found.rest if direction > 0 else low.ball(128) - found.rest]


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
            return ExactReal(Substitution(element.field, point.exact).element(element))
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
