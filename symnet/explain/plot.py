"""A picture for itself: any functions and derivatives on one pair of axes, as `symnet plot` draws them."""

from __future__ import annotations

from collections.abc import Sequence

from symnet.definitions.activation import Activation
from symnet.errors import UsageError
from symnet.explain.activation.graph import drawn, marks
from symnet.explain.curves import height, window
from symnet.explain.essay import plain_voice
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Applied
from symnet.sheet import Curve, CurveSeries, Text

MOST = 6
"""Curves in one picture; more cannot be told apart."""
ROLES = ("function", "derivative", "other", "data", "asymptote", "other")


def plot(
    activations: Sequence[Activation], orders: Sequence[int] = (0,),
    x_range: tuple[float, float] | None = None, y_range: tuple[float, float] | None = None,
) -> Curve:  # fmt: skip
    """The graphs of the derivatives of these `orders` (0 is the function itself) of every activation.

    Ranges that are not given hold every breakpoint, and what the curves do inside. The kinks and jumps are marked
    where one function alone is drawn. Raises `UsageError` for more curves than can be told apart, an order above 2,
    or an empty range.
    """
    count = len(activations) * len(orders)
    if not 1 <= count <= MOST:
        raise UsageError(f"a picture holds 1 to {MOST} curves, and this one would have {count}")
    if not all(0 <= order <= 2 for order in orders):
        raise UsageError(f"plot draws f, f' and f'', and not the derivative of order {max(orders)}")
    for ends in (x_range, y_range):
        if ends is not None and not ends[0] < ends[1]:
            raise UsageError(f"the range from {ends[0]:g} to {ends[1]:g} is empty; write the smaller end first")
    functions = [Function(a) for a in activations]
    if x_range is None:
        windows = [window(f.pieces) for f in functions]
        x_range = min(low for low, _ in windows), max(high for _, high in windows)
    curves = [(f, order) for f in functions for order in orders]
    if y_range is None:
        y_range = height([drawn(f, order, x_range) for f, order in curves], x_range)
    alone = len(functions) == 1
    series = tuple(
        CurveSeries(_label(f, order, alone), drawn(f, order, x_range, y_range), role)
        for (f, order), role in zip(curves, ROLES, strict=False)
    )
    title = Text("{names}", {"names": ", ".join(f.activation.heading for f in functions)})
    voice = plain_voice({"names": title.values["names"], "low": f"{x_range[0]:g}", "high": f"{x_range[1]:g}"})
    points = marks(functions[0], Frame("activation", "lead", functions[0].voice)) if alone and 0 in orders else ()
    return Curve(
        series, x_range, y_range, marks=points, title=title, description=Frame("plot", "plot", voice).text("describe")
    )


def _label(function: Function, order: int, alone: bool) -> Applied | Text:
    """``f′(x)`` where one function is drawn, its name and primes where there are several."""
    if alone:
        return Applied("f", order, function.x)
    return Text("{name}", {"name": function.activation.heading + "′" * order})
