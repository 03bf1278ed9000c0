"""The largest distance between f and its nearest siblings, with certified digits."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symnet.analysis.extras.identity import afresh
from symnet.analysis.extras.peak import peaks
from symnet.analysis.extras.sampling import Curve, catalogue, normal_tree
from symnet.analysis.fact import Fact
from symnet.analysis.range import extreme
from symnet.analysis.subject import Subject
from symnet.analysis.symmetry import parity_label
from symnet.analysis.values import proved
from symnet.balls.order import compare
from symnet.balls.reals import Computed, ExactReal, Real
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget
from symnet.definitions.tree import Apply, Cases, Compare, Node, Number, Variable, walk

NEAREST = 3
UNITS = 150_000
"""Differences of two functions are harder than the functions."""
NEAR = 0.5
"""Functions farther apart than this are no neighbours."""
GRID = tuple(k / 8 + 0.013 for k in range(-96, 97))
FAR = (40.0, 300.0)


def sibling_distances(subject: Subject) -> Fact:
    """[{"sibling", "value", "attained", "at"}]: sup |f - g| for the nearest functions of the catalogue."""
    found: list[dict[str, Any]] = []
    for name, tree in _nearest(subject.tree):
        budget = Budget(UNITS, subject.budget.deadline)
        try:
            found.append({"sibling": name, **largest_distance(subject.tree, tree, budget)})
        except (Undecided, ZeroDivisionError):
            subject.budget.cut_short = subject.budget.cut_short or budget.cut_short
    found.sort(key=lambda record: float(record["value"]))
    reason = "The largest difference was enclosed; which siblings are near was seen from samples."
    return proved("sibling_distances", found, reason)


def _nearest(f: Node) -> list[tuple[str, Node]]:
    """The catalogue's functions that stay near f without being f, dropped at the first point far from it."""
    own = Curve(f)
    grid, far = [(x, own(x)) for x in GRID], [(x, own(x)) for size in FAR for x in (size, -size)]
    ranked = []
    for name, g in catalogue().items():
        if any(abs(y - g(x)) >= NEAR for x, y in far):
            continue
        largest = 0.0
        for x, y in grid:
            gap = abs(y - g(x))
            if not gap < NEAR:
                break
            largest = max(largest, gap)
        else:
            if largest > 1e-9:
                ranked.append((largest, name))
    return [(name, normal_tree(name)) for _, name in sorted(ranked)[:NEAREST]]


def largest_distance(f: Node, g: Node, budget: Budget) -> dict[str, Any]:
    """sup |f - g|: the larger one of sup (f - g) and sup (g - f); of an even or odd difference on x >= 0."""
    difference = Apply("sub", (f, g))
    mirrored = afresh(budget, lambda field: _mirrored(Subject(difference, field, budget)))
    variable = next(node for node in walk(difference) if isinstance(node, Variable))
    half = Cases(((difference, Compare(">=", variable, Number(Fraction(0)))),))
    return afresh(budget, lambda field: _largest(Subject(half if mirrored else difference, field, budget), mirrored))


def _mirrored(difference: Subject) -> bool:
    try:
        return parity_label(difference) in ("even", "odd")
    except Undecided:
        return False


def _largest(difference: Subject, mirrored: bool) -> dict[str, Any]:
    """The record of sup |difference|: by its peaks, else by its supremum and infimum."""
    try:
        found = peaks(difference)
        points, value, attained = [peak.at for peak in found], found[0].value, True
    except (Undecided, ZeroDivisionError):
        points, value, attained = _of_extremes(difference)
    if mirrored:
        points += [_negative(point) for point in points if point.exact is None or not point.exact.is_zero]
    return {"value": value, "attained": attained, "at": sorted(points, key=float)}


def _of_extremes(difference: Subject) -> tuple[list[Real], Real, bool]:
    low, high = extreme(difference, 0, -1), extreme(difference, 0, 1)
    if not (isinstance(low["value"], Real) and isinstance(high["value"], Real)):
        raise Undecided("the distance is not bounded")
    opposite = _negative(low["value"])
    order = compare(opposite, high["value"])
    chosen = [(high, high["value"])] * (order <= 0) + [(low, opposite)] * (order >= 0)
    points = [point for record, _ in chosen for point in record["at"]]
    return points, chosen[0][1], any(record["attained"] for record, _ in chosen)


def _negative(number: Real) -> Real:
    """-number."""
    if number.exact is not None:
        return ExactReal(-number.exact)
    return Computed(lambda precision: -number.ball(precision))
