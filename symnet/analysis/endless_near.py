"""Functions with infinitely many pieces that do not repeat: what their build says, or one place refutes (see `endless`)."""

from __future__ import annotations

import itertools

from flint import arb, fmpq

from symnet.analysis.endless_far import has_no_period, jumping
from symnet.analysis.fact import Fact
from symnet.analysis.poles import domain_of_quotient
from symnet.analysis.reflection import SAMPLES, enclosure, lopsided
from symnet.analysis.structure import analytic_by_build, continuous_by_build, parity_of, total_by_build
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.reals import ExactReal
from symnet.balls.undecided import Undecided

GRID = tuple(fmpq(k * 29, 211) for k in range(-72, 73))
"""Rationals in [-10, 10], no breakpoints of usual functions."""


def domain(subject: Subject) -> Fact:
    part, _ = subject.part
    if total_by_build(subject.tree):
        claim = {"intervals": [["-oo", "oo"]], "excluded": [], "points": []}
        return proved("domain", claim, "Every operation of the expression has a value at every real number.")
    return proved(
        "domain",
        domain_of_quotient(part),
        "The expression has a value where none of its denominators is zero; what meets [-10, 10] is listed.",
    )


def monotonicity(subject: Subject) -> Fact:
    steps = list(itertools.pairwise(value for _, value in _values(subject)))
    if any(a < b for a, b in steps) and any(a > b for a, b in steps):
        return proved(
            "monotonicity", "non-monotone", "f rises between some points of its domain and falls between others."
        )
    raise Undecided("the expression has infinitely many pieces")


def convexity(subject: Subject) -> Fact:
    """Three points in a row above and three below their chord exclude convex and concave, whatever lies between them."""
    values = _values(subject)
    bends = [_bend(*three) for three in zip(values, values[1:], values[2:], strict=False)]
    if any(bend > 0 for bend in bends) and any(bend < 0 for bend in bends):
        return proved(
            "convexity", "neither", "f bends up in one place and down in another, or its domain is no interval."
        )
    raise Undecided("the expression has infinitely many pieces")


def _bend(a: tuple[fmpq, arb], b: tuple[fmpq, arb], c: tuple[fmpq, arb]) -> arb:
    return (c[1] - b[1]) / arb(c[0] - b[0]) - (b[1] - a[1]) / arb(b[0] - a[0])


def _values(subject: Subject) -> list[tuple[fmpq, arb]]:
    part, _ = subject.part
    return [(x, value) for x in GRID if (value := enclosure(part, x)) is not None]


def continuous(subject: Subject) -> Fact:
    if continuous_by_build(subject.tree):
        return proved("continuous", True, "f is composed of functions that are continuous wherever they are defined.")
    if jumping(subject):
        return proved("continuous", False, "At a breakpoint a one-sided limit is not the value.")
    raise Undecided("the expression has infinitely many pieces")


def jumps(subject: Subject) -> Fact:
    _ = subject.part
    if continuous_by_build(subject.tree):
        reason = "f is composed of functions that are continuous wherever they are defined."
        return proved("jumps", [], reason, infinite=False, family=None)
    raise Undecided("the expression has infinitely many pieces")


def kinks(subject: Subject) -> Fact:
    _ = subject.part
    if analytic_by_build(subject.tree):
        return proved("kinks", [], "f is analytic wherever it is defined.", infinite=False, family=None)
    raise Undecided("the expression has infinitely many pieces")


def smoothness(subject: Subject) -> Fact:
    part, _ = subject.part
    if analytic_by_build(subject.tree):
        return proved("smoothness", "oo", "f is analytic wherever it is defined.")
    if not continuous_by_build(subject.tree):
        if jumping(subject):
            return proved("smoothness", -1, "f is not continuous at a breakpoint.")
    elif any(part.interior(j) and not part.differentiable_at(j) for j in range(len(part.junctions))):
        return proved("smoothness", 0, "f is continuous, and has no derivative at a breakpoint.")
    raise Undecided("the expression has infinitely many pieces")


def parity(subject: Subject) -> Fact:
    return proved(
        "parity",
        _parity(subject),
        "It can be read from the build of the expression, or f(-x) is neither f(x) nor -f(x) at some point.",
    )


def _parity(subject: Subject) -> str:
    part, _ = subject.part
    built = parity_of(subject.tree)
    pairs = [
        (right, left)
        for t in SAMPLES
        if (right := enclosure(part, t)) is not None and (left := enclosure(part, -t)) is not None
    ]
    if built == "even" or (built == "odd" and any(not right.contains(0) for right, _ in pairs)):
        return built
    moved = lopsided(part, arb(0)) or (
        any(not right.overlaps(left) for right, left in pairs)
        and any(not right.overlaps(-left) for right, left in pairs)
    )
    if moved:
        return "neither"
    raise Undecided("neither proved nor refuted")


def symmetry_center(subject: Subject) -> Fact:
    label, zero = _parity(subject), ExactReal(subject.field.zero)
    if label == "odd":
        return proved("symmetry_center", [zero, zero], "f is odd.")
    if label == "even" and has_no_period(subject):
        return proved("symmetry_center", None, "f is even; with a centre it would be periodic, which it is not.")
    raise Undecided("a centre was neither found nor excluded")


def inverse(subject: Subject) -> Fact:
    """Null: two pieces of the graph, continuous over disjoint intervals, cross one height."""
    part, _ = subject.part
    ranges: list[tuple[arb, arb]] = []
    for _, piece, _ in part.defined:
        inside = [enclosure(part, x) for x in GRID if piece.interval.contains(ExactReal(subject.field.rational(x)))]
        known = [value for value in inside if value is not None]
        ranges.extend(
            (min_, max_) for a, b in itertools.pairwise(known) for min_, max_ in [(a, b) if a < b else (b, a)]
        )
    for (low, high), (other_low, other_high) in itertools.combinations(ranges, 2):
        if low < other_high and other_low < high and low < high and other_low < other_high:
            return proved("inverse", None, "f takes a value twice, so that it has no inverse.")
    raise Undecided("the expression has infinitely many pieces")
