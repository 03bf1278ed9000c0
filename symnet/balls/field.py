"""The field of functions that an analysis works in: its generators and their relations.

Generators are added as expressions ask for them, always after the ones that they are made of. Those
without x are the constants of the field (pi, sqrt(2), exp(-1/2), log 3, …), so that function and
number are one kind of thing. Two conventions keep the form canonical: exponentials and angles are
whole multiples of one base per argument, and logarithms and roots are taken of irreducible factors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flint import Ordering, arb, fmpq, fmpq_mpoly_ctx

from symnet.balls.element import Element
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget

if TYPE_CHECKING:
    from symnet.balls.parameters import Box

SLOTS = 72
LARGEST = 3000
HIGHEST_DEGREE = 400
_CONTEXT = fmpq_mpoly_ctx.get([f"g{i}" for i in range(SLOTS)], Ordering.degrevlex)
_GENS = _CONTEXT.gens()
_ZERO_EXPONENTS = (0,) * SLOTS


@dataclass(frozen=True)
class Generator:
    """One function (or constant) that is not a quotient of polynomials in the ones before it."""

    kind: str
    """x, pi, parameter, exp, cos, sin, log, root, atan, asin or erf."""
    index: int
    constant: bool
    argument: Element | None = None
    """u of exp(u), sin(u), …; |p| of log and root as an element p."""
    root: int = 1
    """q of |p|^(1/q)."""
    sign: int = 1
    """The sign of p where |p|^(1/q) is used."""
    partner: int = -1
    """The index of cos(u) for sin(u)."""
    name: str = ""
    """What a parameter is called."""


class Field:
    """Generators, exact arithmetic on `Element`s, and the derivatives of the generators."""

    def __init__(
        self, bases: Mapping[str, fmpq] | None = None, budget: Budget | None = None, box: Box | None = None
    ) -> None:
        self.budget = budget or Budget(10**9)
        """What enclosures in this field are paid from."""
        self.box = box
        """The ranges of the parameters, if the field has any."""
        self.generators: list[Generator] = []
        self.bases: dict[str, fmpq] = dict(bases or {})
        """Argument (spelled) → the multiple of it that the generator of exp, sin or a root uses."""
        self.refined = frozenset(self.bases)
        """The arguments whose base was made finer on an earlier start."""
        self._by_key: dict[str, int] = {}
        self._relations: dict[int, tuple[int, Any]] = {}
        self._derivatives: dict[int, Element] = {}
        self._factors: dict[str, Any] = {}
        self.charts: dict[tuple[str, int, int], Any] = {}
        """Zeros of factors on intervals, remembered by `signs`."""
        self.values: dict[tuple[str, int], Any] = {}
        """Values of elements at points, remembered by whoever asks for them."""
        self.tails: dict[tuple[str, int, int], Any] = {}
        """Tails at ends, remembered by `tails`."""
        self.limits: dict[tuple[str, int, int], Any] = {}
        """Limits of elements at ends, remembered by `limits`."""
        self.signs: dict[str, int | Undecided] = {}
        """Signs of constants over the ranges of the parameters, remembered by the box."""
        self.nonzero: set[str] = set()
        """Elements that vanish for no value of the parameters, remembered by the box."""
        self._terms: dict[str, list[tuple[fmpq, tuple[tuple[int, int], ...]]]] = {}
        self.unit = self.constant(1)
        self.zero = Element(self, self.constant(0), self.constant(1))
        self.one = Element(self, self.constant(1), self.constant(1))
        self.x = self.element(_GENS[self.add("x", "x", constant=False)])

    @staticmethod
    def constant(value: int | fmpq) -> Any:
        """A rational number as a polynomial."""
        return _CONTEXT.constant(fmpq(value))

    @staticmethod
    def generator(index: int) -> Any:
        """A generator as a polynomial."""
        return _GENS[index]

    @staticmethod
    def from_terms(terms: Mapping[tuple[int, ...], fmpq]) -> Any:
        """A polynomial from exponents → coefficient."""
        return _CONTEXT.from_dict(dict(terms))

    @staticmethod
    def used(polynomial: Any) -> tuple[int, ...]:
        """The indices of the generators in a polynomial."""
        return tuple(i for i, degree in enumerate(polynomial.degrees()) if degree > 0)

    def element(self, num: Any, den: Any | None = None) -> Element:
        """A polynomial, or a quotient of two, as an element in lowest terms."""
        if den is None:
            return Element(self, self.reduce(num), self.constant(1))
        return self.fraction(num, den)

    def rational(self, value: int | fmpq) -> Element:
        """A rational number as an element."""
        return Element(self, self.constant(value), self.constant(1))

    def fraction(self, num: Any, den: Any) -> Element:
        """num/den after the relations, with common factors cancelled and a monic denominator."""
        num, den = self.reduce(num), self.reduce(den)
        if den.is_zero():
            raise ZeroDivisionError("the denominator is zero")
        if num.is_zero():
            return self.zero
        self.budget.spend((len(num) + len(den)) ** 2 // 20_000)
        if len(num) + len(den) > LARGEST:
            raise Undecided("an expression grew too large")
        if not den.is_constant():
            common = num.gcd(den)
            if not common.is_constant():
                num, den = num // common, den // common
        lead = fmpq(den.leading_coefficient())
        if lead != 1:
            num, den = num * (1 / lead), den * (1 / lead)
        if num.total_degree() > HIGHEST_DEGREE:
            raise Undecided("an expression grew too large")
        return Element(self, num, den)

    def add(self, key: str, kind: str, *, constant: bool, relation: tuple[int, Any] | None = None, **data: Any) -> int:
        """A new generator (or the known one of the same key); returns its index."""
        if key in self._by_key:
            return self._by_key[key]
        index = len(self.generators)
        if index >= SLOTS:
            raise Undecided("the expression has too many parts")
        self.generators.append(Generator(kind, index, constant, **data))
        self._by_key[key] = index
        if relation is not None:
            self._relations[index] = relation
        return index

    def reduce(self, polynomial: Any) -> Any:
        """Apply g^q → relation, from the latest generator to the first."""
        if not self._relations:
            return polynomial
        for index in reversed(self._relations):
            q, replacement = self._relations[index]
            degrees = polynomial.degrees()
            if degrees[index] < q:
                continue
            parts: dict[int, dict[tuple[int, ...], fmpq]] = {}
            for exponents, coefficient in polynomial.to_dict().items():
                whole, rest = divmod(exponents[index], q)
                parts.setdefault(whole, {})[(*exponents[:index], rest, *exponents[index + 1 :])] = coefficient
            polynomial = sum(
                (_CONTEXT.from_dict(part) * replacement**whole for whole, part in parts.items()), self.constant(0)
            )
        return polynomial

    def differentiate(self, polynomial: Any) -> Element:
        """The derivative of a polynomial in the generators with respect to x."""
        total = self.zero
        for index in self.used(polynomial):
            if not self.generators[index].constant:
                total = total + self.element(polynomial.derivative(index)) * self.derivative_of(index)
        return total

    def derivative_of(self, index: int) -> Element:
        """The derivative of one generator."""
        if index not in self._derivatives:
            from symnet.balls.elementary import derivative_of_generator

            self._derivatives[index] = derivative_of_generator(self, self.generators[index])
        return self._derivatives[index]

    def know_derivative(self, index: int, derivative: Element) -> None:
        """Set the derivative of a generator whose root depends on the place."""
        self._derivatives[index] = derivative

    def terms(self, polynomial: Any) -> list[tuple[fmpq, tuple[tuple[int, int], ...]]]:
        """The terms as (coefficient, ((generator, exponent), …)), remembered."""
        key = str(polynomial)
        if key not in self._terms:
            self._terms[key] = [
                (fmpq(c), tuple((i, e) for i, e in enumerate(exponents) if e)) for exponents, c in polynomial.terms()
            ]
        return self._terms[key]

    def horner(self, polynomial: Any) -> Any:
        """A nested form: exponentials outside, then roots and x, and what they multiply (erf, atan, log) inside.

        With that order a coefficient such as 1 + erf(x), which cancels, is formed before a large factor meets it.
        """
        terms = {exponents: fmpq(c) for exponents, c in polynomial.terms()}
        ranks = {"exp": 0, "root": 1, "x": 2, "sin": 3, "cos": 3}
        order = sorted(
            self.used(polynomial),
            key=lambda i: (self.generators[i].constant, ranks.get(self.generators[i].kind, 4), -i),
        )
        return _nest(terms, order)

    def factor(self, polynomial: Any) -> tuple[fmpq, list[tuple[Any, int]]]:
        """The content and the irreducible factors with their multiplicities, remembered."""
        key = str(polynomial)
        if key not in self._factors:
            content, factors = polynomial.factor()
            result = []
            content = fmpq(content)
            for factor, multiplicity in factors:
                lead = fmpq(factor.leading_coefficient())
                if lead < 0:
                    factor, content = -factor, content * (-1) ** int(multiplicity)
                result.append((factor, int(multiplicity)))
            self._factors[key] = (content, result)
        return self._factors[key]

    def closure(self, indices: Iterable[int]) -> tuple[int, ...]:
        """The generators together with those inside their arguments, in order of dependence."""
        seen: set[int] = set()
        pending = list(indices)
        while pending:
            index = pending.pop()
            if index in seen:
                continue
            seen.add(index)
            argument = self.generators[index].argument
            if argument is not None:
                pending.extend(argument.generators)
        return tuple(sorted(seen))


def _nest(terms: dict[tuple[int, ...], fmpq], order: list[int]) -> Any:
    """A ball, or (generator, [(exponent, nested coefficient), …] from the highest exponent down)."""
    if not terms:
        return arb(0)
    while order and all(exponents[order[0]] == 0 for exponents in terms):
        order = order[1:]
    if not order:
        return arb(next(iter(terms.values())))
    index, rest = order[0], order[1:]
    groups: dict[int, dict[tuple[int, ...], fmpq]] = {}
    for exponents, coefficient in terms.items():
        groups.setdefault(exponents[index], {})[exponents] = coefficient
    return index, [(exponent, _nest(groups[exponent], rest)) for exponent in sorted(groups, reverse=True)]
