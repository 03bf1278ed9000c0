"""The smallest positive period."""

from __future__ import annotations

from flint import fmpq

from symnet.analysis.aperiodic import excluded
from symnet.analysis.fact import Fact
from symnet.analysis.reflection import enclosure
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.interval import Interval, arb_of
from symnet.balls.order import coincide
from symnet.balls.order import compare as compare_reals
from symnet.balls.periods import period_of, zeros_of_a_period
from symnet.balls.reals import ExactReal
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided


def period(subject: Subject) -> Fact:
    """The smallest positive period, or null when there is none."""
    if subject.cells and subject.periodic is not None:
        return proved(
            "period",
            ExactReal(_smallest_of_pieces(subject)),
            "Every shorter candidate was refuted at a point or by the pieces.",
        )
    first, last = subject.pieces[0], subject.pieces[-1]
    if first.element is None or last.element is None:
        return proved("period", None, "The domain has an end, so that no shift maps it to itself.")
    if any(junction.value is None for junction in subject.junctions):
        return proved(
            "period", None, "The domain leaves out some points and has both ends, so that no shift maps it to itself."
        )
    single = len(subject.pieces) == 1
    if single and first.element.is_constant:
        return proved("period", None, "A constant has every period, and therefore no smallest one.")
    if single:
        full = period_of(subject.field, first.element.generators)
        if full is not None:
            return proved(
                "period",
                ExactReal(smallest(first.element, full, subject)),
                "f is a function of one angle, and no fraction of this period is one.",
            )
    reason = excluded(subject)
    if reason is not None:
        return proved("period", None, reason)
    raise Undecided("no period was proved or excluded")


def smallest(element: Element, full: Element, subject: Subject) -> Element:
    """The smallest period, a fraction 1/k of `full` where k divides the number of critical points of a period."""
    field = element.field
    count = 0
    for factor, _ in field.factor(element.derivative().num)[1]:
        if period_of(field, field.used(factor)) is not None:
            count += len(zeros_of_a_period(field, factor, full, subject.budget))
    if not count:
        raise Undecided("a period without critical points")
    for k in range(count, 1, -1):
        if count % k:
            continue
        part = full.scaled(fmpq(1, k))
        image = Substitution(field, field.x + part, Interval(None, None)).element(element)
        if (image - element).is_zero:
            return part
        for sample in (fmpq(1, 7), fmpq(5, 11), fmpq(13, 17)):
            x = arb_of(sample, 160)
            if not (element.ball(x, 160) - element.ball(x + part.ball(None, 160), 160)).contains(0):
                break
        else:
            raise Undecided("a smaller period was neither proved nor excluded")
    return full


def _smallest_of_pieces(subject: Subject) -> Element:
    """The smallest period of a function with infinitely many pieces."""
    full = subject.periodic
    assert full is not None
    length = float(ExactReal(full))
    points = [j.point for j in subject.junctions]
    for i, _, _ in subject.defined:
        slope = subject.derivative(i, 1)
        if not slope.is_zero:
            points.extend(z.point for z in subject.chart(slope, i).zeros)
    start = min((abs(float(p)), float(p)) for p in points)[1]
    count = sum(1 for p in points if start - 1e-9 <= float(p) < start + length - 1e-9)
    for k in range(count, 1, -1):
        if count % k:
            continue
        part = full.scaled(fmpq(1, k))
        if _repeats(subject, part):
            return part
        if not _refuted(subject, part):
            raise Undecided("a smaller period was neither proved nor excluded")
    return full


def _refuted(subject: Subject, part: Element) -> bool:
    shift = part.ball(None, 200)
    for k in range(-40, 40):
        x = arb_of(fmpq(k * 7 + 1, 41), 200)
        here, there = enclosure(subject, x), enclosure(subject, x + shift)
        if here is not None and there is not None and not here.overlaps(there):
            return True
    return False


def _repeats(subject: Subject, part: Element) -> bool:
    """Whether every piece that stays inside the window when shifted is a piece again, with the same values."""
    pieces, junctions, matched = subject.pieces, subject.junctions, 0
    for i, piece in enumerate(pieces[1:-1], start=1):
        left, right = piece.interval.left, piece.interval.right
        assert left is not None and right is not None
        if left.exact is None or right.exact is None:
            return False
        target = ExactReal(left.exact + part)
        j = next(
            (
                j
                for j, other in enumerate(pieces[1:-1], start=1)
                if other.interval.left is not None and coincide(other.interval.left, target)
            ),
            None,
        )
        if j is None:
            if float(target) < float(ExactReal(subject.field.rational(0))) or matched == 0:
                return False
            break
        other = pieces[j]
        if other.interval.right is None or not coincide(other.interval.right, ExactReal(right.exact + part)):
            return False
        if (piece.element is None) != (other.element is None):
            return False
        if piece.element is not None and other.element is not None:
            image = Substitution(subject.field, subject.field.x + part, piece.interval).element(other.element)
            if not (image - piece.element).is_zero:
                return False
        here, there = junctions[i - 1].value, junctions[j - 1].value
        if (here is None) != (there is None) or (
            here is not None and there is not None and compare_reals(here.real, there.real) != 0
        ):
            return False
        matched += 1
    return matched > 0
