"""The value table: f and f′ at chosen points, exactly and rounded."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Rational, S, exp, log, sympify
from sympy import Function as SymbolicFunction

from symnet.calculus import notation
from symnet.calculus.differentiate import differentiate
from symnet.errors import DefinitionError
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Applied, Decimal, is_exact
from symnet.sheet import DataTable, Section, Text

POINTS = ("-10", "-2", "-1", "-1/2", "0", "1/2", "1", "2", "10")
DIGITS = 6
LONGEST = 14
"""Exact slopes with more operations than this are shown rounded only."""


def points(function: Function) -> list[Expr]:
    """The usual points and every breakpoint, sorted."""
    found = {Rational(text) for text in POINTS}
    found |= {b.location for b in function.pieces.breakpoints}
    return sorted(found, key=lambda point: float(point))


def values(function: Function) -> Section | None:
    """The value table."""
    frame = Frame("activation", "values", function.voice)
    rows = tuple(row(function, frame, point) for point in points(function))
    kinked = any(b.kink or not b.continuous for b in function.pieces.breakpoints)
    caption = frame.text("caption" if kinked else "plain_caption", digits=DIGITS)
    return frame.section([DataTable(frame.texts("header"), rows, caption, "rlrlr")])


def row(function: Function, frame: Frame, point: Expr) -> tuple[Any, ...]:
    """One line: x, f exactly, f rounded, f′ exactly, f′ rounded."""
    value = function.value(point)
    exact, rounded = _pair(value, frame)
    try:
        slope_exact, slope_rounded = _pair(function.slope(point), frame, _named(function, point))
    except DefinitionError:
        found = function.breakpoint(point)
        if found is None or not found.continuous:
            return point, exact, rounded, frame.text("undefined"), Text("")
        sides = [_pair(side, frame) for side in (found.left_slope, found.right_slope)]
        slope_exact = frame.text("both", left=sides[0][0], right=sides[1][0])
        slope_rounded = frame.text("both", left=sides[0][1], right=sides[1][1])
        if all(not isinstance(side[1], Expr) for side in sides):
            slope_rounded = Text("")
    return point, exact, rounded, slope_exact, slope_rounded


def _named(function: Function, point: Expr) -> Expr | None:
    """f′ at the point in the form that people know, φ(1) + Φ(1), names standing; None where there is no such form."""
    derivation = differentiate(function.numeric, function.x)
    if derivation.known_form is None or len(function.pieces.pieces) > 1:
        return None
    form = derivation.known_form
    standing = {  # SymPy would work phi out as a number of its own by that name
        node: Applied(node.func.__name__, 0, node.args[0].xreplace({function.x: point}))
        for node in form.atoms(SymbolicFunction)
        if node.func.__module__ == notation.__name__
    }
    return form.xreplace(standing).xreplace({function.x: point})


def _shorter(value: Expr) -> Expr:
    """The number, or the fraction that it is: tanh(log 2) is 3/5."""
    if value.is_Rational or value.count_ops() > LONGEST:
        return value
    found = value.rewrite(exp).simplify() if value.has(log) else value
    return found if found.is_Rational else value


def _pair(number: Expr, frame: Frame, named: Expr | None = None) -> tuple[Any, Any]:
    """The number exactly, and rounded where that says more; a long one by its customary names, else rounded only."""
    value = _shorter(sympify(number))
    if value is S.NaN or value.is_finite is False:
        return (frame.text("undefined"), Text(""))
    if value.is_Integer:
        return value, Text("")
    rounded = Decimal(value, DIGITS)
    if value.count_ops() > LONGEST:
        return (named if named is not None and named.count_ops() <= LONGEST else Text("…")), rounded
    return value, rounded if not (is_exact(value, DIGITS) and value.q == 1) else Text("")
