"""Moments of f and f′ under the standard normal distribution, and the initialisation gain that follows.

The gain is 1/sqrt(E f(z)^2), which keeps a unit second moment. Every cell has its integral in closed form
where there is one, else by rigorous quadrature.
"""

from __future__ import annotations

from flint import arb, ctx, fmpq

from symnet.analysis.extras.gaussian_forms import normal_integral
from symnet.analysis.extras.quadrature import PRECISION, normal_mean
from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject
from symnet.analysis.symmetry import parity_label
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE, power
from symnet.balls.interval import Interval
from symnet.balls.reals import Computed, ExactReal, Real
from symnet.balls.spelling import spell
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import NeedsFinerBase, Undecided

MOMENTS = {"mean": (0, 1), "second_moment": (0, 2), "mean_slope": (1, 1), "second_moment_slope": (1, 2)}
"""Name → order of the derivative, power."""
LONGEST = 200


def gaussian_moments(subject: Subject) -> Fact:
    """{"mean", "second_moment", "mean_slope", "second_moment_slope", "gain"} of f(z) and f′(z); null where z leaves D."""
    if any(piece.element is None for piece in subject.pieces):
        return proved("gaussian_moments", None, "A normal variable leaves the domain with a positive probability.")
    if subject.periodic is not None:
        raise Undecided("f has infinitely many pieces")
    claim = {name: _moment(subject, order, exponent) for name, (order, exponent) in MOMENTS.items()}
    claim["gain"] = _gain(claim["second_moment"])
    closed = all(number.exact is not None for number in claim.values())
    reason = (
        "Every integral has a closed form."
        if closed
        else "By closed forms, rigorous quadrature and a bound of the tails."
    )
    return proved("gaussian_moments", claim, reason)


def _moment(subject: Subject, order: int, exponent: int) -> Real:
    """The mean of the derivative of this order to this power."""
    if exponent == 1 and _odd(subject, order):
        return ExactReal(subject.field.zero)
    if len(subject.pieces) == 1 and (found := _even_part(subject.derivative(0, order) ** exponent)) is not None:
        return ExactReal(found)
    exact: Element | None = subject.field.zero
    total = arb(0)
    for i, piece, _ in subject.defined:
        element = subject.derivative(i, order)
        found = _closed(element**exponent, piece.interval)
        exact = None if exact is None or found is None else exact + found
        with ctx.workprec(PRECISION):
            total = total + (
                normal_mean(element, exponent, piece.interval) if found is None else found.ball(None, PRECISION)
            )
    if exact is not None:
        return ExactReal(exact)
    if not total.rad() < arb(10) ** -35:
        raise Undecided("an integral was not enclosed tightly enough")
    return Computed(lambda precision: total)


def _odd(subject: Subject, order: int) -> bool:
    """Whether the derivative of this order is odd."""
    try:
        return parity_label(subject) == ("even" if order else "odd")
    except Undecided:
        return False


def _even_part(element: Element) -> Element | None:
    """The mean of a function on the whole line from its even part, which may be simpler, in closed form."""
    field, line = element.field, Interval(None, None)
    try:
        mirrored = Substitution(field, -field.x, line).element(element)
    except (Undecided, NeedsFinerBase, ZeroDivisionError):
        return None
    return _closed((element + mirrored).scaled(fmpq(1, 2)), line)


def _closed(element: Element, interval: Interval) -> Element | None:
    """The integral over a cell in closed form."""
    ends = [end and end.exact for end in (interval.left, interval.right)]
    if any(end is not None and exact is None for end, exact in zip((interval.left, interval.right), ends, strict=True)):
        return None
    try:
        return normal_integral(element, ends[0], ends[1])
    except Undecided:
        return None


def _gain(second: Real) -> Real:
    """1/sqrt of the second moment."""
    if not second.ball(PRECISION) > 0:
        raise Undecided("the second moment was not separated from zero")
    if second.exact is not None and second.exact.rational is not None:
        try:
            return ExactReal(power(second.exact, fmpq(-1, 2), NOWHERE))
        except NeedsFinerBase:
            pass
    gain = Computed(lambda precision: 1 / second.ball(precision + 8).sqrt())
    if second.exact is not None and len(text := spell(second.exact)) <= LONGEST:
        gain.text = f"1/sqrt({text})"
    return gain
