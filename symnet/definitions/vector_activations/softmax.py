"""Softmax and its two relatives: scores in, probabilities (or their logarithms) out."""

from symnet.definitions.vector_activation import vector_activation
from symnet.definitions.vocabulary import exp, log, symbols


@vector_activation(
    title="Softmax",
    aliases=["normalized_exponential", "softmax2d"],
    sizes={"n": 3},
    formula="pᵢ = exp(xᵢ) / Σₖ exp(xₖ)",
    jacobian="∂pᵢ/∂xⱼ = pᵢ·(δᵢⱼ − pⱼ), that is diag(p) − p·pᵀ",
    sources=["bridle1990", "goodfellow2016"],
    torch="Softmax",
    keras="softmax",
    jax="softmax",
    facts=[
        (
            "range",
            "0 < pᵢ < 1 for n ≥ 2",
            "Each numerator is positive and one of at least two summands of the denominator.",
        ),
        ("sum", "Σᵢ pᵢ = 1", "The numerators add up to the denominator."),
        (
            "shift",
            "softmax(x + c) = softmax(x)",
            "The factor exp(c) cancels; this is why programs subtract the largest score.",
        ),
        ("order", "xᵢ > xⱼ exactly when pᵢ > pⱼ", "The exponential increases and the denominator is shared."),
        ("ratio", "pᵢ/pⱼ = exp(xᵢ − xⱼ)", "The denominator cancels."),
        (
            "lipschitz",
            "‖J‖₂ ≤ 1/2, attained for n = 2 at equal scores, for n > 2 only in the limit",
            "By Gershgorin's circles the norm is at most the largest 2·pᵢ·(1 − pᵢ), and p(1 − p) ≤ 1/4.",
        ),
        ("singular", "J·1 = 0", "A common shift changes nothing, so the Jacobian has no inverse."),
    ],
)
def softmax(x):
    """Turn scores into probabilities that are positive and sum to 1.

    For two scores it is the sigmoid of their difference. PyTorch's Softmax2d is the same function, over the channels
    of every pixel.
    """
    total = sum(exp(score) for score in x)
    return [exp(score) / total for score in x]


@vector_activation(
    title="Log-softmax",
    sizes={"n": 3},
    formula="yᵢ = xᵢ − ln Σₖ exp(xₖ)",
    jacobian="∂yᵢ/∂xⱼ = δᵢⱼ − pⱼ with p = softmax(x)",
    sources=["goodfellow2016"],
    torch="LogSoftmax",
    keras="log_softmax",
    jax="log_softmax",
    facts=[
        ("range", "yᵢ < 0 for n ≥ 2", "It is the logarithm of a number below 1."),
        ("shift", "log_softmax(x + c) = log_softmax(x)", "ln Σ exp(xₖ + c) = c + ln Σ exp(xₖ)."),
        ("exponential_sum", "Σᵢ exp(yᵢ) = 1", "The exponentials are the probabilities of the softmax."),
        ("concavity", "each yᵢ is concave", "The log-sum-exp is convex and xᵢ is linear."),
    ],
)
def log_softmax(x):
    """Give the logarithm of the softmax without leaving the scale of the scores.

    The cross-entropy of a classifier needs it; computed as x minus the log-sum-exp it neither overflows nor meets ln 0.
    """
    total = log(sum(exp(score) for score in x))
    return [score - total for score in x]


@vector_activation(
    title="Softmin",
    sizes={"n": 3},
    formula="pᵢ = exp(−xᵢ) / Σₖ exp(−xₖ)",
    jacobian="∂pᵢ/∂xⱼ = −pᵢ·(δᵢⱼ − pⱼ)",
    torch="Softmin",
    facts=[
        ("range", "0 < pᵢ < 1 for n ≥ 2", "It is the softmax of −x."),
        ("sum", "Σᵢ pᵢ = 1", "It is the softmax of −x."),
        ("shift", "softmin(x + c) = softmin(x)", "It is the softmax of −x, whose shift cancels."),
        ("order", "xᵢ < xⱼ exactly when pᵢ > pⱼ", "The smallest score gets the largest probability."),
    ],
)
def softmin(x):
    """Turn scores into probabilities, the smallest score into the largest probability."""
    total = sum(exp(-score) for score in x)
    return [exp(-score) / total for score in x]


@vector_activation(
    title="Gumbel-softmax (evaluation form)",
    aliases=["softmax_with_temperature", "concrete"],
    sizes={"n": 3},
    formula="pᵢ = exp(xᵢ/τ) / Σₖ exp(xₖ/τ), with the temperature τ > 0",
    jacobian="∂pᵢ/∂xⱼ = pᵢ·(δᵢⱼ − pⱼ)/τ",
    sources=["jang2016"],
    facts=[
        ("range", "0 < pᵢ < 1 for n ≥ 2", "It is the softmax of x/τ."),
        ("sum", "Σᵢ pᵢ = 1", "It is the softmax of x/τ."),
        ("shift", "f(x + c) = f(x)", "The factor exp(c/τ) cancels."),
        ("order", "xᵢ > xⱼ exactly when pᵢ > pⱼ", "Dividing by τ > 0 keeps the order."),
        ("lipschitz", "‖J‖₂ ≤ 1/(2τ)", "It is the softmax, whose constant is 1/2, of x/τ."),
    ],
)
def gumbel_softmax(x):
    """Turn scores into probabilities with a temperature: the colder, the closer to choosing the largest score.

    While a network learns, Gumbel noise −ln(−ln u), with u uniform between 0 and 1, is added to every score, so that
    the largest one is a random choice; declared here without it.
    """
    (tau,) = symbols("tau,", positive=True)
    total = sum(exp(score / tau) for score in x)
    return [exp(score / tau) / total for score in x], (tau,)


@vector_activation(
    title="Log-sum-exp",
    sizes={"n": 3},
    formula="f(x) = ln Σₖ exp(xₖ)",
    jacobian="∂f/∂xⱼ = exp(xⱼ) / Σₖ exp(xₖ), the softmax",
    jax="logsumexp",
    facts=[
        (
            "range",
            "max xₖ < f(x) ≤ max xₖ + ln n for n ≥ 2",
            "The largest summand is below the sum, which is at most n of it.",
        ),
        ("convexity", "convex", "Its Hessian diag(p) − p·pᵀ is a covariance matrix."),
        ("lipschitz", "‖∇f‖₂ < 1 for n ≥ 2", "The gradient is the softmax: positive numbers that sum to 1."),
        ("translation", "f(x + c) = f(x) + c", "The factor exp(c) leaves the sum."),
    ],
)
def logsumexp(x):
    """Replace the maximum by a smooth function that lies a little above it."""
    return [log(sum(exp(score) for score in x))]
