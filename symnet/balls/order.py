"""The exact order of real numbers: equal only by an exact argument, different only by disjoint balls, otherwise `Undecided`."""

from __future__ import annotations

import itertools
from typing import Any

from flint import arb

from symnet.balls.evaluate import Evaluation
from symnet.balls.field import Field
from symnet.balls.reals import PRECISIONS, Real, Root
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided


def compare(a: Real, b: Real) -> int:
    """The order of two numbers: -1, 0 or 1."""
    if a is b:
        return 0
    if a.between is not None or b.between is not None:
        return _apart(a, b)
    if a.exact is not None and b.exact is not None:
        difference = a.exact - b.exact
        if difference.same_as_zero:
            return 0
        if difference.field.box is not None:
            return difference.field.box.sign(difference)
    for precision in PRECISIONS:
        left, right = a.ball(precision), b.ball(precision)
        if left < right:
            return -1
        if left > right:
            return 1
        if precision == 128 and same(a, b):
            return 0
    raise Undecided("two numbers were neither separated nor proved equal")


def _apart(a: Real, b: Real) -> int:
    """The order of two numbers of which one is only known to lie between others."""
    lowest = a.between.left if a.between is not None else a
    highest = a.between.right if a.between is not None else a
    low, high = (b.between.left, b.between.right) if b.between is not None else (b, b)
    if highest is not None and low is not None and compare(highest, low) <= 0:
        return -1
    if high is not None and lowest is not None and compare(high, lowest) <= 0:
        return 1
    raise Undecided("a number with parameters was not told from another")


def same(a: Real, b: Real) -> bool:
    """Whether two overlapping numbers are proved equal."""
    if isinstance(a, Root) and isinstance(b, Root):
        return a.polynomial == b.polynomial and _monotone(a, a.ball(64).union(b.ball(64)))
    if isinstance(b, Root) and a.exact is not None:
        a, b = b, a
    if isinstance(a, Root) and b.exact is not None:
        return vanishes_at(a.field, a.polynomial, b) is True and _monotone(a, a.ball(64).union(b.ball(64)))
    return False


def _monotone(root: Root, hull: arb) -> bool:
    slope = Evaluation(root.field, hull, 128).element(root.derivative)
    return bool(slope.is_finite() and not slope.contains(0))


def vanishes_at(field: Field, polynomial: Any, point: Real) -> bool | None:
    """Whether a polynomial in the generators is zero at the point; None when not decided."""
    if polynomial.is_zero():
        return True
    if field.box is not None and point.exact is not None:
        try:
            return Substitution(field, point.exact).polynomial(polynomial).is_zero
        except ZeroDivisionError:
            return None
    for precision in (64, 160):
        value = Evaluation(field, point.ball(precision), precision + 32).polynomial(polynomial)
        if value.is_finite() and not value.contains(0):
            return False
    if isinstance(point, Root):
        if not polynomial.gcd(point.polynomial).is_constant():
            return True
        square = field.reduce(point.polynomial * point.polynomial)
        if not square.is_constant() and divmod(polynomial, square)[1].is_zero():
            return True
    elif point.exact is not None:
        try:
            image = Substitution(field, point.exact).polynomial(polynomial)
        except (ZeroDivisionError, Undecided):
            image = None
        if image is not None and image.is_zero:
            return True
    for precision in (512, 2048):
        value = Evaluation(field, point.ball(precision), precision + 32).polynomial(polynomial)
        if value.is_finite() and not value.contains(0):
            return False
    return None


def in_order(points: list[Real]) -> list[Real]:
    """The points sorted: by their doubles where these are far apart, by balls where not."""
    points = sorted(points, key=float)
    for i in range(1, len(points)):
        k = i
        while (
            k
            and abs(float(points[k]) - float(points[k - 1])) <= 1e-6 * (1 + abs(float(points[k])))
            and compare(points[k], points[k - 1]) < 0
        ):
            points[k - 1], points[k] = points[k], points[k - 1]
            k -= 1
    if any(point.parametric for point in points):
        for a, b in itertools.pairwise(points):
            if compare(a, b) > 0:
                raise Undecided("points with parameters were not brought into order")
    return points


def coincide(a: Real, b: Real) -> bool:
    """Whether two numbers are equal."""
    if not (a.parametric or b.parametric) and abs(float(a) - float(b)) > 1e-6 * (1 + abs(float(a))):
        return False
    return compare(a, b) == 0
