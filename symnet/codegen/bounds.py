"""How good a form is on a fixed grid of floats: its running error bound and its distance from the true value.

Both are computed in ball arithmetic, so that the choice of forms, which follows them, does not depend on the machine.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, field

from flint import arb
from sympy import Expr, S, Symbol

from symnet.codegen.assess import LARGEST, SMALLEST, SMALLEST_NORMAL, Assessment, assess, ulp
from symnet.codegen.candidates import Candidate
from symnet.codegen.form import Form
from symnet.codegen.reference import value

GOOD = 3.6
"""A bound that needs no improvement, in ULP; measured errors stay well below their bound."""

FAIR = 3.8
"""What is not worth another regime."""

TOLERABLE = 4.0
"""What is still preferred to a polynomial; measured errors are about half of their bound."""

OVERFLOW = LARGEST * (1 - 2.0**-50)
"""From here on rounding errors may carry a form beyond the range; the result is said to be infinite."""

STEADY = 2.0**1000
"""What an unsteady function may reach in a form that cannot stand overflow."""

TRUNCATION = 5.0
"""How much worse than a rounding error a systematic deviation from the true value is held to be."""

BEYOND = 3

TINY = 2.0**-28
"""Below it a form is good everywhere or nowhere: the points of the grid are too far apart there."""

FARTHEST = 2.0**60
"""Beyond it a ball that is nan may only mean that an exponential was too large to be enclosed."""

MAGNITUDES = (
    *(2.0**-k for k in (1074, 1070, 1040, 1022, 1000, 700, 512, 300, 100, 54, 52, 40, 28, 26, 20, 14, 10, 8)),
    *(2.0**k * m for k in range(-7, 10) for m in (1.0, 1.125, 1.25, 1.375, 1.5, 1.625, 1.75, 1.875)),
    *(680.0, 700.0, 706.0, 708.0, 709.0, 710.0, 720.0, 735.0, 744.0, 746.0, 750.0, 800.0),
    *(2.0**k for k in (*range(10, 60, 2), 27, 53, *range(60, 1000, 40), 341, 342, 510, 511, 512, 513, 1000, 1023)),
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
    function: Expr | None = None
    """What has to be defined too, where the expression is its derivative."""
    unsteady: bool = False
    """Whether an oscillation outgrows the floats, so that between two good points of the grid it may overflow."""
    truths: dict[float, arb] = field(default_factory=dict)
    known: dict[tuple[int, float], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look closely at where results become subnormal, vanish or overflow."""
        extra: set[float] = set()
        for a, b in itertools.pairwise(self.points):
            ranges = {self.range(a), self.range(b)}
            if len(ranges) > 1 and (max(abs(a), abs(b)) > TINY or BEYOND in ranges):
                edge = self._edge(a, b)
                extra |= {edge, *(edge * s for s in (0.95, 0.99, 0.997, 0.999, 1.001, 1.002, 1.004, 1.01, 1.05))}
        for a, b in itertools.pairwise(self.points):
            if self.undefined(a) != self.undefined(b):
                outside = self.undefined(a)
                edge = border(lambda p, outside=outside: self.undefined(p) == outside, a, b, 2200)
                extra |= {
                    edge + s * max(abs(edge), 2.0**-20) * 2.0**-k
                    for k in (4, 6, 8, 12, 18, 26, 36, 50)
                    for s in (-1, 1)
                }
        first, last = self.points[0], self.points[-1]
        self.points = sorted({*self.points, *(p for p in extra if first <= p <= last)})

    def range(self, point: float) -> int:
        """0 for what rounds to zero, 1 for subnormal, 2 for normal results, `BEYOND` for what no float can hold."""
        size = abs(self.truth(point))
        return (
            sum(bool(size > limit) for limit in (SMALLEST / 2, SMALLEST_NORMAL, OVERFLOW)) if not size.is_nan() else 2
        )

    def _edge(self, a: float, b: float) -> float:
        for _ in range(10):
            middle = middle_of(a, b)
            if self.range(middle) == self.range(a):
                a = middle
            else:
                b = middle
        return a

    def truth(self, point: float) -> arb:
        """The exact value at a float."""
        if point not in self.truths:
            outside = self.function is not None and value(self.function, self.variable, point).is_nan()
            self.truths[point] = arb.nan() if outside else value(self.expression, self.variable, point)
        return self.truths[point]

    def undefined(self, point: float) -> bool:
        """Whether the function has no value here; so far out that no exponential can be enclosed, nothing is said."""
        return abs(point) < FARTHEST and self.truth(point).is_nan()

    def __call__(self, candidate: Candidate, point: float) -> float:
        """The bound in ULP of the true value; inf where the form cannot be used."""
        if abs(point) <= TINY:
            kind = self._kind(point)
            alike = (p for p in self.points if abs(p) <= TINY and self._kind(p) == kind)
            return max(self.alone(candidate, p) for p in (point, *alike))
        return self.alone(candidate, point)

    def _kind(self, point: float) -> tuple[bool, bool, bool]:
        return point > 0, point < 0, self.range(point) == BEYOND

    def alone(self, candidate: Candidate, point: float) -> float:
        """The bound at this float, whatever holds at other tiny ones."""
        key = (id(candidate.form), point)
        if key not in self.known:
            self.known[key] = self._bound(candidate, point)
        return self.known[key]

    def _bound(self, candidate: Candidate, point: float) -> float:
        truth = self.truth(point)
        nowhere = candidate.form.operation == "number" and candidate.form.payload is S.NaN
        if truth.is_nan():
            return math.inf if self.undefined(point) and not nowhere else 0.0
        if nowhere:
            return math.inf
        if not truth.is_finite():
            return 0.0  # too large to be enclosed: nothing is known
        magnitude = abs(float(truth.mid()))
        if magnitude > OVERFLOW and candidate.form.operation == "scaled_up":
            found = self._assess(candidate.form.arguments[0], point, 0)
            if found is None or math.isinf(found.ulps) or not abs(found.value) * arb(2) ** 128 > OVERFLOW:
                return math.inf
            return 0.0 if (found.value > 0) == (truth > 0) else math.inf
        if magnitude > OVERFLOW:
            if candidate.form.operation == "number" and candidate.form.payload.is_infinite:
                return 0.0 if (candidate.form.payload > 0) == (truth > 0) else math.inf
            if not (magnitude <= LARGEST and self._exact(candidate.form, point)):
                return math.inf
        elif candidate.form.operation == "number" and candidate.form.payload.is_infinite:
            return math.inf
        found, precision = self._assess(candidate.form, point, 0), 1024
        while found is not None and not truth.is_zero() and found.value.rel_accuracy_bits() < 64 and precision <= 8192:
            found, precision = self._assess(candidate.form, point, precision), precision * 4
        if found is None or not found.value.is_finite() or math.isnan(found.ulps):
            return math.inf
        if self.unsteady and candidate.form.operation != "scaled_up" and found.largest > STEADY:
            return math.inf
        if truth.is_zero():
            return 0.0 if found.value.contains(0) and not math.isinf(found.ulps) else math.inf
        return found.ulps + TRUNCATION * abs(float(((found.value - truth) / ulp(magnitude)).mid()))

    def _exact(self, form: Form, point: float) -> bool:
        """Whether a form has no rounding error at all, so that it cannot be carried beyond the range."""
        found = self._assess(form, point, 0)
        return found is not None and found.ulps == 0.0

    @staticmethod
    def _assess(form: Form, point: float, precision: int) -> Assessment | None:
        try:
            return assess(form, point, precision)
        except (ValueError, ZeroDivisionError, OverflowError):
            return None

    def reach(self, candidate: Candidate, position: int, level: float = GOOD) -> int:
        """How many grid points from here on stay good."""
        count = 0
        for point in self.points[position:]:
            if not self(candidate, point) <= level:
                break
            count += 1
        return count


def border(holds: Callable[[float], bool], good: float, bad: float, steps: int) -> float:
    """A float between, on the good side and near the border, with few digits."""
    for _ in range(steps):
        middle = middle_of(good, bad)
        if steps == 5 and abs(good) > 2 and abs(good - bad) > 8:
            middle = float(round(middle))
        if middle in (good, bad):
            break
        if holds(middle):
            good = middle
        else:
            bad = middle
    return good


def middle_of(a: float, b: float) -> float:
    """The arithmetic mean, or the power of two between numbers of very different size."""
    if (a > 0) == (b > 0) and a and b and not 1 / 8 < a / b < 8:
        return math.copysign(2.0 ** round((math.frexp(a)[1] + math.frexp(b)[1]) / 2 - 1), a)
    return a / 2 + b / 2
