"""Reflections: f(2a - x) on the mirrored cells, compared with f exactly; refutations by balls."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from flint import arb, fmpq

from symnet.analysis.cells import Value
from symnet.analysis.constants import constant_value
from symnet.analysis.subject import Subject
from symnet.balls.element import Element
from symnet.balls.expansion import End
from symnet.balls.interval import Interval, arb_of
from symnet.balls.limits import limit_of
from symnet.balls.order import compare
from symnet.balls.reals import ExactReal, Real, Root
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided


class Answer(Enum):
    """Proved, refuted, or neither."""

    YES = 1
    NO = 0
    OPEN = -1


def enclosure(subject: Subject, x: arb | fmpq, precision: int = 160) -> arb | None:
    """f on a ball or at a rational inside a cell where it is defined; None elsewhere."""
    ball = arb_of(x, precision) if isinstance(x, fmpq) else x
    for _, piece, element in subject.defined:
        left, right = piece.interval.left, piece.interval.right
        if (left is None or left.ball(precision) < ball) and (right is None or ball < right.ball(precision)):
            value = element.ball(ball, precision)
            return value if value.is_finite() else None
    return None


SAMPLES = (
    *tuple(fmpq(k, 7) for k in (1, 2, 3, 5, 8, 11, 13, 17, 23, 29, 40, 60)),
    fmpq(1, 50),
    fmpq(31, 2),
    fmpq(26),
    fmpq(101),
    fmpq(1009),
    fmpq(1, 3),
)


def refuted(subject: Subject, centre: arb, claim: Callable[[arb, arb], arb]) -> bool:
    """Whether claim(f(centre + t), f(centre - t)), which would be one constant, takes two values at samples."""
    seen: arb | None = None
    for t in SAMPLES:
        right, left = enclosure(subject, centre + arb_of(t, 160)), enclosure(subject, centre - arb_of(t, 160))
        if right is None or left is None:
            continue
        value = claim(right, left)
        if seen is not None and not value.overlaps(seen):
            return True
        seen = value if seen is None else seen
    return False


def lopsided(subject: Subject, centre: arb) -> bool:
    """Whether f is defined at centre + t and not at centre - t, or the other way round, for some sample t."""
    for t in SAMPLES:
        right, left = (_defined(subject, centre + sign * arb_of(t, 160)) for sign in (1, -1))
        if right is not None and left is not None and right != left:
            return True
    return False


def _defined(subject: Subject, x: arb) -> bool | None:
    """Whether x lies inside a cell where f is defined (True) or not (False); None when on no cell for sure."""
    for piece in subject.pieces:
        left, right = piece.interval.left, piece.interval.right
        if (left is None or left.ball(160) < x) and (right is None or x < right.ball(160)):
            return piece.element is not None
    return None


def reflected_point(point: Real, double: Element) -> Real:
    """2a - point."""
    if point.exact is not None:
        return ExactReal(double - point.exact)
    if not isinstance(point, Root) or double.rational is None:
        raise Undecided("a point could not be mirrored")
    field, twice = point.field, double.rational
    image = Substitution(field, double - field.x, Interval(None, None)).polynomial(point.polynomial)
    factors = [f for f, _ in field.factor(image.num)[1]]
    for factor in factors:
        mirrored = Root(field, factor, twice - point.high, twice - point.low)
        value = field.element(factor).ball(twice - point.ball(64), 96)
        if value.contains(0):
            return mirrored
    raise Undecided("a point could not be mirrored")


def meets_a_gap(subject: Subject, centre: Element) -> bool:
    """Whether f is undefined at a point and defined around the mirror image of that point."""
    for junction in subject.junctions:
        if junction.value is None:
            try:
                image = reflected_point(junction.point, centre.scaled(2))
                if any(piece.interval.contains(image) for _, piece, _ in subject.defined):
                    return True
            except Undecided:
                continue
    return False


def refuted_at_ends(subject: Subject, centre: Element, factor: int, constant: Element | None) -> bool:
    """Whether f(2a - x) - factor*f(x) is not the constant, or no constant, by a limit: so for every value of parameters.

    A limit of the difference (of its derivative, without a constant) that is not 0 shows it: at the ends of
    mirrored cells, and far out, where the outermost cells meet their mirror images whatever their ends are.
    """
    double, pieces = centre.scaled(2), subject.pieces
    if (pieces[0].element is None) != (pieces[-1].element is None):
        return True
    for i, piece, element in subject.defined:
        there = pieces[len(pieces) - 1 - i].element
        whole = _mirrored_ends(subject, i, double)
        if there is None or not (whole or i == len(pieces) - 1):
            continue
        image = Substitution(subject.field, double - subject.field.x, piece.interval).element(there)
        difference = image - element.scaled(factor)
        difference = difference.derivative() if constant is None else difference - constant
        inside = whole and piece.interval.contains(ExactReal(subject.field.zero))
        if inside and not Substitution(subject.field, subject.field.zero).element(difference).is_zero:
            return True
        if any(_not_zero(difference, subject.end(i, side)) for side in ((1, -1) if whole else (-1,))):
            return True
    return False


def _not_zero(difference: Element, end: End) -> bool:
    try:
        limit = limit_of(difference, end)
    except Undecided:
        return False
    return not limit.finite or (limit.element is not None and not limit.element.is_zero)


def _mirrored_ends(subject: Subject, i: int, double: Element) -> bool:
    mine, other = subject.pieces[i].interval, subject.pieces[len(subject.pieces) - 1 - i].interval
    for here, there in ((mine.left, other.right), (mine.right, other.left)):
        if (here is None) != (there is None):
            return False
        if here is not None and there is not None and compare(reflected_point(here, double), there) != 0:
            return False
    return True


def mirrored(subject: Subject, centre: Element, factor: int, constant: Element | None = None) -> Answer:
    """Whether f(2a - x) = factor*f(x) + constant on the mirrored domain; constant None stands for any one constant (2b)."""
    double, pieces, junctions = centre.scaled(2), subject.pieces, subject.junctions
    n = len(pieces)
    for j, junction in enumerate(junctions):
        other = junctions[n - 2 - j]
        if compare(reflected_point(junction.point, double), other.point) != 0:
            return Answer.OPEN
        if (junction.value is None) != (other.value is None):
            return Answer.NO
    for i in range(n):
        if (pieces[i].element is None) != (pieces[n - 1 - i].element is None):
            return Answer.NO
    total = constant
    for i, piece, element in subject.defined:
        there = pieces[n - 1 - i].element
        assert there is not None
        image = Substitution(subject.field, double - subject.field.x, piece.interval).element(there)
        difference = constant_value(image - element.scaled(factor), piece.interval)
        if difference is None:
            return Answer.OPEN
        if total is None:
            total = difference
        if not (difference - total).is_zero:
            return Answer.OPEN
    for j, junction in enumerate(junctions):
        value, other = junction.value, junctions[n - 2 - j].value
        if value is None or other is None:
            continue
        if not value.element.is_constant or not other.element.is_constant:
            image = Substitution(subject.field, double - subject.field.x, Interval(None, None)).element(other.element)
        else:
            image = other.element
        difference = image - value.element.scaled(factor)
        if total is not None and not Value(junction.point, difference).equals(total):
            return Answer.NO
        if total is None:
            total = difference
    return Answer.YES
