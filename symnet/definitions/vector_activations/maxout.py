"""Maxout: the largest of several affine maps."""

from symnet.definitions.vector_activation import vector_activation
from symnet.definitions.vocabulary import Max, symbols


@vector_activation(
    title="Maxout",
    sizes={"n": 2, "k": 2},
    formula="f(x) = max over j = 1 … k of (wⱼᵀx + bⱼ), with k ≥ 2",
    jacobian="∂f/∂x = wⱼ for the one j that attains the maximum; a tie has no derivative",
    sources=["goodfellow2013"],
    facts=[
        (
            "range",
            "unbounded above unless every wⱼ is 0, unbounded below unless 0 is a convex combination of the wⱼ",
            "f ≥ wⱼᵀx + bⱼ for each j; and some direction lowers every wⱼᵀx exactly when their convex hull misses 0.",
        ),
        ("convexity", "convex", "A maximum of affine functions is convex."),
        ("lipschitz", "at most maxⱼ ‖wⱼ‖₂", "Between ties the gradient is one of the wⱼ."),
        (
            "ties",
            "the subdifferential is the convex hull of the winning wⱼ",
            "So it is for any maximum of affine maps.",
        ),
        ("relu", "w₁ = 0, b₁ = 0 and k = 2 give max(0, w₂ᵀx + b₂)", "One of the two maps is constantly 0."),
        (
            "universal",
            "differences of two maxout units approximate every continuous function on a compact set",
            "Every continuous piecewise linear function is a difference of two convex ones.",
        ),
    ],
)
def maxout(x, k):
    """Take the largest of k affine maps of the input: the activation function itself is learned.

    Each unit has k weight vectors and k biases, so it costs k times the parameters of an ordinary neuron.
    """
    weights = [symbols(f"w_{j}_1:{len(x) + 1}", real=True) for j in range(1, k + 1)]
    biases = symbols(f"b_1:{k + 1}", real=True)
    maps = [sum(w * v for w, v in zip(row, x, strict=True)) + b for row, b in zip(weights, biases, strict=True)]
    return [Max(*maps)], (*(w for row in weights for w in row), *biases)
