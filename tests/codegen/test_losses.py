"""Every loss and its gradient: against PyTorch in float64, against exact scalars, at the ends, by name, pickled."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from sympy import Float, Rational

from symnet.calculus.backpropagate import backpropagate, backpropagate_loss
from symnet.codegen.program import compile_network
from symnet.definitions.entries import scalar_symbol
from symnet.definitions.layers import Dense
from symnet.definitions.loss import losses, named_loss
from symnet.definitions.network import MLP, Network
from symnet.errors import DefinitionError, UnknownNameError

VARIANTS = [
    *(loss.name for loss in losses),
    "huber(delta=3/10)",
    "smooth_l1(beta=1/4)",
    "quantile(q=9/10)",
    "smoothed_cross_entropy(epsilon=1/3)",
    "binary_focal_loss(alpha=1/3, gamma=5/2)",
]


def sample(name: str, n: int, m: int, seed: int):
    """Outputs and targets of the kind that the loss takes, away from kinks."""
    random, loss = np.random.default_rng(seed), named_loss(name)
    x = random.normal(size=(n, m)) * 2
    if loss.takes == "probabilities":
        x = random.uniform(0.01, 0.99, (n, m))
    elif loss.takes == "log_probabilities":
        x = np.log(random.dirichlet(np.ones(m), n))
    if loss.targets == "probabilities":
        summing = loss.link == "softmax" or loss.takes == "log_probabilities"
        y = random.dirichlet(np.ones(m), n) if summing else random.uniform(0, 1, (n, m)).round(1)
    elif loss.targets == "signs":
        y = random.choice([-1.0, 1.0], (n, m))
    elif loss.targets == "counts":
        y = random.integers(0, 9, (n, m)).astype(float)
    else:
        y = random.normal(size=(n, m)) * 2
    return x, y


def program_of(name: str, m: int):
    """The loss as a program: the identity network hands x on."""
    program = compile_network(Network((Dense(m, m, "identity"),)), name, wrt_input=True)
    return program, {"layers.1.weight": np.eye(m), "layers.1.bias": np.zeros(m)}


def by_torch(name: str, x, y):
    import torch
    from torch.nn import functional as F

    def focal(x, y, alpha=0.25, gamma=2.0):
        p = torch.where(y == 1, torch.sigmoid(x), 1 - torch.sigmoid(x))
        positive = alpha * y * (1 - torch.sigmoid(x)) ** gamma * -F.logsigmoid(x)
        assert p.shape == x.shape
        return (positive + (1 - alpha) * (1 - y) * torch.sigmoid(x) ** gamma * -F.logsigmoid(-x)).mean()

    def quantile(x, y, q=0.5):
        return torch.maximum(q * (y - x), (q - 1) * (y - x)).mean()

    n = len(x)
    return {
        "half_squared": lambda: 0.5 * F.mse_loss(x, y, reduction="sum") / n,
        "squared_error": lambda: F.mse_loss(x, y, reduction="sum") / n,
        "mean_squared_error": lambda: F.mse_loss(x, y),
        "mean_absolute_error": lambda: F.l1_loss(x, y),
        "huber": lambda: F.huber_loss(x, y),
        "huber(delta=3/10)": lambda: F.huber_loss(x, y, delta=0.3),
        "smooth_l1": lambda: F.smooth_l1_loss(x, y),
        "smooth_l1(beta=1/4)": lambda: F.smooth_l1_loss(x, y, beta=0.25),
        "log_cosh_loss": lambda: torch.log(torch.cosh(x - y)).mean(),
        "quantile": lambda: quantile(x, y),
        "quantile(q=9/10)": lambda: quantile(x, y, 0.9),
        "hinge": lambda: torch.clamp(1 - x * y, min=0).mean(),
        "squared_hinge": lambda: (torch.clamp(1 - x * y, min=0) ** 2).mean(),
        "softmax_cross_entropy": lambda: F.cross_entropy(x, y),
        "smoothed_cross_entropy": lambda: F.cross_entropy(x, y, label_smoothing=0.1),
        "smoothed_cross_entropy(epsilon=1/3)": lambda: F.cross_entropy(x, y, label_smoothing=1 / 3),
        "sigmoid_binary_cross_entropy": lambda: F.binary_cross_entropy_with_logits(x, y),
        "binary_cross_entropy": lambda: F.binary_cross_entropy(x, y),
        "binary_focal_loss": lambda: focal(x, y),
        "binary_focal_loss(alpha=1/3, gamma=5/2)": lambda: focal(x, y, 1 / 3, 2.5),
        "negative_log_likelihood": lambda: -(x * y).sum() / n,
        "kl_divergence": lambda: F.kl_div(x, y, reduction="batchmean"),
        "poisson_negative_log_likelihood": lambda: F.poisson_nll_loss(x, y),
    }[name]()


@pytest.mark.torch
@pytest.mark.parametrize("name", VARIANTS)
def test_value_and_gradient_agree_with_torch(name: str) -> None:
    torch = pytest.importorskip("torch")
    for seed, (n, m) in enumerate([(1, 1), (1, 4), (5, 1), (7, 3), (300, 2)]):
        x, y = sample(name, n, m, seed)
        program, values = program_of(name, m)
        found, gradient = program.loss_and_gradient(x, y, values)
        given = torch.tensor(x, requires_grad=True)
        wanted = by_torch(name, given, torch.tensor(y))
        wanted.backward()
        assert found == pytest.approx(wanted.item(), rel=1e-12, abs=1e-13)
        np.testing.assert_allclose(gradient["x"], given.grad.numpy(), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", VARIANTS)
def test_value_and_gradient_agree_with_exact_scalars_and_differences(name: str) -> None:
    """The equations entry by entry with 50 digits, whose gradient is compared with central differences."""
    network = Network((Dense(3, 3, "identity"),))
    equations = backpropagate(network, name, wrt_input=True)
    program, values = program_of(name, 3)
    x, y = sample(name, 1, 3, 9)
    found, gradient = program.loss_and_gradient(x, y, values)

    def leaf(moved=None, by=0):
        def value(matrix, i, j):
            if matrix == equations.target:
                return Rational(float(y[0, i]))
            if matrix == equations.input:
                return Rational(float(x[0, i])) + (by if scalar_symbol(matrix, i, j) == moved else 0)
            return Rational(float(values[equations.names[matrix]].reshape(3, -1)[i, j]))

        return value

    assert float(equations.expand(equations.loss.symbol, 0, 0, leaf()).evalf(50)) == pytest.approx(found, rel=1e-12)
    slope = next(g.symbol for g in equations.gradients if g.symbol.parts[1] == equations.input.name)
    step = Rational(1, 10**15)
    for i in range(3):
        by_rules = equations.expand(slope, i, 0, leaf()).evalf(50)
        moved = scalar_symbol(equations.input, i, 0)
        up, down = (equations.expand(equations.loss.symbol, 0, 0, leaf(moved, s)).evalf(50) for s in (step, -step))
        assert abs(by_rules - (up - down) / (2 * step)) < Float("1e-25")
        assert float(by_rules) == pytest.approx(gradient["x"][0, i], rel=1e-12, abs=1e-15)


def test_probabilities_at_the_ends_cost_what_torch_says() -> None:
    program, values = program_of("bce", 1)
    for a, y, wanted in ((0.0, 1.0, 100.0), (1.0, 0.0, 100.0), (0.0, 0.0, 0.0), (1.0, 1.0, 0.0)):
        assert program.loss_and_gradient(np.array([[a]]), np.array([[y]]), values)[0] == wanted


@pytest.mark.parametrize("name", ["bce_with_logits", "binary_focal", "ce", "log_cosh", "huber"])
def test_scores_of_a_thousand_stay_finite(name: str) -> None:
    program, values = program_of(name, 2)
    value, gradient = program.loss_and_gradient(np.array([[1000.0, -1000.0]]), np.array([[0.0, 1.0]]), values)
    assert np.isfinite(value)
    assert np.isfinite(gradient["x"]).all()


def test_a_loss_of_logits_takes_what_stands_before_its_own_sigmoid() -> None:
    equations = backpropagate(MLP([2, 3], "sigmoid"), "bce_with_logits")
    assert str(equations["delta_1"]) == "delta_1 = (1/3)*softplus'(z_1) - (1/3)*y"
    assert "a_1" in str(backpropagate(MLP([2, 3], "tanh"), "bce_with_logits")["ell"])
    assert "a_1" in str(backpropagate(MLP([2, 3], "sigmoid"), "bce")["ell"])


def test_names_parameters_and_pickles() -> None:
    fixed = losses["huber_loss"].with_parameters(delta="0.3")
    assert fixed.spelling == "huber(delta=3/10)"
    assert named_loss("Huber Loss(delta = 3/10)") == fixed == pickle.loads(pickle.dumps(fixed))
    assert hash(fixed) != hash(losses["huber"])
    equations = backpropagate_loss(fixed)
    assert str(pickle.loads(pickle.dumps(equations))) == str(equations)
    program, values = program_of("huber(delta=3/10)", 2)
    x, y = sample("huber", 3, 2, 1)
    again = pickle.loads(pickle.dumps(program))
    assert again.loss_and_gradient(x, y, values)[0] == program.loss_and_gradient(x, y, values)[0]
    for wrong, error in (
        ("huber(beta=1)", "no parameter 'beta'; it has delta"),
        ("mse(q=1)", "it has none"),
        ("huber(delta=-1)", "must be positive"),
        ("huber()", "given as in"),
        ("huber(1)", "given as in"),
    ):
        with pytest.raises(DefinitionError, match=error):
            named_loss(wrong)
    with pytest.raises(DefinitionError, match="between 0 and 1"):
        backpropagate_loss("quantile(q=2)")
    with pytest.raises(UnknownNameError, match="did you mean"):
        named_loss("hubr(delta=1)")


def test_every_loss_is_declared_whole() -> None:
    for loss in losses:
        assert loss.summary.endswith(".")
        assert loss.title
        assert not set(loss.frameworks) - {"torch", "keras", "optax"}
