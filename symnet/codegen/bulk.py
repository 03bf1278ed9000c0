"""The short way through a function whose main part holds nearly all data: no clamps, no masks, few arrays.

Where all of x lies in that part, which its extremes tell, the form runs as it stands; an array that nobody needs any more receives the next
result. Anything else takes the long way below.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import numpy as np

from symnet.codegen.form import Form, X
from symnet.codegen.numpy_printer import KERNELS, NumpyPrinter, letters
from symnet.codegen.plan import Regime
from symnet.codegen.primitives import PRIMITIVES

SPARE = 1e-6
"""The share of typical data outside the main part up to which the short way is offered: then nearly every chunk can take it."""

UFUNCS = {"subtract": "subtract", "divide": "divide", "negate": "negative"}
TURNABLE = ("add", "multiply")


def short_way(main: Regime, outside: float, literal: Callable[[float], str], printer: NumpyPrinter) -> list[str]:
    """``if x.min() >= … and x.max() <= …: … return``; nothing where it would rarely be taken."""
    if printer.readable or outside > SPARE or main.form.constant or main.form is X:
        return []
    tests = [f"x.min() >= {literal(main.left)}"] if main.left > -math.inf else []
    tests += [f"x.max() <= {literal(main.right)}"] if main.right < math.inf else []
    statements, result = in_place(main.form, printer)
    return [f"if {' and '.join(tests)}:", *(f"    {line}" for line in (*statements, f"return {result}"))]


def in_place(form: Form, printer: NumpyPrinter) -> tuple[list[str], str]:
    """(one statement for each operation, the name of the result)."""
    order = [node for node in form.nodes() if node.arguments and not node.constant]
    left = Counter(id(a) for node in order for a in node.arguments)
    names: dict[int, str] = {}
    statements: list[str] = []
    fresh = letters()
    for node in order:
        for argument in node.arguments:
            left[id(argument)] -= 1
        free = next((a for a in node.arguments if id(a) in names and not left[id(a)]), None)
        statement = None if free is None else _into(node, free, names, printer)
        if free is None or statement is None:
            text = printer.print(node, names)
            names[id(node)] = next(fresh)
            statement = f"{names[id(node)]} = {text}"
        else:
            names[id(node)] = names[id(free)]
        statements.append(statement)
    return statements, names[id(form)]


def _into(node: Form, free: Form, names: dict[int, str], printer: NumpyPrinter) -> str | None:
    """A statement that puts the result where `free` stood; None where the operation cannot."""
    operands, target = [printer.print(a, names) for a in node.arguments], names[id(free)]
    primitive = PRIMITIVES.get(node.operation)
    if primitive is None:
        return None
    if primitive.infix and node.arguments[0] is free:
        return f"{target} {primitive.numpy}= {operands[1]}"
    if primitive.infix and node.operation in TURNABLE:
        return f"{target} {primitive.numpy}= {operands[0]}"
    name = UFUNCS.get(node.operation, primitive.numpy)
    is_ufunc = name not in KERNELS and isinstance(getattr(np, name, None), np.ufunc)
    return f"np.{name}({', '.join(operands)}, out={target})" if is_ufunc else None
