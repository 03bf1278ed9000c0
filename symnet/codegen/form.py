"""A form: one way to compute a value, operation by operation, in the order in which it will run.

SymPy reorders and simplifies while it builds, which is right for algebra and wrong for rounding: ``a + (b - c)``
and ``(a + b) - c`` are one expression and two forms. A `Form` is a node of an immutable graph whose equal
nodes are one object, so that a shared subexpression is visible as such. What an operation means, how it
is printed and how much it may err stands in `codegen.primitives`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Union
from weakref import WeakValueDictionary

from sympy import Expr, Integer, sympify

Operand = Union["Form", Expr, int]


@dataclass(frozen=True, eq=False)
class Form:
    """One operation on forms."""

    operation: str
    """``"x"``, ``"number"``, or the name of a primitive."""
    arguments: tuple[Form, ...] = ()
    payload: Any = None
    """The exact value of a number; the exact coefficients of a polynomial."""

    def __add__(self, other: Operand) -> Form:
        return operate("add", self, lift(other))

    def __radd__(self, other: Operand) -> Form:
        return operate("add", lift(other), self)

    def __sub__(self, other: Operand) -> Form:
        return operate("subtract", self, lift(other))

    def __rsub__(self, other: Operand) -> Form:
        return operate("subtract", lift(other), self)

    def __mul__(self, other: Operand) -> Form:
        return operate("multiply", self, lift(other))

    def __rmul__(self, other: Operand) -> Form:
        return operate("multiply", lift(other), self)

    def __truediv__(self, other: Operand) -> Form:
        return operate("divide", self, lift(other))

    def __rtruediv__(self, other: Operand) -> Form:
        return operate("divide", lift(other), self)

    def __neg__(self) -> Form:
        return operate("negate", self)

    def nodes(self) -> Iterator[Form]:
        """Every node once, arguments before what uses them."""
        seen: set[int] = set()
        stack: list[tuple[Form, bool]] = [(self, False)]
        while stack:
            node, ready = stack.pop()
            if id(node) in seen:
                continue
            if ready:
                seen.add(id(node))
                yield node
                continue
            stack.append((node, True))
            stack.extend((argument, False) for argument in reversed(node.arguments))

    @property
    def constant(self) -> bool:
        """Whether the value does not depend on x."""
        return all(node.operation != "x" for node in self.nodes())

    def substitute(self, replacement: Form) -> Form:
        """This form with `replacement` in the place of x."""
        return self.replace(X, replacement)

    def replace(self, old: Form, replacement: Form) -> Form:
        """This form with `replacement` in the place of every `old`."""
        done: dict[int, Form] = {}
        for node in self.nodes():
            if node is old:
                done[id(node)] = replacement
            elif node.arguments:
                done[id(node)] = operate(node.operation, *(done[id(a)] for a in node.arguments), payload=node.payload)
            else:
                done[id(node)] = node
        return done[id(self)]


_KNOWN: WeakValueDictionary[tuple, Form] = WeakValueDictionary()


def operate(operation: str, *arguments: Form, payload: Any = None) -> Form:
    """The one node for this operation; trivial ones (times 1, plus 0) are resolved."""
    simple = _simple(operation, arguments)
    if simple is not None:
        return simple
    key = (operation, tuple(id(a) for a in arguments), payload)
    found = _KNOWN.get(key)
    if found is None:
        found = _KNOWN[key] = Form(operation, arguments, payload)
    return found


def _simple(operation: str, arguments: tuple[Form, ...]) -> Form | None:
    if operation in ("x", "number", "polynomial"):
        return None
    values = [a.payload if a.operation == "number" else None for a in arguments]
    match operation:
        case "add" if values[0] == 0:
            return arguments[1]
        case "add" | "subtract" if values[1] == 0:
            return arguments[0]
        case "subtract" if values[0] == 0:
            return -arguments[1]
        case "multiply" if values[0] == 1:
            return arguments[1]
        case "multiply" | "divide" if values[1] == 1:
            return arguments[0]
        case "multiply" if values[0] == -1:
            return -arguments[1]
        case "multiply" | "divide" if values[1] == -1:
            return -arguments[0]
        case "negate" if values[0] is not None:
            return number(-values[0])
        case "negate" if arguments[0].operation == "negate":
            return arguments[0].arguments[0]
    return None


X = operate("x")


def number(value: Expr | int) -> Form:
    """A constant, kept exactly until it is printed."""
    return operate("number", payload=sympify(value))


def lift(value: Operand) -> Form:
    """A form as it is; a number as a constant form."""
    return value if isinstance(value, Form) else number(Integer(value) if isinstance(value, int) else value)
