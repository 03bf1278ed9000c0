"""Gated linear units: one half of the vector passes through a gate that the other half opens."""

from symnet.definitions.vector_activation import Api, vector_activation
from symnet.definitions.vocabulary import Max, erf, exp, sqrt


@vector_activation(
    title="GLU",
    aliases=["gated_linear_unit"],
    sizes={"n": 2},
    formula="yᵢ = aᵢ·σ(bᵢ)",
    jacobian="∂yᵢ/∂aⱼ = δᵢⱼ·σ(bᵢ), ∂yᵢ/∂bⱼ = δᵢⱼ·aᵢ·σ(bᵢ)·(1 − σ(bᵢ))",
    sources=["dauphin2016"],
    torch="GLU",
    keras=Api("glu"),
    jax="glu",
    facts=[
        ("gate", "0 < σ(b) < 1", "The gate is a sigmoid, so |yᵢ| < |aᵢ| wherever aᵢ ≠ 0."),
        ("linear", "linear in a for a fixed b", "The gate does not depend on a: its gradient does not vanish with a."),
    ],
)
def glu(a, b):
    """Let the first half of the vector pass through a sigmoid gate that the second half opens."""
    return [u / (1 + exp(-v)) for u, v in zip(a, b, strict=True)]


@vector_activation(
    title="ReGLU",
    sizes={"n": 2},
    formula="yᵢ = max(0, aᵢ)·bᵢ",
    jacobian="∂yᵢ/∂aⱼ = δᵢⱼ·bᵢ for aᵢ > 0 and 0 for aᵢ < 0, ∂yᵢ/∂bⱼ = δᵢⱼ·max(0, aᵢ)",
    sources=["shazeer2020"],
    facts=[
        ("gate", "max(0, a) ≥ 0", "The gate is a ReLU of the first half."),
        ("linear", "linear in b for a fixed a", "The gate does not depend on b."),
        ("ties", "not differentiable at aᵢ = 0 unless bᵢ = 0", "The slopes in aᵢ from left and right are 0 and bᵢ."),
    ],
)
def reglu(a, b):
    """Gate the second half of the vector with the ReLU of the first."""
    return [Max(0, u) * v for u, v in zip(a, b, strict=True)]


@vector_activation(
    title="GEGLU",
    sizes={"n": 2},
    formula="yᵢ = GELU(aᵢ)·bᵢ = aᵢ·Φ(aᵢ)·bᵢ",
    jacobian="∂yᵢ/∂aⱼ = δᵢⱼ·bᵢ·(Φ(aᵢ) + aᵢ·φ(aᵢ)), ∂yᵢ/∂bⱼ = δᵢⱼ·aᵢ·Φ(aᵢ)",
    sources=["shazeer2020"],
    facts=[
        ("linear", "linear in b for a fixed a", "The gate does not depend on b."),
        ("smooth", "infinitely differentiable", "GELU and the product are."),
    ],
)
def geglu(a, b):
    """Gate the second half of the vector with the GELU of the first."""
    return [u * (1 + erf(u / sqrt(2))) / 2 * v for u, v in zip(a, b, strict=True)]


@vector_activation(
    title="SwiGLU",
    sizes={"n": 2},
    formula="yᵢ = SiLU(aᵢ)·bᵢ = aᵢ·σ(aᵢ)·bᵢ",
    jacobian="∂yᵢ/∂aⱼ = δᵢⱼ·bᵢ·(σ(aᵢ) + aᵢ·σ(aᵢ)·(1 − σ(aᵢ))), ∂yᵢ/∂bⱼ = δᵢⱼ·aᵢ·σ(aᵢ)",
    sources=["shazeer2020"],
    facts=[
        ("linear", "linear in b for a fixed a", "The gate does not depend on b."),
        ("smooth", "infinitely differentiable", "SiLU and the product are."),
    ],
)
def swiglu(a, b):
    """Gate the second half of the vector with the SiLU (Swish with β = 1) of the first."""
    return [u / (1 + exp(-u)) * v for u, v in zip(a, b, strict=True)]
