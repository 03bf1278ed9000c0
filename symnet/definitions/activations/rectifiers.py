"""Rectifiers: the positive part passes, the negative part is cut or damped."""

from symnet.definitions.activation import Api, activation
from symnet.definitions.vocabulary import Max, Min, Nonnegative, Piecewise, Positive, Real, exp, log


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
    keras=Api(
        "leaky_relu",
        arguments={"alpha": "negative_slope"},
        defaults={"alpha": "0.2"},
        at_kink="right",
        note="the TensorFlow backend of Keras returns the left slope",
    ),
    jax=Api("leaky_relu", arguments={"alpha": "negative_slope"}, defaults={"alpha": "0.01"}, at_kink="right"),
)
def leaky_relu(x, alpha: Nonnegative = "0.1"):
    """Pass positive inputs unchanged and scale negative ones by a small slope, so that they keep a gradient."""
    return Piecewise((alpha * x, x < 0), (x, True))


@activation(
    title="PReLU",
    aliases=["parametric_relu"],
    sources=["he2015"],
    torch=Api("PReLU", arguments={"alpha": "init"}, at_kink="left"),
)
def prelu(x, alpha: Real = "1/4"):
    """Be a leaky ReLU whose negative slope is learned together with the weights.

    The default is the value from which learning starts.
    """
    return Piecewise((alpha * x, x < 0), (x, True))


@activation(
    title="RReLU",
    aliases=["randomized_relu"],
    sources=["xu2015"],
    torch=Api("RReLU", at_kink="left"),
)
def rrelu(x, lower: Positive = "1/8", upper: Positive = "1/3"):
    """Be a leaky ReLU whose negative slope is drawn at random while training.

    Declared in its evaluation form, where the slope is the mean (lower + upper)/2 = 11/48.
    """
    return Piecewise(((lower + upper) / 2 * x, x < 0), (x, True))


@activation(
    title="ReLU6",
    sources=["howard2019"],
    torch=Api("ReLU6", at_kink=("left", "right")),
    keras=Api("relu6", at_kink=("left", "right")),
    jax=Api("relu6", at_kink=("left", "right")),
)
def relu6(x):
    """Be a ReLU that never exceeds 6, for arithmetic with few bits."""
    return Min(Max(0, x), 6)


@activation(
    title="Threshold",
    torch=Api("Threshold", arguments={"theta": "threshold"}, at_kink="left"),
    keras=Api("threshold", arguments={"theta": "threshold", "value": "default_value"}, at_kink="left"),
)
def threshold(x, theta: Real = 0, value: Real = "1/2"):
    """Pass inputs above a threshold unchanged and replace all others by a fixed value.

    The frameworks give no defaults; those here are an example.
    """
    return Piecewise((x, x > theta), (value, True))


@activation(title="Squared ReLU", aliases=["relu2", "square_relu"], sources=["so2021"])
def relu_squared(x):
    """Square the positive part, which makes the rectifier smooth at 0."""
    return Max(0, x) ** 2


@activation(title="StarReLU", sources=["yu2022"])
def star_relu(x, scale: Positive = "0.8944", bias: Real = "-0.4472"):
    """Scale and shift the squared ReLU so that a normal input gives mean 0 and variance 1."""
    return scale * Max(0, x) ** 2 + bias


@activation(title="SReLU", aliases=["s_shaped_relu"], sources=["jin2015"])
def srelu(x, left: Positive = 1, a_left: Real = "1/5", right: Positive = 1, a_right: Real = "1/5"):
    """Be the identity between −left and right, and continue with learned slopes on either side.

    All four parameters are learned; the defaults here are an example.
    """
    return Piecewise((a_left * (x + left) - left, x < -left), (x, x <= right), (a_right * (x - right) + right, True))


@activation(title="APL unit", aliases=["adaptive_piecewise_linear"], sources=["agostinelli2014"])
def apl(x, a: Real = "1/5", b: Positive = "1/2"):
    """Add a learned hinge to the ReLU.

    Declared with one hinge, right of 0; its learned slope and place are given example values.
    """
    return Max(0, x) + a * Max(0, b - x)


@activation(title="Natural-logarithm ReLU", aliases=["nl_relu"], sources=["liu2019"])
def nlrelu(x, beta: Positive = 1):
    """Let the positive part grow only like a logarithm."""
    return log(beta * Max(0, x) + 1)


@activation(title="Flatten-T Swish", aliases=["fts"], sources=["chieng2018"])
def flatten_t_swish(x, t: Real = "-0.2"):
    """Be a SiLU on the right and flat on the left, all of it moved to the level t."""
    return Piecewise((t, x < 0), (x / (1 + exp(-x)) + t, True))
