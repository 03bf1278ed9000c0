"""Sparsemax: probabilities that can be exactly 0."""

from itertools import combinations

from symnet.definitions.vector_activation import Api, vector_activation
from symnet.definitions.vocabulary import Max


@vector_activation(
    title="Sparsemax",
    sizes={"n": 2},
    formula="pᵢ = max(xᵢ − τ(x), 0), where τ(x) makes Σᵢ pᵢ = 1",
    jacobian="∂pᵢ/∂xⱼ = δᵢⱼ − 1/|S| for i and j in the support S = {k : pₖ > 0}, else 0",
    sources=["martins2016"],
    keras=Api("sparsemax", note="the results of Keras 3 do not sum to 1 when more than one score is in the support"),
    facts=[
        ("range", "0 ≤ pᵢ ≤ 1, both attained", "A score far below the others gets exactly 0, one far above exactly 1."),
        ("sum", "Σᵢ pᵢ = 1", "τ is chosen so."),
        ("shift", "sparsemax(x + c) = sparsemax(x)", "τ(x + c) = τ(x) + c."),
        ("lipschitz", "‖J‖₂ ≤ 1", "A projection onto a convex set never lengthens a distance."),
        ("ties", "continuous, with kinks where the support changes", "Each pᵢ is a maximum of linear pieces."),
        (
            "projection",
            "the point of the probability simplex nearest to x",
            "Its optimality conditions are the formula above.",
        ),
    ],
)
def sparsemax(x):
    """Project the scores onto the probability simplex: small ones become exactly 0.

    The threshold is the largest of (Σₖ xₖ − 1)/|S| over all non-empty sets S of scores: for every S,
    1 = Σᵢ max(xᵢ − τ, 0) ≥ Σₖ (xₖ − τ), with equality when S is the support.
    """
    sets = (chosen for size in range(1, len(x) + 1) for chosen in combinations(x, size))
    threshold = Max(*((sum(chosen) - 1) / len(chosen) for chosen in sets), evaluate=False)
    return [Max(score - threshold, 0, evaluate=False) for score in x]
