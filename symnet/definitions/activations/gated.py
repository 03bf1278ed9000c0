"""Gated functions: the input times a gate that the input itself opens."""

from symnet.definitions.activation import Api, activation
from symnet.definitions.vocabulary import Positive, erf, exp, log, number, pi, sqrt, tanh


@activation(
    title="SiLU", aliases=["sigmoid_linear_unit"], sources=["elfwing2017"], torch="SiLU", keras="silu", jax="silu"
)
def silu(x):
    """Let the input open its own gate, a sigmoid."""
    return x / (1 + exp(-x))


@activation(
    title="Swish",
    sources=["ramachandran2017"],
    keras=Api("swish", arguments={"beta": ""}),
    jax=Api("swish", arguments={"beta": ""}),
)
def swish(x, beta: Positive = 1):
    """Be a SiLU whose gate opens with steepness β; β = 1 is SiLU, large β comes close to ReLU."""
    return x / (1 + exp(-beta * x))


@activation(title="E-Swish", sources=["alcaide2018"])
def e_swish(x, beta: Positive = "1.375"):
    """Scale the SiLU by a constant between 1 and 2.

    The default is an example from that range.
    """
    return beta * x / (1 + exp(-x))


@activation(
    title="GELU",
    aliases=["gaussian_error_linear_unit"],
    sources=["hendrycks2016"],
    torch=Api("GELU", fixed={"approximate": "none"}),
    keras=Api("gelu", fixed={"approximate": False}),
    jax=Api("gelu", fixed={"approximate": False}),
)
def gelu(x):
    """Multiply the input by the probability that a standard normal number lies below it."""
    return x * (1 + erf(x / sqrt(2))) / 2


@activation(
    title="GELU (tanh form)",
    aliases=["gelu_new"],
    sources=["hendrycks2016"],
    torch=Api("GELU", fixed={"approximate": "tanh"}),
    keras=Api("gelu", fixed={"approximate": True}),
    jax=Api("gelu", fixed={"approximate": True}),
)
def gelu_tanh(x):
    """Approximate the GELU by a tanh, as many published networks do.

    JAX computes this form unless it is told otherwise; PyTorch and Keras compute the exact one.
    """
    return x * (1 + tanh(sqrt(2 / pi()) * (x + number("0.044715") * x**3))) / 2


@activation(title="Quick GELU", aliases=["sigmoid_gelu"], sources=["hendrycks2016"])
def quick_gelu(x):
    """Approximate the GELU by a Swish with β = 1.702."""
    return x / (1 + exp(-number("1.702") * x))


@activation(title="Mish", sources=["misra2019"], torch="Mish", keras="mish", jax="mish")
def mish(x):
    """Multiply the input by the tanh of its softplus."""
    return x * tanh(log(1 + exp(x)))


@activation(title="Serf", sources=["nag2021"])
def serf(x):
    """Multiply the input by the error function of its softplus."""
    return x * erf(log(1 + exp(x)))


@activation(title="TanhExp", sources=["liu2020"])
def tanhexp(x):
    """Multiply the input by the tanh of its exponential."""
    return x * tanh(exp(x))


@activation(title="Smish", sources=["wang2022"])
def smish(x):
    """Multiply the input by tanh(ln(1 + σ(x)))."""
    return x * tanh(log(1 + 1 / (1 + exp(-x))))


@activation(title="Logish", sources=["zhu2021"])
def logish(x):
    """Multiply the input by ln(1 + σ(x))."""
    return x * log(1 + 1 / (1 + exp(-x)))


@activation(title="Gish", sources=["kaytan2023"])
def gish(x):
    """Multiply the input by ln(2 − e^(−eˣ))."""
    return x * log(2 - exp(-exp(x)))


@activation(title="Phish", sources=["naveen2022"])
def phish(x):
    """Multiply the input by the tanh of its GELU."""
    return x * tanh(x * (1 + erf(x / sqrt(2))) / 2)


@activation(title="CoLU", aliases=["collapsing_linear_unit"], sources=["vagerwal2021"])
def colu(x):
    """Divide the input by 1 − x·e^(−(x + eˣ)), which is 1 at 0 and tends to 1 on the right."""
    return x / (1 - x * exp(-(x + exp(x))))


@activation(title="LiSHT", sources=["roy2019"])
def lisht(x):
    """Multiply the input by its own tanh: a smooth |x|."""
    return x * tanh(x)


@activation(title="Tanhshrink", aliases=["tanh_shrink"], torch="Tanhshrink", keras="tanh_shrink")
def tanhshrink(x):
    """Subtract the tanh: small inputs nearly vanish, large ones lose 1."""
    return x - tanh(x)
