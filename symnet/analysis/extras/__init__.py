"""Facts beyond the JSON contract, computed only when asked for: `analyse(target, extras=True)`."""

from symnet.analysis.extras.registry import EXTRAS

__all__ = ["EXTRAS"]
