"""The inverse, where f is injective."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpq

from symnet.analysis.conversion import convert
from symnet.analysis.fact import Fact
from symnet.analysis.monotonicity import sampled_signs
from symnet.analysis.neat import neat
from symnet.analysis.place import Cell, Split, Spot
from symnet.analysis.refinement import refined
from symnet.analysis.solving import solutions
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.interval import Interval, arb_of
from symnet.balls.order import compare
from symnet.balls.reals import ExactReal, Real
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided
from symnet.definitions.spelling import to_text
from symnet.definitions.tree import Node

LONGEST = 400
"""Longer solutions are not tried."""


@dataclass(frozen=True)
class Branch:
    """One cell's range (open) and the inverse on it."""

    index: int
    low: Real | None
    high: Real | None
    rising: bool


def inverse(subject: Subject) -> Fact:
    """{"expression" in y, "domain"}, or null when f is not injective."""
    return refined(subject, _inverse)


def _inverse(subject: Subject) -> Fact:
    if subject.cells and subject.periodic is not None:
        return proved("inverse", None, "f is periodic and takes its values again and again.")
    branches = _branches(subject)
    if branches is None or not _disjoint(subject, branches):
        return proved("inverse", None, "f takes a value twice, so that it has no inverse.")
    texts = [solve_on(subject, branch)[0] for branch in branches]
    for j, junction in enumerate(subject.junctions):
        if junction.value is not None and not subject.continuous_at(j):
            raise Undecided("the inverse at a jump was not put together")
    ordered = sorted(
        zip(branches, texts, strict=True), key=lambda pair: -1e300 if pair[0].low is None else float(pair[0].low)
    )
    expression = _piecewise(ordered)
    _check_junctions(subject, expression)
    claim = {"expression": expression, "domain": _range(subject, [b for b, _ in ordered])}
    return proved("inverse", claim, "f is injective, and y = f(x) was solved for x on every cell.")


def _check_junctions(subject: Subject, expression: str) -> None:
    """The inverse as typed must have its value at f(c) too, for every breakpoint and closed end c of D."""
    tree = tree_of(subject, expression)
    for junction in subject.junctions:
        if junction.value is None:
            continue
        value = junction.value.real
        if value.exact is None:
            continue
        back = convert(tree, Spot(subject.field, value, subject.budget))
        if back is None or compare(ExactReal(back), junction.point) != 0:
            raise Undecided("the inverse's formula has no value at an end of its domain")


def _branches(subject: Subject) -> list[Branch] | None:
    """The cells as strictly monotone branches; None when f is not injective on one of them."""
    branches = []
    for i, _, _ in subject.defined:
        slope = subject.derivative(i, 1)
        if slope.is_zero:
            return None
        try:
            signs = subject.chart(slope, i).sign_set
        except Undecided:
            if len(sampled_signs(subject, i)) > 1:
                return None
            raise
        if len(signs) > 1:
            return None
        rising = 1 in signs
        start, stop = subject.limit(i, 1), subject.limit(i, -1)
        low, high = (start, stop) if rising else (stop, start)
        branches.append(Branch(i, low.value, high.value, rising))
    if not branches:
        raise Undecided("the domain has no interval")
    return branches


def _disjoint(subject: Subject, branches: list[Branch]) -> bool:
    """Whether no value is taken twice."""
    for k, a in enumerate(branches):
        for b in branches[k + 1 :]:
            if _below(a.low, b.high) and _below(b.low, a.high):
                return False
    values = [j.value.real for j in subject.junctions if j.value is not None]
    for k, value in enumerate(values):
        if any(_below(b.low, value) and _below(value, b.high) for b in branches):
            return False
        if any(compare(value, other) == 0 for other in values[k + 1 :]):
            return False
    return True


def _below(low: Real | None, high: Real | None) -> bool:
    """low < high, None standing for -oo on the left and oo on the right."""
    return low is None or high is None or compare(low, high) < 0


def solve_on(subject: Subject, branch: Branch) -> tuple[str, Element | None]:
    """The inverse on one branch as a text in y, and (if it is one formula) as an element with x for y."""
    element, piece = subject.derivative(branch.index, 0), subject.pieces[branch.index]
    for solution in solutions(element, "y", piece.interval):
        if len(solution) > LONGEST:
            continue
        try:
            tree = neat(tree_of(subject, solution))
            parts = _parts(subject, tree, Interval(branch.low, branch.high))
        except (Undecided, ZeroDivisionError):
            continue
        confirmed = _inverts if subject.field.box is None else _cancels
        if parts and confirmed(subject, parts, element, piece.interval):
            return to_text(tree), parts[0][1] if len(parts) == 1 else None
    raise Undecided("no closed form of the inverse was found")


def tree_of(subject: Subject, text: str, letters: tuple[str, ...] = ()) -> Node:
    """The tree of a text in one variable, which may hold the parameters and further letters too."""
    from symnet.definitions.expression import read
    from symnet.definitions.reading import names

    box = subject.field.box
    known = {*letters, *(box.ranges if box is not None else ())}
    return read(text, {name: "real" for name in names(text) if name in known}).tree


def _cancels(subject: Subject, parts: list[tuple[Interval, Element]], element: Element, interval: Interval) -> bool:
    """Whether the inverse, one formula, takes f(x) back to x identically, for every value of the parameters."""
    if len(parts) != 1:
        return False
    try:
        image = Substitution(subject.field, element, interval).element(parts[0][1])
    except (Undecided, ZeroDivisionError):
        return False
    return (image - subject.field.x).is_zero


def _parts(subject: Subject, tree: Node, reach: Interval) -> list[tuple[Interval, Element]]:
    """The proposed inverse as elements on the range, cut where its own formula changes; [] if undefined."""
    pending, parts = [reach], []
    while pending:
        interval = pending.pop(0)
        try:
            solved = convert(tree, Cell(subject.field, interval, subject.budget))
        except Split as split:
            ends = [interval.left, *split.points, interval.right]
            pending[:0] = [Interval(a, b) for a, b in zip(ends, ends[1:], strict=False)]
            if len(pending) > 8:
                return []
            continue
        if solved is None:
            return []
        parts.append((interval, solved))
    return parts


def _inverts(subject: Subject, parts: list[tuple[Interval, Element]], element: Element, interval: Interval) -> bool:
    """Whether the inverse takes f(x) back to x at sample points, to many digits, on every part of the range."""
    met: set[int] = set()
    for point in _samples(subject, interval):
        x = arb_of(point, 400)
        y = element.ball(x, 400)
        for k, (reach, solved) in enumerate(parts):
            left, right = reach.left, reach.right
            if (left is None or left.ball(128) < y) and (right is None or y < right.ball(128)):
                back = solved.ball(y, 400) - x
                if not back.is_finite() or not back.contains(0) or not back.rad() < 1e-12:
                    return False
                met.add(k)
    return len(met) == len(parts)


def _samples(subject: Subject, interval: Interval) -> list[fmpq]:
    middle = interval.sample()
    points = [middle]
    for step in (fmpq(1, 5), fmpq(3, 4), fmpq(-1, 3), fmpq(-5, 4), fmpq(1, 90), fmpq(-3), fmpq(5)):
        point = middle + step
        if interval.contains(ExactReal(subject.field.rational(point))):
            points.append(point)
    return points


def _piecewise(ordered: list[tuple[Branch, str]]) -> str:
    """The branches as one expression."""
    if len({text for _, text in ordered}) == 1:
        return ordered[0][1]
    from symnet.analysis.values import exact_text

    cases = []
    for branch, text in ordered[:-1]:
        assert branch.high is not None
        try:
            cases.append(f"({text}, y < {exact_text(branch.high)})")
        except LookupError:
            raise Undecided("a breakpoint of the inverse has no exact form") from None
    cases.append(f"({ordered[-1][1]}, True)")
    return f"Piecewise({', '.join(cases)})"


def _range(subject: Subject, branches: list[Branch]) -> dict[str, Any]:
    """The range of f: the domain of the inverse."""
    intervals: list[list[Any]] = []
    excluded: list[Real] = []
    values = [j.value.real for j in subject.junctions if j.value is not None]
    for branch in branches:
        left: Any = "-oo" if branch.low is None else branch.low
        right: Any = "oo" if branch.high is None else branch.high
        if (
            intervals
            and isinstance(left, Real)
            and isinstance(intervals[-1][1], Real)
            and compare(intervals[-1][1], left) == 0
        ):
            if any(compare(value, left) == 0 for value in values):
                intervals[-1][1] = right
                continue
            excluded.append(left)
        intervals.append([left, right])
    return {"intervals": intervals, "excluded": excluded}
