"""The sign chart of an element on an open interval: every zero, its multiplicity, and the signs between.

The element's denominator has no zero inside by construction, so its zeros are those of the irreducible
factors of its numerator (`factor_zeros`).
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, fmpq

from symnet.balls.element import Element
from symnet.balls.expansion import End
from symnet.balls.factor_zeros import Family, factor_zeros, parametric
from symnet.balls.interval import Interval, arb_of
from symnet.balls.order import coincide, in_order
from symnet.balls.roots import Zero
from symnet.balls.substitution import Substitution
from symnet.balls.tails import tail
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget

MOST_CHECKS = 12


@dataclass(frozen=True)
class SignChart:
    """The zeros inside an open interval from left to right, and the sign on each part between."""

    interval: Interval
    zeros: tuple[Zero, ...]
    signs: tuple[int, ...]
    infinite: bool = False
    """Whether there are infinitely many zeros; then those within `window` are listed (a whole period beyond
    [-10, 10] at least) and the signs hold there."""
    families: tuple[Family, ...] | None = ()
    """The periodic families that the zeros form; None when some zeros belong to none."""
    changes: bool = False
    """Whether infinitely many zeros change the sign."""

    @property
    def sign_set(self) -> set[int]:
        """Every sign that is taken between zeros, beyond the window too."""
        return {1, -1} if self.changes else set(self.signs)


def sign_chart(element: Element, interval: Interval, budget: Budget) -> SignChart:
    """The chart of an element that is not zero; raises `Undecided` when a search is not complete."""
    field = element.field
    zeros: list[Zero] = []
    infinite = changes = False
    families: list[Family] | None = []
    reach: fmpq | None = None
    for factor, multiplicity in field.factor(element.num)[1]:
        found = factor_zeros(field, factor, interval, budget)
        if found.infinite:
            assert found.reach is not None
            reach = found.reach if reach is None else min(reach, found.reach)
            infinite = True
            if found.family is None:
                families, changes = None, True
            else:
                changes = changes or any(z.multiplicity * multiplicity % 2 for z in found.family.zeros)
                if families is not None:
                    scaled = tuple(Zero(z.point, z.multiplicity * multiplicity) for z in found.family.zeros)
                    families.append(Family(scaled, found.family.period))
        earlier = tuple(zeros)
        for zero in found.zeros:
            match = next((i for i, z in enumerate(earlier) if coincide(z.point, zero.point)), None)
            if match is None:
                zeros.append(Zero(zero.point, zero.multiplicity * multiplicity))
            else:
                zeros[match] = Zero(zeros[match].point, zeros[match].multiplicity + zero.multiplicity * multiplicity)
    if reach is not None:
        zeros = [z for z in zeros if abs(z.point.ball(96)) < arb(reach)]
    multiplicities = {id(z.point): z for z in zeros}
    zeros = [multiplicities[id(p)] for p in in_order([z.point for z in zeros])]
    first = zeros[0].point if zeros else interval.right
    if infinite and zeros:
        middle = len(zeros) // 2
        left = zeros[middle - 1].point if middle else interval.left
        sign = sign_inside(element, Interval(left, zeros[middle].point)) if left is not None else None
        if sign is None:
            sign = (
                sign_inside(element, Interval(zeros[0].point, zeros[1].point)) * (-1) ** zeros[0].multiplicity
                if len(zeros) > 1
                else 0
            )
            middle = 0
        for zero in zeros[:middle]:
            sign = -sign if zero.multiplicity % 2 else sign
    else:
        sign = sign_inside(element, Interval(interval.left, first))
    signs = [sign]
    for zero in zeros:
        sign = -sign if zero.multiplicity % 2 else sign
        signs.append(sign)
    _check_again(element, interval, zeros, signs, infinite)
    return SignChart(
        interval, tuple(zeros), tuple(signs), infinite, None if families is None else tuple(families), changes
    )


def _check_again(element: Element, interval: Interval, zeros: list[Zero], signs: list[int], infinite: bool) -> None:
    """Every sign a second time, at other points than those it came from: a lost zero shows here."""
    ends = [interval.left, *(z.point for z in zeros), interval.right]
    for left, right, sign in list(zip(ends, ends[1:], signs, strict=False))[:MOST_CHECKS]:
        if infinite and (left is None or right is None):
            continue
        if parametric(element, interval):
            if any(end is not None and end.between is not None for end in (left, right)):
                continue
            if sign_at_point(element, Interval(left, right).point(element.field, 2)) != sign:
                raise AssertionError("two proofs of a sign disagree")
            continue
        for weight in (fmpq(1, 9), fmpq(8, 9)):
            point = Interval(left, right).between(weight)
            value = element.ball(arb_of(point, 192), 192)
            if (value > 0 and sign < 0) or (value < 0 and sign > 0):
                raise AssertionError("two proofs of a sign disagree")


def sign_inside(element: Element, interval: Interval) -> int:
    """The sign of an element without zeros inside the interval, at a sample point."""
    if parametric(element, interval):
        if any(end is not None and end.between is not None for end in (interval.left, interval.right)):
            return _sign_beside_an_end(element, interval)
        return sign_at_point(element, interval.point(element.field))
    point = interval.sample()
    for precision in (64, 128, 256, 512, 1024, 2048, 8192):
        value = element.ball(arb_of(point, precision), precision)
        if value > 0:
            return 1
        if value < 0:
            return -1
    raise Undecided("a sign was not decided")


def _sign_beside_an_end(element: Element, interval: Interval) -> int:
    """The same, as the sign of the leading term at an end that is exact."""
    left, right = interval.left, interval.right
    if left is None or left.between is None:
        end = End(left, -1 if left is None else 1)
    elif right is None or right.between is None:
        end = End(right, 1 if right is None else -1)
    else:
        raise Undecided("a sign between two numbers without closed forms")
    return tail(element.field, element, end).sign


def sign_at_point(element: Element, point: Element) -> int:
    """The sign at an exact point, for every value of the parameters."""
    box = element.field.box
    assert box is not None
    return box.sign(Substitution(element.field, point).element(element))
