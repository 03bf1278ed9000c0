"""Waves and bells: functions that come back instead of growing in one direction."""

from symnet.definitions.activation import activation
from symnet.definitions.vocabulary import Positive, cos, exp, sin


@activation(title="Sine", aliases=["siren"], sources=["sitzmann2020"])
def sine(x, omega: Positive = 30):
    """Oscillate with frequency ω, for networks that represent images and sounds."""
    return sin(omega * x)


@activation(title="Cosine")
def cosine(x):
    """Oscillate, with the largest value at 0."""
    return cos(x)


@activation(title="Growing cosine unit", aliases=["gcu"], sources=["noel2021"])
def growing_cosine_unit(x):
    """Oscillate with growing height, so that one neuron can separate more than two regions."""
    return x * cos(x)


@activation(title="Snake", sources=["ziyin2020"])
def snake(x, a: Positive = 1):
    """Add a periodic hill to the identity, so that a network can learn periodic functions; it never falls.

    Written as x + sin²(ax)/a in the paper.
    """
    return x + (1 - cos(2 * a * x)) / (2 * a)


@activation(title="Gaussian", aliases=["gaussian_bell"])
def gaussian(x):
    """Respond most at 0 and hardly at all far away."""
    return exp(-(x**2))


@activation(title="Ricker wavelet", aliases=["mexican_hat"])
def ricker(x):
    """Respond positively near 0 and negatively in a ring around it."""
    return (1 - x**2) * exp(-(x**2) / 2)
