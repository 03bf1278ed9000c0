"""Linear units with an exponential left side."""

from symnet.definitions.activation import Api, activation
from symnet.definitions.vocabulary import Piecewise, Positive, exp


@activation(
    title="ELU",
    aliases=["exponential_linear_unit"],
    sources=["clevert2015"],
    torch=Api("ELU", at_kink="left"),
    keras=Api("elu", at_kink="left"),
    jax=Api("elu", at_kink="left"),
)
def elu(x, alpha: Positive = 1):
    """Be the identity on the right and a saturating exponential on the left."""
    return Piecewise((alpha * (exp(x) - 1), x < 0), (x, True))
