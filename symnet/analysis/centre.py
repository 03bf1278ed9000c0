"""The centre of symmetry."""

from __future__ import annotations

from flint import arb, fmpq

from symnet.analysis.constants import constant_value
from symnet.analysis.fact import Fact
from symnet.analysis.finite import centre_of_points
from symnet.analysis.oscillation import oscillates
from symnet.analysis.periodic_centre import periodic_centre
from symnet.analysis.reflection import SAMPLES, Answer, enclosure, lopsided, refuted
from symnet.analysis.smoothness import class_at
from symnet.analysis.subject import Subject
from symnet.analysis.symmetry import is_mirrored, parity_label
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.order import compare
from symnet.balls.periods import period_of
from symnet.balls.reals import ExactReal, Real, Root
from symnet.balls.undecided import Undecided


def symmetry_center(subject: Subject) -> Fact:
    """[a, b] with f(a + t) + f(a - t) = 2b, smallest |a|; null when there is none."""
    if not subject.defined:
        return proved(
            "symmetry_center",
            centre_of_points(subject),
            "The points of the domain and the values there were compared in pairs.",
        )
    try:
        return _found_or_excluded(subject)
    except Undecided:
        if not _even_without_period(subject):
            raise
    return proved("symmetry_center", None, "f is even; with a centre it would be periodic, which it is not.")


def _even_without_period(subject: Subject) -> bool:
    """Whether f, which takes two values, is even and has no period: f(2a - x) = 2b - f(x) would give it the period 4a."""
    from symnet.analysis.periodicity import period

    if subject.field.box is not None or parity_label(subject) != "even" or period(subject).value is not None:
        return False
    values = [value for t in SAMPLES if (value := enclosure(subject, t)) is not None]
    return any(not value.overlaps(values[0]) for value in values)


def _found_or_excluded(subject: Subject) -> Fact:
    zero = subject.field.zero
    at_zero = is_mirrored(subject, zero, -1, None)
    if at_zero is Answer.YES:
        return _centre(subject, zero)
    none = "A centre would have to be the middle of all inflection points and breakpoints, and f is not symmetric about it."
    if subject.periodic is not None:
        return periodic_centre(subject, none)
    if _ends_differ(subject):
        return proved(
            "symmetry_center", None, "The behaviour at minus infinity is not the mirror image of that at infinity."
        )
    charts = [subject.chart(bend, i) for i, _, _ in subject.defined if not (bend := subject.derivative(i, 2)).is_zero]
    if any(chart.infinite for chart in charts):
        return _among_infinitely_many(subject, none)
    special = _special_points(subject)
    if not special:
        return proved(
            "symmetry_center",
            None,
            "The second derivative never changes its sign and there is no breakpoint, which excludes a centre.",
        )
    middle = _middle(special[0], special[-1])
    if isinstance(middle, Element):
        if middle.is_zero:
            if at_zero is Answer.NO:
                return proved("symmetry_center", None, none)
            raise Undecided("the symmetry was neither proved nor refuted")
        answer = is_mirrored(subject, middle, -1, None)
        if answer is Answer.YES:
            return _centre(subject, middle)
        if answer is Answer.NO:
            return proved("symmetry_center", None, none)
    elif lopsided(subject, middle) or refuted(subject, middle, lambda right, left: right + left):
        return proved("symmetry_center", None, none)
    if not _same_kind(subject):
        return proved("symmetry_center", None, none)
    raise Undecided("the symmetry was neither proved nor refuted")


def _ends_differ(subject: Subject) -> bool:
    """Whether the limits at -oo and oo exclude a centre."""
    first, last = subject.pieces[0], subject.pieces[-1]
    if (first.element is None) != (last.element is None):
        return True
    if first.element is None:
        return False
    found = []
    for i, side in ((0, 1), (len(subject.pieces) - 1, -1)):
        try:
            limit = subject.limit(i, side)
            found.append("finite" if limit.finite else limit.text)
        except Undecided:
            if not oscillates(subject, i, side):
                return False
            found.append("oscillates")
    return sorted(found) not in (["finite", "finite"], ["-oo", "oo"], ["oscillates", "oscillates"])


def _among_infinitely_many(subject: Subject, none: str) -> Fact:
    """The centre among the zeros of f″ when f′ is periodic, or none when f is even and has no period."""
    if len(subject.pieces) == 1:
        slope = subject.derivative(0, 1)
        full = period_of(subject.field, slope.generators)
        if full is not None:
            length = full.ball(None, 96)
            zeros = [
                z.point for z in subject.chart(slope.derivative(), 0).zeros if abs(z.point.ball(96)) < length * 1.01
            ]
            for point in sorted(zeros, key=lambda p: (round(abs(float(p)), 9), -float(p))):
                if point.exact is None:
                    if refuted(subject, point.ball(200), lambda right, left: right + left):
                        continue
                    raise Undecided("the symmetry was neither proved nor refuted")
                answer = is_mirrored(subject, point.exact, -1, None)
                if answer is Answer.YES:
                    return _centre(subject, point.exact)
                if answer is Answer.OPEN:
                    raise Undecided("the symmetry was neither proved nor refuted")
            return proved("symmetry_center", None, none)
    raise Undecided("a centre was neither found nor excluded")


def _same_kind(subject: Subject) -> bool:
    """Whether the cells could be mirror images at all: their number and where f is defined."""
    flags = [p.element is not None for p in subject.pieces]
    ends = (subject.pieces[0].interval.left is None) == (subject.pieces[-1].interval.right is None)
    return ends and flags == flags[::-1]


def _centre(subject: Subject, a: Element) -> Fact:
    """The fact, with b from two mirrored values."""
    from symnet.balls.substitution import Substitution

    for i, piece, element in subject.defined:
        there = subject.pieces[len(subject.pieces) - 1 - i].element
        assert there is not None
        image = Substitution(subject.field, a.scaled(2) - subject.field.x, piece.interval).element(there)
        b = constant_value((image + element).scaled(fmpq(1, 2)), piece.interval)
        if b is not None:
            return proved(
                "symmetry_center", [ExactReal(a), ExactReal(b)], "f(a + t) + f(a - t) is the same constant for every t."
            )
    raise Undecided("the centre's value was not found")


def _special_points(subject: Subject) -> list[Real]:
    points: list[Real] = [
        junction.point
        for j, junction in enumerate(subject.junctions)
        if junction.value is None or class_at(subject, j) is not None
    ]
    for i, _, _ in subject.defined:
        bend = subject.derivative(i, 2)
        if not bend.is_zero:
            points.extend(z.point for z in subject.chart(bend, i).zeros)
    return sorted(points, key=float)


def _middle(a: Real, b: Real) -> Element | arb:
    if a.exact is not None and b.exact is not None:
        return (a.exact + b.exact).scaled(fmpq(1, 2))
    if a is b or (isinstance(a, Root) and isinstance(b, Root) and compare(a, b) == 0):
        return a.ball(200)
    from symnet.analysis.reflection import reflected_point

    try:
        field = a.field if isinstance(a, Root) else b.field  # type: ignore[attr-defined]
        if compare(reflected_point(a, field.zero), b) == 0:
            return field.zero
    except Undecided:
        pass
    return (a.ball(200) + b.ball(200)) / 2
