"""The Jacobian of a vector activation at a fixed size, exactly: every entry is a checked derivation."""

from __future__ import annotations

from functools import lru_cache

from sympy import ImmutableMatrix

from symnet.calculus.derivation import Step
from symnet.calculus.differentiate import derive
from symnet.definitions.vector_activation import VectorActivation


def jacobian(activation: VectorActivation, **sizes: int) -> ImmutableMatrix:
    """The exact Jacobian (outputs, inputs) at fixed sizes."""
    return ImmutableMatrix([[step.after for step in row] for row in steps(activation, tuple(sorted(sizes.items())))])


@lru_cache(maxsize=64)
def steps(activation: VectorActivation, sizes: tuple[tuple[str, int], ...] = ()) -> tuple[tuple[Step, ...], ...]:
    """The checked derivation of every entry: ``steps[i][j]`` derives the i-th output by the j-th input."""
    function = activation.at(**dict(sizes))
    return tuple(tuple(derive(y, x) for x in function.inputs) for y in function.outputs)
