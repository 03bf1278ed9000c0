"""Functions that are defined at finitely many points only, such as sqrt(-(x - 1)^2)."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from flint import fmpq

from symnet.analysis.subject import Subject
from symnet.balls.element import Element
from symnet.balls.order import compare
from symnet.balls.reals import ExactReal, Real
from symnet.balls.undecided import Undecided


def points_of(subject: Subject) -> list[tuple[Element, Element]]:
    """The points of D and the values there, all exact."""
    found = []
    for junction in subject.junctions:
        if junction.value is None:
            continue
        if junction.point.exact is None or not junction.value.element.is_constant:
            raise Undecided("a point of the domain has no exact form")
        found.append((junction.point.exact, junction.value.element))
    if not found:
        raise Undecided("the domain is empty")
    return found


def centre_of_points(subject: Subject) -> list[Real] | None:
    """[a, b] of a set of points: a is their middle, and mirrored values have one sum."""
    points = points_of(subject)
    pairs = list(zip(points, reversed(points), strict=True))
    middles, sums = ([(p[k] + q[k]).scaled(fmpq(1, 2)) for p, q in pairs] for k in (0, 1))
    if any(not _equal(m, middles[0]) for m in middles) or any(not _equal(s, sums[0]) for s in sums):
        return None
    return [ExactReal(middles[0]), ExactReal(sums[0])]


def parity_of_points(subject: Subject) -> str:
    """The parity of a function on finitely many points."""
    points = points_of(subject)
    pairs = list(zip(points, reversed(points), strict=True))
    zero = subject.field.zero
    if any(not _equal(p[0] + q[0], zero) for p, q in pairs):
        return "neither"
    if all(_equal(p[1], q[1]) for p, q in pairs):
        return "even"
    return "odd" if all(_equal(p[1] + q[1], zero) for p, q in pairs) else "neither"


def steepest_chord(subject: Subject) -> dict[str, Any]:
    """The record of the Lipschitz constant: the steepest chord, which no slope in D reaches; 0 for a single point."""
    best: Real = ExactReal(subject.field.zero)
    for (x, f), (y, g) in combinations(points_of(subject), 2):
        slope = (g - f) / (y - x)
        for chord in (ExactReal(slope), ExactReal(-slope)):
            best = chord if compare(chord, best) > 0 else best
    return {"value": best, "attained": False, "at": [], "intervals": []}


def _equal(a: Element, b: Element) -> bool:
    return compare(ExactReal(a), ExactReal(b)) == 0
