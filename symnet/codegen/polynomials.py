"""Where no closed form keeps its digits: polynomials by interpolation at Chebyshev nodes, in 300-bit arithmetic.

The neighbourhood of an irrational root r loses everything in any formula whose terms cancel there. Writing f(x) = (x − r)^m P(x − c)
with r as a double-double and P interpolated from the exact function keeps the error near one unit in the last place on both sides of r.
Each polynomial records how far it is from the function; intervals are halved until that is beyond what a float64 can show.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from flint import arb, ctx
from sympy import Expr, Symbol

from symnet.codegen.form import X, operate
from symnet.codegen.plan import Regime
from symnet.codegen.reference import to_float, value

PRECISION = 300
MOST_TERMS = 22
TRUNCATION = 2.0**-58
MOST_AMPLIFICATION = 3.0
MOST_DEPTH = 5
MOST_ORDER = 12


@dataclass(frozen=True)
class Polynomial:
    """(x − c − low)^order · (p₀ + p₁(x − c) + …), with p₀ as a double-double."""

    centre: float
    low: float
    """What the root has beyond the centre; 0 without a root."""
    order: int
    coefficients: tuple[float, ...]
    """p₀ high, p₁, p₂, …"""
    constant_low: float
    """p₀ low."""

    def arguments(self) -> tuple[object, ...]:
        """What the kernel `polynomial` takes after x."""
        return self.centre, self.low, self.order, self.constant_low, self.coefficients

    def enclose(self, x: arb) -> arb:
        """The value without rounding."""
        u = x - arb(self.centre)
        result = arb(0)
        for c in reversed(self.coefficients):
            result = result * u + arb(c)
        return (result + arb(self.constant_low)) * (u - arb(self.low)) ** self.order

    def error(self, x: float) -> float:
        """A bound for the rounding error in units of 2**-53."""
        u = abs(x - self.centre)
        tail = sum(abs(c) * u**k for k, c in enumerate(self.coefficients) if k)
        whole = abs(
            self.coefficients[0] + sum(c * (x - self.centre) ** k for k, c in enumerate(self.coefficients) if k)
        )
        return 1.0 + 2.0 * tail / whole + 2.0 * abs(self.order) if whole else math.inf


def interpolate(expression: Expr, variable: Symbol, left: float, right: float) -> tuple[Regime, ...] | None:
    """Polynomial regimes that cover [left, right]; None where the function is not smooth enough there."""
    before = ctx.prec
    ctx.prec = PRECISION
    try:
        roots = _roots(expression, variable, left, right)
        ends = [left, *(_between(a, b) for a, b in zip(roots, roots[1:], strict=False)), right]
        regimes: list[Regime] = []
        for index, (a, b) in enumerate(zip(ends, ends[1:], strict=False)):
            start = a if index == 0 else math.nextafter(a, math.inf)
            found = _cover(expression, variable, start, b, roots[index] if roots else None, 0)
            if found is None:
                return None
            regimes.extend(found)
        return tuple(regimes)
    finally:
        ctx.prec = before


def _between(a: arb, b: arb) -> float:
    return float(((a + b) / 2).mid())


def _roots(expression: Expr, variable: Symbol, left: float, right: float) -> list[arb]:
    """The sign changes inside, each to 250 bits; an exact zero at 0 is 0."""
    slack = _slack(left, right)
    zero_inside = (
        left <= slack and right >= -slack and _special_at_zero(expression, variable, 1.0 if right > 0 else -1.0)
    )
    steps = 48
    points = [left + (right - left) * k / steps for k in range(steps + 1)]
    if zero_inside:
        points = [p for p in points if abs(p) > (right - left) / steps / 4]
    values = [value(expression, variable, p) for p in points]
    roots = [arb(0)] if zero_inside else []
    for (p, v), (q, w) in zip(zip(points, values, strict=True), zip(points[1:], values[1:], strict=True), strict=False):
        if zero_inside and p < 0 < q:
            continue
        if v.is_zero():
            roots.append(arb(p))
        elif not w.is_zero() and (v > 0) != (w > 0):
            roots.append(_bisect(expression, variable, arb(p), arb(q), bool(v > 0)))
    return sorted(roots, key=lambda r: float(r.mid()))


def _slack(left: float, right: float) -> float:
    """How far beside an interval a root at 0 may lie and still rule it: the tiny floats may be served by another form."""
    return (right - left) * 2.0**-10


def _special_at_zero(expression: Expr, variable: Symbol, side: float) -> bool:
    """Whether the function is 0 at 0, or has a gap there and tends to 0 or to infinity."""
    at_zero = value(expression, variable, 0.0)
    if at_zero.is_nan():
        size = abs(value(expression, variable, side * 2.0**-400))
        return bool(size < arb(2) ** -200 or size > arb(2) ** 200)
    return at_zero.is_zero()


def _bisect(expression: Expr, variable: Symbol, a: arb, b: arb, positive: bool) -> arb:
    for _ in range(250):
        middle = ((a + b) / 2).mid()
        v = value(expression, variable, middle, 24)
        if v.is_zero():
            return middle
        if bool(v > 0) == positive:
            a = middle
        else:
            b = middle
    return ((a + b) / 2).mid()


def _cover(
    expression: Expr, variable: Symbol, left: float, right: float, root: arb | None, depth: int
) -> list[Regime] | None:
    slack = _slack(left, right) if root is not None and root.is_zero() else 0.0
    near = root is not None and arb(left - slack) <= root and root <= arb(right + slack)
    polynomial = _fit(expression, variable, left, right, root if near else None)
    if polynomial is not None:
        what = "the neighbourhood of a root" if near else "where the terms of every form cancel"
        return [Regime(left, right, operate("polynomial", X, payload=polynomial), what)]
    if depth == MOST_DEPTH:
        return None
    middle = _split(left, right, root if near else None)
    first = _cover(expression, variable, left, middle, root, depth + 1)
    second = (
        _cover(expression, variable, math.nextafter(middle, math.inf), right, root, depth + 1)
        if first is not None
        else None
    )
    return first + second if first is not None and second is not None else None


def _split(left: float, right: float, root: arb | None) -> float:
    """Halve; keep a root well inside one part."""
    middle = left / 2 + right / 2
    if root is None:
        return middle
    r = float(root.mid())
    return left + (r - left) / 2 if r - left > right - r else right - (right - r) / 2


def _fit(expression: Expr, variable: Symbol, left: float, right: float, root: arb | None) -> Polynomial | None:
    """The shortest polynomial that is exact to 2**-58 on the whole interval and well conditioned there."""
    centre = to_float(root) if root is not None else _round((left + right) / 2, right - left)
    low = to_float(root - arb(centre)) if root is not None else 0.0
    order = 0 if root is None else _order(expression, variable, root, left, right)
    if abs(order) > MOST_ORDER:
        return None
    anchor = arb(centre) + arb(low)

    def reduced(x: arb) -> arb:
        v = value(expression, variable, x, 200)
        return (v / (x - anchor) ** order if order else v).mid()

    for terms in (10, 14, 18, MOST_TERMS):
        nodes = [
            (arb(left) + arb(right)) / 2 + (arb(right) - arb(left)) / 2 * (arb.pi() * (2 * k + 1) / (2 * terms)).cos()
            for k in range(terms)
        ]
        nodes = [n.mid() for n in nodes]
        if any((n - anchor).contains(0) for n in nodes):
            nodes = [(n + (arb(right) - arb(left)) * arb(2) ** -12).mid() for n in nodes]
        exact = newton(nodes, [reduced(n) for n in nodes], arb(centre))
        high = tuple(to_float(c) for c in exact)
        if not all(math.isfinite(c) for c in high):
            return None
        found = Polynomial(centre, low, order, high, to_float(exact[0] - arb(high[0])))
        if _amplification(found, left, right) > MOST_AMPLIFICATION:
            return None
        tests = [left + (right - left) * k / (2 * terms) for k in range(2 * terms + 1)]
        tests = [t for t in tests if abs(t - centre) > (right - left) * 1e-6]
        if all(_close(exact, arb(centre), reduced(arb(t)), arb(t)) for t in tests):
            return found
    return None


def _close(coefficients: list[arb], centre: arb, wanted: arb, at: arb) -> bool:
    u, result = at - centre, arb(0)
    for c in reversed(coefficients):
        result = result * u + c
    return bool(abs(result - wanted) < abs(wanted) * TRUNCATION)


def _amplification(p: Polynomial, left: float, right: float) -> float:
    return max(p.error(left + (right - left) * k / 16) for k in range(17)) - 2.0 * abs(p.order)


def _order(expression: Expr, variable: Symbol, root: arb, left: float, right: float) -> int:
    """The multiplicity of a root, from how fast the function vanishes inside the interval; negative for a pole."""
    side = 1 if arb(left) / 2 + arb(right) / 2 >= root else -1
    step = side * arb(2) ** -80 * (arb(right) - arb(left))
    ratio = value(expression, variable, (root + 2 * step).mid(), 40) / value(
        expression, variable, (root + step).mid(), 40
    )
    order = (abs(ratio).log() / arb(2).log()).mid()
    return round(float(order)) or 1 if order.is_finite() else 1  # where one side is undefined, a close fit decides


def newton(nodes: list[arb], values: list[arb], centre: arb) -> list[arb]:
    """Coefficients in powers of x − centre of the interpolating polynomial."""
    divided = list(values)
    for level in range(1, len(nodes)):
        for i in range(len(nodes) - 1, level - 1, -1):
            divided[i] = (divided[i] - divided[i - 1]) / (nodes[i] - nodes[i - level])
    result = [divided[-1].mid()]
    for i in range(len(nodes) - 2, -1, -1):
        shift = centre - nodes[i]
        grown = [arb(0), *result]
        for k, c in enumerate(result):
            grown[k] += c * shift
        grown[0] += divided[i]
        result = [c.mid() for c in grown]
    return result


def _round(centre: float, width: float) -> float:
    """A centre with few binary digits."""
    unit = 2.0 ** (math.frexp(width)[1] - 5)
    return round(centre / unit) * unit
