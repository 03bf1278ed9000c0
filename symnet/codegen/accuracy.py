"""How accurate a compiled function was found to be: its own worst error at seeded floats, and that of the readable form.

A measurement, not a proof. The points are log-uniform in both signs over the whole range, ± 64 floats about every border between two parts of the
line and every root that has a part of its own, and subnormals; functions that oscillate for ever are measured up to 1e4.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
import sympy
from flint import arb
from sympy import Expr, Symbol

from symnet.codegen.cells import Cells, cells
from symnet.codegen.central import SPECIAL, Central, central
from symnet.codegen.compiled import Frozen, compile, plan_scalar
from symnet.codegen.measure import LARGEST, Measurement, compare, sample
from symnet.codegen.plan import Plan
from symnet.codegen.polynomials import Polynomial
from symnet.codegen.reference import value
from symnet.definitions.activation import Activation

OSCILLATING = 1e4
"""Beyond it neighbouring floats are many digits of a period apart."""

NEAR = 10.0
"""The readable form is measured between −NEAR and NEAR."""


def farthest(expression: Expr) -> float:
    """How far out a function is measured."""
    return OSCILLATING if expression.has(sympy.sin, sympy.cos, sympy.tan) else LARGEST


def borders(plan: Plan) -> list[float]:
    """The floats at which to look closely: 0, the ends of regimes, the centres of polynomials."""
    found = {0.0} | {e for r in plan.regimes for e in (r.left, r.right) if math.isfinite(e)}
    found |= {r.form.payload.centre for r in plan.regimes if isinstance(r.form.payload, Polynomial)}
    return sorted(found)


def truth(parts: Cells, variable: Symbol, point: float) -> arb:
    """The exact value at a float; nan where the function, or what it is the derivative of, has none."""
    cell = next(c for c in parts.cells if c.left <= point <= c.right)
    if cell.function is not cell.expression and value(cell.function, variable, point, 30).is_nan():
        return arb.nan()
    return value(cell.expression, variable, point)


def measured_points(activation: Activation, order: int, count: int, seed: int = 0) -> tuple[np.ndarray, list[arb]]:
    """Floats and exact values; points with a chosen value, and what no ball can enclose, are left out."""
    apis: Any = activation.apis if activation.typed is None else {}
    expression, variable = activation.default_expression, activation.variable
    parts = cells(expression, variable, order, None, apis)
    plan = plan_scalar(expression, variable, order, None, apis)
    limit = farthest(expression)
    points = sample(count, seed, limit, [b for b in borders(plan) if abs(b) <= limit])
    points = points[~np.isin(points, [p for p, _ in parts.points])]
    exact = [truth(parts, variable, float(p)) for p in points]
    known = [v.is_finite() or v.is_nan() for v in exact]
    return points[known], [v for v, k in zip(exact, known, strict=True) if k]


def accuracy(activation: Activation, order: int = 0, count: int = 1000) -> Measurement:
    """The worst error of what `compile` gives."""
    points, exact = measured_points(activation, order, count)
    return compare(compile(activation, order=order), points, exact)


def readable(activation: Activation) -> tuple[Central, Measurement]:
    """The readable form of a function, and its worst error between −NEAR and NEAR."""
    apis = Frozen(activation.apis if activation.typed is None else {})
    return _readable(activation.default_expression, activation.variable, activation.name, apis)


@lru_cache(maxsize=64)
def _readable(expression: Expr, variable: Symbol, name: str, apis: Frozen) -> tuple[Central, Measurement]:
    plan = plan_scalar(expression, variable, 0, None, apis)
    found = central(plan, name if name.isidentifier() and name not in SPECIAL else "f", expression, variable)
    points = sample(1000, 0, NEAR)
    parts = cells(expression, variable, 0, None, apis)
    exact = [truth(parts, variable, float(p)) for p in points]
    with np.errstate(all="ignore"):
        return found, compare(found.function(), points, exact)
