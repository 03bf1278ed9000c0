"""Sparsemax and entmax: probabilities that can be exactly 0."""

from itertools import combinations

from symnet.definitions.vector_activation import Api, vector_activation
from symnet.definitions.vocabulary import And, Max, Piecewise, number, sqrt


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


@vector_activation(
    title="Entmax-1.5",
    aliases=["entmax"],
    sizes={"n": 2},
    formula="pᵢ = max(xᵢ/2 − τ(x), 0)², where τ(x) makes Σᵢ pᵢ = 1",
    jacobian="∂pᵢ/∂xⱼ = δᵢⱼ·sᵢ − sᵢ·sⱼ/Σₖ sₖ with s = √p",
    sources=["peters2019"],
    facts=[
        ("range", "0 ≤ pᵢ ≤ 1, both attained", "A score that is 2 below another gets exactly 0."),
        ("sum", "Σᵢ pᵢ = 1", "τ is chosen so."),
        ("shift", "entmax(x + c) = entmax(x)", "τ(x + c) = τ(x) + c/2."),
        ("singular", "J·1 = 0", "A common shift changes nothing."),
        (
            "ties",
            "continuously differentiable",
            "Where a score enters the support, its s and with it every slope starts at 0.",
        ),
    ],
)
def entmax15(x):
    """Turn scores into probabilities between softmax and sparsemax: smooth, and exactly 0 for low scores.

    With z = x/2, the score zᵢ belongs to the support S exactly when Σₖ max(zₖ − zᵢ, 0)² < 1, for the left side is that
    of the equation for τ at τ = zᵢ, and it falls as τ grows. On S the equation is quadratic:
    τ = M − √((1 − Q)/|S|), with the mean M of the scores in S and Q = Σ (zₖ − M)² = Σⱼ﹤ₖ (zⱼ − zₖ)²/|S|.
    """
    indices = range(len(x))
    leads = [[(x[k] - x[i]) / 2 for k in indices if k != i] for i in indices]
    # max(u, 0)² < 1 is u < 1 where there is one summand only
    above = [u[0] if len(u) == 1 else sum(Max(v, 0) ** 2 for v in u) for u in leads]
    outputs = []
    for i in indices:
        others = [k for k in indices if k != i]
        cases: list[tuple[object, object]] = [(0, above[i] >= 1)] if others else []
        for size in range(len(x)):
            for rest in combinations(others, size):
                support = (i, *rest)
                spread = sum((x[j] - x[k]) ** 2 for j, k in combinations(support, 2)) / number(4 * len(support))
                lead = sum(x[i] - x[k] for k in support) / number(2 * len(support))
                inside = [above[k] < 1 if k in rest else above[k] >= 1 for k in others]
                last = size == len(others)
                cases.append(((lead + sqrt((1 - spread) / len(support))) ** 2, True if last else And(*inside)))
        outputs.append(Piecewise(*cases))
    return outputs
