"""Arguments that exclude a period, from what is proved of f near infinity.

With a period P, f(x) = f(x + nP) for every whole n. If f - Q(w*x) tends to 0 for a continuous wave Q, then n can be
chosen such that w*n*P comes as near to a multiple of 2*pi as one likes, and f is Q(w*x) everywhere: one point where it
is not, or where it is not defined, excludes P. If f grows beyond every bound where Q is not 0, f(x) would be infinite.
"""

from __future__ import annotations

from flint import fmpq

from symnet.analysis.oscillation import wave
from symnet.analysis.reflection import enclosure
from symnet.analysis.subject import Subject
from symnet.balls.element import Element
from symnet.balls.interval import arb_of
from symnet.balls.monomials import ONE, compare
from symnet.balls.oscillation import Oscillation
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided

HIGHEST_ORDER = 3


def excluded(subject: Subject) -> str | None:
    """The reason why f, which is not constant, has no period; None when none was found."""
    for side, i in ((-1, len(subject.pieces) - 1), (1, 0)):
        if _settles(subject, i, side, 0):
            return "f has a limit at infinity without being constant, which excludes a period."
    for side, i in ((-1, len(subject.pieces) - 1), (1, 0)):
        reason = _by_wave(subject, i, side) or _by_derivatives(subject, i, side)
        if reason is not None:
            return reason
    return None


def _settles(subject: Subject, i: int, side: int, order: int) -> bool:
    """Whether the derivative of this order has a limit at infinity, finite or not."""
    try:
        subject.limit(i, side, order)
    except Undecided:
        return False
    return True


def _by_wave(subject: Subject, i: int, side: int) -> str | None:
    found = wave(subject, i, side)
    if found is None or not found.angle.derivative().is_constant:
        return None
    growth = compare(found.growth, ONE)
    if growth > 0:
        return "The swings of f grow beyond every bound, so that no value would come back."
    if growth == 0 and _leaves(subject, found):
        return "At infinity f approaches a wave that it is not: with a period it would be that wave everywhere."
    return None


def _leaves(subject: Subject, found: Oscillation) -> bool:
    """Whether f is not the wave that it approaches, at a point or by not being defined."""
    if any(piece.element is None for piece in subject.pieces) or any(j.value is None for j in subject.junctions):
        return True
    approached = _of_the_angle(found)
    for junction in subject.junctions:
        value = junction.value
        if value is not None and not value.real.ball(128).overlaps(approached.ball(junction.point.ball(128), 160)):
            return True
    for k in range(-24, 25):
        x = fmpq(5 * k, 7) + fmpq(1, 11)
        there = enclosure(subject, x)
        if there is not None and not there.overlaps(approached.ball(arb_of(x, 160), 160)):
            return True
    return False


def _of_the_angle(found: Oscillation) -> Element:
    """Q(w*x) from Q, which is given with x in the place of the angle."""
    return Substitution(found.wave.field, found.angle).element(found.wave)


def _by_derivatives(subject: Subject, i: int, side: int) -> str | None:
    """A derivative of a periodic function is periodic where it exists: it has no limit, and is bounded where continuous."""
    smooth = len(subject.pieces) == 1
    for order in range(1, HIGHEST_ORDER + 1):
        if _settles(subject, i, side, order):
            return "A derivative of f has a limit at infinity without f being linear, which excludes a period."
        if not smooth:
            continue
        found = wave(subject, i, side, subject.derivative(i, order))
        if found is not None and compare(found.growth, ONE) > 0:
            return "A derivative of f is continuous and unbounded, which excludes a period."
    return None
