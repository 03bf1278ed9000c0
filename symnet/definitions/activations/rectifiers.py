"""Rectifiers: the positive part passes, the negative part is cut or damped."""

from symnet.definitions.activation import Api, activation
from symnet.definitions.vocabulary import Max, Nonnegative, Piecewise


@activation(
    title="ReLU",
    aliases=["rectifier", "rectified_linear_unit"],
    sources=["nair2010", "glorot2011", "fukushima1975"],
    torch=Api("ReLU", at_kink="left"),
    keras=Api("relu", at_kink="left"),
    jax=Api("relu", at_kink="left"),
)
def relu(x):
    """Pass positive inputs unchanged and cut negative ones to zero."""
    return Max(0, x)


@activation(
    title="Leaky ReLU",
    aliases=["lrelu"],
    sources=["maas2013"],
    torch=Api("LeakyReLU", arguments={"alpha": "negative_slope"}, defaults={"alpha": "0.01"}, at_kink="left"),
    keras=Api("leaky_relu", arguments={"alpha": "negative_slope"}, defaults={"alpha": "0.2"}, at_kink="left"),
    jax=Api("leaky_relu", arguments={"alpha": "negative_slope"}, defaults={"alpha": "0.01"}, at_kink="right"),
)
def leaky_relu(x, alpha: Nonnegative = "0.1"):
    """Pass positive inputs unchanged and scale negative ones by a small slope, so that they keep a gradient."""
    return Piecewise((alpha * x, x < 0), (x, True))
