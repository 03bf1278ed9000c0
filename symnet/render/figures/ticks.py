"""Round numbers to write along an axis."""

from __future__ import annotations

from decimal import Decimal
from math import ceil, floor, log10


def ticks(low: float, high: float, most: int = 8) -> tuple[tuple[float, str], ...]:
    """At most `most` + 1 multiples of 1, 2 or 5 times a power of ten inside [low, high], each with its spelling."""
    if not high > low:
        return ((low, spell(low)),)
    exponent = floor(log10((high - low) / most))
    step = Decimal(10) ** exponent
    for factor in (1, 2, 5, 10):
        if (high - low) / float(step * factor) <= most:
            step *= factor
            break
    first, last = ceil(low / float(step) - 1e-9), floor(high / float(step) + 1e-9)
    return tuple((float(step * k), spell(step * k)) for k in range(first, last + 1))


def spell(number: float | Decimal) -> str:
    """`number` in plain decimals, with a true minus sign and no trailing zeros."""
    value = number if isinstance(number, Decimal) else Decimal(repr(float(number)))
    text = f"{value.normalize():f}" if value else "0"
    return text.replace("-", "−")


def rounded(number: float) -> float:
    """A coordinate with two decimals; minus zero is zero."""
    return round(number, 2) + 0.0
