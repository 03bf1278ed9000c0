"""The Lipschitz constant: the supremum of the slopes of all chords over D."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flint import arb

from symnet.analysis.candidates import candidates
from symnet.analysis.fact import Fact
from symnet.analysis.finite import steepest_chord
from symnet.analysis.range import choose, unbounded
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.order import compare
from symnet.balls.reals import Computed, ExactReal, Real
from symnet.balls.undecided import Undecided

SLOPE = (
    "The greatest absolute value of the derivative, from its critical values, one-sided slopes and limits at the ends."
)
CHORD = "A chord across a gap of the domain is steeper than every slope and than the chords across other gaps."


def lipschitz(subject: Subject) -> Fact:
    """sup |f(x) - f(y)| / |x - y|, and where a one-sided slope in D reaches it."""
    if not subject.defined:
        return proved(
            "lipschitz", steepest_chord(subject), "The domain is a finite set of points, whose chords were compared."
        )
    for j, junction in enumerate(subject.junctions):
        if junction.value is not None and not subject.continuous_at(j):
            return proved(
                "lipschitz", unbounded(1), "f jumps, so that chords across the jump are as steep as one likes."
            )
    above: list[arb] = []
    below: list[arb] = []
    found = candidates(subject, 1, 1, above)
    if found is None or candidates(subject, 1, -1, below) is None:
        return proved("lipschitz", unbounded(1), "The derivative is unbounded.")
    symmetric = _symmetric(subject)
    absolute = [replace(c, value=magnitude(c.value), mirrored=symmetric) for c in found]
    claim = choose(subject, absolute, 1, [*above, *(-bound for bound in below)], order=1)
    steepest = claim["value"]
    _check_gaps(subject, claim)
    if claim["value"] == "oo":
        return proved(
            "lipschitz", unbounded(1), "f has different limits on the two sides of a point that its domain leaves out."
        )
    return proved("lipschitz", claim, CHORD if claim["value"] is not steepest else SLOPE)


def _symmetric(subject: Subject) -> bool:
    """Whether |f′| is even."""
    from symnet.analysis.centre import symmetry_center
    from symnet.analysis.symmetry import parity_label

    try:
        if parity_label(subject) != "neither":
            return True
        centre = symmetry_center(subject).value
    except Undecided:
        return False
    return centre is not None and centre[0] == "0"


def magnitude(value: Real) -> Real:
    """The absolute value of a number."""
    if value.exact is not None:
        sign = compare(value, ExactReal(value.exact.field.zero))
        return value if sign >= 0 else ExactReal(-value.exact)
    ball = value.ball(128)
    if ball > 0:
        return value
    return Computed(lambda precision: abs(value.ball(precision)))


def _check_gaps(subject: Subject, claim: dict[str, Any]) -> None:
    """Chords across the gaps of D; a removable gap changes nothing, a step across a point makes them unbounded.

    Any chord is a mean of slopes and of the chords between the shores of the gaps that it crosses, so that these suffice.
    """
    runs = subject.runs
    isolated = any(
        junction.value is not None and subject.neighbour(j, -1) is None and subject.neighbour(j, 1) is None
        for j, junction in enumerate(subject.junctions)
    )
    if isolated:
        raise Undecided("chords to an isolated point were not examined")
    for (_, before), (after, _) in zip(runs, runs[1:], strict=False):
        left, right = subject.limit(before, -1), subject.limit(after, 1)
        if left.value is None or right.value is None:
            raise Undecided("an infinite limit at a gap with bounded slopes")
        if after == before + 1:
            if compare(left.value, right.value) != 0:
                claim["value"] = "oo"
                return
            continue
        a, b = subject.pieces[before].interval.right, subject.pieces[after].interval.left
        assert a is not None and b is not None
        rise = _distance(left.value, right.value)
        chord = _ratio(rise, _distance(a, b))
        if compare(chord, claim["value"]) > 0:
            claim.update(value=chord, attained=False, at=[], intervals=[])


def _distance(a: Real, b: Real) -> Real:
    if a.exact is not None and b.exact is not None:
        return magnitude(ExactReal(b.exact - a.exact))
    return Computed(lambda precision: abs(b.ball(precision + 32) - a.ball(precision + 32)))


def _ratio(a: Real, b: Real) -> Real:
    if a.exact is not None and b.exact is not None:
        return ExactReal(a.exact / b.exact)
    return Computed(lambda precision: a.ball(precision + 32) / b.ball(precision + 32))
