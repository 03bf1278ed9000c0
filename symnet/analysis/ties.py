"""The order of values that balls alone cannot tell apart: equal by a symmetry of the function."""

from __future__ import annotations

from flint import arb, ctx, fmpq

from symnet.analysis.candidates import Candidate
from symnet.analysis.subject import Subject
from symnet.balls.element import Element
from symnet.balls.interval import Interval, dyadic
from symnet.balls.order import compare
from symnet.balls.reals import Real
from symnet.balls.roots import candidates as exact_numbers
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided


def ordered(subject: Subject, a: Candidate, b: Candidate, order: int = 0) -> int:
    """The order of two values of f (order 0) or of |f′| (order 1)."""
    if a.value is b.value:
        return 0
    if a.at is not None and b.at is not None and not disjoint(a.value, b.value):
        if a.mirrored and opposite(a.at, b.at):
            return 0
        if a.cell is not None and b.cell is not None and _moved(subject, order, a.cell, a.at, b.cell, b.at):
            return 0
    return compare(a.value, b.value)


def disjoint(a: Real, b: Real) -> bool:
    """Whether two numbers differ within 128 bits."""
    return not a.ball(128).overlaps(b.ball(128))


def opposite(a: Real, b: Real) -> bool:
    """Whether b = -a."""
    from symnet.analysis.reflection import reflected_point

    field = a.exact.field if a.exact is not None else getattr(a, "field", None)
    if field is None:
        return False
    try:
        return compare(reflected_point(a, field.zero), b) == 0
    except Undecided:
        return False


def _moved(subject: Subject, order: int, i: int, p: Real, k: int, q: Real) -> bool:
    """Whether a reflection or shift m takes p in cell i to q in cell k, and g on k to g on i (or, when only |g| counts, to -g).

    g is the derivative of this order. Then g takes one value (one absolute value) at both points. The map is
    guessed from the points and the identity proved; m(p) is a zero of g′ as p is, and q the only zero of the
    complete list of cell k that it can be.
    """
    here, there = subject.derivative(i, order), subject.derivative(k, order)
    place, target = subject.pieces[i].interval, subject.pieces[k].interval
    zeros = subject.chart(there.derivative(), k).zeros
    for direction in (-1, 1):
        with ctx.workprec(256):
            offset = q.ball(160) - p.ball(160) * direction
            low, high = dyadic(arb(offset.lower()), 150), dyadic(arb(offset.upper()), 150)
        for guess in exact_numbers(subject.field, low - fmpq(1, 2**120), high + fmpq(1, 2**120)):
            shift = guess.make()
            moved = subject.field.x.scaled(direction) + shift
            if not (_entire(here) and _entire(there)) and not _maps(place, target, direction, shift):
                continue
            if not _agree(here, there, moved, place, either=order > 0):
                continue
            image = moved.ball(p.ball(160), 200)
            if [z.point for z in zeros if z.point.ball(160).overlaps(image)] == [q] and _inside(image, target):
                return True
    return False


def _entire(element: Element) -> bool:
    """Whether the formula means the same on the whole line: no root, logarithm or arc sine with a branch."""
    field = element.field
    return not any(
        field.generators[i].kind in ("root", "log", "asin") and not field.generators[i].constant
        for i in field.closure(element.generators)
    )


def _maps(place: Interval, target: Interval, direction: int, shift: Element) -> bool:
    """Whether direction*x + shift takes the one interval onto the other."""
    ends = (place.left, place.right) if direction > 0 else (place.right, place.left)
    for end, image in zip(ends, (target.left, target.right), strict=True):
        if end is None or image is None:
            if end is not image:
                return False
        elif end.exact is None or image.exact is None or end.exact.scaled(direction) + shift != image.exact:
            return False
    return True


def _agree(here: Element, there: Element, moved: Element, place: Interval, either: bool) -> bool:
    """Whether there(m(x)) is here(x), or with `either` also -here(x)."""
    try:
        image = Substitution(here.field, moved, place).element(there)
    except (Undecided, ZeroDivisionError):
        return False
    return (image - here).is_zero or (either and (image + here).is_zero)


def _inside(ball: arb, interval: Interval) -> bool:
    after = interval.left is None or bool(interval.left.ball(160) < ball)
    return after and (interval.right is None or bool(ball < interval.right.ball(160)))
