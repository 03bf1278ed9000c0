"""Build the operations of a tree: exact arithmetic on numbers at once, everything else kept as typed.

``x^(1/3)`` must reach the others as a power with the rational exponent 1/3, and ``-2*x`` as a product
with the number -2, however they were bracketed. Only numbers are computed, so the domain is kept.
Signs are moved to one normal place (in front of a product), which makes the spelling of a tree read
back to the same tree. What is no real number whatever x is (``1/0``, ``sqrt(-1)``) is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symnet.definitions import limits
from symnet.definitions.tree import Apply, Node, Number
from symnet.errors import UnsupportedExpressionError


def _anywhere(value: Fraction) -> bool:
    return True


_DOMAINS: dict[str, Callable[[Fraction], bool]] = {
    "sqrt": lambda v: v >= 0,
    "log": lambda v: v > 0,
    "asin": lambda v: abs(v) <= 1,
    "acos": lambda v: abs(v) <= 1,
    "acosh": lambda v: v >= 1,
    "atanh": lambda v: abs(v) < 1,
}


def add(left: Node, right: Node) -> Node:
    """left + right, as one sum of many terms."""
    if isinstance(left, Number) and isinstance(right, Number):
        return _number(left.value + right.value)
    terms = left.arguments if _headed(left, "add") else (left,)
    return Apply("add", (*terms, right))


def subtract(left: Node, right: Node) -> Node:
    """left - right, as the sum of left and the negative of right."""
    return add(left, negate(right))


def negate(node: Node) -> Node:
    """-node, with the sign taken into a leading number."""
    if isinstance(node, Number):
        return Number(-node.value)
    if _headed(node, "neg"):
        return node.arguments[0]
    if _leads_with_number(node) and isinstance(node, Apply):
        return Apply(node.head, (negate(node.arguments[0]), *node.arguments[1:]))
    return Apply("neg", (node,))


def multiply(left: Node, right: Node) -> Node:
    """left * right, as one product of many factors."""
    if isinstance(left, Number) and isinstance(right, Number):
        return _number(left.value * right.value)
    if _headed(left, "neg"):
        return negate(multiply(left.arguments[0], right))
    factors = left.arguments if _headed(left, "mul") else (left,)
    return Apply("mul", (*factors, right))


def divide(left: Node, right: Node) -> Node:
    """left / right."""
    if isinstance(right, Number) and right.value == 0:
        raise UnsupportedExpressionError("division by zero")
    if isinstance(left, Number) and isinstance(right, Number):
        return _number(left.value / right.value)
    if _headed(left, "neg"):
        return negate(divide(left.arguments[0], right))
    return Apply("div", (left, right))


def power(base: Node, exponent: Node) -> Node:
    """base ^ exponent; whole powers of numbers are computed."""
    if not isinstance(exponent, Number):
        return Apply("pow", (base, exponent))
    value = exponent.value
    if abs(value) > limits.EXPONENT:
        raise UnsupportedExpressionError(f"the power is too large; at most {limits.EXPONENT} is read")
    if isinstance(base, Number):
        if base.value == 0 and value < 0:
            raise UnsupportedExpressionError("division by zero: a negative power of 0")
        if value.denominator == 1:
            if _bits(base.value) * abs(value.numerator) > limits.BITS:
                raise UnsupportedExpressionError("this number is too large to be written out")
            return _number(base.value**value.numerator)
        if base.value < 0:
            raise UnsupportedExpressionError(
                "a broken power of a negative number is not real; cbrt(x) is the real cube root"
            )
    return Apply("pow", (base, exponent))


def apply(head: str, arguments: tuple[Node, ...]) -> Node:
    """A function of its arguments, refused where its argument is a number outside its domain."""
    (argument, *_) = arguments
    if isinstance(argument, Number) and not _DOMAINS.get(head, _anywhere)(argument.value):
        raise UnsupportedExpressionError(f"{head}({argument.value}) is not a real number")
    return Apply(head, arguments)


def _headed(node: Node, head: str) -> bool:
    return isinstance(node, Apply) and node.head == head


def _leads_with_number(node: Node) -> bool:
    if isinstance(node, Number):
        return True
    return isinstance(node, Apply) and node.head in ("mul", "div") and _leads_with_number(node.arguments[0])


def _number(value: Fraction) -> Number:
    if _bits(value) > limits.BITS:
        raise UnsupportedExpressionError("this number is too large to be written out")
    return Number(value)


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()
