"""Functions with infinitely many pieces that do not repeat: what their values do far out and beside poles (see `endless`)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from flint import fmpq

from symnet.analysis.fact import Fact
from symnet.analysis.frozen import differ, limits_along
from symnet.analysis.listing import within_reach
from symnet.analysis.poles import family_of_poles, poles_without_end
from symnet.analysis.range import unbounded
from symnet.analysis.reflection import enclosure
from symnet.analysis.structure import continuous_by_build, total_by_build
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.limits import Limit
from symnet.balls.undecided import Undecided
from symnet.definitions.tree import Apply, Number, Variable, walk


def limit_at_minus_infinity(subject: Subject) -> Fact:
    return _limit(subject, "limit_at_minus_infinity", -1)


def limit_at_plus_infinity(subject: Subject) -> Fact:
    return _limit(subject, "limit_at_plus_infinity", 1)


def _limit(subject: Subject, name: str, side: int) -> Fact:
    limits = [limit for _, limit in limits_along(subject.tree, side)]
    if any(differ(limit, limits[0]) for limit in limits):
        return proved(name, "oscillates", "Along two sequences that tend there f has different limits.")
    poles = poles_without_end(subject)
    if poles is not None and (poles.both_signs or any(limit.finite for limit in limits)):
        return proved(
            name, "oscillates", "f has poles without end there, and beside them it does not tend to one infinity."
        )
    raise Undecided("the expression has infinitely many pieces")


def asymptotes(subject: Subject) -> Fact:
    """Without lines: a line's slope would be the limit of f/x along every sequence, and beside poles f leaves every line."""
    part, _ = subject.part
    poles = poles_without_end(subject)
    if poles is None and not all(_no_line(subject, side) for side in (1, -1)):
        raise Undecided("a line was neither found nor excluded")
    if total_by_build(subject.tree):
        return proved(
            "asymptotes",
            [],
            "f is bounded on bounded sets, and far out it follows no line.",
            infinite=False,
            family=None,
        )
    if poles is None:
        raise Undecided("the expression has infinitely many pieces")
    found = [
        {"vertical_at": junction.point}
        for j, junction in enumerate(part.junctions)
        if within_reach(junction.point)
        and any(limit is not None and not limit.finite for limit in (part.side_limit(j, side) for side in (1, -1)))
    ]
    return proved(
        "asymptotes",
        found,
        "|f| tends to infinity at these points and others without end, which excludes lines.",
        infinite=True,
        family=family_of_poles(subject, [record["vertical_at"] for record in found]),
    )


def _no_line(subject: Subject, side: int) -> bool:
    """Whether f/x has two limits far out, or an infinite one."""
    variable = next(part for part in walk(subject.tree) if isinstance(part, Variable))
    slopes = [limit for _, limit in limits_along(Apply("div", (subject.tree, variable)), side)]
    return any(not slope.finite or differ(slope, slopes[0]) for slope in slopes)


def infimum(subject: Subject) -> Fact:
    return _bound(subject, "infimum", -1)


def supremum(subject: Subject) -> Fact:
    return _bound(subject, "supremum", 1)


def _bound(subject: Subject, name: str, direction: int) -> Fact:
    along = (limit for side in (1, -1) for _, limit in limits_along(subject.tree, side))
    for limit in itertools.chain(_limits_of_pieces(subject), along):
        if not limit.finite and limit.sign == direction:
            return proved(
                name, unbounded(direction), f"f takes values {'above' if direction > 0 else 'below'} every bound."
            )
    raise Undecided("the expression has infinitely many pieces")


def _limits_of_pieces(subject: Subject) -> Iterator[Limit]:
    """The limits of f at the ends of the pieces inside the window."""
    part, _ = subject.part
    last = len(part.pieces) - 1
    for i, _, _ in part.defined:
        for side in (1, -1):
            if i != (0 if side > 0 else last):
                try:
                    yield part.limit(i, side)
                except Undecided:
                    continue


def lipschitz(subject: Subject) -> Fact:
    if not continuous_by_build(subject.tree) and jumping(subject):
        return proved("lipschitz", unbounded(1), "f jumps, so that chords across the jump are as steep as one likes.")
    if any(not limit.finite for limit in _limits_of_pieces(subject)):
        return proved("lipschitz", unbounded(1), "f has a pole, beside which chords are as steep as one likes.")
    for side in (1, -1):
        limits = [limit for _, limit in limits_along(subject.tree, side)]
        infinite = [limit for limit in limits if not limit.finite]
        if infinite and any(differ(limit, infinite[0]) for limit in limits):
            return proved(
                "lipschitz",
                unbounded(1),
                "Two points at one distance, moved far out together, have values that part without bound.",
            )
    raise Undecided("the expression has infinitely many pieces")


def jumping(subject: Subject) -> bool:
    part, _ = subject.part
    return any(j.value is not None and not part.continuous_at(k) for k, j in enumerate(part.junctions))


def period(subject: Subject) -> Fact:
    if has_no_period(subject):
        return proved(
            "period", None, "Along q + k*P, where P is the period of the waves in f, f does not return to f(q)."
        )
    raise Undecided("no period was proved or excluded")


def has_no_period(subject: Subject) -> bool:
    """Whether f(q + k*P) has another limit than f(q), for a q beside which f is continuous.

    With a period T, whole k that grow without end bring k*P as near to multiples of T as one likes, so that f(q + k*P)
    comes as near to f(q); with the limit that is f(q).
    """
    part, _ = subject.part
    for side in (1, -1):
        for phase, limit in limits_along(subject.tree, side):
            if not isinstance(phase, Number):
                continue
            here = enclosure(part, fmpq(phase.value.numerator, phase.value.denominator))
            if here is not None and (limit.value is None or not limit.value.ball(128).overlaps(here)):
                return True
    return False
