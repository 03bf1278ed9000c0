"""Settling an end: a rational beside it such that a factor has no zero between it and the end.

At a finite end by the factor's value there, or by an exact multiple zero whose first derivative that does
not vanish has no zero beside it; where the factor is singular, and at infinity, by its tail.
"""

from __future__ import annotations

from typing import Any

from flint import arb, ctx, fmpq

from symnet.balls.evaluate import Evaluation
from symnet.balls.expansion import End
from symnet.balls.field import Field
from symnet.balls.reals import Interval, Root, dyadic, vanishes_at
from symnet.balls.roots import HIGHEST_MULTIPLICITY
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
