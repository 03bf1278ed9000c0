"""Plan → NumPy source of one function of a float64 array, as a person would write it.

Two ways to choose: `where` with clamped arguments when the parts are few and cheap, masks when they are not. Either way no branch is
evaluated outside its part of the line, and nan goes in and comes out.
"""

from __future__ import annotations

import math

from symnet.codegen.assess import LARGEST
from symnet.codegen.form import Form, X, number, operate
from symnet.codegen.numpy_printer import NumpyPrinter
from symnet.codegen.plan import Plan, Regime


def emit(plan: Plan, name: str, docstring: str) -> tuple[str, frozenset[str]]:
    """(source of ``def name(x)``, the names that it uses)."""
    printer = NumpyPrinter()
    if len(plan.regimes) == 1:
        lines = _single(plan.regimes[0], printer)
    elif _cheap(plan):
        lines = _where(plan, printer)
    else:
        lines = _masks(plan, printer)
    if plan.points:
        lines = [*lines[:-1], "y = " + lines[-1].removeprefix("return ")] if lines[-1] != "return y" else lines[:-1]
        for location, form in plan.points:
            lines.append(f"y = np.where(x == {_float(location)}, {printer.body(form)[1]}, y)")
        lines.append("return y")
    text = [f"def {name}(x):", *_docstring(docstring, plan.notes), *(f"    {line}" for line in lines)]
    return "\n".join(text) + "\n", frozenset(printer.imports)


def _docstring(docstring: str, notes: tuple[str, ...]) -> list[str]:
    if not notes:
        return [f'    """{docstring}"""']
    return [f'    """{docstring}', "", *(f"    {note}" for note in notes), '    """']


def _float(value: float) -> str:
    if math.isinf(value):
        return "np.inf" if value > 0 else "-np.inf"
    return repr(int(value)) if value == int(value) and abs(value) < 1e6 else repr(value)


def _single(regime: Regime, printer: NumpyPrinter) -> list[str]:
    if regime.form.constant:
        return [f"return np.where(np.isnan(x), x, {_real(printer.body(regime.form)[1])})"]
    statements, result = printer.body(regime.form)
    return [*statements, f"return {result}" if regime.form is not X else "return x.copy()"]


def _real(text: str) -> str:
    """A constant as a float literal, so that the array becomes one of floats."""
    return f"{text}.0" if text.lstrip("-").isdigit() else text


def _cheap(plan: Plan) -> bool:
    """Whether evaluating every part everywhere costs less than masks."""
    from symnet.codegen.primitives import PRIMITIVES

    def costly(form: Form) -> int:
        return sum(
            1
            for node in form.nodes()
            if node.arguments and not (node.operation in PRIMITIVES and PRIMITIVES[node.operation].infix)
        )

    return len(plan.regimes) <= 4 and sum(costly(r.form) for r in plan.regimes) <= 1


def _where(plan: Plan, printer: NumpyPrinter) -> list[str]:
    parts = []
    for regime in plan.regimes:
        clamped = regime.form if _linear(regime.form) else regime.form.substitute(_clamp(regime))
        parts.append(_real(printer.body(clamped)[1]) if regime.form.constant else _inline(clamped, printer))
    result = parts[-1]
    if plan.regimes[-1].form.constant:
        result = f"np.where(np.isnan(x), x, {result})"
    for regime, part in zip(plan.regimes[-2::-1], parts[-2::-1], strict=True):
        result = f"np.where({_below(regime.right)}, {part}, {result})"
    return [f"return {result}"]


def _inline(form: Form, printer: NumpyPrinter) -> str:
    statements, result = printer.body(form)
    for statement in reversed(statements):
        name, _, value = statement.partition(" = ")
        result = _replace(result, name, value)
    return result


def _replace(text: str, name: str, value: str) -> str:
    import re

    return re.sub(rf"\b{name}\b", f"({value})", text)


def _below(right: float) -> str:
    """The condition x ≤ right, said with the rounder of the two neighbouring floats."""
    following = math.nextafter(right, math.inf)
    return f"x < {_float(following)}" if len(_float(following)) <= len(_float(right)) else f"x <= {_float(right)}"


def _above(left: float) -> str:
    previous = math.nextafter(left, -math.inf)
    return f"x > {_float(previous)}" if len(_float(previous)) < len(_float(left)) else f"x >= {_float(left)}"


def _linear(form: Form) -> bool:
    """Whether a form can neither warn nor overflow: x, a constant, a multiple of x by at most 1."""
    if form is X or form.constant:
        return True
    if form.operation == "multiply":
        a, b = form.arguments
        return a.operation == "number" and abs(a.payload) <= 1 and b is X
    return form.operation == "negate" and form.arguments[0] is X


def _clamp(regime: Regime) -> Form:
    from sympy import Rational

    result = X
    if (right := _round_end(regime.right, math.inf)) < math.inf:
        result = operate("minimum", result, number(Rational(right)))
    if (left := _round_end(regime.left, -math.inf)) > -math.inf:
        result = operate("maximum", result, number(Rational(left)))
    return result


def _round_end(end: float, direction: float) -> float:
    """The end itself, or the round float just beyond it where only that separates the cells."""
    if abs(end) > LARGEST / 4:
        return end
    beyond = math.nextafter(end, direction)
    return beyond if len(_float(beyond)) < len(_float(end)) else end


def _masks(plan: Plan, printer: NumpyPrinter) -> list[str]:
    lines = ["y = np.full_like(x, np.nan)"]
    for regime in plan.regimes:
        conditions = []
        if regime.left > -math.inf:
            conditions.append(_above(regime.left))
        if regime.right < math.inf:
            conditions.append(_below(regime.right))
        if not conditions:
            conditions = ["x == x"]
        where = f"({conditions[0]}) & ({conditions[1]})" if len(conditions) == 2 else conditions[0]
        lines.append(f"here = {where}")
        if regime.form.constant:
            lines.append(f"y[here] = {printer.body(regime.form)[1]}")
            continue
        inner = NumpyPrinter("t", printer.imports)
        statements, result = inner.body(regime.form)
        lines.append("if here.any():")
        if regime.reason:
            lines[-1] += f"  # {regime.reason}"
        lines += ["    t = x[here]", *(f"    {s}" for s in statements), f"    y[here] = {result}"]
    return [*lines, "return y"]
