"""Hard functions: straight pieces that stand in for smooth curves, and the shrinking functions."""

from symnet.definitions.activation import Api, activation
from symnet.definitions.vocabulary import Max, Min, Piecewise, Positive, exp, number


@activation(
    title="Hardtanh",
    aliases=["hard_tanh"],
    torch=Api("Hardtanh", at_kink=("left", "right")),
    keras=Api("hard_tanh", at_kink=("right", "left")),
    jax=Api("hard_tanh", at_kink=("right", "left")),
)
def hardtanh(x):
    """Clip the input to the interval from −1 to 1."""
    return Max(-1, Min(1, x))


@activation(
    title="Hard sigmoid",
    aliases=["hardsigmoid"],
    sources=["howard2019"],
    torch=Api("Hardsigmoid", at_kink=("left", "right")),
    keras=Api("hard_sigmoid", at_kink=("left", "right")),
    jax=Api("hard_sigmoid", at_kink=("left", "right")),
)
def hard_sigmoid(x):
    """Replace the sigmoid by a ramp from 0 at −3 to 1 at 3."""
    return Max(0, Min(1, x / 6 + number("1/2")))


@activation(title="Hard sigmoid of Keras 2 and ONNX", aliases=["hard_sigmoid_onnx"])
def hard_sigmoid_keras2(x):
    """Replace the sigmoid by a ramp from 0 at −5/2 to 1 at 5/2.

    Keras 2 used it and ONNX still does by default; PyTorch, JAX and Keras 3 use a ramp of slope 1/6.
    """
    return Max(0, Min(1, x / 5 + number("1/2")))


@activation(
    title="Sparse sigmoid",
    aliases=["binary_connect_hard_sigmoid"],
    sources=["courbariaux2015"],
    keras=Api("sparse_sigmoid", at_kink="mean"),
    jax=Api("sparse_sigmoid", at_kink="mean"),
)
def sparse_sigmoid(x):
    """Replace the sigmoid by a ramp from 0 at −1 to 1 at 1."""
    return Max(0, Min(1, (x + 1) / 2))


@activation(
    title="Sparseplus", aliases=["sparse_softplus"], sources=["blondel2019"], keras="sparse_plus", jax="sparse_plus"
)
def sparse_plus(x):
    """Replace the softplus by a parabola between 0 and x, joined without a kink."""
    return Piecewise((0, x <= -1), ((x + 1) ** 2 / 4, x < 1), (x, True))


@activation(
    title="Hardswish",
    aliases=["hard_swish", "hard_silu"],
    sources=["howard2019"],
    torch=Api("Hardswish", at_kink=("left", "right")),
    keras=Api("hard_silu", at_kink=("left", "right")),
    jax=Api("hard_silu", at_kink=("left", "right")),
)
def hardswish(x):
    """Replace the sigmoid inside SiLU by a ramp."""
    return x * Min(Max(x + 3, 0), 6) / 6


@activation(
    title="Hardshrink",
    aliases=["hard_shrink"],
    torch=Api("Hardshrink", arguments={"lam": "lambd"}, at_kink=("right", "left")),
    keras=Api("hard_shrink", arguments={"lam": "threshold"}, at_kink=("right", "left")),
)
def hardshrink(x, lam: Positive = "1/2"):
    """Set small inputs to 0 and pass all others unchanged."""
    return Piecewise((x, x < -lam), (0, x <= lam), (x, True))


@activation(
    title="Softshrink",
    aliases=["soft_shrink", "soft_thresholding"],
    torch=Api("Softshrink", arguments={"lam": "lambd"}, at_kink=("right", "left")),
    keras=Api("soft_shrink", arguments={"lam": "threshold"}, at_kink=("right", "left")),
)
def softshrink(x, lam: Positive = "1/2"):
    """Set small inputs to 0 and pull all others towards 0 by the same amount."""
    return Piecewise((x + lam, x < -lam), (0, x <= lam), (x - lam, True))


@activation(title="SQNL", aliases=["square_nonlinearity"], sources=["wuraola2018"])
def sqnl(x):
    """Replace the tanh by two parabolas between −2 and 2, which are cheap to compute."""
    return Piecewise((-1, x < -2), (x + x**2 / 4, x < 0), (x - x**2 / 4, x <= 2), (1, True))


@activation(title="HardELiSH", sources=["basirat2018"])
def hard_elish(x):
    """Replace the sigmoid inside ELiSH by a ramp."""
    return Piecewise((0, x <= -1), ((exp(x) - 1) * (x + 1) / 2, x < 0), (x * (x + 1) / 2, x < 1), (x, True))
