"""Lists of points in the contract's form: all of them, or with infinitely many those in [-10, 10] and a family."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flint import arb

from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.factor_zeros import Family
from symnet.balls.order import compare
from symnet.balls.periods import REACH
from symnet.balls.reals import ExactReal, Real
from symnet.balls.roots import Zero
from symnet.balls.signs import SignChart
from symnet.balls.spelling import spell
from symnet.balls.undecided import Undecided


def any_zero(zero: Zero) -> bool:
    """Every zero counts."""
    return True


def sign_change(zero: Zero) -> bool:
    """Only zeros where the sign changes count."""
    return zero.multiplicity % 2 == 1


def listed(points: Iterable[Real], infinite: bool) -> list[Real]:
    """The points in order; with infinitely many, those in [-10, 10]."""
    kept = [p for p in points if not infinite or within_reach(p)]
    return sorted(kept, key=float)


def within_reach(point: Real) -> bool:
    """Whether the point lies in [-10, 10]."""
    zero_field = point.exact.field if point.exact is not None else None
    if zero_field is not None:
        bound = ExactReal(zero_field.rational(REACH))
        return compare(point, bound) <= 0 and compare(point, ExactReal(zero_field.rational(-REACH))) >= 0
    ball = abs(point.ball(128))
    if ball <= arb(REACH):
        return True
    if ball > arb(REACH):
        return False
    raise Undecided("a point was not separated from the end of the list")


def infinitely_many(charts: Iterable[SignChart], counts: Callable[[Zero], bool]) -> bool:
    """Whether infinitely many zeros of the charts count."""
    for chart in charts:
        if not chart.infinite:
            continue
        if counts is any_zero or chart.families is None:
            return True
        if any(counts(zero) for family in chart.families for zero in family.zeros):
            return True
    return False


def family_text(
    subject: Subject, charts: dict[int, SignChart], counts: Callable[[Zero], bool], singles: list[Real]
) -> str | None:
    """All listed points in words: the progressions of the charts, each on its run of cells, and the singles beside them.

    A single that continues a progression from one cell into the next joins the two, so that the zeros of
    sin(x)*sign(x) are k*pi and not k*pi on either side of 0.
    """
    runs: dict[str, list[_Run]] = {}
    for i, chart in sorted(charts.items()):
        if chart.infinite and chart.families is None:
            return None
        for first, step in (p for f in joined(chart.families or ()) for p in progressions(f, counts)):
            known = runs.setdefault(_progression(first, step), [])
            if known and known[-1].last == i:
                continue
            if known and known[-1].last == i - 1 and _goes_through(subject, i - 1, first, step, singles):
                known[-1].last = i
            else:
                known.append(_Run(first, step, i, i))
    loose = [p for p in singles if not any(_covers(subject, run, p) for known in runs.values() for run in known)]
    if any(p.exact is None for p in loose):
        return None
    words = [
        f"{text}, k integer{_where(subject, run.first, run.last)}" for text, known in runs.items() for run in known
    ]
    words.extend(sorted(spell(p.exact) for p in loose if p.exact is not None))
    return " or ".join(words) if words else None


@dataclass
class _Run:
    """The progression start + k*step on the cells from `first` to `last`."""

    start: Real
    step: Element
    first: int
    last: int


def _goes_through(subject: Subject, j: int, start: Real, step: Element, singles: list[Real]) -> bool:
    """Whether a progression that runs on both sides of junction j is true of the junction too."""
    point = subject.junctions[j].point
    if _in_progression(point, start, step):
        return any(p is point for p in singles)
    steps = (point.ball(128) - start.ball(128)) / step.ball(None, 128)
    return not steps.contains_integer()


def _covers(subject: Subject, run: _Run, point: Real) -> bool:
    """Whether the words for the run say that the point is listed."""
    left, right = subject.pieces[run.first].interval.left, subject.pieces[run.last].interval.right
    if (left is not None and compare(point, left) <= 0) or (right is not None and compare(point, right) >= 0):
        return False
    return _in_progression(point, run.start, run.step)


def _in_progression(point: Real, start: Real, step: Element) -> bool:
    """Whether the point is start + k*step; an inexact one is when it was made from the start."""
    if point.exact is None or start.exact is None:
        return point is start or point.base is start
    ratio = ((point.exact - start.exact) / step).rational
    return ratio is not None and ratio.q == 1


def joined(families: Iterable[Family]) -> list[Family]:
    """Families of one period as one family, each of its progressions once."""
    result: list[Family] = []
    for family in families:
        k = next((k for k, other in enumerate(result) if other.period == family.period), None)
        if k is None:
            result.append(family)
        else:
            known = result[k].zeros
            new = (z for z in family.zeros if not any(_in_progression(z.point, o.point, family.period) for o in known))
            result[k] = Family((*known, *new), family.period)
    return result


def _where(subject: Subject, first: int, last: int) -> str:
    left, right = subject.pieces[first].interval.left, subject.pieces[last].interval.right
    limits = []
    if left is not None:
        limits.append(f"x > {_text(left)}")
    if right is not None:
        limits.append(f"x < {_text(right)}")
    return f", {' and '.join(limits)}" if limits else ""


def _text(point: Real) -> str:
    from symnet.balls.decimals import decimal

    return spell(point.exact) if point.exact is not None else decimal(point)


def progressions(family: Family, counts: Callable[[Zero], bool]) -> list[tuple[Real, Element]]:
    """The family as arithmetic progressions (start, step), equally spaced zeros joined into one."""
    zeros = [z.point for z in family.zeros if counts(z)]
    n, period = len(zeros), family.period
    if n > 1 and all(p.exact is not None for p in zeros):
        from flint import fmpq

        step = period.scaled(fmpq(1, n))
        ordered = sorted(zeros, key=float)
        gaps = [
            b.exact - a.exact - step
            for a, b in zip(ordered, ordered[1:], strict=False)
            if a.exact is not None and b.exact is not None
        ]
        if all(gap.is_zero for gap in gaps):
            return [(_nearest(ordered, step), step)]
    return [(_nearest([p], period), period) for p in zeros]


def _nearest(points: list[Real], step: Element) -> Real:
    """The member of the progression nearest to 0, the positive one of two."""
    first = points[0]
    if first.exact is None:
        return first
    ratio = float((first.ball(64) / step.ball(None, 64)).mid())
    best = min((abs(ratio - k - 1e-9), k) for k in range(int(ratio) - 2, int(ratio) + 3))[1]
    return ExactReal(first.exact - step.scaled(best))


def _progression(first: Real, step: Element) -> str:
    stride = spell(step)
    stride = f"k*{stride}" if "+" not in stride and " - " not in stride else f"k*({stride})"
    if stride.startswith("k*") and "*pi" in spell(step):
        factor, _, rest = spell(step).partition("*pi")
        stride = f"{factor}*k*pi{rest}"
    if first.exact is not None and first.exact.is_zero:
        return stride
    return f"{_text(first)} + {stride}"


def family_of(points: list[Real], period: Element) -> str | None:
    """The points of a periodic set (given on several periods) as a family, or None without exact points."""
    if not points or any(p.exact is None for p in points):
        return None
    length = float(ExactReal(period))
    first = min(points, key=lambda p: abs(float(p)))
    base = [p for p in points if float(first) - 1e-9 <= float(p) < float(first) + length - 1e-9]
    family = Family(tuple(Zero(p, 1) for p in sorted(base, key=float)), period)
    return " or ".join(f"{_progression(*found)}, k integer" for found in progressions(family, any_zero))


def collect(
    subject: Subject,
    elements: dict[int, Element],
    extra: list[Real],
    intervals: list[list[Any]],
    counts: Callable[[Zero], bool],
) -> dict[str, Any]:
    """The contract's record of the zeros of elements on their cells, with extra points at junctions."""
    charts = {i: subject.chart(element, i) for i, element in elements.items()}
    if subject.periodic is not None:
        points = [z.point for chart in charts.values() for z in chart.zeros if counts(z)] + extra
        kept = [pair for pair in intervals if any(isinstance(end, Real) and within_reach(end) for end in pair)]
        family = family_of(points, subject.periodic)
        return {
            "points": listed(points, True),
            "intervals": kept or intervals[:0],
            "infinite": bool(points or kept),
            "family": family,
        }
    infinite = infinitely_many(charts.values(), counts)
    points = [z.point for chart in charts.values() for z in chart.zeros if counts(z)]
    family = None
    if infinite:
        family = family_text(subject, charts, counts, [*points, *extra])
    return {
        "points": listed([*points, *extra], infinite),
        "intervals": intervals,
        "infinite": infinite,
        "family": family,
    }


def periodic_list(subject: Subject, name: str, found: list[dict[str, Any]], reason: str) -> Fact:
    """A list of records of a periodic function: those in [-10, 10], and the family of their points."""
    assert subject.periodic is not None
    family = family_of([record["at"] for record in found], subject.periodic)
    kept = sorted((r for r in found if within_reach(r["at"])), key=lambda record: float(record["at"]))
    return proved(name, kept, reason, infinite=bool(found), family=family)
