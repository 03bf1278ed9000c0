"""Linear units with an exponential left side, and their relatives."""

from symnet.definitions.activation import Api, activation
from symnet.definitions.vocabulary import Piecewise, Positive, exp, number, sqrt


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


@activation(
    title="CELU",
    sources=["barron2017"],
    torch="CELU",
    keras=Api("celu", note="the TensorFlow backend of Keras returns 2 at 0, where the derivative is 1"),
    jax="celu",
)
def celu(x, alpha: Positive = 1):
    """Be an ELU that is smooth at 0 for every α, because α also stretches the exponential."""
    return Piecewise((alpha * (exp(x / alpha) - 1), x < 0), (x, True))


@activation(
    title="SELU",
    aliases=["scaled_elu"],
    sources=["klambauer2017"],
    torch=Api("SELU", at_kink="left"),
    keras=Api("selu", at_kink="left", note="the TensorFlow backend of Keras returns the right slope"),
    jax=Api("selu", at_kink="left"),
)
def selu(x):
    """Scale an ELU so that layers of normal inputs keep mean 0 and variance 1.

    λ = 1.0507… and α = 1.6732… are the decimals that the frameworks use. The exact values are
    α = −√(2/π)/(erfc(1/√2)·√e − 1) and the λ that makes the second moment 1.
    """
    scale, alpha = number("1.0507009873554804934193349852946"), number("1.6732632423543772848170429916717")
    return Piecewise((scale * alpha * (exp(x) - 1), x < 0), (scale * x, True))


@activation(title="PELU", aliases=["parametric_elu"], sources=["trottier2016"])
def pelu(x, alpha: Positive = 1, beta: Positive = 1):
    """Be an ELU whose two learned parameters keep it smooth at 0.

    The defaults are the values from which learning starts.
    """
    return Piecewise((alpha * (exp(x / beta) - 1), x < 0), (alpha / beta * x, True))


@activation(title="ISRLU", aliases=["inverse_square_root_linear_unit"], sources=["carlile2017"])
def isrlu(x, alpha: Positive = 1):
    """Be the identity on the right and an inverse square root on the left, smooth to second order."""
    return Piecewise((x / sqrt(1 + alpha * x**2), x < 0), (x, True))


@activation(title="ELiSH", sources=["basirat2018"])
def elish(x):
    """Multiply an ELU by a sigmoid: SiLU on the right, a gated exponential on the left."""
    return Piecewise(((exp(x) - 1) / (1 + exp(-x)), x < 0), (x / (1 + exp(-x)), True))


@activation(title="Exponential", aliases=["exponential_unit"], keras="exponential")
def exponential(x):
    """Turn sums into products: every input becomes positive."""
    return exp(x)


@activation(title="Soft exponential", sources=["godfrey2016"])
def soft_exponential(x, alpha: Positive = "1/2"):
    """Lie between the identity, which α → 0 gives, and an exponential.

    For a negative α the paper continues with the inverse function, a logarithm; declared here for a positive one.
    The default is an example.
    """
    return (exp(alpha * x) - 1) / alpha + alpha
