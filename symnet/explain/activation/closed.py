"""Expressions of the analysis as mathematics: everything that the grammar reads, and Lambert's W."""

from __future__ import annotations

import re
from typing import Any

from sympy import Expr, LambertW, Symbol

from symnet.definitions.expression import read
from symnet.definitions.reading import names
from symnet.errors import SymnetError
from symnet.explain import formula
from symnet.explain.activation.fact_rows import letters
from symnet.explain.function import Function, written_functions
from symnet.explain.notation import Applied
from symnet.explain.voice import ordered
from symnet.sheet import Equation

PRIMED = re.compile(r"\b([a-z]\w*)'\(")
LONGEST = 60
"""A formula with more operations is not for a table."""


def mathematics(text: str, function: Function, variable: str = "x") -> Expr | None:
    """The expression that a text of the analysis is, in `variable` and letters; None when it is too long to show."""
    try:
        if "LambertW" in text:
            found = formula.read(text, letters(text), {"LambertW": LambertW})
        else:
            others = {name: "real" for name in names(text) if name != variable}
            x = function.x if variable == "x" else Symbol(variable)
            found = read(text, others).expression(x, {name: Symbol(name) for name in others})
    except SymnetError:
        return None
    return found if found.count_ops() <= LONGEST else None


def identity(left: str, right: str, function: Function) -> Equation:
    """An identity between f and functions of the catalogue, as written."""
    written: dict[str, Any] = {
        **written_functions(),
        "f": lambda u: Applied("f", 0, u),
        "f1": lambda u: Applied("f", 1, u),
    }
    texts = [
        PRIMED.sub(lambda match: f"{match[1]}_prime(" if match[1] != "f" else "f1(", side) for side in (left, right)
    ]
    primes = {f"{name}_prime": lambda u, name=name: _primed(written[name](u)) for name in written}
    sides = [formula.read(text, {"x": function.x}, {**written, **primes}, ordered) for text in texts]
    return Equation(tuple(sides))


def _primed(applied: Any) -> Applied:
    """g′(u) from g(u)."""
    if isinstance(applied, Applied):
        return Applied(applied.name, 1, applied.args[2])
    return Applied(type(applied).__name__, 1, applied.args[0])
