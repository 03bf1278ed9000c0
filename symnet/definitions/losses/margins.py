"""Losses of scores that want to be on the right side by a margin; targets are −1 and 1."""

from symnet.definitions.loss import loss
from symnet.definitions.losses.words import averaged, each


@loss(title="Hinge loss", takes="scores", targets="signs", sources=["cortes1995"], keras="Hinge()")
def hinge(z, y):
    """The mean of max(0, 1 − yᵢzᵢ) over the m scores; targets are −1 and 1.

    A score on the right side by 1 or more costs nothing. At the margin itself the slope is taken as 0, as
    PyTorch takes that of the ReLU. Keras also accepts targets 0 and 1 and turns 0 into −1.
    """
    return averaged(each("relu", _missing(z, y)))


@loss(title="Squared hinge loss", takes="scores", targets="signs", keras="SquaredHinge()")
def squared_hinge(z, y):
    """The mean of max(0, 1 − yᵢzᵢ)² over the m scores; targets are −1 and 1.

    The square removes the kink at the margin.
    """
    return averaged(each("relu_squared", _missing(z, y)))


def _missing(z, y):
    """1 − y ∘ z: what a score lacks to the margin."""
    from sympy.matrices.expressions import HadamardProduct

    from symnet.definitions.operations import ones, subtract

    return subtract(ones(z.shape[0]), HadamardProduct(y, z))
