"""What is always true of the function: the facts of the analysis, each with its verdict and reason."""

from __future__ import annotations

from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.sheet import Section


def properties(function: Function) -> Section | None:
    """The table of facts; None where the analysis has none."""
    Frame("activation", "properties", function.voice)
    return None
