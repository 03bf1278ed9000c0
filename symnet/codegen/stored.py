"""Forms and plans as plain data: what was chosen once for a function is read back, not chosen again.

Choosing a form takes ball arithmetic at hundreds of points; its outcome depends on the exact expression and on symnet's
own code only. An entry is a table of nodes, each an operation, the places of its arguments and an exact payload; numbers are
written structurally, so that reading them builds SymPy objects and evaluates no text. What would not come back the same is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import sympy
from sympy import Basic, Expr, Integer, Rational, Tuple, srepr

from symnet.cache import Store, digest, source_digest
from symnet.cache.fingerprint import installed
from symnet.codegen.form import Form, operate
from symnet.codegen.plan import Plan, Regime
from symnet.codegen.polynomials import Polynomial

ENTRIES = Store("forms", keep=32)

DAMAGED = (ArithmeticError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)
"""What reading an entry that says something else raises."""


class NotPlain(TypeError):
    """A payload that has no plain form here."""


def remembered(what: str, question: Any, make: Callable[[], Any], write: Callable, read: Callable) -> Any:
    """`make()`, or what the cache on disk holds for this question, which is plain data that names everything the answer depends on."""
    key = digest({"what": what, "question": question, "sources": _sources()})
    plain = ENTRIES.get(key)
    if plain is not None:
        try:
            return read(plain)
        except DAMAGED:
            pass
    made = make()
    try:
        plain = write(made)
        if read(plain) == made:
            ENTRIES.put(key, plain)
    except DAMAGED:
        pass
    return made


@lru_cache(maxsize=1)
def _sources() -> list[Any]:
    """Whose answer it is: symnet's code below this room, the libraries, and the processor for which NumPy picks its loops."""
    return [source_digest("definitions", "calculus", "balls", "codegen"), installed(), _processor()]


def _processor() -> list[str]:
    try:
        found: Any = np.show_config(mode="dicts")
        return list(found["SIMD Extensions"]["found"])
    except (KeyError, TypeError):
        return []


def function_key(expression: Expr, variable: Expr, order: int, at_kink: str | None, apis: Mapping[str, Any]) -> Any:
    """What the code of a scalar function depends on, as plain data."""
    return [srepr(expression), srepr(variable), order, at_kink, [[key, repr(api)] for key, api in apis.items()]]


def write_forms(forms: Iterable[Form | None]) -> dict[str, Any]:
    """Several forms that share their nodes; None stands for none."""
    places: dict[int, int] = {}
    nodes: list[Any] = []
    wanted = list(forms)
    for form in wanted:
        for node in form.nodes() if form is not None else ():
            if id(node) not in places:
                places[id(node)] = len(nodes)
                nodes.append([node.operation, [places[id(a)] for a in node.arguments], _write(node.payload)])
    return {"nodes": nodes, "forms": [None if form is None else places[id(form)] for form in wanted]}


def read_forms(plain: Any) -> tuple[Form | None, ...]:
    """The forms of `write_forms`: equal nodes are one object again."""
    nodes: list[Form] = []
    for operation, places, payload in plain["nodes"]:
        nodes.append(operate(operation, *(nodes[place] for place in places), payload=_read(payload)))
    return tuple(None if place is None else nodes[place] for place in plain["forms"])


def write_plan(plan: Plan) -> dict[str, Any]:
    """A plan with all its forms."""
    return {
        **write_forms([*(r.form for r in plan.regimes), *(form for _, form in plan.points)]),
        "regimes": [[r.left, r.right, r.reason, r.closed] for r in plan.regimes],
        "points": [at for at, _ in plan.points],
        "notes": list(plan.notes),
    }


def read_plan(plain: Any) -> Plan:
    """The plan of `write_plan`."""
    forms = [form for form in read_forms(plain) if form is not None]
    regimes = [Regime(left, right, f, *rest) for (left, right, *rest), f in zip(plain["regimes"], forms, strict=False)]
    points = zip(plain["points"], forms[len(regimes) :], strict=True)
    return Plan(tuple(regimes), tuple(points), tuple(plain["notes"]))


def _write(payload: Any) -> Any:
    """None and floats as they are, anything else as [kind, parts…]."""
    if payload is None or isinstance(payload, float):
        return payload
    if isinstance(payload, (Expr, Tuple)):
        return ["expression", _write_expression(payload)]
    if isinstance(payload, tuple):
        return ["tuple", *map(_write, payload)]
    if isinstance(payload, Polynomial):
        coefficients = list(payload.coefficients)
        return ["polynomial", payload.centre, payload.low, payload.order, coefficients, payload.constant_low]
    raise NotPlain(type(payload).__name__)


def _read(plain: Any) -> Any:
    if not isinstance(plain, list):
        return plain
    kind, *parts = plain
    match kind:
        case "expression":
            return _read_expression(parts[0])
        case "tuple":
            return tuple(map(_read, parts))
        case "polynomial":
            centre, low, order, coefficients, constant_low = parts
            return Polynomial(centre, low, order, tuple(coefficients), constant_low)
    raise NotPlain(kind)


def _write_expression(value: Basic) -> Any:
    """A number in closed form, or several: [p, q] in hexadecimal, or [head, arguments…]."""
    if isinstance(value, Rational):
        return [hex(value.p), hex(value.q)]
    return [type(value).__name__, *map(_write_expression, value.args)]  # of floats and symbols nothing can be read back


def _read_expression(plain: Sequence[Any]) -> Any:
    head, *arguments = plain
    if head.startswith(("0x", "-0x")):
        return Rational(Integer(int(head, 16)), Integer(int(arguments[0], 16)))
    constant = _singletons().get(head)
    if constant is not None:
        return constant
    kind = getattr(sympy, head)
    if not (isinstance(kind, type) and issubclass(kind, (Expr, Tuple))):
        raise NotPlain(head)
    return kind(*map(_read_expression, arguments))


@lru_cache(maxsize=1)
def _singletons() -> dict[str, Expr]:
    """SymPy's constants by the names of their classes."""
    found = (
        sympy.pi, sympy.E, sympy.I, sympy.EulerGamma, sympy.Catalan, sympy.GoldenRatio, sympy.nan, sympy.oo, -sympy.oo, sympy.zoo,
    )  # fmt: skip
    return {type(value).__name__: value for value in found}
