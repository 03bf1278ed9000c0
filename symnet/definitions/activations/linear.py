"""Straight lines and steps: the functions that the others are measured against."""

from symnet.definitions.activation import activation
from symnet.definitions.vocabulary import Piecewise


@activation(title="Identity", aliases=["linear"], torch="Identity", keras="linear", jax="identity")
def identity(x):
    """Pass the weighted sum on unchanged."""
    return x


@activation(title="Step", aliases=["heaviside", "threshold_unit"])
def step(x):
    """Fire with 1 once the weighted sum reaches 0, stay silent with 0 below it."""
    return Piecewise((0, x < 0), (1, True))
