"""A plan of several regimes as one form: what both sides of a border share is computed once.

Scalar code treats each regime on its own, behind a mask; inside a network program the whole buffer goes
through the same ufuncs, which is faster as long as the sides are alike. Sigmoid is eˣ/(eˣ + 1) below 0
and 1/(e⁻ˣ + 1) above: with t = e^(−|x|) both are (t or 1)/(t + 1), one exponential and one choice. The
merged form is compared with the scalar code on both dtypes before it is used; where it warns or loses
digits, or where the sides have nothing in common, the program calls the scalar function instead.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from symnet.codegen.form import Form, X, number, operate
from symnet.codegen.plan import Plan, Regime

FAR = 1e300
"""Regimes wholly beyond this are left out: no sum of a network gets there without overflow."""

MOST_OPERATIONS = 24
"""A merged form with more operations than this costs more than masks."""


def candidates(plan: Plan) -> list[Form]:
    """Forms for the whole line, the cheapest first; each has to be checked with `agrees`.

    A border between two regimes of rounding may lie anywhere near where both forms are good, so 0 is
    tried in its place, where a mirror image on the other side shares the most.
    """
    if plan.points:
        return []
    regimes = [r for r in plan.regimes if r.right > -FAR and r.left < FAR]
    found: list[Form] = []
    for chosen in (regimes, _without_constant_tails(regimes)):
        if len(chosen) == 2:
            found.append(_join(chosen[0].form, chosen[1].form, 0.0))
        if len(chosen) <= 3:
            found.append(_chain(chosen))
    usable = [form for form in dict.fromkeys(found) if _size(form) <= MOST_OPERATIONS and _printable(form)]
    return sorted(usable, key=_weight)


def _without_constant_tails(regimes: list[Regime]) -> list[Regime]:
    """The inner regimes, on trial: where their forms underflow to the constant anyway, nothing is lost."""
    inner = list(regimes)
    if len(inner) > 2 and inner[0].form.constant:
        inner = inner[1:]
    if len(inner) > 2 and inner[-1].form.constant:
        inner = inner[:-1]
    return inner


def _chain(regimes: list[Regime]) -> Form:
    result = regimes[-1].form
    for regime in reversed(regimes[:-1]):
        result = _join(regime.form, result, regime.right)
    return result


SIZE = operate("absolute", X)
"""|x|"""


def _join(left: Form, right: Form, border: float) -> Form:
    """left where x ≤ border, right beyond."""
    if left is right:
        return left
    if abs(border) > 1e-300:
        return _unify(_clamped(left, "minimum", border), _clamped(right, "maximum", border), border)
    if left.operation == "number" and left.payload == 0 and right is X:
        return operate("maximum", X, number(0))
    return _unify(left.substitute(-SIZE), right.substitute(SIZE), border)


def _unify(left: Form, right: Form, border: float) -> Form:
    """One form for both sides, with a choice as deep inside as it can be."""
    if left is right:
        return left
    choice = operate(
        "select", *(X if side is SIZE or side is -SIZE else side for side in (left, right)), payload=border
    )
    alike = left.operation == right.operation and left.arguments and left.payload == right.payload
    if alike and len(left.arguments) == len(right.arguments):
        parts = [_unify(a, b, border) for a, b in zip(left.arguments, right.arguments, strict=True)]
        joined = operate(left.operation, *parts, payload=left.payload)
        if _weight(joined) < _weight(choice):
            return joined
    return choice


def _clamped(form: Form, bound: str, border: float) -> Form:
    """A side that is never evaluated outside its part of the line, where it could overflow."""
    if form is X or form.constant or all(n.operation in LINEAR for n in form.nodes()):
        return form
    from sympy import Rational

    return form.substitute(operate(bound, X, number(Rational(border))))


LINEAR = {"x", "number", "add", "subtract", "negate", "multiply", "divide", "minimum", "maximum", "absolute", "select"}

COSTS = {"x": 0, "number": 0, "negate": 1, "absolute": 1, "add": 1, "subtract": 1, "multiply": 1, "maximum": 1,
         "minimum": 1, "divide": 2, "select": 2, "sqrt": 3}  # fmt: skip


def _weight(form: Form) -> int:
    return sum(COSTS.get(node.operation, 8) for node in form.nodes())


def _size(form: Form) -> int:
    return sum(1 for node in form.nodes() if node.arguments)


UFUNCS: dict[str, str] = {
    "add": "add", "subtract": "subtract", "multiply": "multiply", "divide": "divide", "negate": "negative",
    "absolute": "absolute", "minimum": "minimum", "maximum": "maximum", "sqrt": "sqrt", "cbrt": "cbrt",
    "hypot": "hypot", "exp": "exp", "expm1": "expm1", "log": "log", "log1p": "log1p", "sin": "sin", "cos": "cos",
    "tan": "tan", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "sinh": "sinh", "cosh": "cosh",
    "tanh": "tanh", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "power": "power",
}  # fmt: skip
"""Primitive → the NumPy ufunc that computes it in place."""


def _printable(form: Form) -> bool:
    return all(not node.arguments or node.operation in UFUNCS or node.operation == "select" for node in form.nodes())


def value(form: Form, x: np.ndarray) -> np.ndarray:
    """The form evaluated on an array, operation by operation as a program would."""
    from symnet.codegen.numpy_printer import nearest_float

    found: dict[int, Any] = {}
    for node in form.nodes():
        operands = [found[id(a)] for a in node.arguments]
        if node.operation == "x":
            found[id(node)] = x
        elif node.operation == "number":
            found[id(node)] = nearest_float(node.payload)
        elif node.operation == "select":
            found[id(node)] = np.where(x <= node.payload, *(np.asarray(o, x.dtype) for o in operands))
        else:
            found[id(node)] = getattr(np, UFUNCS[node.operation])(*operands)
    return np.broadcast_to(np.asarray(found[id(form)], x.dtype), x.shape)


@lru_cache(maxsize=1)
def trial_points() -> np.ndarray:
    """Where merged forms are tried: both signs, from subnormal to far, dense where functions bend."""
    random = np.random.default_rng(0)
    sizes = 10.0 ** random.uniform(-30, 37, 400)
    points = np.concatenate([sizes, np.linspace(0, 12, 481), np.linspace(12, 800, 400), [0.5, 1, 3, 6, 5e-324]])
    return np.concatenate([-points, [0.0], points])


def agrees(form: Form, scalar: Any) -> bool:
    """Whether the merged form equals the scalar code, without a warning, in float64 and float32.

    Allowed are a few units in the last place of the value, or of 1 where the value is smaller than the
    smallest normal number.
    """
    for dtype in (np.float64, np.float32):
        x = trial_points().astype(dtype)
        info = np.finfo(dtype)
        wanted = np.asarray(scalar(x), np.float64)
        try:
            with np.errstate(over="raise", invalid="raise", divide="raise", under="ignore"):
                got = value(form, x).astype(np.float64)
        except FloatingPointError:
            return False
        error = np.abs(got - wanted)
        if not (error <= 8 * info.eps * np.abs(wanted) + 8 * float(info.tiny)).all() or not math.isfinite(error.max()):
            return False
    return True
