"""The zeros of a factor for every value of the parameters at once.

In one generator of degree one or two they are solved for. Otherwise Rolle's theorem decides: between the
zeros of the derivative (known by the same method) the factor is monotone, so that its limits at both
ends tell whether a zero lies between them. A zero that has no closed form leaves the search undecided.
"""

from __future__ import annotations

import itertools
from typing import Any

from flint import fmpq

from symnet.balls.closed_forms import coefficients
from symnet.balls.element import Element
from symnet.balls.elementary import exp, log, power
from symnet.balls.expansion import End
from symnet.balls.factor_zeros import factor_zeros, parametric
from symnet.balls.field import Field, Generator
from symnet.balls.implicit import implicit_zero
from symnet.balls.interval import Interval
from symnet.balls.limits import Limit, limit_of
from symnet.balls.order import in_order
from symnet.balls.reals import ExactReal, Real
from symnet.balls.roots import Zero
from symnet.balls.signs import sign_chart
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget

HINTS = (fmpq(0), fmpq(1), fmpq(-1))
DEEPEST = 6


def zeros_for_every_value(field: Field, factor: Any, interval: Interval, budget: Budget) -> tuple[Zero, ...]:
    """All zeros inside the interval, exactly; `Critical` where their number depends on a parameter."""
    key = (str(factor), id(interval.left), id(interval.right))
    known = field.charts.get(key)
    if known is None:
        try:
            found: tuple[Zero, ...] | Undecided = _search(field, factor, interval, budget)
        except Undecided as reason:
            found = reason
        known = field.charts[key] = (found, interval)
    if isinstance(known[0], Undecided):
        raise known[0]
    return known[0]


def _search(field: Field, factor: Any, interval: Interval, budget: Budget) -> tuple[Zero, ...]:
    budget.spend(10)
    if not parametric(Element(field, factor, field.unit), Interval(None, None)):
        return _of_wider(field, factor, interval, budget)
    varying = [field.generators[i] for i in field.used(factor) if not field.generators[i].constant]
    assert field.box is not None
    if field.box.depth > DEEPEST:
        raise Undecided("the derivatives do not become simpler")
    field.box.depth += 1
    try:
        if len(varying) == 1:
            found = _solved(field, factor, varying[0], interval, budget)
            if found is not None:
                return found
        return _between_turns(field, field.element(factor), interval, budget)
    finally:
        field.box.depth -= 1


def _of_wider(field: Field, factor: Any, interval: Interval, budget: Budget) -> tuple[Zero, ...]:
    """The zeros of a factor without parameters on an interval without parameters around this one, as far as they lie in it."""
    ends = (None if end is None or end.parametric else end for end in (interval.left, interval.right))
    found = factor_zeros(field, factor, Interval(*ends), budget)
    if found.infinite:
        raise Undecided("infinitely many zeros beside a parameter")
    return tuple(zero for zero in found.zeros if interval.contains(zero.point))


def _solved(
    field: Field, factor: Any, generator: Generator, interval: Interval, budget: Budget
) -> tuple[Zero, ...] | None:
    """The zeros of a polynomial of degree 1 or 2 in one generator g: where g is one of its roots; None for other shapes."""
    parts = coefficients(field, factor, generator.index)
    if len(parts) not in (2, 3) or parts[-1].is_zero:
        return None
    if len(parts) == 2:
        values = [-parts[0] / parts[1]]
    else:
        c, b, a = parts
        discriminant = b * b - (a * c).scaled(4)
        if discriminant.is_zero:
            return None
        surd = power(discriminant, fmpq(1, 2), interval) if _sign(discriminant) > 0 else None
        values = [] if surd is None else [(-b + surd) / a.scaled(2), (-b - surd) / a.scaled(2)]
    zeros: list[Zero] = []
    for value in values:
        found = _where(field, generator, value, interval, budget)
        if found is None:
            return None
        zeros.extend(found)
    points = {id(z.point): z for z in zeros}
    return tuple(points[id(point)] for point in in_order([z.point for z in zeros]))


def _where(
    field: Field, generator: Generator, value: Element, interval: Interval, budget: Budget
) -> tuple[Zero, ...] | None:
    """The places where a generator has the value, by undoing it; None for a kind that is not undone."""
    if generator.kind == "x":
        point = ExactReal(value)
        return (Zero(point, 1),) if interval.contains(point) else ()
    u, sign = generator.argument, 0 if value.is_zero else _sign(value)
    assert u is not None
    if generator.kind == "exp":
        sources = [u - log(value, interval)] if sign > 0 else []
    elif generator.kind == "log":
        size = exp(value, interval)
        sources = [u - size, u + size]
    elif generator.kind == "root":
        sources = [u.scaled(generator.sign) - value**generator.root] if sign >= 0 else []
    elif generator.kind in ("erf", "atan", "asinh") and sign == 0:
        sources = [u]
    else:
        return None
    return tuple(zero for source in sources for zero in sign_chart(source, interval, budget).zeros)


def _sign(constant: Element) -> int:
    assert constant.field.box is not None
    return constant.field.box.sign(constant)


def _between_turns(field: Field, element: Element, interval: Interval, budget: Budget) -> tuple[Zero, ...]:
    """By the monotone parts of the element between its known zeros and those of its derivative."""
    known = _known(element, interval)
    slope = element.derivative()
    turns = sign_chart(_simpler(slope), interval, budget)
    points: list[Real] = []
    for point in known:
        if _vanishes(slope, point):
            raise Undecided("a multiple zero depends on a parameter")
        points.append(point)
    for zero in turns.zeros:
        if zero.point.exact is None or _vanishes(element, zero.point):
            raise Undecided("a turning point that depends on a parameter has no closed form")
    ends = [interval.left, *in_order([*known, *(z.point for z in turns.zeros)]), interval.right]
    for left, right in itertools.pairwise(ends):
        first, last = _beside(element, left, 1), _beside(element, right, -1)
        if first == last == 0:
            raise Undecided("a monotone part begins and ends with zero")
        if first * last < 0:
            points.append(implicit_zero(field, element.num, Interval(left, right), first))
    return tuple(Zero(point, 1) for point in in_order(points))


def _known(element: Element, interval: Interval) -> list[Real]:
    """Simple numbers inside the interval that are zeros whatever the parameters are."""
    found: list[Real] = []
    for hint in HINTS:
        point = ExactReal(element.field.rational(hint))
        try:
            value = Substitution(element.field, point.exact).element(element)
            if value.same_as_zero and interval.contains(point):
                found.append(point)
        except (ZeroDivisionError, Undecided):
            continue
    return found


def _simpler(slope: Element) -> Element:
    """The derivative without its exponential factors, which have no zeros."""
    field = slope.field
    result = field.one
    for factor, multiplicity in field.factor(slope.num)[1]:
        used = field.used(factor)
        if len(factor) == 1 and all(field.generators[i].kind == "exp" for i in used):
            continue
        result = result * field.element(factor) ** multiplicity
    return result


def _vanishes(element: Element, point: Real) -> bool:
    assert point.exact is not None
    value = Substitution(element.field, point.exact).element(element)
    return value.is_zero


def _beside(element: Element, point: Real | None, side: int) -> int:
    """The sign of the limit at an end of a monotone part; of an infinite limit too."""
    limit: Limit = limit_of(element, End(point, side if point is not None else -side))
    if not limit.finite:
        return limit.sign
    if limit.element is None:
        raise Undecided("a limit with a parameter has no exact form")
    return 0 if limit.element.is_zero else _sign(limit.element)
