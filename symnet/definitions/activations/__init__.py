"""The built-in activations, by family; importing this package enters them all in the registry."""

from symnet.definitions.activations import (
    exponential,
    gated,
    hard,
    linear,
    oscillating,
    rectifiers,
    sigmoids,
    smooth,
)

__all__ = ["exponential", "gated", "hard", "linear", "oscillating", "rectifiers", "sigmoids", "smooth"]
