"""Which form serves which part of the line: chosen by the running error bound on a grid of floats, see `bounds`.

A form that is good everywhere wins; otherwise the line is covered from left to right by the forms that stay good the longest, and what no
form covers goes to polynomials. Behind the last grid point the limits decide: the outermost regimes must also be right at ±∞.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from symnet.codegen.bounds import FAIR, GOOD, OVERFLOW, TINY, TOLERABLE, Bounds, border, middle_of
from symnet.codegen.candidates import Candidate
from symnet.codegen.plan import Regime
from symnet.errors import UnsupportedExpressionError

Gap = Callable[[float, float, bool], tuple[Regime, ...] | None]
"""Serves what no form covers: (left, right, whether something must be found) → regimes."""

MOST_REFINEMENTS = 6

LOOSER = (4.4, 4.8, 5.2, 5.6, 6.0, 6.75, 7.5, 8.25, 9.0, 10.0, 13.0)
"""What is taken, one after the other, where polynomials would have to be too many."""


def choose(bounds: Bounds, candidates: Sequence[Candidate], left: float, right: float, gap: Gap) -> tuple[Regime, ...]:
    """Regimes from left to right; the grid grows where two regimes do not meet."""
    if not candidates:
        raise UnsupportedExpressionError(f"no numerical form is known for {bounds.expression}")
    ladder = (GOOD, FAIR, TOLERABLE, *LOOSER)
    for last in ladder[2:]:
        levels = ladder[: ladder.index(last) + 1]
        for _ in range(MOST_REFINEMENTS):
            stretches, missing = _cover(bounds, candidates, left, right, levels)
            if not missing:
                break
            bounds.points = sorted({*bounds.points, *missing})
        regimes: list[Regime] = []
        for start, end, candidate in stretches:
            if candidate is not None:
                regimes.append(Regime(start, end, candidate.form, candidate.name))
                continue
            found = gap(start, end, last == LOOSER[-1])
            if found is None:
                break
            regimes.extend(found)
        else:
            break
    return tuple(regimes)


Stretch = tuple[float, float, Candidate | None]


def _cover(
    bounds: Bounds, candidates: Sequence[Candidate], left: float, right: float, levels: tuple[float, ...]
) -> tuple[list[Stretch], list[float]]:
    """(left, right, form or None) from left to right, and the floats at which the next grid should look closer."""
    points = bounds.points
    runs: list[Run] = []
    position = 0
    while position < len(points):
        level = next((v for v in levels if any(bounds.reach(c, position, v) for c in candidates)), None)
        if level is None:
            stop = _first(bounds, candidates, position + 1, levels[-1])
            runs.append((position, stop, None, levels[-1]))
        else:
            plain = [c for c in candidates if not c.last_resort and bounds.reach(c, position, level)]
            best = max(plain or candidates, key=lambda c: bounds.reach(c, position, level))
            stop = position + bounds.reach(best, position, level)
            for better in levels[: levels.index(level)]:
                stop = min(stop, _first(bounds, candidates, position + 1, better))
            stop = _zero_first(bounds, candidates, position, stop)
            runs.append((position, stop, best, level))
        position = stop
    runs = _absorb(bounds, runs)
    stretches: list[Stretch] = []
    missing: list[float] = []
    start = left
    for index, (_, stop, candidate, level) in enumerate(runs):
        if index == len(runs) - 1:
            stretches.append((start, right, candidate))
            break
        following, next_level = runs[index + 1][2:]
        here, there = points[stop - 1], points[stop]
        end = _end(bounds, candidate, level, here, there)
        begin = _end(bounds, following, next_level, there, here)
        if begin > math.nextafter(end, math.inf) and following is not None and candidate is not None:
            missing += [end, middle_of(end, begin), begin]
        if candidate is None:
            end = math.nextafter(begin, -math.inf)
        elif following is not None and there == 0.0:
            end = math.nextafter(0.0, -math.inf)
        stretches.append((start, end, candidate))
        start = math.nextafter(end, math.inf)
    return stretches, missing


def _first(bounds: Bounds, candidates: Sequence[Candidate], start: int, level: float) -> int:
    """The first grid point from here on where some form is within the level."""
    return next(
        (i for i in range(start, len(bounds.points)) if any(bounds.reach(c, i, level) for c in candidates)),
        len(bounds.points),
    )


Run = tuple[int, int, Candidate | None, float]


def _absorb(bounds: Bounds, runs: list[Run]) -> list[Run]:
    """Fewer regimes: a run is given to a neighbour whose form is fair there too."""
    changed = True
    while changed:
        changed = False
        for index, (start, stop, candidate, _) in enumerate(runs):
            for other in (index - 1, index + 1):
                if (
                    not 0 <= other < len(runs)
                    or (form := runs[other][2]) is None
                    or form is candidate
                    or form.last_resort
                ):
                    continue
                if candidate is not None and stop - start > runs[other][1] - runs[other][0]:
                    continue
                if all(bounds(form, p) <= FAIR for p in bounds.points[start:stop]):
                    first, last = min(index, other), max(index, other)
                    runs = [*runs[:first], (runs[first][0], runs[last][1], form, FAIR), *runs[last + 1 :]]
                    changed = True
                    break
            if changed:
                break
    return _joined(runs)


def _joined(runs: list[Run]) -> list[Run]:
    joined = [runs[0]]
    for start, stop, candidate, level in runs[1:]:
        before = joined[-1]
        if before[2] is candidate:
            joined[-1] = (before[0], stop, candidate, max(before[3], level))
        else:
            joined.append((start, stop, candidate, level))
    return joined


def _zero_first(bounds: Bounds, candidates: Sequence[Candidate], position: int, stop: int) -> int:
    """Give way at zero, where the next form is good from there on already."""
    if stop == len(bounds.points):
        return stop
    following = max((bounds.reach(c, stop) for c in candidates), default=0)
    for index in range(position + 1, stop):
        if (
            bounds.points[index] == 0.0
            and max(bounds.reach(c, index) for c in candidates) >= stop - index + following > 0
        ):
            return index
    return stop


def _end(bounds: Bounds, candidate: Candidate | None, level: float, good: float, bad: float) -> float:
    """How far from its last good grid point toward the next one a form may serve."""
    if bounds.undefined(good) != bounds.undefined(bad):  # the border of the domain is one float
        outside = bounds.undefined(good)
        return border(lambda p: bounds.undefined(p) == outside, good, bad, 2200)
    if candidate is None:
        return good
    if bounds(candidate, bad) <= level:
        return bad
    beyond = any(
        abs(float(bounds.truth(p).mid())) > OVERFLOW for p in (good, bad)
    )  # the last finite value is one float
    if not beyond and (abs(good) <= TINY or abs(bad) <= TINY):
        return good if abs(good) > TINY else math.nextafter(bad, good)
    return border(lambda p: bounds(candidate, p) <= level, good, bad, 80 if beyond else 5)
