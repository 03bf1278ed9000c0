"""Form → source text for one number at a time, in Python or JavaScript: the regimes become a chain of ifs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from sympy import Expr, S

from symnet.codegen.numpy_printer import NumpyPrinter, nearest_float
from symnet.codegen.plan import Plan
from symnet.codegen.primitives import PRIMITIVES


@dataclass(frozen=True)
class Syntax:
    """What one language calls things."""

    name: str
    brackets: tuple[str, str]
    infinity: str
    nan: str
    declare: str
    """Before the name of an intermediate result."""
    end: str
    """At the end of a statement."""
    camel: bool
    """Whether kernels are spelled likeThis."""


PYTHON = Syntax("python", ("(", ")"), "math.inf", "math.nan", "", "", False)
JAVASCRIPT = Syntax("javascript", ("[", "]"), "Infinity", "NaN", "const ", ";", True)

KERNELS = frozenset(
    {
        "erfcx",
        "normal_cdf",
        "exp_polynomial",
        "exp_tower",
        "sin_polynomial",
        "cos_polynomial",
        "polynomial",
        "scaled_up",
    }
)
"""Operations that neither language has; JavaScript has no erf and erfc either, Python no sign."""


@dataclass
class ScalarPrinter(NumpyPrinter):
    """Prints the forms of one function for one number."""

    syntax: Syntax = PYTHON
    imports: set[str] = field(default_factory=set)

    def constant(self, value: Expr) -> str:
        """A number as source text."""
        if value is S.NaN:
            return self.syntax.nan
        if value.is_infinite:
            return self.syntax.infinity if value > 0 else f"-{self.syntax.infinity}"
        return self.number(nearest_float(value))

    def number(self, value: float) -> str:
        """A float as source text."""
        if math.isinf(value):
            return self.syntax.infinity if value > 0 else f"-{self.syntax.infinity}"
        return (
            repr(int(value)) if self.syntax.camel and value == int(value) and abs(value) < 1e6 else repr(float(value))
        )

    def call(self, operation: str, arguments: list[str]) -> str:
        """A call by the language's own name."""
        primitive = PRIMITIVES.get(operation)
        javascript = self.syntax.camel
        own = operation in KERNELS or operation in (("erf", "erfc") if javascript else ("sign",))
        if own:
            name = camel(operation) if javascript else operation
            self.imports.add(name)
        elif primitive is None:
            name = operation
        elif javascript:
            name = primitive.javascript
        else:
            name = primitive.python if primitive.python in ("abs", "min", "max") else f"math.{primitive.python}"
        return f"{name}({', '.join(arguments)})"

    def literal(self, value: object) -> str:
        """Nested sequences of floats."""
        if isinstance(value, Sequence):
            first, last = self.syntax.brackets
            inner = ", ".join(self.literal(v) for v in value)
            return f"{first}{inner}{',' if len(value) == 1 and not self.syntax.camel else ''}{last}"
        if isinstance(value, int):
            return repr(value)
        return self.number(float(value))  # type: ignore[arg-type]


def camel(name: str) -> str:
    """``exp_polynomial`` → ``expPolynomial``."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def branches(plan: Plan, printer: ScalarPrinter) -> list[tuple[str | None, list[str], str]]:
    """(condition, statements, result) in the order in which they are tried; the last has no condition."""
    found: list[tuple[str | None, list[str], str]] = []
    same = "===" if printer.syntax.camel else "=="
    different = "!==" if printer.syntax.camel else "!="
    found.append((f"x {different} x", [], "x"))
    for location, form in plan.points:
        found.append((f"x {same} {printer.number(location)}", [], printer.body(form)[1]))
    for regime in plan.regimes:
        last = regime is plan.regimes[-1]
        following = math.nextafter(regime.right, math.inf)
        shorter = len(printer.number(following)) <= len(printer.number(regime.right))
        condition = f"x < {printer.number(following)}" if shorter else f"x <= {printer.number(regime.right)}"
        statements, result = printer.body(regime.form)
        found.append((None if last else condition, statements, result))
    return found
