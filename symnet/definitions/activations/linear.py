"""Straight lines, powers and steps: the functions that the others are measured against."""

from symnet.definitions.activation import activation
from symnet.definitions.vocabulary import Abs, Piecewise
from symnet.definitions.vocabulary import sign as sign_of


@activation(title="Identity", aliases=["linear"], torch="Identity", keras="linear", jax="identity")
def identity(x):
    """Pass the weighted sum on unchanged."""
    return x


@activation(title="Step", aliases=["threshold_unit"], sources=["mcculloch1943", "rosenblatt1958"])
def step(x):
    """Fire with 1 once the weighted sum reaches 0, stay silent with 0 below it."""
    return Piecewise((0, x < 0), (1, True))


@activation(title="Sign", aliases=["signum", "bipolar_step"])
def sign(x):
    """Tell only on which side of 0 the weighted sum lies: −1, 0 or 1."""
    return sign_of(x)


@activation(title="Absolute value", aliases=["abs"])
def absolute(x):
    """Pass the size of the weighted sum and forget its sign."""
    return Abs(x)


@activation(title="Square", aliases=["quadratic"])
def square(x):
    """Square the weighted sum: the simplest curve that is not a line."""
    return x**2


@activation(title="Cube", aliases=["cubic"])
def cube(x):
    """Cube the weighted sum, so that products of three inputs appear."""
    return x**3
