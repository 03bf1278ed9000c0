"""Which form serves which part of the line: chosen by the running error bound on a fixed grid of floats.

The bound and the distance from the true value are computed in ball arithmetic, so the choice does not depend on the machine.
A form that is good everywhere wins; otherwise the line is covered from left to right by the forms that stay good the longest, and what no
form covers goes to polynomials. Behind the last grid point the limits decide: the outermost regimes must also be right at ±∞.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flint import arb
from sympy import Expr, Symbol

from symnet.codegen.assess import LARGEST, assess, ulp
from symnet.codegen.candidates import Candidate
from symnet.codegen.plan import Regime
from symnet.codegen.reference import value
from symnet.errors import UnsupportedExpressionError

GOOD = 6.5
"""A bound that needs no improvement, in ULP; measured errors stay well below their bound."""

MAGNITUDES = (
    *(2.0**-k for k in (1070, 1040, 1022, 1000, 700, 512, 300, 100, 54, 52, 40, 28, 26, 20, 14, 10, 8)),
    *(2.0**k * m for k in range(-7, 10) for m in (1.0, 1.125, 1.25, 1.375, 1.5, 1.625, 1.75, 1.875)),
    *(680.0, 700.0, 706.0, 708.0, 709.0, 710.0, 720.0, 735.0, 744.0, 746.0, 750.0, 800.0),
    *(
        2.0**k
        for k in (10, 11, 12, 13, 16, 20, 24, 27, 32, 40, 52, 54, 56, 60, 100, 300, 510, 511, 512, 513, 700, 1000, 1023)
    ),
    LARGEST,
)


def grid(left: float, right: float) -> list[float]:
    """Floats of every magnitude in [left, right], denser where activations bend; the ends included where finite."""
    points = {*MAGNITUDES, *(-m for m in MAGNITUDES), 0.0}
    points |= {e for e in (left, right) if math.isfinite(e)}
    return sorted(p for p in points if left <= p <= right)


@dataclass
class Bounds:
    """Error bounds of forms on one grid, computed when asked for and kept."""

    expression: Expr
    variable: Symbol
    points: list[float]
    truths: dict[float, arb] = field(default_factory=dict)
    known: dict[tuple[int, float], float] = field(default_factory=dict)

    def truth(self, point: float) -> arb:
        """The exact value at a float."""
        if point not in self.truths:
            self.truths[point] = value(self.expression, self.variable, point)
        return self.truths[point]

    def __call__(self, candidate: Candidate, point: float) -> float:
        """The bound in ULP of the true value; inf where the form cannot be used."""
        key = (id(candidate.form), point)
        if key not in self.known:
            self.known[key] = self._bound(candidate, point)
        return self.known[key]

    def _bound(self, candidate: Candidate, point: float) -> float:
        truth = self.truth(point)
        if truth.is_nan():
            return 0.0
        magnitude = abs(float(truth.mid()))
        if magnitude > LARGEST:
            infinite = candidate.form.operation == "number" and candidate.form.payload.is_infinite
            return 0.0 if infinite and (candidate.form.payload > 0) == (truth > 0) else math.inf
        if candidate.form.operation == "number" and candidate.form.payload.is_infinite:
            return math.inf
        try:
            found = assess(candidate.form, point)
        except (ValueError, ZeroDivisionError, OverflowError):
            return math.inf
        if not found.value.is_finite():
            return math.inf
        if truth.is_zero():
            return 0.0 if found.value.contains(0) and not math.isinf(found.ulps) else math.inf
        return found.ulps + abs(float(((found.value - truth) / ulp(magnitude)).mid()))

    def reach(self, candidate: Candidate, position: int) -> int:
        """How many grid points from here on stay good."""
        count = 0
        for point in self.points[position:]:
            if not self(candidate, point) <= GOOD:
                break
            count += 1
        return count


Gap = Callable[[float, float], tuple[Regime, ...]]
"""Serves what no form covers: (left, right) → regimes."""


def choose(bounds: Bounds, candidates: Sequence[Candidate], left: float, right: float, gap: Gap) -> tuple[Regime, ...]:
    """Regimes from left to right."""
    if not candidates:
        raise UnsupportedExpressionError(f"no numerical form is known for {bounds.expression}")
    points = bounds.points
    regimes: list[Regime] = []
    start, position = left, 0
    while position < len(points):
        best = max(candidates, key=lambda c: bounds.reach(c, position))
        reach = bounds.reach(best, position)
        if reach == 0:
            stop = position + 1
            while stop < len(points) and not any(bounds.reach(c, stop) for c in candidates):
                stop += 1
            end = (
                right
                if stop == len(points)
                else math.nextafter(_first_good(bounds, candidates, points[stop - 1], points[stop]), -math.inf)
            )
            regimes.extend(gap(start, end))
        else:
            stop = position + reach
            end = right if stop == len(points) else _last_good(bounds, best, points[stop - 1], points[stop])
            if stop < len(points):
                end = _pretty_end(bounds, candidates, position, stop, end)
            regimes.append(Regime(start, end, best.form, best.name))
        start = math.nextafter(end, math.inf)
        while position < len(points) and points[position] < start:
            position += 1
    return tuple(regimes)


def _pretty_end(bounds: Bounds, candidates: Sequence[Candidate], position: int, stop: int, end: float) -> float:
    """Give way at zero, where the next form is good from there on already."""
    points = bounds.points
    following = max((bounds.reach(c, stop) for c in candidates), default=0)
    for index in range(position + 1, stop):
        if points[index] == 0.0:
            reach = max(bounds.reach(c, index) for c in candidates)
            if reach >= stop - index + following > 0:
                return math.nextafter(0.0, -math.inf)
    return end


def _last_good(bounds: Bounds, candidate: Candidate, good: float, bad: float) -> float:
    return _border(lambda p: bounds(candidate, p) <= GOOD, good, bad)


def _first_good(bounds: Bounds, candidates: Sequence[Candidate], bad: float, good: float) -> float:
    best = max(candidates, key=lambda c: bounds.reach(c, bounds.points.index(good)))
    return _border(lambda p: bounds(best, p) <= GOOD, good, bad)


def _border(holds: Callable[[float], bool], good: float, bad: float) -> float:
    """A float between, on the good side and near the border, with few digits."""
    for _ in range(5):
        middle = good / 2 + bad / 2
        if abs(good) > 2 and abs(good - bad) > 8:
            middle = float(round(middle))
        if middle in (good, bad):
            break
        if holds(middle):
            good = middle
        else:
            bad = middle
    return good
