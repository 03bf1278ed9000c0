"""Concatenated ReLU."""

from symnet.definitions.vector_activation import vector_activation
from symnet.definitions.vocabulary import Max


@vector_activation(
    title="CReLU",
    aliases=["concatenated_relu"],
    sizes={"n": 2},
    formula="y = (max(0, x₁), …, max(0, xₙ), max(0, −x₁), …, max(0, −xₙ)), 2n entries",
    jacobian="∂yᵢ/∂xⱼ = δᵢⱼ where xᵢ > 0, ∂yₙ₊ᵢ/∂xⱼ = −δᵢⱼ where xᵢ < 0, else 0; no derivative at xᵢ = 0",
    sources=["shang2016"],
    facts=[
        ("range", "yᵢ ≥ 0", "Every entry is a ReLU."),
        ("information", "yᵢ − yₙ₊ᵢ = xᵢ", "Positive part minus negative part is the number itself: nothing is lost."),
        ("lipschitz", "‖J‖₂ = 1", "For every i exactly one of the two entries moves, with slope 1 or −1."),
    ],
)
def crelu(x):
    """Keep the positive and the negative part of every input, side by side."""
    return [*(Max(0, v) for v in x), *(Max(0, -v) for v in x)]
