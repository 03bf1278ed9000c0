"""Real numbers that can be enclosed as tightly as asked for, and their exact order.

An `ExactReal` is a constant of the field; a `Root` is the one zero of a factor between two rationals,
where the factor's derivative has no zero. Two numbers are equal only by an exact argument, different
only by disjoint balls; otherwise `Undecided`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flint import arb, ctx, fmpq

from symnet.balls.element import Element
from symnet.balls.evaluate import Evaluation, span
from symnet.balls.field import Field
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided

PRECISIONS = (64, 128, 256, 512, 1024, 2048)


class Real:
    """A real number; `exact` is its element where one is known."""

    exact: Element | None = None
    text: str | None = None
    """The number in the input grammar, where it is no element but has a closed form (Lambert W)."""
    base: Real | None = None
    """The member of one period that this one is whole periods away from."""
    between: Interval | None = None
    """Two numbers between which this one is known to lie, where nothing closer is."""
    _float: float | None = None

    @property
    def parametric(self) -> bool:
        """Whether the number depends on a parameter."""
        return (
            self.exact is not None and self.exact.field.box is not None and bool(self.exact.field.box.names(self.exact))
        )

    def ball(self, precision: int) -> arb:
        """An enclosure with about `precision` correct bits."""
        raise NotImplementedError

    def __float__(self) -> float:
        if self._float is None:
            self._float = float(self.ball(64).mid())
        return self._float


class ExactReal(Real):
    """A constant of the field."""

    def __init__(self, element: Element) -> None:
        self.exact: Element = element
        self._known: tuple[int, arb] = (0, arb(0))

    def ball(self, precision: int) -> arb:
        if self._known[0] < precision:
            value = self.exact.ball(None, precision) if self.parametric else None
            if value is None:
                value = accurate(lambda p: self.exact.ball(None, p), precision, self.exact.is_zero)
            self._known = (precision, value)
        return self._known[1]

    def __float__(self) -> float:
        """With a parameter, the value at one place of its range: good for an order that was proved, for nothing else."""
        box = self.exact.field.box
        return super().__float__() if box is None or not self.parametric else box.at_sample(self.exact)

    def __repr__(self) -> str:
        return f"ExactReal({self.exact})"


class Computed(Real):
    """A number given by enclosures at every precision, such as f at a root."""

    def __init__(self, enclose: Callable[[int], arb], exact: Element | None = None) -> None:
        self._enclose, self.exact = enclose, exact
        self._known: tuple[int, arb] = (0, arb(0))

    def ball(self, precision: int) -> arb:
        if self._known[0] < precision:
            self._known = (precision, accurate(self._enclose, precision, False))
        return self._known[1]

    def __repr__(self) -> str:
        return f"Computed({float(self)})"


def accurate(enclose: Callable[[int], arb], precision: int, zero: bool) -> arb:
    """Raise the working precision until the ball has `precision` correct bits (or is clearly tiny)."""
    if zero:
        return arb(0)
    working = precision + 16
    for _ in range(7):
        with ctx.workprec(working + 32):
            value = enclose(working)
        if value.is_finite() and value.rel_accuracy_bits() >= precision:
            return value
        working *= 2
    return value


class Root(Real):
    """The only zero of a polynomial in the generators between two rationals."""

    lambert: Any = None
    """The closed form by Lambert W, where there is one."""

    def __init__(self, field: Field, polynomial: Any, low: fmpq, high: fmpq) -> None:
        self.field, self.polynomial = field, polynomial
        self.low, self.high = low, high
        self.derivative = field.element(polynomial).derivative()
        self.interval = span(low, high)
        self._ball = self.interval
        self._bits = 4
        left = Evaluation(field, arb(low), 256).polynomial(polynomial)
        self._rising = left < 0

    def ball(self, precision: int) -> arb:
        while self._ball.rel_accuracy_bits() < precision and not self._fine(precision):
            before = self._ball
            self._refine(min(precision, max(32, 2 * max(self._ball.rel_accuracy_bits(), 8))) + 32)
            if not self._ball.rad() < before.rad() * arb("0.95"):
                raise Undecided("a root could not be refined")
        return self._ball

    def _fine(self, precision: int) -> bool:
        return bool(self._ball.rad() < arb(2) ** (-2 * precision))

    def _refine(self, working: int) -> None:
        """One interval Newton step, or a bisection while Newton does not contract."""
        for attempt in range(4):
            bits = working << attempt
            previous, ctx.prec = ctx.prec, bits + 32
            try:
                x = self._ball
                middle = x.mid() + x.rad() * arb(fmpq((0, 3, -5, 4)[attempt], 11))
                middle = middle.mid()
                value = Evaluation(self.field, middle, bits + 32).polynomial(self.polynomial)
                slope = Evaluation(self.field, x, bits + 32).element(self.derivative)
                if slope.is_finite() and not slope.contains(0):
                    step = middle - value / slope
                    if step.rad() < x.rad() * arb("0.7") and step.overlaps(x):
                        self._ball = step.intersection(x) if step.overlaps(x) else step
                        return
                if value > 0 or value < 0:
                    root_is_right = (value < 0) == self._rising
                    self._ball = middle.union(x.upper()) if root_is_right else x.lower().union(middle)
                    return
            finally:
                ctx.prec = previous
        raise Undecided("a root could not be refined")

    def __repr__(self) -> str:
        return f"Root({float(self)})"


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


@dataclass(frozen=True)
class Interval:
    """An open interval; None stands for an infinite end."""

    left: Real | None
    right: Real | None

    def sample(self) -> fmpq:
        """A rational point inside."""
        if self.parametric:
            raise Undecided("no rational lies inside for every value of the parameters")
        if self.left is None and self.right is None:
            return fmpq(3, 7)
        if self.left is None:
            assert self.right is not None
            return dyadic(self.right.ball(64).lower() - 1)
        if self.right is None:
            return dyadic(self.left.ball(64).upper() + 1)
        for precision in PRECISIONS:
            low, high = self.left.ball(precision), self.right.ball(precision)
            if low < high:
                previous, ctx.prec = ctx.prec, precision + 64
                try:
                    return dyadic((low.upper() * 4 + high.lower() * 3) / 7, precision)
                finally:
                    ctx.prec = previous
        raise Undecided("an interval could not be told from a point")

    @property
    def parametric(self) -> bool:
        """Whether an end depends on a parameter."""
        return any(end is not None and end.parametric for end in (self.left, self.right))

    def point(self, field: Field, steps: int = 1) -> Element:
        """An exact point inside: so many steps from a finite end, or at steps/(steps + 1) between two."""
        left, right = (None if end is None else end.exact for end in (self.left, self.right))
        if (left is None) != (self.left is None) or (right is None) != (self.right is None):
            raise Undecided("an end has no exact form")
        step = field.rational(steps)
        if left is None:
            return step if right is None else right - step
        return left + (step if right is None else (right - left).scaled(fmpq(steps, steps + 1)))

    def between(self, weight: fmpq) -> fmpq:
        """Another rational inside: at the weight from left to right, 40 units long where an end is infinite."""
        middle = self.sample()
        low = middle - 40 if self.left is None else dyadic(self.left.ball(96), 96)
        high = middle + 40 if self.right is None else dyadic(self.right.ball(96), 96)
        return low + (high - low) * weight

    def sign(self, field: Field, polynomial: Any) -> int:
        """The sign of a polynomial in the generators that has no zero inside."""
        if field.box is not None and (self.parametric or field.box.names(Element(field, polynomial, field.unit))):
            return field.box.sign(Substitution(field, self.point(field)).polynomial(polynomial))
        point = self.sample()
        for precision in PRECISIONS:
            value = Evaluation(field, arb_of(point, precision), precision).polynomial(polynomial)
            if value > 0:
                return 1
            if value < 0:
                return -1
        raise Undecided("a sign was not decided")

    def contains(self, point: Real) -> bool:
        """Whether the point lies strictly inside."""
        after = self.left is None or compare(self.left, point) < 0
        return after and (self.right is None or compare(point, self.right) < 0)


def arb_of(value: fmpq, precision: int) -> arb:
    """A rational as a ball."""
    previous, ctx.prec = ctx.prec, precision
    try:
        return arb(value)
    finally:
        ctx.prec = previous


def dyadic(ball: arb, precision: int = 64) -> fmpq:
    """A dyadic rational at the middle of a ball."""
    if not ball.is_finite():
        raise Undecided("a ball without a middle")
    mantissa, exponent = ball.mid().man_exp()
    mantissa, exponent = int(mantissa), int(exponent)
    bits = abs(mantissa).bit_length()
    if bits > precision:
        shift = bits - precision
        mantissa, exponent = mantissa >> shift, exponent + shift
    return fmpq(mantissa) * fmpq(2) ** exponent
