"""The numbers that a vector activation gives, each the float nearest to the exact value.

The declaration is evaluated in ball arithmetic, row by row, with as many digits as one float of the result
needs: nothing overflows, and nothing is written a second time for the sake of a program.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flint import ctx
from sympy import Rational

from symnet.calculus.jets import Jets
from symnet.calculus.undecided import Undecided
from symnet.definitions.vector_activation import VectorActivation, VectorFunction
from symnet.errors import DataError, ShapeError

if TYPE_CHECKING:
    import numpy as np

PRECISIONS = (128, 512, 2048, 8192)
NAMES_SHOWN = 4


def evaluate(activation: VectorActivation, x: Any, parameters: Sequence[Any] = (), **sizes: int) -> np.ndarray:
    """The outputs along the last axis of `x`; floats keep their kind, whole numbers become float64."""
    import numpy as np

    given = _numbers(x, "x")
    kind = given.dtype if given.dtype.kind == "f" else np.dtype(np.float64)
    if given.ndim == 0:
        raise ShapeError(f"{activation.name} takes a vector, got a single number")
    function = activation.at(**{**sizes, "n": _length(activation, given.shape[-1], sizes.get("n"))})
    numbers = _numbers(parameters, "parameters").ravel()
    _check_parameters(activation, function, numbers)
    rows = given.astype(np.float64).reshape(-1, given.shape[-1])
    tail = tuple(_exact(v) for v in numbers)
    values = [_row(function, (*(_exact(v) for v in row), *tail)) for row in rows]
    return np.array(values, dtype=kind).reshape(*given.shape[:-1], len(function.outputs))


def _numbers(values: Any, name: str) -> np.ndarray:
    import numpy as np

    try:
        array = np.asarray(values)
        finite = bool(np.all(np.isfinite(array))) and array.dtype.kind in "fiub"
    except (ValueError, TypeError):
        finite = False
    if not finite:
        raise DataError(f"{name} must be finite real numbers, in rows of one length")
    return array


def _length(activation: VectorActivation, entries: int, wanted: int | None) -> int:
    """The size n of one group."""
    groups = len(activation.at(n=1).inputs)
    if entries == 0 or entries % groups or wanted not in (None, entries // groups):
        vectors = "a vector" if groups == 1 else f"{groups} vectors of one length, one behind the other"
        size = "" if wanted is None else f", n = {wanted}"
        raise ShapeError(f"{activation.name} takes {vectors}{size}; got {entries} numbers")
    return entries // groups


def _check_parameters(activation: VectorActivation, function: VectorFunction, numbers: np.ndarray) -> None:
    wanted = function.parameters
    if len(numbers) != len(wanted):
        shown = ", ".join(str(p) for p in wanted[:NAMES_SHOWN]) + (", …" if len(wanted) > NAMES_SHOWN else "")
        names = f" ({shown})" if wanted else ""
        raise ShapeError(f"{activation.name} has {len(wanted)} parameters{names}, got {len(numbers)}")
    for symbol, number in zip(wanted, numbers, strict=True):
        if symbol.is_positive and not number > 0:
            raise DataError(f"the parameter {symbol} of {activation.name} must be positive, got {number}")


def _exact(number: Any) -> Rational:
    return Rational(*float(number).as_integer_ratio())


def _row(function: VectorFunction, values: Sequence[Rational]) -> list[float]:
    """Every output as the nearest float, with the first precision that settles them all."""
    point = dict(zip((*function.inputs, *function.parameters), values, strict=True))
    for precision in PRECISIONS:
        with ctx.workprec(precision):
            jets = Jets(point, {}, accept_breakpoints=True)
            try:
                ends = [(float(b.lower()), float(b.upper())) for b in (jets.series(y, 1)[0] for y in function.outputs)]
            except Undecided:
                continue
        if all(low == high for low, high in ends):
            return [low for low, _ in ends]
    raise DataError("an output could not be told to the last digit; move the numbers off the tie")
