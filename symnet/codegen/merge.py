"""Scalar code for whole buffers: one form for the whole line, sharing its parts with the derivative's.

Scalar code treats each regime on its own, behind a mask; inside a network program the whole buffer goes
through the same ufuncs. Three ways lead to one form:

- the regimes of the plan, joined where both sides are alike (ReLU is max(x, 0); for ELU both sides are
  computed from clamped arguments and one is chosen);
- a single regime as it stands (tanh);
- a form in exponentials that decay to one side, whose argument is clamped where they would overflow:
  with t = exp(min(x, top)) sigmoid is t/(1 + t) everywhere, and its derivative is that once more over 1 + t.

Every form is compared with the exact function (ball arithmetic where it is smooth, else its scalar code),
in both dtypes, before it is used; where it warns or loses digits the program calls the scalar function instead. Among forms that hold, the ones that are cheapest
*together* are taken, so that a function and its derivative share their exponential.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
from sympy import Expr, Rational, Symbol

from symnet.codegen.candidates import candidates
from symnet.codegen.form import Form, X, number, operate
from symnet.codegen.plan import Plan, Regime
from symnet.errors import UnsupportedExpressionError

FAR = 1e300
"""Regimes wholly beyond this are left out: no sum of a network gets there without overflow."""

MOST_OPERATIONS = 24
"""A form with more operations than this costs more than masks."""

TOP, HALF_TOP = operate("top"), operate("half_top")
"""The largest exponent that programs take, and half of it: they depend on the dtype, see `exponent`."""


def exponent(node: Form, dtype: Any) -> float:
    """What `TOP` and `HALF_TOP` stand for: e to it is finite, and e to minus it below the smallest normal number."""
    top = 88.0 if np.dtype(dtype).itemsize == 4 else 709.0
    return top if node is TOP else top / 2


MOST_FORMS = 16
"""Of each kind, so many of the cheapest forms are tried."""


def forms(expression: Expr, variable: Symbol, plan: Callable[[], Plan]) -> Iterator[list[Form]]:
    """Forms for the whole line, the cheapest first, kind after kind; each has to be checked with `agrees`.

    The plan costs most, so it is made only when the forms that need none do not serve.
    """
    smooth = _smooth(expression, variable)
    yield _usable(_clamped_to_one_side(smooth))
    yield _usable(_joined(plan()))
    yield _usable([_join(left, right, 0.0) for left, right in product(smooth, repeat=2) if left is not right])


def _usable(found: Iterable[Form]) -> list[Form]:
    unfolded = [unfold(form, numerator) for form in found for numerator in (False, True)]
    usable = [f for f in dict.fromkeys(unfolded) if _size(f) <= MOST_OPERATIONS and _printable(f)]
    return sorted(usable, key=weight)[:MOST_FORMS]


def _smooth(expression: Expr, variable: Symbol) -> list[Form]:
    """The candidate forms of a formula without branches."""
    try:
        return [c.form for c in candidates(expression, variable) if _printable(c.form)]
    except UnsupportedExpressionError:
        return []


def _joined(plan: Plan) -> Iterator[Form]:
    if plan.points:
        return
    regimes = [r for r in plan.regimes if r.right > -FAR and r.left < FAR]
    for chosen in (regimes, _without_constant_tails(regimes)):
        if len(chosen) == 2:  # a border of rounding may lie anywhere near; at 0 mirror images share the most
            yield _join(chosen[0].form, chosen[1].form, 0.0)
        if len(chosen) <= 3:
            result = chosen[-1].form
            for regime in reversed(chosen[:-1]):
                result = _join(regime.form, result, regime.right)
            yield result


def _without_constant_tails(regimes: list[Regime]) -> list[Regime]:
    """The inner regimes, on trial: where their forms underflow to the constant anyway, nothing is lost."""
    inner = list(regimes)
    if len(inner) > 2 and inner[0].form.constant:
        inner = inner[1:]
    if len(inner) > 2 and inner[-1].form.constant:
        inner = inner[:-1]
    return inner


def _clamped_to_one_side(smooth: list[Form]) -> Iterator[Form]:
    for form in smooth:
        for top in (TOP, HALF_TOP):
            yield _inside_exponentials(form, operate("minimum", X, top))
            yield _inside_exponentials(form, operate("maximum", X, -top))


def _inside_exponentials(form: Form, clamped: Form) -> Form:
    """The form with the clamped argument inside its exponentials, and x elsewhere."""
    found: dict[int, Form] = {}
    for node in form.nodes():
        if node.operation == "exp":
            found[id(node)] = node.substitute(clamped)
        elif node.arguments:
            found[id(node)] = operate(node.operation, *(found[id(a)] for a in node.arguments), payload=node.payload)
        else:
            found[id(node)] = node
    return found[id(form)]


def unfold(form: Form, numerator: bool) -> Form:
    """p/(q·r) as (p/q)/r: as many operations, no overflow in q·r, and p/q may be what another form computes.

    With `numerator`, (p·s)/q also becomes (p/q)·s.
    """
    found: dict[int, Form] = {}
    for node in form.nodes():
        arguments = [found[id(a)] for a in node.arguments]
        if node.operation == "divide":
            found[id(node)] = _quotient(arguments[0], arguments[1], numerator)
        else:
            found[id(node)] = operate(node.operation, *arguments, payload=node.payload) if arguments else node
    return found[id(form)]


def _quotient(above: Form, below: Form, numerator: bool) -> Form:
    if below.operation == "multiply":
        first, second = below.arguments
        return operate("divide", _quotient(above, first, numerator), second)
    if numerator and above.operation == "multiply":
        first, second = above.arguments
        return operate("divide", first, below) * second
    return operate("divide", above, below)


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
        if weight(joined) < weight(choice):
            return joined
    return choice


def _clamped(form: Form, bound: str, border: float) -> Form:
    """A side that is never evaluated outside its part of the line, where it could overflow."""
    if form is X or form.constant or all(n.operation in LINEAR for n in form.nodes()):
        return form
    return form.substitute(operate(bound, X, number(Rational(border))))


LINEAR = {"x", "number", "add", "subtract", "negate", "multiply", "divide", "minimum", "maximum", "absolute", "select"}

COSTS = {"x": 0, "number": 0, "top": 0, "half_top": 0, "negate": 1, "absolute": 1, "add": 1, "subtract": 1,
         "multiply": 1, "maximum": 1, "minimum": 1, "divide": 1.5, "select": 3, "sqrt": 3}  # fmt: skip
"""What an operation costs on a buffer, about, in units of an addition; anything else 8."""


def weight(*chosen: Form) -> float:
    """What the forms cost together: what they share counts once."""
    return sum(COSTS.get(node.operation, 8) for node in nodes(chosen))


def nodes(chosen: Iterable[Form]) -> Iterator[Form]:
    """Every node of several forms once, arguments before what uses them."""
    seen: set[int] = set()
    for form in chosen:
        for node in form.nodes():
            if id(node) not in seen:
                seen.add(id(node))
                yield node


def _size(form: Form) -> int:
    return sum(1 for node in form.nodes() if node.arguments)


UFUNCS: dict[str, str] = {
    "add": "add", "subtract": "subtract", "multiply": "multiply", "divide": "divide", "negate": "negative",
    "absolute": "absolute", "sign": "sign", "minimum": "minimum", "maximum": "maximum", "sqrt": "sqrt", "cbrt": "cbrt",
    "hypot": "hypot", "exp": "exp", "expm1": "expm1", "log": "log", "log1p": "log1p", "sin": "sin", "cos": "cos",
    "tan": "tan", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "sinh": "sinh", "cosh": "cosh",
    "tanh": "tanh", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "power": "power",
}  # fmt: skip
"""Primitive → the NumPy ufunc that computes it in place."""


def _printable(form: Form) -> bool:
    return all(not node.arguments or node.operation in UFUNCS or node.operation == "select" for node in form.nodes())


def beyond(border: float) -> tuple[str, float]:
    """(comparison, number) that hold where x > border, said with the rounder of the two neighbouring floats.

    A border is often the float before a round number; float32 has only the round one.
    """
    following = math.nextafter(border, math.inf)
    return ("greater_equal", following + 0.0) if len(repr(following)) < len(repr(border)) else ("greater", border)


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
        elif not node.arguments:
            found[id(node)] = exponent(node, x.dtype)
        elif node.operation == "select":
            test, border = beyond(node.payload)
            left, right = (np.asarray(o, x.dtype) for o in operands)
            found[id(node)] = np.where(getattr(np, test)(x, border), right, left)
        else:
            found[id(node)] = getattr(np, UFUNCS[node.operation])(*operands)
    return np.broadcast_to(np.asarray(found[id(form)], x.dtype), x.shape)


@lru_cache(maxsize=1)
def trial_points() -> np.ndarray:
    """Where forms are tried: both signs, from subnormal to far, dense where functions bend."""
    random = np.random.default_rng(0)
    sizes = 10.0 ** random.uniform(-30, 37, 60)
    points = np.concatenate([sizes, np.linspace(0, 12, 97), np.linspace(12, 800, 67), [87.5, 708.5, 745, 5e-324]])
    return np.concatenate([-points, [0.0], points])


Truth = tuple[tuple[np.ndarray, np.ndarray, np.ndarray], ...]
"""For each dtype: points, what the function is there, and its largest size within a quarter of each."""


def truth(function: Callable[[np.ndarray], np.ndarray]) -> Truth:
    """What a form is held against."""
    found = []
    for dtype in (np.float64, np.float32):
        x = trial_points().astype(dtype)
        values = [np.asarray(function((x * f).astype(dtype)), np.float64) for f in (1, 0.75, 1.25)]
        found.append((x, values[0], np.max(np.abs(values), axis=0)))
    return tuple(found)


def agrees(form: Form, known: Truth) -> bool:
    """Whether the form computes the function, without a warning, in float64 and float32.

    The allowance is 16 units in the last place of the largest value within a quarter of x, so that tails
    keep their digits and only the neighbourhood of a root, where every simple form cancels, gets less;
    and a few times the smallest normal number.
    """
    for x, wanted, scale in known:
        info = np.finfo(x.dtype)
        try:
            with np.errstate(over="raise", invalid="raise", divide="raise", under="ignore"):
                got = value(form, x).astype(np.float64)
        except FloatingPointError:
            return False
        if not (np.abs(got - wanted) <= 16 * float(info.eps) * scale + 16 * float(info.tiny)).all():
            return False
    return True
