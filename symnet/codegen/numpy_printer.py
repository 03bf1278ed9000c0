"""Form → NumPy source text: an expression, preceded by one named statement for each shared subexpression.

A constant is printed as the shortest decimal that reads back as the nearest float. Names of intermediate results follow the
alphabet and never meet a Python keyword or the variable x.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from flint import ctx
from sympy import Expr, S, Tuple

from symnet.codegen import kernels
from symnet.codegen.assess import is_float
from symnet.codegen.form import Form
from symnet.codegen.primitives import EXPONENTIALS, PRIMITIVES, ball
from symnet.codegen.reference import to_float

PRECEDENCE = {"add": 1, "subtract": 1, "multiply": 2, "divide": 2, "negate": 3}
ATOM = 9
KERNELS = frozenset(kernels.__all__)


def nearest_float(value: Expr) -> float:
    """The float64 nearest to an exact number."""
    if is_float(value):
        return float(value)
    before, ctx.prec = ctx.prec, 200
    try:
        return to_float(ball(value))
    finally:
        ctx.prec = before


def double_double(value: Expr) -> tuple[float, float]:
    """(high, low), floats whose sum is an exact number to about 2**-106."""
    from flint import arb

    high = nearest_float(value)
    before, ctx.prec = ctx.prec, 300
    try:
        return high, to_float(ball(value) - arb(high))
    finally:
        ctx.prec = before


@dataclass
class NumpyPrinter:
    """Prints forms of one function; collects the names that the source must import."""

    variable: str = "x"
    imports: set[str] = field(default_factory=set)
    readable: bool = False
    """Whether brevity counts more than speed."""

    def body(self, form: Form) -> tuple[list[str], str]:
        """(statements, the final expression)."""
        statements, (result,) = self.bodies([form])
        return statements, result

    def bodies(self, forms: Sequence[Form]) -> tuple[list[str], list[str]]:
        """(statements, the final expressions) of several forms that share their subexpressions."""
        names: dict[int, str] = {}
        fresh = letters()
        nodes: dict[int, Form] = {id(n): n for form in forms for n in form.nodes()}
        uses = Counter(id(a) for node in nodes.values() for a in node.arguments)
        statements: list[str] = []
        for node in nodes.values():
            if uses[id(node)] > 1 and node.arguments and not node.constant:
                text = self._print(node, names)[0]
                names[id(node)] = next(fresh)
                statements.append(f"{names[id(node)]} = {text}")
        return statements, [self._print(form, names)[0] for form in forms]

    def constant(self, value: Expr) -> str:
        """A number as source text."""
        if value is S.NaN:
            return "np.nan"
        if value.is_infinite:
            return "np.inf" if value > 0 else "-np.inf"
        number = nearest_float(value)
        return repr(int(number)) if number == int(number) and abs(number) < 1e6 else repr(number)

    def print(self, node: Form, names: dict[int, str]) -> str:
        """An expression in which the forms that have names go by them."""
        return self._print(node, names)[0]

    def _print(self, node: Form, names: dict[int, str]) -> tuple[str, int]:
        if id(node) in names:
            return names[id(node)], ATOM
        if node.operation == "x":
            return self.variable, ATOM
        if node.operation == "number":
            text = self.constant(node.payload)
            return text, 3 if text.startswith("-") else ATOM
        if node.operation in EXPONENTIALS:
            argument = self._print(node.arguments[0], names)[0]
            return self.call(node.operation, [argument, self.pairs(node.payload)]), ATOM
        if node.operation == "polynomial":
            argument = self._print(node.arguments[0], names)[0]
            return self.call("polynomial", [argument, *(self.literal(p) for p in node.payload.arguments())]), ATOM
        own = PRECEDENCE.get(node.operation, ATOM)
        printed = [self._print(a, names) for a in node.arguments]
        if node.operation == "negate":
            return f"-{self._wrap(printed[0], own)}", own
        if PRIMITIVES[node.operation].infix:
            left, right = self._wrap(printed[0], own), self._wrap(printed[1], own + 1)
            sign = PRIMITIVES[node.operation].numpy
            return f"{left} {sign} {right}", own
        return self.call(node.operation, [text for text, _ in printed]), ATOM

    @staticmethod
    def _wrap(printed: tuple[str, int], least: int) -> str:
        text, precedence = printed
        return text if precedence >= least else f"({text})"

    def call(self, operation: str, arguments: list[str]) -> str:
        """A call of a primitive by its NumPy name."""
        return (
            f"{self.use(PRIMITIVES[operation].numpy if operation in PRIMITIVES else operation)}({', '.join(arguments)})"
        )

    def use(self, name: str) -> str:
        """How the source spells a NumPy function or a kernel; remembers the kernels for the import."""
        if hasattr(np, name) and name not in KERNELS:
            return f"np.{name}"
        self.imports.add(name)
        return name

    def pairs(self, coefficients: tuple[Expr, ...]) -> str:
        """Exact coefficients as (high, low) pairs."""
        return self.literal(_pairs(coefficients))

    def literal(self, value: object) -> str:
        """A float or nested tuples of floats as source text."""
        return repr(value)


def _pairs(value: Any) -> tuple:
    return tuple(_pairs(v) for v in value) if isinstance(value, (tuple, Tuple)) else double_double(value)


def letters() -> Iterator[str]:
    """Names of intermediate results: a, b, … without x, y and the t of masked parts; then a1, a2, …"""
    yield from "abcdefghijklmnopqrsuvw"
    yield from (f"a{index}" for index in itertools.count(1))
