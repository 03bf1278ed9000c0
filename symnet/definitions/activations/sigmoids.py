"""S-shaped curves: bounded, increasing, most of them smooth."""

from symnet.definitions.activation import activation
from symnet.definitions.vocabulary import Abs, Piecewise, Positive, atan, exp, log, number, sqrt
from symnet.definitions.vocabulary import erf as error_function
from symnet.definitions.vocabulary import tanh as hyperbolic_tangent


@activation(
    title="Sigmoid", aliases=["logistic"], sources=["rumelhart1986"], torch="Sigmoid", keras="sigmoid", jax="sigmoid"
)
def sigmoid(x):
    """Squash any real number into the open interval (0, 1)."""
    return 1 / (1 + exp(-x))


@activation(title="Log-sigmoid", torch="LogSigmoid", keras="log_sigmoid", jax="log_sigmoid")
def log_sigmoid(x):
    """Give the logarithm of the sigmoid, which a cross-entropy needs."""
    return -log(1 + exp(-x))


@activation(title="tanh", aliases=["hyperbolic_tangent"], sources=["lecun1998"], torch="Tanh", keras="tanh", jax="tanh")
def tanh(x):
    """Squash any real number into the open interval (-1, 1), with zero in the centre."""
    return hyperbolic_tangent(x)


@activation(title="LeCun tanh", aliases=["scaled_tanh"], sources=["lecun1998"])
def lecun_tanh(x):
    """Scale tanh so that 1 goes nearly to 1 and −1 nearly to −1, where it is still far from flat."""
    return number("1.7159") * hyperbolic_tangent(2 * x / 3)


@activation(title="Bipolar sigmoid")
def bipolar_sigmoid(x):
    """Stretch the sigmoid to the open interval (−1, 1); it is tanh(x/2)."""
    return 2 / (1 + exp(-x)) - 1


@activation(title="Penalized tanh", sources=["xu2016"])
def penalized_tanh(x, alpha: Positive = "1/4"):
    """Damp the negative half of tanh, as leaky ReLU damps the identity."""
    return Piecewise((alpha * hyperbolic_tangent(x), x < 0), (hyperbolic_tangent(x), True))


@activation(title="Dynamic tanh", aliases=["dyt"], sources=["zhu2025"])
def dynamic_tanh(x, alpha: Positive = "1/2"):
    """Take the place of a normalisation layer by a tanh whose steepness is learned.

    The default is the value from which learning starts; the learned scale and shift behind it are left out.
    """
    return hyperbolic_tangent(alpha * x)


@activation(
    title="Softsign", aliases=["soft_sign"], sources=["glorot2010"], torch="Softsign", keras="softsign", jax="soft_sign"
)
def softsign(x):
    """Squash like tanh, but approach −1 and 1 only as slowly as 1/x goes to 0."""
    return x / (1 + Abs(x))


@activation(title="Elliott function", aliases=["elliott_sigmoid"])
def elliott(x):
    """Be the softsign moved to the open interval (0, 1)."""
    return x / (2 * (1 + Abs(x))) + number("1/2")


@activation(title="Arctangent", aliases=["atan"])
def arctan(x):
    """Squash into the open interval (−π/2, π/2)."""
    return atan(x)


@activation(title="ISRU", aliases=["inverse_square_root_unit"], sources=["carlile2017"])
def isru(x, alpha: Positive = 1):
    """Squash by the root of 1 + αx², without an exponential."""
    return x / sqrt(1 + alpha * x**2)


@activation(title="Error function", aliases=["gauss_error_function"])
def erf(x):
    """Squash by the area under the bell curve."""
    return error_function(x)


@activation(title="Gudermannian", aliases=["gd"])
def gudermannian(x):
    """Squash into (−π/2, π/2) with exponentially fast tails."""
    return 2 * atan(hyperbolic_tangent(x / 2))


@activation(title="Complementary log-log", aliases=["cloglog"])
def complementary_log_log(x):
    """Squash into (0, 1) asymmetrically: slowly from 0, very fast into 1."""
    return 1 - exp(-exp(x))


@activation(title="Soft clipping", sources=["klimek2018"])
def soft_clipping(x, alpha: Positive = 1):
    """Clip to the interval from 0 to 1 without corners; the corners grow sharper with α.

    The default is an example.
    """
    return (log(1 + exp(alpha * x)) - log(1 + exp(alpha * (x - 1)))) / alpha


@activation(title="ARiA2", sources=["patwardhan2018"])
def aria2(x, alpha: Positive = "3/2", beta: Positive = 1):
    """Raise a sigmoid to a power, which makes it asymmetric.

    Declared as the two-parameter Richards curve itself; the paper uses it as a gate that multiplies x.
    """
    return (1 + exp(-beta * x)) ** (-alpha)
