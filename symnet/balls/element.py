"""An element of a field: a quotient of two polynomials in its generators, in lowest terms.

Arithmetic is exact. Algebraic relations of the generators (a root's power, sin^2 = 1 - cos^2) are
applied after every operation, so that equal elements usually are equal polynomials; a numerator that
is zero proves the element to be the zero function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import arb, ctx, fmpq

if TYPE_CHECKING:
    from symnet.balls.field import Field


class Element:
    """num/den over the generators of `field`; immutable."""

    __slots__ = ("_compiled", "_derivative", "_generators", "_key", "den", "field", "known_ball", "num")

    def __init__(self, field: Field, num: Any, den: Any) -> None:
        self.field, self.num, self.den = field, num, den
        self._key: str | None = None
        self._derivative: Element | None = None
        self.known_ball: arb | None = None
        """The value of a constant to 96 bits, once it was asked for."""
        self._generators: tuple[int, ...] | None = None
        self._compiled: dict[int, Any] = {}

    @property
    def key(self) -> str:
        """A text that identifies the element within its field."""
        if self._key is None:
            self._key = f"({self.num})/({self.den})"
        return self._key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and self.num == other.num and self.den == other.den

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        from symnet.balls.spelling import spell

        return f"Element({spell(self)})"

    @property
    def is_zero(self) -> bool:
        """Whether the element is proved to be the zero function, for every value of the parameters."""
        if self.same_as_zero:
            return True
        if self.field.box is not None:
            self.field.box.require_nonzero(self)
        return False

    @property
    def same_as_zero(self) -> bool:
        """Whether the numerator is zero; where it is not, the element may still vanish for some value of a parameter."""
        return bool(self.num.is_zero())

    @property
    def rational(self) -> fmpq | None:
        """The rational number that the element is, or None."""
        if self.num.is_constant() and self.den.is_constant():
            return (
                fmpq(self.num.leading_coefficient()) / fmpq(self.den.leading_coefficient())
                if not self.num.is_zero()
                else fmpq(0)
            )
        return None

    @property
    def is_constant(self) -> bool:
        """Whether the element does not depend on x; where it does, it does for every value of the parameters."""
        if self.free_of_x:
            return True
        if self.field.box is not None:
            self.field.box.require_nonzero(self.derivative())
        return False

    @property
    def free_of_x(self) -> bool:
        """Whether no generator of the element depends on x."""
        return all(self.field.generators[i].constant for i in self.generators)

    @property
    def generators(self) -> tuple[int, ...]:
        """The indices of the generators that occur."""
        if self._generators is None:
            used = self.field.used(self.num)
            self._generators = (
                used if self.den.is_constant() else tuple(sorted(set(used) | set(self.field.used(self.den))))
            )
        return self._generators

    def compiled(self, precision: int) -> tuple[Any, Any, int]:
        """Nested Horner forms of numerator and denominator (None when constant 1), and their number of terms."""
        known = self._compiled.get(precision)
        if known is None:
            with ctx.workprec(precision):
                num, den = self.field.horner(self.num), None if self.den.is_constant() else self.field.horner(self.den)
            known = self._compiled[precision] = (num, den, len(self.num) + len(self.den))
        return known

    def __add__(self, other: Element) -> Element:
        if self.den == other.den:
            return self.field.fraction(self.num + other.num, self.den)
        return self.field.fraction(self.num * other.den + other.num * self.den, self.den * other.den)

    def __sub__(self, other: Element) -> Element:
        return self + (-other)

    def __neg__(self) -> Element:
        return Element(self.field, -self.num, self.den)

    def __mul__(self, other: Element) -> Element:
        return self.field.fraction(self.num * other.num, self.den * other.den)

    def __truediv__(self, other: Element) -> Element:
        if other.is_zero:
            raise ZeroDivisionError("division by the zero element")
        return self.field.fraction(self.num * other.den, self.den * other.num)

    def __pow__(self, exponent: int) -> Element:
        if exponent < 0:
            return self.field.one / self ** (-exponent)
        return self.field.fraction(self.num**exponent, self.den**exponent)

    def scaled(self, factor: fmpq | int) -> Element:
        """The element times a rational number."""
        return self.field.fraction(self.num * fmpq(factor), self.den)

    def derivative(self) -> Element:
        """d/dx, by the quotient rule and the derivatives of the generators."""
        if self._derivative is None:
            num = self.field.differentiate(self.num)
            if self.den.is_constant():
                self._derivative = num * self.field.element(self.field.constant(1), self.den)
            else:
                den = self.field.differentiate(self.den)
                above, below = self.field.element(self.num), self.field.element(self.den)
                self._derivative = (num * below - above * den) / (below * below)
        return self._derivative

    def ball(self, x: arb | None = None, precision: int = 128) -> arb:
        """An enclosure of the element's values on the ball `x`."""
        from symnet.balls.evaluate import Evaluation

        return Evaluation(self.field, x, precision).element(self)
