"""S-shaped curves: bounded, smooth, increasing."""

from symnet.definitions.activation import activation
from symnet.definitions.vocabulary import exp
from symnet.definitions.vocabulary import tanh as hyperbolic_tangent


@activation(
    title="Sigmoid", aliases=["logistic"], sources=["rumelhart1986"], torch="Sigmoid", keras="sigmoid", jax="sigmoid"
)
def sigmoid(x):
    """Squash any real number into the open interval (0, 1)."""
    return 1 / (1 + exp(-x))


@activation(title="tanh", aliases=["hyperbolic_tangent"], sources=["lecun1998"], torch="Tanh", keras="tanh", jax="tanh")
def tanh(x):
    """Squash any real number into the open interval (-1, 1), with zero in the centre."""
    return hyperbolic_tangent(x)
