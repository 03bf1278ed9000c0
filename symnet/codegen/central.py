"""The stable form that a person can read: the parts of the line that hold most data, spelled with NumPy and SciPy alone.

What `compile` runs has more parts: far tails, where results are subnormal or overflow, and neighbourhoods of roots. Here they are left to
a neighbouring form, and kernels are replaced by the functions that they refine. The text runs as printed; how far its results are
from the truth is measured, never claimed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sympy import Expr, Pow, Rational, S, Symbol, sqrt

from symnet.codegen.assess import assess, is_float
from symnet.codegen.candidates import FAR_TAIL
from symnet.codegen.emit import emit, share
from symnet.codegen.form import Form, X, number, operate
from symnet.codegen.numpy_printer import NumpyPrinter
from symnet.codegen.plan import Plan, Regime
from symnet.codegen.translate import Translator

RARE = 0.02
"""A share of typical data below which a part of the line is left out."""

SPECIAL = ("erf", "erfc", "erfcx")


@dataclass(frozen=True)
class Central:
    """A short function and what it leaves out."""

    source: str
    name: str
    left_out: int
    """How many parts of the line have forms of their own in the compiled function, and not here."""

    def function(self) -> Callable[[np.ndarray], np.ndarray]:
        """What the printed text defines."""
        namespace: dict[str, Any] = {}
        exec(self.source, namespace)
        return namespace[self.name]


def central(plan: Plan, name: str, expression: Expr, variable: Symbol) -> Central:
    """The readable part of a plan for this expression."""
    kept = [r for r in plan.regimes if _worth(r)]
    if not kept:
        kept = [Regime(-math.inf, math.inf, Translator(variable)(expression))]
    regimes = _meet([replace(r, form=spelled_out(r.form), reason="") for r in kept])
    printer = ReadablePrinter()
    body, names = emit(Plan(tuple(regimes), plan.points), name, _docstring(expression), printer)
    lines = ["import numpy as np", *([f"from scipy.special import {', '.join(sorted(names))}"] if names else [])]
    return Central("\n".join(lines) + "\n\n\n" + body, name, len(plan.regimes) - len(regimes))


def _docstring(expression: Expr) -> str:
    text = str(expression)
    return f"{text}, elementwise." if len(text) <= 80 else "Elementwise, for an array."


def _worth(regime: Regime) -> bool:
    if regime.form.operation == "number" and not regime.form.payload.is_finite:
        return regime.form.payload is S.NaN and share(regime) > 0
    if regime.reason.endswith(FAR_TAIL):
        return False
    return share(regime) >= RARE and all(n.operation != "polynomial" for n in regime.form.nodes())


def _meet(regimes: list[Regime]) -> list[Regime]:
    """Parts that follow each other without a gap; what is left out goes to the neighbour that bears it better."""
    joined = [replace(regimes[0], left=-math.inf)]
    for regime in regimes[1:]:
        before = joined[-1]
        if before.form is regime.form:
            joined[-1] = replace(before, right=regime.right)
            continue
        gap = [before.right + (regime.left - before.right) * k / 4 for k in (1, 2, 3)]
        later = max(_bound(before.form, p) for p in gap) <= max(_bound(regime.form, p) for p in gap)
        if later:
            joined[-1] = replace(before, right=math.nextafter(regime.left, -math.inf))
            joined.append(regime)
        else:
            joined.append(replace(regime, left=math.nextafter(before.right, math.inf)))
    joined[-1] = replace(joined[-1], right=math.inf)
    return joined


def _bound(form: Form, point: float) -> float:
    try:
        found = assess(form, point).ulps
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.inf
    return math.inf if math.isnan(found) else found


def spelled_out(form: Form) -> Form:
    """The form with every kernel replaced by the plain functions that it refines."""
    done: dict[int, Form] = {}
    for node in form.nodes():
        arguments = [done[id(a)] for a in node.arguments]
        match node.operation:
            case "normal_cdf":
                done[id(node)] = number(Rational(1, 2)) * operate("erfc", -arguments[0] / number(sqrt(2)))
            case "exp_polynomial" | "sin_polynomial" | "cos_polynomial":
                done[id(node)] = operate(node.operation.split("_")[0], _polynomial(node.payload))
            case "exp_tower":
                outer, constant, inner = node.payload
                tower = number(constant) * operate("exp", _polynomial(inner))
                done[id(node)] = operate("exp", _polynomial(outer) + tower)
            case _ if node.arguments:
                done[id(node)] = operate(node.operation, *arguments, payload=node.payload)
            case _:
                done[id(node)] = node
    return done[id(form)]


def _polynomial(coefficients: Any) -> Form:
    """c₀ + c₁x + …, powers by multiplication, without the terms that are 0."""
    result: Form | None = None
    for power, c in enumerate(coefficients):
        if c == 0:
            continue
        term = number(abs(c))
        for _ in range(power):
            term = term * X
        result = (-term if c < 0 else term) if result is None else result - term if c < 0 else result + term
    return result or number(0)


@dataclass
class ReadablePrinter(NumpyPrinter):
    """Spells numbers as a person does, and knows no kernel."""

    readable: bool = True

    def constant(self, value: Expr) -> str:
        """√2 as np.sqrt(2), 1/3 as 1/3; any other number as the nearest float."""
        if value is S.Pi:
            return "np.pi"
        if isinstance(value, Pow) and value.exp == Rational(1, 2) and value.base.is_Integer:
            return f"np.sqrt({value.base})"
        if isinstance(value, Rational) and not is_float(value) and abs(value.p) < 1000 and value.q < 1000:
            return f"({value.p} / {value.q})"
        return super().constant(value)

    def use(self, name: str) -> str:
        """NumPy's or SciPy's own function."""
        if name == "select":
            return "np.where"
        if name in SPECIAL:
            self.imports.add(name)
            return name
        return f"np.{name}"
