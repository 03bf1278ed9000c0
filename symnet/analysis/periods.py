"""A period read from the typed tree: the variable stands only inside sines, cosines and tangents of a*x + b."""

from __future__ import annotations

from flint import fmpq

from symnet.analysis.conversion import convert
from symnet.analysis.place import Cell, Split
from symnet.balls.element import Element
from symnet.balls.elementary import pi
from symnet.balls.field import Field
from symnet.balls.interval import Interval
from symnet.balls.work import Budget
from symnet.definitions.tree import Apply, Condition, Node, Variable, children


def period_of_tree(tree: Node, field: Field, budget: Budget) -> Element | None:
    """A common period of every angle of the tree, or None."""
    return common_period(_angles(tree), field, budget)


def common_period(angles: list[Node], field: Field, budget: Budget) -> Element | None:
    """The least common period of sines and cosines of these angles a*x + b; None when there is none, or no angle."""
    if not angles:
        return None
    place = Cell(field, Interval(None, None), budget)
    speeds = []
    for angle in angles:
        try:
            argument = convert(angle, place)
        except Split:  # an angle in pieces is not a*x + b
            return None
        speed = None if argument is None else argument.derivative()
        if speed is None or not speed.is_constant or speed.is_zero:
            return None
        speeds.append(speed)
    first, whole = speeds[0], fmpq(1)
    numerator, denominator = 1, 1
    for speed in speeds:
        ratio = (speed / first).rational
        if ratio is None:
            return None
        whole = abs(ratio)
        numerator, denominator = (
            _gcd(numerator, denominator, int(whole.p), int(whole.q)) if speed is not first else (1, 1)
        )
    common = first.scaled(fmpq(numerator, denominator))
    period = pi(field).scaled(2) / common
    return -period if period.ball(None, 64) < 0 else period


def _gcd(a: int, b: int, c: int, d: int) -> tuple[int, int]:
    """The greatest common divisor of the fractions a/b and c/d."""
    from math import gcd

    top, bottom = gcd(a * d, c * b), b * d
    common = gcd(top, bottom)
    return top // common, bottom // common


def _angles(node: Node | Condition) -> list[Node]:
    """The angles of the tree; [] when the variable also stands outside of them."""
    found: list[Node] = []

    def visit(part: Node | Condition) -> bool:
        if isinstance(part, Variable):
            return False
        if isinstance(part, Apply) and part.head in ("sin", "cos", "tan"):
            before = len(found)
            if _has_variable(part.arguments[0]) and not visit(part.arguments[0]):
                del found[before:]
                found.append(part.arguments[0])
            return True
        return all(visit(child) for child in children(part))

    return found if visit(node) else []


def waves(node: Node | Condition) -> list[Apply]:
    """The outermost sines, cosines and tangents of something in which the variable stands."""
    if isinstance(node, Apply) and node.head in ("sin", "cos", "tan") and _has_variable(node):
        return [node]
    return [wave for child in children(node) for wave in waves(child)]


def _has_variable(node: Node | Condition) -> bool:
    return isinstance(node, Variable) or any(_has_variable(child) for child in children(node))
