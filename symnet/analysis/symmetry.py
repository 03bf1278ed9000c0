"""Parity and the centre of symmetry."""

from __future__ import annotations

from flint import arb, fmpq

from symnet.analysis.fact import Fact
from symnet.analysis.oscillation import oscillates
from symnet.analysis.reflection import Answer, lopsided, meets_a_gap, mirrored, refuted, refuted_at_ends
from symnet.analysis.smoothness import class_at
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.oscillation import period_of
from symnet.balls.reals import ExactReal, Real, Root, compare
from symnet.balls.undecided import Undecided


def parity(subject: Subject) -> Fact:
    """even, odd or neither (zero is even)."""
    label = parity_label(subject)
    reason = {
        "even": "f(-x) - f(x) is the zero function on the mirrored domain.",
        "odd": "f(-x) + f(x) is the zero function on the mirrored domain.",
        "neither": "The domain is not symmetric, or f(-x) is neither f(x) nor -f(x) at some point.",
    }[label]
    return proved("parity", label, reason)


def parity_label(subject: Subject) -> str:
    """The parity of f."""
    zero = subject.field.zero
    even = _decide(subject, zero, 1, zero)
    if even is Answer.YES:
        return "even"
    odd = _decide(subject, zero, -1, zero)
    if odd is Answer.YES:
        return "odd"
    if even is Answer.NO and odd is Answer.NO:
        return "neither"
    raise Undecided("neither proved nor refuted")


def _decide(subject: Subject, centre: Element, factor: int, constant: Element | None) -> Answer:
    answer = mirrored(subject, centre, factor, constant)
    if answer is not Answer.OPEN:
        return answer
    if meets_a_gap(subject, centre):
        return Answer.NO
    if subject.field.box is not None:
        return Answer.NO if refuted_at_ends(subject, centre, factor, constant) else Answer.OPEN
    ball = centre.ball(None, 160)
    if lopsided(subject, ball):
        return Answer.NO
    if constant is not None:
        from symnet.analysis.reflection import SAMPLES, enclosure
        from symnet.balls.reals import arb_of

        for t in SAMPLES:
            right, left = enclosure(subject, ball + arb_of(t, 160)), enclosure(subject, ball - arb_of(t, 160))
            if right is not None and left is not None and not (left - factor * right).contains(0):
                return Answer.NO
        for junction in subject.junctions:
            there = enclosure(subject, 2 * ball - junction.point.ball(160))
            if (
                junction.value is not None
                and there is not None
                and not (there - factor * junction.value.real.ball(160)).contains(0)
            ):
                return Answer.NO
        return Answer.OPEN
    return Answer.NO if refuted(subject, ball, lambda right, left: left - factor * right) else Answer.OPEN


def symmetry_center(subject: Subject) -> Fact:
    """[a, b] with f(a + t) + f(a - t) = 2b, smallest |a|; null when there is none."""
    zero = subject.field.zero
    at_zero = _decide(subject, zero, -1, None)
    if at_zero is Answer.YES:
        return _centre(subject, zero)
    none = "A centre would have to be the middle of all inflection points and breakpoints, and f is not symmetric about it."
    if subject.periodic is not None:
        return _periodic_centre(subject, none)
    if _ends_differ(subject):
        return proved("symmetry_center", None, "The behaviour at -oo is not the mirror image of that at oo.")
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
        answer = _decide(subject, middle, -1, None)
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


def _periodic_centre(subject: Subject, none: str) -> Fact:
    """A centre of a periodic function is a breakpoint, a zero of f″ or the middle of a linear cell; all are refuted, or it stays open."""
    candidates: list[Real] = [j.point for j in subject.junctions]
    for i, piece, _ in subject.defined:
        bend = subject.derivative(i, 2)
        if not bend.is_zero:
            candidates.extend(z.point for z in subject.chart(bend, i).zeros)
        elif piece.interval.left is not None and piece.interval.right is not None:
            left, right = piece.interval.left, piece.interval.right
            if left.exact is None or right.exact is None:
                raise Undecided("the middle of a cell has no exact form")
            candidates.append(ExactReal((left.exact + right.exact).scaled(fmpq(1, 2))))
    assert subject.periodic is not None
    for point in candidates:
        if float(abs(point.ball(64))) > float(subject.periodic.ball(None, 64)) * 1.001:
            continue
        if not refuted(subject, point.ball(200), lambda right, left: right + left):
            raise Undecided("a centre was neither proved nor excluded")
    return proved("symmetry_center", None, none)


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
                answer = _decide(subject, point.exact, -1, None)
                if answer is Answer.YES:
                    return _centre(subject, point.exact)
                if answer is Answer.OPEN:
                    raise Undecided("the symmetry was neither proved nor refuted")
            return proved("symmetry_center", None, none)
    if parity_label(subject) == "even":
        from symnet.analysis.periodicity import period

        if period(subject).value is None:
            return proved("symmetry_center", None, "f is even; with a centre it would be periodic, which it is not.")
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
        b = (image + element).scaled(fmpq(1, 2))
        if b.is_constant:
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
