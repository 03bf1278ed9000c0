"""The words in which losses are written: the mean of a column, a function of each entry, exact numbers."""

from __future__ import annotations

from typing import Any

from symnet.definitions.vocabulary import number

__all__ = ["averaged", "each", "number"]


def averaged(column: Any) -> Any:
    """(1/m) 1ᵀ c: the mean of the m entries of a column."""
    from symnet.definitions.operations import multiply, ones, transpose

    rows = column.shape[0]
    return multiply(1 / rows, transpose(ones(rows)), column)


def each(name: str, column: Any, **values: Any) -> Any:
    """A function of the catalogue or of the penalties, applied to every entry."""
    from symnet.definitions.activation import activations
    from symnet.definitions.operations import Elementwise, ScalarFunction
    from symnet.definitions.penalties import penalties

    function = (penalties if name in penalties else activations)[name]
    return Elementwise(ScalarFunction(function.with_parameters(**values) if values else function), column)
