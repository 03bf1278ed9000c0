"""Smooth rectifiers and smooth stand-ins for lines with a bend."""

from symnet.definitions.activation import Api, activation
from symnet.definitions.vocabulary import Piecewise, Positive, cosh, exp, log, sqrt


@activation(
    title="Softplus",
    aliases=["smooth_relu"],
    sources=["dugas2000", "glorot2011"],
    torch="Softplus",
    keras=Api("softplus", arguments={"beta": ""}),
    jax=Api("softplus", arguments={"beta": ""}),
)
def softplus(x, beta: Positive = 1):
    """Round the corner of the ReLU; its derivative is the sigmoid.

    PyTorch returns x itself once βx exceeds 20, which differs from the formula by less than e⁻²⁰.
    """
    return log(1 + exp(beta * x)) / beta


@activation(title="Squareplus", sources=["barron2021"], keras="squareplus", jax="squareplus")
def squareplus(x, b: Positive = 4):
    """Round the corner of the ReLU with a square root instead of an exponential."""
    return (x + sqrt(x**2 + b)) / 2


@activation(title="SmeLU", aliases=["smooth_relu_smelu"], sources=["shamir2022"])
def smelu(x, beta: Positive = 1):
    """Join 0 and x by a parabola of width 2β, without a kink."""
    return Piecewise((0, x <= -beta), ((x + beta) ** 2 / (4 * beta), x < beta), (x, True))


@activation(title="Log-cosh", aliases=["logcosh"])
def log_cosh(x):
    """Round the corner of |x|; its derivative is tanh."""
    return log(cosh(x))


@activation(title="Bent identity")
def bent_identity(x):
    """Bend the identity so that its slope grows from 1/2 to 3/2."""
    return (sqrt(x**2 + 1) - 1) / 2 + x
