"""The centre of symmetry of a function whose pieces repeat."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from symnet.analysis.constants import constant_value
from symnet.analysis.fact import Fact
from symnet.analysis.reflection import lopsided, refuted
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.interval import Interval
from symnet.balls.order import coincide
from symnet.balls.reals import ExactReal, Real
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided


def periodic_centre(subject: Subject, none: str) -> Fact:
    """The candidate nearest to 0 about which one whole period is its own mirror image; null when all are refuted."""
    assert subject.periodic is not None
    reach = float(subject.periodic.ball(None, 64)) * 1.001
    near = [point for point in _candidates(subject) if abs(float(point)) <= reach]
    for point in sorted(near, key=lambda p: (round(abs(float(p)), 9), -float(p))):
        ball = point.ball(200)
        if lopsided(subject, ball) or refuted(subject, ball, lambda right, left: right + left):
            continue
        height = None if point.exact is None else _height(subject, point.exact)
        if height is None:
            raise Undecided("a centre was neither proved nor excluded")
        return proved(
            "symmetry_center", [point, ExactReal(height)], "Every piece of one period is the mirror image of another."
        )
    return proved("symmetry_center", None, none)


def _candidates(subject: Subject) -> Iterator[Real]:
    """Where a centre can be: at a breakpoint, at a zero of f″, or in the middle of a linear or an undefined cell."""
    for junction in subject.junctions:
        yield junction.point
    for i, piece in enumerate(subject.pieces):
        if piece.element is not None and not (bend := subject.derivative(i, 2)).is_zero:
            yield from (zero.point for zero in subject.chart(bend, i).zeros)
        elif not subject.cut_off(i, 1) and not subject.cut_off(i, -1):
            yield _middle(piece.interval)


def _middle(interval: Interval) -> Real:
    left, right = interval.left, interval.right
    if left is None or right is None or left.exact is None or right.exact is None:
        raise Undecided("the middle of a cell has no exact form")
    return ExactReal((left.exact + right.exact).scaled(fmpq(1, 2)))


def _height(subject: Subject, centre: Element) -> Element | None:
    """b with f(a + t) + f(a - t) = 2b on one whole period about the centre; None when that is not proved."""
    assert subject.periodic is not None
    half = float(ExactReal(subject.periodic)) / 2
    start, stop = float(ExactReal(centre)) - half - 1e-6, float(ExactReal(centre)) + half + 1e-6
    sums: list[Element] = []
    for i, piece in enumerate(subject.pieces):
        left, right = piece.interval.left, piece.interval.right
        assert left is not None and right is not None
        if float(right) < start or float(left) > stop:
            continue
        k = _image(subject, i, centre)
        if k is None:
            return None
        there = subject.pieces[k].element
        if (there is None) != (piece.element is None):
            return None
        if piece.element is not None and there is not None:
            mirrored = Substitution(subject.field, centre.scaled(2) - subject.field.x, piece.interval).element(there)
            total = constant_value(mirrored + piece.element, piece.interval)
            if total is None:
                return None
            sums.append(total)
        if i < len(subject.junctions) and k:
            here, other = subject.junctions[i].value, subject.junctions[k - 1].value
            if (here is None) != (other is None):
                return None
            if here is not None and other is not None:
                if not (here.element.is_constant and other.element.is_constant):
                    return None
                sums.append(here.element + other.element)
    if not sums or any(not (total - sums[0]).is_zero for total in sums):
        return None
    return sums[0].scaled(fmpq(1, 2))


def _image(subject: Subject, i: int, centre: Element) -> int | None:
    """The piece that is the mirror image of piece i."""
    if subject.cut_off(i, 1) and subject.cut_off(i, -1):
        return i
    interval = subject.pieces[i].interval
    assert interval.left is not None and interval.right is not None
    if interval.left.exact is None or interval.right.exact is None:
        return None
    left, right = (
        ExactReal(centre.scaled(2) - end.exact) for end in (interval.right, interval.left) if end.exact is not None
    )
    for k, piece in enumerate(subject.pieces):
        there = piece.interval
        if (
            there.left is not None
            and there.right is not None
            and coincide(there.left, left)
            and coincide(there.right, right)
        ):
            return k
    return None
