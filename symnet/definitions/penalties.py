"""Scalar functions that losses apply entry by entry and that are nobody's activation.

They are declared like activations, so that their derivatives and their code follow in the same way, but
stand in a registry of their own: the catalogue does not list them.
"""

from symnet.definitions.activation import Activation, activation
from symnet.definitions.registry import Registry
from symnet.definitions.vocabulary import Abs, Nonnegative, Piecewise, Positive, exp, log

penalties: Registry[Activation] = Registry("penalty", lambda: None)


@activation(registry=penalties, sources=["huber1964"])
def huber(x, delta: Positive = 1):
    """Half the square of an error up to δ, beyond it the line that continues with slope δ."""
    return Piecewise((x**2 / 2, Abs(x) <= delta), (delta * Abs(x) - delta**2 / 2, True))


@activation(registry=penalties, title="smooth L1")
def smooth_l1(x, beta: Positive = 1):
    """The Huber function with δ = β, divided by β: slope ±1 far out."""
    return Piecewise((x**2 / (2 * beta), Abs(x) <= beta), (Abs(x) - beta / 2, True))


@activation(registry=penalties)
def clamped_log(x):
    """The natural logarithm, but not below −100, so that a probability 0 costs 100 and not infinity."""
    return Piecewise((-100, x <= exp(-100)), (log(x), True))


@activation(registry=penalties)
def x_log_x(x):
    """x log x, continued by its limit 0 to x = 0."""
    return Piecewise((0, x <= 0), (x * log(x), True))


@activation(registry=penalties, sources=["lin2017"])
def focal(x, gamma: Nonnegative = 2):
    """The surprise log(1 + e⁻ˣ) of a score x, weighed down by (1 − σ(x))^γ where it is small anyway."""
    return log(1 + exp(-x)) / (1 + exp(x)) ** gamma
