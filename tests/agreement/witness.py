"""What can be seen of a function by computing it: samples, slopes, sign changes, leaps.

A witness never proves; it finds counterexamples. Values are computed to 60 digits, slopes by finite
differences to about 40, roots by bisection. Where a value cannot be computed the witness is silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from mpmath import mp, mpf

from agreement.evaluation import Function, TooLarge, Undefined, evaluator

DIGITS = 60
STEP, BEND = mpf(10) ** -18, mpf(10) ** -14
"""The steps of the differences for f′ and f″; the error is about the square of the step times a higher derivative."""


class Witness:
    """Samples of one expression, around the points that somebody claims something about."""

    def __init__(self, text: str, points: Iterable[Any] = (), variable: str = "x") -> None:
        mp.dps = DIGITS
        self.text = text
        self.function: Function = evaluator(text, variable)
        self.points = sorted({mpf(p) for p in points if mp.isfinite(p)})
        self._value = lru_cache(maxsize=None)(self._compute)
        self.slope = lru_cache(maxsize=None)(self._slope)
        self.bend = lru_cache(maxsize=None)(self._bend)

    def _compute(self, v: Any) -> Any:
        lost = (
            4 * max(0, -mp.mag(v)) // 3 if v else 0
        )  # digits that terms of f may cancel near 0: 4 for each of v's zeros
        with mp.workdps(DIGITS + lost):
            try:
                return self.function(v)
            except (Undefined, TooLarge):
                return None

    def __call__(self, v: Any) -> Any:
        """f(v), or None where f is undefined or cannot be computed."""
        return self._value(mpf(v))

    def defined(self, v: Any) -> bool | None:
        """Whether v lies in the domain; None where the value is too large to say."""
        try:
            self.function(mpf(v))
        except Undefined:
            return False
        except TooLarge:
            return None
        return True

    @cached_property
    def near(self) -> list[Any]:
        """A dense grid on [-12, 12], at whole and half numbers too, and close around every claimed point."""
        grid = {mpf(k) / 16 + mpf(1) / 997 for k in range(-192, 192)} | {mpf(k) / 2 for k in range(-24, 25)}
        for p in self.points:
            grid |= {p, *(p + side * mpf(10) ** -k for k in (1, 2, 4, 8, 12) for side in (1, -1))}
        return sorted(grid)

    @cached_property
    def far(self) -> list[Any]:
        """Points from 12 to 10⁶ on both sides, and from 1 down to 10⁻³⁰ about zero."""
        grid = {sign * (12 * mpf("1.21") ** k + mpf(1) / 3) for k in range(60) for sign in (1, -1)}
        return sorted(grid | {sign * mpf(10) ** -k for k in range(1, 31, 2) for sign in (1, -1)})

    @cached_property
    def samples(self) -> list[tuple[Any, Any]]:
        """(x, f(x)) for all points where f has a value, sorted."""
        return [(v, y) for v in sorted({*self.near, *self.far}) if (y := self(v)) is not None]

    @cached_property
    def close_samples(self) -> list[tuple[Any, Any]]:
        """The samples on [-12, 12]."""
        return [(v, y) for v in self.near if (y := self(v)) is not None]

    def _slope(self, v: Any, side: int = 0, step: Any = STEP) -> Any:
        """f′(v) by a central difference, or a one-sided one of the second order; None where it cannot be formed."""
        v = mpf(v)
        if side == 0:
            a, b = self(v - step), self(v + step)
            return None if a is None or b is None else (b - a) / (2 * step)
        a, b, c = self(v), self(v + side * step), self(v + 2 * side * step)
        return None if a is None or b is None or c is None else side * (-3 * a + 4 * b - c) / (2 * step)

    def _bend(self, v: Any, step: Any = BEND) -> Any:
        """f″(v) by a central difference."""
        a, b, c = self(mpf(v) - step), self(v), self(mpf(v) + step)
        return None if a is None or b is None or c is None else (a - 2 * b + c) / step**2

    def limit(self, v: Any, side: int) -> Any:
        """What f tends to from one side, extrapolated linearly; None where it is undefined or does not settle."""
        v = mpf(v)
        found = [self(v + side * mpf(10) ** -k) for k in (15, 16, 17, 18)]
        if any(y is None for y in found):
            return None
        a, b, c, d = found
        first, second = b + (b - a) / 9, d + (d - c) / 9
        return second if abs(first - second) <= mpf(10) ** -6 * (1 + abs(second)) else None


def sign_changes(g: Callable[[Any], Any], grid: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Neighbours of the grid between which g changes sign; an exact zero counts as (v, v)."""
    values = [(v, y) for v in grid if (y := g(v)) is not None]
    for (a, fa), (b, fb) in pairwise(values):
        if fa == 0:
            yield a, a
        if fa * fb < 0:
            yield a, b


def bisect(g: Callable[[Any], Any], a: Any, b: Any, digits: int = 40) -> tuple[Any, Any] | None:
    """A bracket of relative width 10^-digits about a sign change; None where g is undefined inside."""
    fa = g(a)
    while b - a > mpf(10) ** -digits * max(1, abs(a)):
        middle = (a + b) / 2
        fm = g(middle)
        if fm is None:
            return None
        if fm == 0:
            return middle, middle
        if fa * fm < 0:
            b = middle
        else:
            a, fa = middle, fm
    return a, b


def leap(g: Callable[[Any], Any], a: Any, b: Any, halvings: int = 75) -> tuple[Any, Any] | None:
    """Follow the larger half of g's change between a and b; the place, if a change is left at the end."""
    fa, fb = g(a), g(b)
    for _ in range(halvings):
        middle = (a + b) / 2
        fm = g(middle)
        if fm is None:
            return None
        if abs(fm - fa) >= abs(fb - fm):
            b, fb = middle, fm
        else:
            a, fa = middle, fm
    return ((a + b) / 2, abs(fb - fa)) if abs(fb - fa) > mpf(10) ** -6 else None


def lowest(g: Callable[[Any], Any], a: Any, b: Any) -> tuple[Any, Any] | None:
    """The minimum of a unimodal g on [a, b] by golden section, (place, value)."""
    ratio = (mp.sqrt(5) - 1) / 2
    c, d = b - ratio * (b - a), a + ratio * (b - a)
    fc, fd = g(c), g(d)
    for _ in range(140):
        if fc is None or fd is None:
            return None
        if fc <= fd:
            b, d, fd = d, c, fc
            c = b - ratio * (b - a)
            fc = g(c)
        else:
            a, c, fc = c, d, fd
            d = a + ratio * (b - a)
            fd = g(d)
    middle = (a + b) / 2
    return (middle, value) if (value := g(middle)) is not None else None
