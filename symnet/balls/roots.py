"""Every zero of a polynomial in the generators between two rationals, certified.

An interval is discarded when the enclosure (natural or mean-value form) excludes zero, solved when the
derivative's enclosure excludes zero, and bisected otherwise. Multiple zeros are found by an exact
candidate c: the polynomial and its first m-1 derivatives are exactly zero there, and the m-th has no
zero on an interval around it, which then holds no other zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flint import arb, ctx, fmpq

from symnet.balls.closed_forms import closed_form
from symnet.balls.element import Element
from symnet.balls.evaluate import Evaluation, span
from symnet.balls.field import Field
from symnet.balls.interval import arb_of, dyadic
from symnet.balls.order import compare, vanishes_at
from symnet.balls.reals import ExactReal, Real, Root
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget

NARROWEST = fmpq(1, 2**34)
HIGHEST_MULTIPLICITY = 12


@dataclass(frozen=True)
class Zero:
    """A zero and its multiplicity."""

    point: Real
    multiplicity: int


@dataclass(frozen=True)
class Flat:
    """An exact multiple zero, with the first derivative that does not vanish there."""

    point: Real
    multiplicity: int
    derivative: Element


def multiple_zero(field: Field, polynomial: Any, point: Real) -> Flat | None:
    """The multiplicity of an exact zero, or None when the polynomial is not zero there."""
    if vanishes_at(field, polynomial, point) is not True:
        return None
    derivative = field.element(polynomial)
    for multiplicity in range(1, HIGHEST_MULTIPLICITY):
        derivative = derivative.derivative()
        if not derivative.ball(point.ball(128), 160).is_finite():
            break
        vanishes = vanishes_at(field, derivative.num, point)
        if vanishes is None:
            break
        if not vanishes:
            return Flat(point, multiplicity, derivative)
    raise Undecided("the multiplicity of a zero was not decided")


def zeros_between(field: Field, polynomial: Any, low: fmpq, high: fmpq, budget: Budget) -> list[Zero]:
    """All zeros in [low, high], sorted; low and high themselves are no zeros."""
    function = Element(field, polynomial, field.unit)
    derivative = function.derivative()
    if _never_zero(field, derivative):
        root = _single(field, polynomial, low, high)
        return [] if root is None else [Zero(root, 1)]
    flats: list[Flat] = []
    known: set[str] = set()
    found: list[Zero] = []
    hints = [fmpq(0), fmpq(1), fmpq(-1)]

    def try_candidate(candidate: Candidate) -> None:
        if candidate.name in known or not Evaluation(field, candidate.ball, 160).element(function).contains(0):
            return
        known.add(candidate.name)
        try:
            flat = multiple_zero(field, polynomial, ExactReal(candidate.make()))
        except Undecided:
            return
        if flat is not None:
            flats.append(flat)
            found.append(Zero(flat.point, flat.multiplicity))

    for hint in hints:
        if low < hint < high:
            try_candidate(rational_candidate(field, hint))
    stack = [(low, high, 64)]
    while stack:
        a, b, precision = stack.pop()
        width = b - a
        x = span(a, b, precision)
        box = Evaluation(field, x, precision)
        value = box.element(function)
        if value.is_finite() and not value.contains(0):
            continue
        if any(_only_zero(field, flat, x, precision) for flat in flats):
            continue
        middle = a + width * fmpq(31, 64)
        sharper = _separating(field, function, middle, precision)
        if sharper > precision:
            stack.append((a, b, sharper))
            continue
        slope = box.element(derivative)
        if slope.is_finite():
            centre = arb_of(middle, precision)
            mean = Evaluation(field, centre, precision).element(function) + slope * (x - centre)
            if mean.is_finite() and not mean.contains(0):
                continue
            if not slope.contains(0):
                root = _single(field, polynomial, a, b)
                if root is not None and not any(_same_point(root, flat.point) for flat in flats):
                    found.append(Zero(root, 1))
                continue
        if width < fmpq(1, 64) and int(1 / width).bit_length() % 4 == 0:
            for candidate in candidates(field, a, b):
                try_candidate(candidate)
        if width < NARROWEST:
            raise Undecided("a possible multiple zero was not resolved")
        stack.extend(((middle, b, precision), (a, middle, precision)))
    unique: list[Zero] = []
    for zero in found:
        if not any(_same_point(zero.point, other.point) for other in unique):
            unique.append(zero)
    return sorted(unique, key=lambda zero: float(zero.point))


def _never_zero(field: Field, element: Element) -> bool:
    """Whether the numerator is a product of exponentials, roots without zeros inside, and constants."""
    for factor, _ in field.factor(element.num)[1]:
        used = field.used(factor)
        if all(field.generators[i].constant for i in used):
            continue
        if len(factor) != 1 or any(
            field.generators[i].kind not in ("exp", "root") and not field.generators[i].constant for i in used
        ):
            return False
    return True


def _separating(field: Field, function: Element, middle: fmpq, precision: int) -> int:
    """A working precision at which the value at the middle is told from zero (or the given one if none is)."""
    for working in (precision, 4 * precision, 16 * precision):
        if working > 2048:
            break
        if not Evaluation(field, arb_of(middle, working), working).element(function).contains(0):
            return working
    return precision


def _only_zero(field: Field, flat: Flat, x: arb, precision: int) -> bool:
    """Whether the flat zero's derivative excludes zero on the hull: then x holds no other zero."""
    hull = x.union(flat.point.ball(precision))
    if hull.rad() > 3 * x.rad() + arb(2) ** (-60):
        return False
    value = Evaluation(field, hull, precision).element(flat.derivative)
    return bool(value.is_finite() and not value.contains(0))


def _single(field: Field, polynomial: Any, a: fmpq, b: fmpq) -> Real | None:
    """The zero in [a, b] of a monotone polynomial, or None."""
    left, right = sign_at(field, polynomial, a), sign_at(field, polynomial, b)
    if left == 0:
        return ExactReal(field.rational(a))
    if right == 0:
        return ExactReal(field.rational(b))
    return Root(field, polynomial, a, b) if left != right else None


def sign_at(field: Field, polynomial: Any, point: fmpq) -> int:
    """The exact sign at a rational."""
    for precision in (64, 192, 768):
        value = Evaluation(field, arb_of(point, precision), precision).polynomial(polynomial)
        if value > 0:
            return 1
        if value < 0:
            return -1
    if vanishes_at(field, polynomial, ExactReal(field.rational(point))):
        return 0
    for precision in (3072, 8192):
        value = Evaluation(field, arb_of(point, precision), precision).polynomial(polynomial)
        if value > 0:
            return 1
        if value < 0:
            return -1
    raise Undecided("a sign at a rational was not decided")


def _same_point(a: Real, b: Real) -> bool:
    return compare(a, b) == 0


@dataclass(frozen=True)
class Candidate:
    """A number that may be a zero: its ball, and its element, made only when the ball cannot exclude it."""

    name: str
    ball: arb
    make: Callable[[], Element]


def rational_candidate(field: Field, value: fmpq) -> Candidate:
    """A rational as a candidate."""
    return Candidate(str(value), arb_of(value, 192), lambda: field.rational(value))


def candidates(field: Field, a: fmpq, b: fmpq, unit: Element | None = None) -> list[Candidate]:
    """Exact numbers in [a, b] that a zero may be: a simple rational, square root, or multiple of a unit (pi)."""
    from symnet.balls.elementary import pi, square_root

    found: list[Candidate] = []
    simplest = simplest_between(a, b)
    if simplest.q <= 1000:
        found.append(rational_candidate(field, simplest))
    with ctx.workprec(256):
        size = arb.pi() if unit is None else unit.ball(None, 256)
        ratio = simplest_between(*_over(a, b, size))
        if ratio.q <= 48 and ratio != 0:
            found.append(
                Candidate(
                    f"{ratio} units", size * arb(ratio), lambda: (pi(field) if unit is None else unit).scaled(ratio)
                )
            )
        if a > 0 or b < 0:
            low, high = min(a * a, b * b), max(a * a, b * b)
            square, sign = simplest_between(low, high), 1 if a > 0 else -1
            if square.q <= 100 and square.p <= 1000:
                found.append(
                    Candidate(
                        f"root {square}", arb(square).sqrt() * sign, lambda: square_root(field, square).scaled(sign)
                    )
                )
    return found


def _over(a: fmpq, b: fmpq, divisor: arb) -> tuple[fmpq, fmpq]:
    with ctx.workprec(192):
        low, high = arb(a) / divisor, arb(b) / divisor
        return dyadic(arb(low.lower()), 180), dyadic(arb(high.upper()), 180)


def simplest_between(a: fmpq, b: fmpq) -> fmpq:
    """The rational of smallest denominator in [a, b]."""
    if a <= 0 <= b:
        return fmpq(0)
    if b < 0:
        return -simplest_between(-b, -a)
    whole = a.ceil()
    if whole <= b:
        return fmpq(whole)
    floor = a.floor()
    return floor + 1 / simplest_between(1 / (b - floor), 1 / (a - floor))


def named(field: Field, factor: Any, point: Real, unit: Element | None = None) -> Real:
    """A root as an exact number, where a simple rational, square root or multiple of pi is one."""
    if not isinstance(point, Root):
        return point
    ball = point.ball(128)
    low, high = dyadic(arb(ball.lower()), 110), dyadic(arb(ball.upper()), 110)
    for candidate in candidates(field, low - fmpq(1, 2**100), high + fmpq(1, 2**100), unit):
        if not Evaluation(field, candidate.ball, 224).polynomial(factor).contains(0):
            continue
        exact = ExactReal(candidate.make())
        if point.low <= dyadic(exact.ball(128), 128) <= point.high and vanishes_at(field, factor, exact):
            return exact
    return closed_form(point)
