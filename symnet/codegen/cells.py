"""The cells of a derivative: smooth formulas between breakpoints, and the value chosen at each breakpoint.

Where two formulas meet, the derivative is a convention. `at_kink` names it: ``"left"``, ``"right"``, ``"mean"``, or a framework
(``"torch"``, ``"keras"``, ``"jax"``) whose own choice the catalogue records. Without one, the side whose branch owns the
point decides, and ties of max, min and abs give the mean, which is also taken where there are too many kinks to list. At a jump of f there is no derivative: nan, unless a framework's rule is named.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from flint import arb, ctx
from sympy import Abs, Expr, Max, Min, Rational, S, Symbol, diff, nan

from symnet.calculus.pieces import Breakpoint, Pieces, split
from symnet.codegen.primitives import ball
from symnet.codegen.switching import MEAN, has_switches, switched
from symnet.errors import UnsupportedExpressionError, UsageError

SIDES = ("left", "right", "mean")
FRAMEWORKS = ("torch", "keras", "jax")


@dataclass(frozen=True)
class Cell:
    """One smooth formula and the floats that it serves."""

    expression: Expr
    left: float
    right: float
    function: Expr
    """The formula whose derivative this is; the derivative exists only where it does."""


@dataclass(frozen=True)
class Cells:
    """The cells from left to right, floats with a value of their own, and what to tell the reader."""

    cells: tuple[Cell, ...]
    points: tuple[tuple[float, Expr], ...]
    notes: tuple[str, ...]


def cells(expression: Expr, variable: Symbol, order: int, at_kink: str | None, apis: Any = None) -> Cells:
    """The cells of the derivative of this order."""
    if at_kink is not None and at_kink not in SIDES + FRAMEWORKS:
        raise UsageError(f"at_kink must be one of {', '.join(SIDES + FRAMEWORKS)}, got '{at_kink}'")
    try:
        pieces = split(expression, variable)
    except UnsupportedExpressionError:
        return _unsplit(expression, variable, order, at_kink)
    formulas = [diff(p.expression, variable, order) if order else p.expression for p in pieces.pieces]
    chosen, notes = [], []
    for index, breakpoint in enumerate(pieces.breakpoints):
        if order == 0:
            chosen.append(breakpoint.value)
            continue
        value, note = _choice(pieces, index, formulas, expression, order, at_kink, apis)
        chosen.append(value)
        notes.append(note)
    return _place(pieces, formulas, chosen, tuple(n for n in notes if n))


def _unsplit(expression: Expr, variable: Symbol, order: int, at_kink: str | None) -> Cells:
    """One cell for the whole line, where the kinks cannot be listed."""
    if not has_switches(expression):
        raise UnsupportedExpressionError(f"the branches of {expression} cannot be told apart")
    if order and at_kink in ("left", "right"):
        raise UnsupportedExpressionError(f"the kinks of {expression} cannot be listed; at_kink must be mean")
    formula = switched(expression, variable, order)
    return Cells((Cell(formula, -math.inf, math.inf, expression),), (), (MEAN,) if order else ())


def exact_value(
    expression: Expr, variable: Symbol, point: Expr, order: int = 0, at_kink: str | None = None, apis: Any = None
) -> tuple[Expr, str]:
    """The exact value of the derivative of this order at an exact real point, and what was chosen if slopes meet there."""
    try:
        pieces = split(expression, variable)
    except UnsupportedExpressionError:
        whole = _unsplit(expression, variable, order, at_kink)
        return whole.cells[0].expression.subs(variable, point), " ".join(whole.notes)
    formulas = [diff(p.expression, variable, order) if order else p.expression for p in pieces.pieces]
    for index, breakpoint in enumerate(pieces.breakpoints):
        difference = point - breakpoint.location
        if difference.is_zero or (difference.is_zero is None and difference.equals(0)):
            if order == 0:
                return breakpoint.value, ""
            return _choice(pieces, index, formulas, expression, order, at_kink, apis)
        if difference.is_negative or (difference.is_negative is None and difference.evalf(50) < 0):
            return formulas[index].subs(variable, point), ""
    return formulas[-1].subs(variable, point), ""


def _choice(
    pieces: Pieces, index: int, formulas: list[Expr], expression: Expr, order: int, at_kink: str | None, apis: Any
) -> tuple[Expr, str]:
    """What the derivative of this order is said to be at a breakpoint, and the sentence that says so."""
    point = pieces.breakpoints[index]
    left = _slope(formulas[index], pieces.variable, point.location, "-")
    right = _slope(formulas[index + 1], pieces.variable, point.location, "+")
    if point.continuous and left == right:
        return left, ""
    rule, value = _rule(point, index, expression, order, at_kink, apis)
    if value is None:
        value = {"left": left, "right": right, "mean": (left + right) / 2, "none": nan}[rule]
    if value is nan:
        return value, f"At x = {point.location} the function jumps; it has no derivative there, and this returns nan."
    said = f"At x = {point.location} the slopes are {left} and {right}; this function returns {value}"
    return value, f"{said} ({rule})."


def _rule(
    point: Breakpoint, index: int, expression: Expr, order: int, at_kink: str | None, apis: Any
) -> tuple[str, Expr | None]:
    if at_kink in SIDES:
        return str(at_kink), None
    framework = at_kink or "torch"
    api = (apis or {}).get(framework)
    rule = api.at_kink if api is not None else None
    if isinstance(rule, tuple):
        rule = rule[min(index, len(rule) - 1)]
    if rule in SIDES:
        return str(rule), None
    if rule is not None and order == 1:
        return f"as {framework} does", Rational(str(rule))
    if not point.continuous:
        return "none", None
    return _owner(expression, point), None


def _owner(expression: Expr, point: Breakpoint) -> str:
    """The side whose branch holds at the point; ties of max, min and abs have none."""
    from sympy import Piecewise

    from symnet.calculus.pieces import resolve

    if expression.has(Max, Min, Abs) or not expression.has(Piecewise):
        return "mean"
    variable = next(iter(expression.free_symbols))
    here = resolve(expression, variable, point.location)
    if here == resolve(expression, variable, point.location + Rational(1, 10**9)):
        return "right"
    return "left" if here == resolve(expression, variable, point.location - Rational(1, 10**9)) else "mean"


def _slope(formula: Expr, variable: Symbol, location: Expr, side: str) -> Expr:
    value = formula.subs(variable, location)
    if value.is_finite:
        return value
    from sympy import limit

    return limit(formula, variable, location, side)


def _place(pieces: Pieces, formulas: list[Expr], chosen: list[Expr], notes: tuple[str, ...]) -> Cells:
    """Give every float to one cell; a breakpoint that is a float goes to the side that has its value."""
    found, points = [], []
    left = -math.inf
    for index, (formula, value) in enumerate(zip(formulas, [*chosen, None], strict=True)):
        function = pieces.pieces[index].expression
        if value is None:
            found.append(Cell(formula, left, math.inf, function))
            break
        location = pieces.breakpoints[index].location
        below, above = neighbours(location)
        if below != above:  # no float lies on the breakpoint
            found.append(Cell(formula, left, below, function))
            left = above
            continue
        if _has(formulas[index + 1], pieces.variable, location, value):
            found.append(Cell(formula, left, math.nextafter(below, -math.inf), function))
            left = below
        else:
            found.append(Cell(formula, left, below, function))
            left = math.nextafter(below, math.inf)
            if not formula.subs(pieces.variable, location).is_finite:  # the formula must not see this float
                found[-1] = replace(found[-1], right=math.nextafter(below, -math.inf))
                found.append(Cell(value, below, below, value))
            elif not _has(formula, pieces.variable, location, value):
                points.append((below, value))
    merged = [found[0]]
    for cell in found[1:]:
        if (cell.expression, cell.function) == (merged[-1].expression, merged[-1].function) or (
            cell.expression == merged[-1].expression and cell.expression.is_number
        ):
            merged[-1] = replace(cell, left=merged[-1].left)
        else:
            merged.append(cell)
    return Cells(tuple(merged), tuple(points), notes)


def _has(formula: Expr, variable: Symbol, location: Expr, value: Expr) -> bool:
    here = formula.subs(variable, location)
    return bool(here == value) if here is not S.NaN else False


def neighbours(location: Expr) -> tuple[float, float]:
    """The greatest float at most, and the least float at least, this exact number."""
    if isinstance(location, Rational):
        near = float(location)
        exact = Rational(near)
        if exact == location:
            return near, near
        below = near if exact < location else math.nextafter(near, -math.inf)
        return below, math.nextafter(below, math.inf)
    before, ctx.prec = ctx.prec, 400
    try:
        target = ball(location)
        near = float(target.mid())
        below = near if arb(near) < target else math.nextafter(near, -math.inf)
        return below, math.nextafter(below, math.inf)
    finally:
        ctx.prec = before
