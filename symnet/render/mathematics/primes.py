"""Which derivatives are written with primes, and which as d/dx."""

from __future__ import annotations

from typing import Any

from sympy import Derivative, Indexed
from sympy.core.function import AppliedUndef


def primes(derivative: Any) -> int:
    """The number of primes in f′(x), f″(x), f‴(x); 0 where d/dx has to be written."""
    if not isinstance(derivative, Derivative) or len(derivative.variable_count) != 1:
        return 0
    function = derivative.expr
    variable, count = derivative.args[1]  # type: ignore[misc]
    if not isinstance(function, AppliedUndef) or function.args != (variable,):
        return 0
    return int(count) if count.is_Integer and 1 <= count <= 3 else 0


def is_partial(derivative: Any) -> bool:
    """Whether it is written with ∂: one of several indexed numbers varies, or the rest holds other letters."""
    return any(isinstance(v, Indexed) for v in derivative.variables) or len(derivative.expr.free_symbols) > 1
