"""Two points where f takes one value with two different slopes: the proof that f′ is no function of f."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, fmpq

from symnet.analysis.subject import Subject
from symnet.balls.element import Element
from symnet.balls.interval import arb_of

PRECISION = 128
HALVINGS = 60
POINTS = tuple(fmpq(k, 2) for k in sorted(range(-24, 25), key=lambda k: (abs(k), -k)))
EDGES = tuple(fmpq(k, 2) + fmpq(1, 9) for k in range(-26, 26))


@dataclass(frozen=True)
class Collision:
    """f(first) = f(second), and the slopes differ."""

    first: str
    """Exactly."""
    second: str
    """To six digits."""
    slopes: tuple[str, str]

    @property
    def sentence(self) -> str:
        """What was found, as a sentence."""
        return (
            f"f takes the same value at x = {self.first} and near x = {self.second}, "
            f"with slope {self.slopes[0]} at the one and {self.slopes[1]} at the other."
        )


@dataclass(frozen=True)
class _Sample:
    x: fmpq
    cell: int
    value: arb
    slope: arb


def collision(subject: Subject) -> Collision | None:
    """A pair of points, or None when none was found.

    f is continuous on a cell, so that a change of the sign of f - f(a) between l and r encloses a point b
    with f(b) = f(a); l and r close in on it until f′ on [l, r] cannot be f′(a).
    """
    if subject.field.box is not None:
        return None
    samples = [s for s in (_sample(subject, x) for x in POINTS) if s is not None]
    edges = [_sample(subject, x) for x in EDGES]
    for a in samples:
        for left, right in zip(edges, edges[1:], strict=False):
            if left is None or right is None or left.cell != right.cell or left.x < a.x < right.x:
                continue
            if (left.value < a.value and right.value > a.value) or (left.value > a.value and right.value < a.value):
                found = _close_in(subject, a, left, right)
                if found is not None:
                    return found
    return None


def _sample(subject: Subject, x: fmpq) -> _Sample | None:
    """f and f′ at a rational inside a cell."""
    point = arb_of(x, PRECISION)
    for i, piece, element in subject.defined:
        left, right = piece.interval.left, piece.interval.right
        if (left is None or left.ball(PRECISION) < point) and (right is None or point < right.ball(PRECISION)):
            value, slope = element.ball(point, PRECISION), subject.derivative(i, 1).ball(point, PRECISION)
            return _Sample(x, i, value, slope) if value.is_finite() and slope.is_finite() else None
    return None


def _close_in(subject: Subject, a: _Sample, left: _Sample, right: _Sample) -> Collision | None:
    rising = left.value < a.value
    slope: Element = subject.derivative(left.cell, 1)
    for _ in range(HALVINGS):
        hull = arb_of(left.x, PRECISION).union(arb_of(right.x, PRECISION))
        there = slope.ball(hull, PRECISION)
        close = right.x - left.x < fmpq(1, 10**8)
        if close and there.is_finite() and not there.overlaps(a.slope):
            return Collision(str(a.x), _short(hull), (_short(a.slope), _short(there)))
        middle = _sample(subject, (left.x + right.x) / 2)
        if middle is None or not (middle.value < a.value or middle.value > a.value):
            return None
        left, right = (middle, right) if (middle.value < a.value) == rising else (left, middle)
    return None


def _short(ball: arb) -> str:
    return f"{float(ball.mid()):.6g}"
