"""Infimum and supremum, where they are attained, and where they are only approached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flint import arb, fmpq

from symnet.analysis.fact import Fact
from symnet.analysis.listing import within_reach
from symnet.analysis.oscillation import wave
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.closed_forms import value_text
from symnet.balls.element import Element
from symnet.balls.elementary import square_root
from symnet.balls.expansion import Expansion
from symnet.balls.monomials import ONE
from symnet.balls.monomials import compare as compare_growth
from symnet.balls.oscillation import ShiftedRoot, period_of
from symnet.balls.reals import Computed, ExactReal, Real, Root, coincide, compare, dyadic, vanishes_at
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


def infimum(subject: Subject) -> Fact:
    """The greatest lower bound of f on D."""
    return _bound(subject, "infimum", -1)


def supremum(subject: Subject) -> Fact:
    """The least upper bound of f on D."""
    return _bound(subject, "supremum", 1)


def _bound(subject: Subject, name: str, direction: int) -> Fact:
    claim = extreme(subject, 0, direction)
    if isinstance(claim["value"], str):
        reason = "f takes values beyond every bound." if claim["value"] in ("oo", "-oo") else ""
    elif claim["attained"]:
        reason = "The critical values, the values at breakpoints and the limits at the ends were compared; this one is the extreme and is taken."
    else:
        reason = "The critical values, the values at breakpoints and the limits at the ends were compared; this limit is the extreme and is never taken."
    return proved(name, claim, reason)


def unbounded(direction: int) -> dict[str, Any]:
    """The claim of an infinite bound."""
    return {"value": "oo" if direction > 0 else "-oo", "attained": False, "at": [], "intervals": []}


def extreme(subject: Subject, order: int, direction: int) -> dict[str, Any]:
    """The supremum (1) or infimum (-1) of the derivative of this order over D, as the contract's record.

    For order 1 the values at junctions are the one-sided slopes.
    """
    tails: list[arb] = []
    found = candidates(subject, order, direction, tails)
    if found is None:
        return unbounded(direction)
    if order == 0 and _even(subject):
        found = [replace(c, mirrored=True) for c in found]
    return choose(subject, found, direction, tails, own=order == 0)


def _even(subject: Subject) -> bool:
    from symnet.analysis.symmetry import parity_label

    try:
        return parity_label(subject) == "even"
    except Undecided:
        return False


def choose(
    subject: Subject, found: list[Candidate], direction: int, tails: Sequence[arb] = (), own: bool = False
) -> dict[str, Any]:
    """The record of the greatest (1) or least (-1) candidate, which must beat the bounds of the tails."""
    if not found:
        raise Undecided("the domain is empty")
    best: list[Candidate] = []
    for candidate in found:
        order = 1 if not best else ordered(subject, candidate, best[0]) * direction
        if order > 0:
            best = [candidate]
        elif order == 0:
            best.append(candidate)
    for bound in tails:
        if not best[0].value.ball(128) * direction > bound * direction and not (
            own and _never_beyond(subject, best[0].value, direction)
        ):
            raise Undecided("an oscillating tail was not bounded by the extreme found")
    spans = sorted({c.interval for c in best if c.interval is not None})
    intervals = merge(subject, spans)
    points: list[Real] = []
    for candidate in best:
        if (
            candidate.at is not None
            and not inside(candidate.at, intervals)
            and not any(coincide(candidate.at, p) for p in points)
        ):
            points.append(candidate.at)
    attained = any(c.attained for c in best)
    if subject.periodic is not None:
        intervals = [pair for pair in intervals if pair == ["-oo", "oo"] or any(_near(end) for end in pair)]
    if len(points) > 1 and (subject.periodic is not None or any(subject.infinite(i) for i, _, _ in subject.defined)):
        points = [p for p in points if within_reach(p)]
    points.sort(key=float)
    exact = next((c.value for c in best if c.value.exact is not None), best[0].value)
    return {"value": exact, "attained": attained, "at": points, "intervals": intervals}


def _never_beyond(subject: Subject, value: Real, direction: int) -> bool:
    """Whether f itself stays on one side of an exact value on every cell."""
    if value.exact is None:
        return False
    for i, _, element in subject.defined:
        difference = element - value.exact
        if not difference.is_zero and direction in subject.chart(difference, i).sign_set:
            return False
    return True


def _near(end: Real | str) -> bool:
    return isinstance(end, Real) and within_reach(end)


def ordered(subject: Subject, a: Candidate, b: Candidate) -> int:
    """The order of two values; those at mirrored points of a symmetric function are equal."""
    if a.value is b.value:
        return 0
    if a.mirrored and a.at is not None and b.at is not None and not disjoint(a.value, b.value) and opposite(a.at, b.at):
        return 0
    return compare(a.value, b.value)


def disjoint(a: Real, b: Real) -> bool:
    """Whether two numbers differ within 128 bits."""
    return not a.ball(128).overlaps(b.ball(128))


def opposite(a: Real, b: Real) -> bool:
    """Whether b = -a."""
    from symnet.analysis.reflection import reflected_point

    field = a.exact.field if a.exact is not None else getattr(a, "field", None)
    if field is None:
        return False
    try:
        return compare(reflected_point(a, field.zero), b) == 0
    except Undecided:
        return False


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


def merge(subject: Subject, spans: list[tuple[int, int]]) -> list[list[Any]]:
    """Cells as closed intervals, neighbours joined where f is defined between them."""
    joined: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        if (
            joined
            and joined[-1][1] == a - 1
            and subject.junctions[a - 1].value is not None
            and subject.continuous_at(a - 1)
        ):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return [subject.closure(a, b) for a, b in joined]


def inside(point: Real, intervals: list[list[Any]]) -> bool:
    """Whether the point lies in one of the closed intervals."""
    for left, right in intervals:
        after = isinstance(left, str) or compare(left, point) <= 0
        before = isinstance(right, str) or compare(point, right) <= 0
        if after and before:
            return True
    return False
