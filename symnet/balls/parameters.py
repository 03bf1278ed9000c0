"""Parameters without a value: each ranges over an open interval, and what is proved holds for all of it.

A parameter is a constant generator of the field. Its enclosure is its whole interval, so that whatever
balls prove holds for every value at once. The sign of a constant that depends on it comes from that
constant's own sign chart, the parameter in the place of x; where the sign changes inside the interval,
`Critical` names the places and the caller starts again on the parts. An element of the field that is
not zero might still vanish for one value of the parameter: `Box.require_nonzero` excludes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from symnet.balls.element import Element
from symnet.balls.elementary import NOWHERE
from symnet.balls.evaluate import Evaluation
from symnet.balls.field import Field, Generator
from symnet.balls.interval import Interval, arb_of
from symnet.balls.reals import ExactReal
from symnet.balls.signs import sign_chart
from symnet.balls.substitution import Substitution
from symnet.balls.transfer import Transfer
from symnet.balls.undecided import NeedsFinerBase, Undecided
from symnet.balls.work import Budget
from symnet.errors import SymnetError

UNBOUNDED = arb(0, float("inf"))
FINEST_BASES = 6
UNITS = 5_000
"""For one sign chart of one constant."""
COST = 25
"""Units of a sign that was not asked for before."""
TRIALS = (fmpq(1), fmpq(-1), fmpq(2), fmpq(-2), fmpq(1, 2), fmpq(-1, 2))


class Critical(SymnetError):
    """A sign that the analysis asked for changes at these values of a parameter (constants of some field)."""

    def __init__(self, name: str, values: list[Element]) -> None:
        super().__init__(f"a sign changes with the parameter '{name}'")
        self.name, self.values = name, values


@dataclass(frozen=True)
class Range:
    """An open interval of a parameter; the ends are constants of any field, None is infinite."""

    low: Element | None = None
    high: Element | None = None

    def over(self, line: Field) -> Interval:
        """The interval as one of x in the field `line`."""
        low, high = (None if end is None else ExactReal(carried(end, line)) for end in (self.low, self.high))
        return Interval(low, high)

    @property
    def hull(self) -> arb:
        """A ball that holds every value."""
        if self.low is None or self.high is None:
            return UNBOUNDED
        return self.low.ball(None, 128).union(self.high.ball(None, 128))


class Box:
    """The parameters of a field with their ranges, and exact signs over all of them."""

    def __init__(self, ranges: Mapping[str, Range]) -> None:
        self.ranges = dict(ranges)
        self.samples = {name: reach.over(Field()).sample() for name, reach in self.ranges.items()}
        self.depth = 0
        """How many derivatives deep `uniform` is."""

    def element(self, field: Field, name: str) -> Element:
        """The parameter as an element of the field."""
        if name not in self.ranges:
            raise Undecided(f"the parameter '{name}' has no range")
        return field.element(field.generator(field.add(f"parameter {name}", "parameter", constant=True, name=name)))

    @staticmethod
    def names(element: Element) -> tuple[str, ...]:
        """The parameters that the element depends on."""
        generators = element.field.generators
        inside = element.field.closure(element.generators)
        return tuple(generators[i].name for i in inside if generators[i].kind == "parameter")

    def sign(self, element: Element) -> int:
        """The sign of a constant, the same for every value of the parameters; else `Critical` or `Undecided`."""
        signs = element.field.signs
        known = signs.get(element.key)
        if known is None:
            element.field.budget.spend(COST)
            try:
                known = self._sign(element)
            except Undecided as reason:
                known = reason
            signs[element.key] = known
        if isinstance(known, Undecided):
            raise known
        return known

    def _sign(self, element: Element) -> int:
        field = element.field
        if element.same_as_zero:
            return 0
        total = 1
        for polynomial in (element.num, element.den):
            content, factors = field.factor(polynomial)
            total *= 1 if content > 0 else -1
            for factor, multiplicity in factors:
                sign = self._of_factor(Element(field, factor, field.unit))
                total *= sign**multiplicity
        return total

    def _of_factor(self, factor: Element) -> int:
        names = self.names(factor)
        if not names:
            return NOWHERE.by_balls(factor)
        value = factor.ball(None, 128)
        if value > 0 or value < 0:
            return 1 if value > 0 else -1
        if len(names) > 1:
            return self._termwise(factor)
        return self._on_a_line(factor, names[0])

    def _termwise(self, factor: Element) -> int:
        """The sign that all terms of a polynomial have."""
        field, signs = factor.field, set()
        for coefficient, powers in field.terms(factor.num):
            sign = 1 if coefficient > 0 else -1
            for index, exponent in powers:
                sign *= self.sign(field.element(field.generator(index))) ** exponent
            signs.add(sign)
        if len(signs) != 1:
            raise Undecided("a sign depends on several parameters")
        return signs.pop()

    def _on_a_line(self, factor: Element, name: str) -> int:
        """By the sign chart of the factor as a function of its one parameter."""
        bases: dict[str, Any] = {}
        for _ in range(FINEST_BASES):
            shared = factor.field.budget
            budget = Budget(max(0, min(UNITS, shared.units)), shared.deadline)
            line = Field(bases, budget)
            interval = self.ranges[name].over(line)
            try:
                image = Lifted(line, {name: line.x}, interval).polynomial_of(factor)
                if image.is_zero:
                    return 0
                chart = sign_chart(image, interval, budget)
            except NeedsFinerBase as need:
                bases[need.key] = need.base
                continue
            finally:
                shared.units -= min(UNITS, shared.units) - budget.units
                shared.cut_short = shared.cut_short or budget.cut_short
            if chart.infinite or any(zero.point.exact is None for zero in chart.zeros):
                raise Undecided(f"a critical value of the parameter '{name}' has no closed form")
            if chart.zeros:
                raise Critical(name, [zero.point.exact for zero in chart.zeros if zero.point.exact is not None])
            return chart.signs[0]
        raise Undecided("no common base of the exponentials was found")

    def require_nonzero(self, element: Element) -> None:
        """Raise `Critical` or `Undecided` unless the element, not zero in the field, is no zero function for any value."""
        if element.key in element.field.nonzero or not self.names(element):
            return
        reasons: list[SymnetError] = []
        for constant in _constants(element):
            try:
                if self.sign(constant):
                    element.field.nonzero.add(element.key)
                    return
            except (Critical, Undecided) as reason:
                reasons.append(reason)
        raise next((r for r in reasons if isinstance(r, Critical)), Undecided("an element may vanish for some value"))

    def at_sample(self, element: Element) -> float:
        """The value of a constant at one value of each parameter, where only an order is wanted that was proved."""
        return float(_AtSample(element.field, self.samples).element(element).mid())


def carried(constant: Element, field: Field) -> Element:
    """A constant of another field in this one."""
    return constant if constant.field is field else Transfer(field, field.x).element(constant)


def _constants(element: Element) -> Any:
    """Constants of which one that is not zero proves that the element is not the zero function.

    The coefficients of the numerator, where its other generators do not depend on a parameter and stay
    independent, or where there is only one, which takes infinitely many values; else values at points.
    """
    field = element.field
    varying = [
        i for i in field.used(element.num) if not field.generators[i].constant or field.generators[i].kind == "symbol"
    ]
    if not varying:
        yield field.element(element.num)
        return
    inside = field.closure(varying)
    alone = len(varying) == 1 and _varies(field.generators[varying[0]])
    if alone or not any(field.generators[i].kind == "parameter" for i in inside):
        parts: dict[tuple[int, ...], dict[tuple[int, ...], fmpq]] = {}
        for exponents, coefficient in element.num.to_dict().items():
            outer = tuple(exponents[i] for i in varying)
            rest = tuple(0 if i in varying else e for i, e in enumerate(exponents))
            parts.setdefault(outer, {})[rest] = fmpq(coefficient)
        coefficients = [field.element(field.from_terms(part)) for part in parts.values()]
        yield from sorted(coefficients, key=lambda c: (len(Box.names(c)), len(c.num)))
        return
    for trial in TRIALS:
        try:
            yield Substitution(field, field.rational(trial)).polynomial(element.num)
        except (Undecided, ZeroDivisionError):
            continue


def _varies(generator: Generator) -> bool:
    """Whether the generator is constant for no value of the parameters."""
    return generator.argument is None or not generator.argument.is_constant


class Lifted(Transfer):
    """Constants of a field with parameters, carried to a field where one of them is the variable."""

    def __init__(self, line: Field, values: Mapping[str, Element], place: Any) -> None:
        super().__init__(line, line.x)
        self.values, self.place = dict(values), place

    def polynomial_of(self, element: Element) -> Element:
        """The numerator of the element, which is a polynomial, in the other field."""
        self.field = element.field
        return self.polynomial(element.num)

    def _map(self, generator: Generator) -> Element:
        if generator.kind == "parameter":
            return self.values[generator.name]
        # Substitution builds in `field`; the functions build where their argument lives.
        return super()._map(generator)


class _AtSample(Evaluation):
    """Constants at one value of every parameter."""

    def __init__(self, field: Field, samples: Mapping[str, fmpq]) -> None:
        super().__init__(field, None, 128)
        self.samples = samples

    def _compute(self, index: int) -> arb:
        generator = self.field.generators[index]
        if generator.kind == "parameter":
            return arb_of(self.samples[generator.name], 128)
        return super()._compute(index)
