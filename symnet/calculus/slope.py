"""The exact derivative of an activation as one expression, and the gradient of a neuron that follows.

At a breakpoint the derivative is undefined (nan) unless both one-sided slopes agree and the function
is continuous there; SymPy's own choice at a kink is never used.
"""

# pyright: reportArgumentType=false

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sympy import Expr, Piecewise, Symbol, diff

from symnet.calculus.pieces import split

if TYPE_CHECKING:
    from symnet.definitions.activation import Activation
    from symnet.definitions.neuron import Neuron


@lru_cache(maxsize=512)
def slope(expression: Expr, variable: Symbol, order: int = 1) -> Expr:
    """The derivative of the given order, piece by piece, undefined where the one-sided slopes differ."""
    if order == 0:
        return expression
    if order > 1:
        return slope(slope(expression, variable, order - 1), variable)
    parts = split(expression, variable)
    slopes = [diff(piece.expression, variable) for piece in parts.pieces]
    if parts.smooth:
        return slopes[0]
    branches: list[tuple[Expr, object]] = []
    for value, breakpoint in zip(slopes, parts.breakpoints, strict=False):
        joined = breakpoint.continuous and not breakpoint.kink
        branches.append((value, variable <= breakpoint.location if joined else variable < breakpoint.location))
    last = parts.breakpoints[-1]
    joined = last.continuous and not last.kink
    branches.append((slopes[-1], True if joined else variable > last.location))
    return Piecewise(*branches)


def activation_slope(activation: Activation, order: int = 1) -> Expr:
    """The derivative with every parameter that is not fixed at its default."""
    return slope(activation.default_expression, activation.variable, order)


@dataclass(frozen=True)
class NeuronGradient:
    """The partial derivatives of a neuron's output a(w·x + b)."""

    w: tuple[Expr, ...]
    """∂a/∂wᵢ = a′(z) xᵢ."""
    b: Expr
    """∂a/∂b = a′(z)."""
    x: tuple[Expr, ...]
    """∂a/∂xᵢ = a′(z) wᵢ."""


def neuron_gradient(neuron: Neuron) -> NeuronGradient:
    """The chain rule once: a′ at the weighted sum, times what each number is multiplied with."""
    activation = neuron.activation
    outer = slope(activation.expression, activation.variable).xreplace({activation.variable: neuron.z})
    return NeuronGradient(tuple(outer * x for x in neuron.x), outer, tuple(outer * w for w in neuron.w))
