"""Monomials of growth: exp(sum of a_i * N_i) with exact a_i, ordered by how fast they grow as t -> oo.

Each N_i is an iterated logarithm of t (written as the number of logarithms: 0 is t itself) or again a
monomial that tends to infinity. So t^2 is exp(2 log t), e^(-t^2/2) is exp(-1/2 * t^2), x^x is
exp(t log t). The order is exact, and `Reach` bounds a monomial on the whole tail t >= T by balls.
"""

from __future__ import annotations

from functools import cmp_to_key
from typing import TypeAlias, Union

from flint import arb, fmpq

from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE
from symnet.balls.undecided import NeedsFartherTail

Exact: TypeAlias = fmpq | Element
Scale: TypeAlias = Union[int, "Monomial"]


class Monomial:
    """exp(sum of coefficient * scale), the scales from the fastest to the slowest; interned."""

    __slots__ = ("items", "key", "rational")
    _interned: dict[str, Monomial] = {}

    items: tuple[tuple[Scale, Exact], ...]
    key: str
    rational: bool
    """Whether all exponents, inner ones included, are rational: then the monomial belongs to no field."""

    def __repr__(self) -> str:
        return f"Monomial({self.key})"


LARGEST_MEMORY = 200_000
_products: dict[tuple[int, int, int], Monomial] = {}
_orders: dict[tuple[int, int], int] = {}


def monomial(exponents: dict[str, tuple[Scale, Exact]]) -> Monomial:
    """The monomial with these exponents (keyed by `name` of the scale)."""
    items = [(scale, simple(c)) for scale, c in exponents.values() if not is_zero(c)]
    items.sort(key=cmp_to_key(lambda a, b: -compare_scales(a[0], b[0])))
    key = "+".join(f"{text(c)}*{name(scale)}" for scale, c in items) or "0"
    known = Monomial._interned.get(key)
    if known is None:
        known = Monomial()
        known.items, known.key = tuple(items), key
        known.rational = all(isinstance(c, fmpq) and (isinstance(s, int) or s.rational) for s, c in items)
        if known.rational:
            Monomial._interned[key] = known
    return known


def name(scale: Scale) -> str:
    """A text that identifies a scale."""
    return f"L{scale}" if isinstance(scale, int) else f"[{scale.key}]"


def text(c: Exact) -> str:
    return str(c) if isinstance(c, fmpq) else f"<{c.key}>"


def is_zero(c: Exact) -> bool:
    return c == 0 if isinstance(c, fmpq) else c.is_zero


def simple(c: Exact) -> Exact:
    """A rational element as a rational."""
    if isinstance(c, Element):
        value = c.rational
        return c if value is None else value
    return c


def sign(c: Exact) -> int:
    """The sign of an exact coefficient."""
    if isinstance(c, fmpq):
        return (c > 0) - (c < 0)
    return 0 if c.is_zero else NOWHERE.sign_of_element(c)


def combine(a: Exact, b: Exact, factor: int = 1) -> Exact:
    """a + factor*b."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return a + factor * b
    field = a.field if isinstance(a, Element) else b.field  # type: ignore[union-attr]
    left = field.rational(a) if isinstance(a, fmpq) else a
    right = field.rational(b) if isinstance(b, fmpq) else b
    return simple(left + right.scaled(factor))


def times(a: Exact, b: Exact) -> Exact:
    """a*b."""
    if isinstance(a, fmpq):
        return a * b if isinstance(b, fmpq) else simple(b.scaled(a))
    return simple(a.scaled(b)) if isinstance(b, fmpq) else simple(a * b)


def product(a: Monomial, b: Monomial, factor: int = 1) -> Monomial:
    """a * b**factor; remembered for rational exponents, whose monomials are interned for good."""
    key = (id(a), id(b), factor)
    known = _products.get(key)
    if known is None:
        known = _product(a, b, factor)
        if a.rational and b.rational:
            if len(_products) > LARGEST_MEMORY:
                _products.clear()
            _products[key] = known
    return known


def _product(a: Monomial, b: Monomial, factor: int) -> Monomial:
    exponents = {name(scale): (scale, c) for scale, c in a.items}
    for scale, c in b.items:
        known = exponents.get(name(scale))
        exponents[name(scale)] = (scale, combine(known[1] if known else fmpq(0), c, factor))
    return monomial(exponents)


def raised(m: Monomial, exponent: Exact) -> Monomial:
    """m**exponent."""
    return monomial({name(scale): (scale, times(c, exponent)) for scale, c in m.items})


def of_scale(scale: Scale) -> Monomial:
    """The scale itself as a monomial: L_k = exp(L_(k+1))."""
    return monomial({name(scale + 1): (scale + 1, fmpq(1))}) if isinstance(scale, int) else scale


def as_scale(m: Monomial) -> Scale:
    """A monomial as a scale: exp(L_(k+1)) is L_k."""
    if len(m.items) == 1 and isinstance(m.items[0][0], int) and m.items[0][1] == 1 and m.items[0][0] >= 1:
        return m.items[0][0] - 1
    return m


def compare_scales(a: Scale, b: Scale) -> int:
    """The order of growth of two scales."""
    if isinstance(a, int) and isinstance(b, int):
        return (a < b) - (a > b)
    return compare(of_scale(a), of_scale(b))


def compare(a: Monomial, b: Monomial) -> int:
    """The order of growth: 1 when a/b tends to infinity, 0 when a is b, -1 when it tends to 0."""
    if a is b or a.key == b.key:
        return 0
    key = (id(a), id(b))
    known = _orders.get(key)
    if known is None:
        quotient = product(a, b, -1)
        known = sign(quotient.items[0][1]) if quotient.items else 0
        if a.rational and b.rational:
            if len(_orders) > LARGEST_MEMORY:
                _orders.clear()
            _orders[key] = known
    return known


ONE = monomial({})
T = monomial({"L1": (1, fmpq(1))})


def exact_ball(c: Exact) -> arb:
    """An exact coefficient as a ball at the current precision."""
    if isinstance(c, fmpq):
        return arb(c)
    if c.known_ball is None:
        c.known_ball = c.ball(None, 96)
    return c.known_ball


class Reach:
    """Bounds of monomials on the whole tail t >= T."""

    def __init__(self, start: fmpq) -> None:
        self.start = start
        self._logs: list[arb] = [arb(start)]
        self._sup: dict[str, arb] = {}

    def supremum(self, m: Monomial) -> arb:
        """An upper bound of a monomial that tends to 0 (or is 1)."""
        known = self._sup.get(m.key)
        if known is None:
            known = self._sup[m.key] = self._supremum(m)
        return known

    def _supremum(self, m: Monomial) -> arb:
        if not m.items:
            return arb(1)
        lead, a = m.items[0]
        if sign(a) > 0:
            raise ValueError(f"{m} does not tend to 0")
        return (exact_ball(a) * self.infimum_of_scale(lead) * self._slack(m)).exp()

    def infimum(self, m: Monomial) -> arb:
        """A lower bound of a monomial that tends to infinity."""
        lead, a = m.items[0]
        return (exact_ball(a) * self.infimum_of_scale(lead) * self._slack(m)).exp()

    def _slack(self, m: Monomial) -> arb:
        """A positive lower bound of the exponent over its leading part."""
        lead, a = m.items[0]
        slack = arb(1)
        for scale, c in m.items[1:]:
            if sign(c) == sign(a) and self._positive(scale):
                continue
            slack = slack - abs(exact_ball(c) / exact_ball(a)) * self._ratio(scale, lead)
        if not slack > 0:
            raise NeedsFartherTail("the tail starts too early")
        return arb(slack.lower())

    def _positive(self, scale: Scale) -> bool:
        """Whether the scale is positive on the whole tail: then a part of the leading sign only helps."""
        try:
            return bool(self.infimum_of_scale(scale) > 0)
        except NeedsFartherTail:
            return False

    def _ratio(self, slow: Scale, fast: Scale) -> arb:
        """An upper bound of slow/fast; for iterated logarithms from log(u)/u, which falls for u >= e."""
        if not (isinstance(slow, int) and isinstance(fast, int)):
            return self.supremum(product(of_scale(slow), of_scale(fast), -1))
        bound = arb(1)
        for level in range(fast, slow):
            u = self.infimum_of_scale(level)
            if not u >= 1:
                raise NeedsFartherTail("the tail starts too early")
            bound = bound * (u.log() / u if u >= 3 else (arb(-1)).exp())
        return bound

    def infimum_of_scale(self, scale: Scale) -> arb:
        """A positive lower bound of a scale."""
        if not isinstance(scale, int):
            return self.infimum(scale)
        while len(self._logs) <= scale:
            self._logs.append(self._logs[-1].log())
        if not self._logs[scale] > 0:
            raise NeedsFartherTail("the tail starts too early")
        return self._logs[scale]
