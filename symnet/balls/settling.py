"""Settling an end: a rational beside it such that a factor has no zero between it and the end, or zeros for ever.

At a finite end by the factor's value there, or by an exact multiple zero whose first derivative that does
not vanish has no zero beside it; where the factor is singular, and at infinity, by its tail.
"""

from __future__ import annotations

from typing import Any

from flint import arb, ctx, fmpq

from symnet.balls.envelopes import envelope
from symnet.balls.evaluate import Evaluation
from symnet.balls.expansion import End
from symnet.balls.field import Field
from symnet.balls.interval import Interval, dyadic
from symnet.balls.order import vanishes_at
from symnet.balls.oscillation import oscillation
from symnet.balls.periods import window
from symnet.balls.reals import Root
from symnet.balls.roots import HIGHEST_MULTIPLICITY, sign_at
from symnet.balls.tails import tail
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget


def settle(field: Field, factor: Any, end: End, interval: Interval, budget: Budget) -> fmpq:
    """A rational inside the interval such that the factor has no zero between it and the end."""
    if end.point is None:
        return tail(field, factor, end).boundary(end)
    point = end.point
    for k in (3, 6, 10, 16, 24):
        value = Evaluation(field, _beside(end, k), 96).polynomial(factor)
        budget.spend()
        if value.is_finite() and not value.contains(0):
            return _inside(end, k, interval)
        if not value.is_finite() and k >= 10:
            break
    try:
        vanishes = vanishes_at(field, factor, point)
    except Undecided:
        vanishes = None
    if vanishes is not False:
        derivative = field.element(factor)
        for _ in range(HIGHEST_MULTIPLICITY):
            if vanishes is not True:
                break
            derivative = derivative.derivative()
            for k in (3, 6, 10, 16, 24):
                value = Evaluation(field, _beside(end, k), 96).element(derivative)
                if value.is_finite() and not value.contains(0):
                    return _inside(end, k, interval)
            if not derivative.ball(point.ball(128), 160).is_finite():
                break
            try:
                vanishes = vanishes_at(field, derivative.num, point)
            except Undecided:
                break
            if isinstance(point, Root) and vanishes is None:
                break
    result = tail(field, factor, end)
    return result.boundary(end)


def _beside(end: End, k: int) -> arb:
    """The ball from the point to its neighbour at distance 2^-k on the end's side."""
    assert end.point is not None
    previous, ctx.prec = ctx.prec, 128
    try:
        ball = end.point.ball(96)
        return ball.union(ball + arb(end.side) * arb(2) ** (-k))
    finally:
        ctx.prec = previous


def _inside(end: End, k: int, interval: Interval) -> fmpq:
    assert end.point is not None
    previous, ctx.prec = ctx.prec, 128
    try:
        return dyadic(end.point.ball(96) + arb(end.side) * arb(2) ** (-k - 1))
    finally:
        ctx.prec = previous


def bound(field: Field, factor: Any, end: End, interval: Interval, budget: Budget) -> tuple[fmpq, bool]:
    """Where the search starts at an end, and whether infinitely many zeros lie beyond."""
    try:
        return settle(field, factor, end, interval, budget), False
    except Undecided:
        if end.point is not None:
            raise
        found = _by_envelope(field, factor, end, interval) or _by_wave(field, factor, end, interval)
        if found is None:
            raise
        return found


def _by_envelope(field: Field, factor: Any, end: End, interval: Interval) -> tuple[fmpq, bool] | None:
    """A + R*cos(v - phase) has no zero on a tail where A^2 > R^2, and zeros for ever where A^2 < R^2."""
    shape = envelope(field.element(factor), end)
    if shape is None:
        return None
    try:
        clear = tail(field, shape.clearance, end)
    except Undecided:
        return None
    if clear.sign == 0:
        return None
    return (clear.boundary(end), False) if clear.sign > 0 else (_start(field, factor, end, interval), True)


def _by_wave(field: Field, factor: Any, end: End, interval: Interval) -> tuple[fmpq, bool] | None:
    """Zeros for ever where the leading oscillation takes both signs."""
    wave = oscillation(field, field.element(factor), end, window(field, interval))
    if wave is None or wave.signs() != {1, -1}:
        return None
    return _start(field, factor, end, interval), True


def _start(field: Field, factor: Any, end: End, interval: Interval) -> fmpq:
    """Where a list that never ends starts: a rational at the edge of the window that is no zero."""
    reach = window(field, interval)
    return next(b for k in range(50) if sign_at(field, factor, b := (reach + fmpq(k, 97)) * end.side) != 0)
