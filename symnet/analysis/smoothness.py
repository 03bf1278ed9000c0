"""The smoothness class: the largest k with f in C^k(D)."""

from __future__ import annotations

from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject, same_limit
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.limits import regular
from symnet.balls.monomials import sign as exact_sign
from symnet.balls.reals import Real
from symnet.balls.tails import germ
from symnet.balls.undecided import Undecided

HIGHEST = 16


def smoothness(subject: Subject) -> Fact:
    """k, -1 when f is discontinuous, or "oo"."""
    least: int | None = None
    unsure: Undecided | None = None
    for j, junction in enumerate(subject.junctions):
        if junction.value is None or (subject.neighbour(j, -1) is None and subject.neighbour(j, 1) is None):
            continue
        try:
            here = class_at(subject, j)
        except Undecided as reason:
            unsure = reason
            continue
        if here is not None:
            least = here if least is None else min(least, here)
    if unsure is not None and least != -1:
        raise unsure
    if least is None:
        return proved("smoothness", "oo", "All derivatives exist between the breakpoints and agree at each of them.")
    if least < 0:
        return proved("smoothness", -1, "f is not continuous on its domain.")
    return proved(
        "smoothness",
        least,
        _reason(least),
    )


def _reason(order: int) -> str:
    if order == 0:
        return "f is continuous, and at some point of the domain it has no derivative, or the derivative is not continuous."
    which = "its derivative is" if order == 1 else f"the derivatives up to order {order} are"
    return f"f is continuous, {which} continuous, and at some point of the domain the next derivative is not, or does not exist."


def class_at(subject: Subject, j: int) -> int | None:
    """The class at junction j; None when all derivatives agree."""
    if not subject.continuous_at(j):
        return -1
    sides = [side for side in (-1, 1) if subject.neighbour(j, side) is not None]
    value = subject.junctions[j].value
    assert value is not None
    flat = [_flat(subject, j, side) for side in sides]
    if all(flat):
        return None
    if len(sides) == 2:
        left, right = (subject.pieces[subject.neighbour(j, side) or 0].element for side in sides)
        if left == right and left is not None and (regular(left, value.point) or _removable(left, value.point)):
            return None
    elif _regular_from(subject, j, sides[0]):
        return None
    for k in range(1, HIGHEST + 1):
        limits = []
        for side in sides:
            i = subject.neighbour(j, side)
            assert i is not None
            limits.append(subject.limit(i, side, k))
        if not all(limit.finite for limit in limits) or (
            len(limits) == 2 and not same_limit(limits[0], limits[1], value)
        ):
            return k - 1
    raise Undecided("the derivatives agree as far as they were compared")


def _removable(element: Element, point: Real) -> bool:
    """Whether numerator and denominator are analytic at the point: a quotient with a finite limit then is too."""
    field = element.field
    return regular(field.element(element.num), point) and regular(field.element(element.den), point)


def _regular_from(subject: Subject, j: int, side: int) -> bool:
    i = subject.neighbour(j, side)
    assert i is not None
    return regular(subject.derivative(i, 0), subject.junctions[j].point)


def _flat(subject: Subject, j: int, side: int) -> bool:
    """Whether f - f(c) is zero, or exponentially small towards c: then every derivative tends to 0."""
    i = subject.neighbour(j, side)
    value = subject.junctions[j].value
    assert i is not None and value is not None
    if value.point.exact is None:
        return False
    difference = subject.derivative(i, 0) - value.element
    if difference.is_zero:
        return True
    if regular(difference, value.point):
        return False
    try:
        terms = germ(subject.field, difference, subject.end(i, 1 if side > 0 else -1))[0].terms
    except Undecided:
        return False
    if not terms or not terms[0][0].items:
        return False
    scale, exponent = terms[0][0].items[0]
    return scale != 1 and not (isinstance(scale, int) and scale > 1) and exact_sign(exponent) < 0
