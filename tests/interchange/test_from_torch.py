"""PyTorch modules: outputs to 1e-12 and Jacobians to 1e-9 against torch in double precision."""

from __future__ import annotations

import numpy as np
import pytest
from peers import agrees, slopes_agree

from symnet.definitions.activation import activations
from symnet.definitions.layers import Dense, Flatten, Pointwise
from symnet.definitions.network import Network
from symnet.errors import UsageError

pytestmark = pytest.mark.torch
torch = pytest.importorskip("torch", reason="needs PyTorch")
nn = torch.nn

X = np.random.default_rng(0).normal(size=(16, 5)) * 2


def check(module, x=X, **options) -> Network:
    torch.manual_seed(0)
    module = module.double().eval()
    network = Network.from_torch(module, **options)
    with torch.no_grad():
        theirs = module(torch.tensor(x)).numpy()
    agrees(network, x, theirs)
    if x.ndim == 2:
        rows = [torch.autograd.functional.jacobian(lambda row: module(row[None])[0], row) for row in torch.tensor(x)]
        if not any(isinstance(part, nn.Hardsigmoid) for part in module.modules()):  # its slope in torch is float32(1/6)
            slopes_agree(network, x, torch.stack(rows).numpy())
    return network


NAMES = [a.name for a in activations if "torch" in a.apis and a.name != "identity"]
OPTIONS = {
    "elu": [{"alpha": 0.3}], "celu": [{"alpha": 2.5}], "leaky_relu": [{}, {"negative_slope": 0.2}], "gelu_tanh": [{"approximate": "tanh"}],
    "hardshrink": [{"lambd": 0.7}], "softshrink": [{"lambd": 0.1}], "threshold": [{"threshold": 0.1, "value": -2.0}],
    "softplus": [{}, {"beta": 1.5}], "prelu": [{}, {"init": -0.3}], "rrelu": [{}, {"lower": 0.1, "upper": 0.2}],
}  # fmt: skip


@pytest.mark.parametrize(("name", "options"), [(n, o) for n in NAMES for o in OPTIONS.get(n, [{}])], ids=str)
def test_every_activation_with_its_parameters(name, options) -> None:
    kind = getattr(nn, activations[name].apis["torch"].name)
    network = check(nn.Sequential(nn.Linear(5, 4), kind(**options), nn.Linear(4, 3)))
    assert network.layers[0].activation.name == name
    alone = check(nn.Sequential(kind(**options), nn.Linear(5, 2)))
    assert isinstance(alone.layers[0], Pointwise)


def test_nested_sequentials_dropout_and_missing_biases() -> None:
    inner = nn.Sequential(nn.Linear(5, 4, bias=False), nn.Tanh(), nn.Dropout(0.5))
    network = check(
        nn.Sequential(
            nn.Flatten(), inner, nn.Identity(), nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 3)), nn.Softmax(-1)
        )
    )
    assert network.sizes == (5, 4, 4, 3)
    assert "layers.1.bias" not in network.parameters
    check(nn.Linear(5, 3))
    check(nn.Sequential(nn.Softmax(1), nn.Linear(5, 2), nn.Sigmoid(), nn.Tanh()))


def test_batch_normalisation_is_folded_into_the_affine_map_beside_it() -> None:
    def trained(*modules):
        module = nn.Sequential(*modules).double()
        for _ in range(3):
            module(torch.tensor(X) * 3 + 1)
        return module

    after = check(trained(nn.Linear(5, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2)))
    assert [type(layer) for layer in after.layers] == [Dense, Dense]
    check(trained(nn.BatchNorm1d(5), nn.Linear(5, 4, bias=False), nn.BatchNorm1d(4, affine=False), nn.BatchNorm1d(4)))
    check(trained(nn.Linear(5, 4), nn.ReLU(), nn.BatchNorm1d(4), nn.Sigmoid()))


class Own(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc1, self.drop, self.fc2 = nn.Linear(5, 4), nn.Dropout(0.2), nn.Linear(4, 3)

    def forward(self, x):
        x = torch.flatten(x, 1)
        x = nn.functional.leaky_relu(self.fc1(x.view(x.size(0), -1)), 0.3)
        x = nn.functional.dropout(self.drop(x), training=self.training)
        return torch.softmax(nn.functional.gelu(torch.tanh(self.fc2(x)), approximate="tanh"), dim=1)


def test_a_forward_of_its_own() -> None:
    check(Own())


def test_images() -> None:
    x = np.random.default_rng(1).normal(size=(6, 2, 3))
    network = check(nn.Sequential(nn.Flatten(), nn.Linear(6, 4), nn.ReLU()), x, input_shape=(2, 3))
    assert isinstance(network.layers[0], Flatten)


def test_single_precision_weights_are_kept() -> None:
    torch.manual_seed(0)
    module = nn.Sequential(nn.Linear(5, 4), nn.PReLU(), nn.Linear(4, 2))
    with torch.no_grad():
        theirs = module(torch.tensor(X, dtype=torch.float32)).numpy()
        exact = module.double()(torch.tensor(X)).numpy()
    network = Network.from_torch(module.float())
    assert network(X.astype(np.float32)).dtype == np.float32
    np.testing.assert_allclose(network(X.astype(np.float32)), theirs, rtol=1e-5, atol=1e-5)
    agrees(network, X, exact)
    half = Network.from_torch(nn.Sequential(nn.Linear(5, 4)).bfloat16())
    assert half.parameters["layers.1.weight"].dtype == np.float32


class Skip(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(5, 5)

    def forward(self, x):
        return x + self.fc(x)


class Branching(nn.Module):
    def forward(self, x):
        return x if x.sum() > 0 else -x


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (nn.Sequential(nn.Linear(3, 2), nn.Sequential(nn.Conv1d(1, 1, 1))), r"module 1\.0 \(Conv1d\) is not supported"),
        (nn.Sequential(nn.Linear(3, 2), nn.Dropout(0.5)), r"module 1 \(Dropout\) is random .* eval\(\)"),
        (nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2)), r"module 1 \(BatchNorm1d\) .* eval\(\)"),
        (nn.Sequential(nn.Linear(3, 2), nn.Softmax(0)), "dim=0"),
        (nn.Sequential(nn.Linear(3, 2), nn.Hardtanh(-2, 1)), "not supported with min_val=-2"),
        (nn.Sequential(nn.Linear(3, 2), nn.PReLU(2)), "2 slopes"),
        (nn.Sequential(nn.Linear(3, 2), nn.Linear(3, 2)), "takes 3 numbers but is given 2"),
        (nn.Sequential(nn.ReLU()), "no layer with weights"),
        (nn.Sequential(nn.LazyLinear(2)), "LazyLinear"),
        (nn.LSTM(2, 3), "LSTM"),
        (Skip(), "chain"),
        (Branching(), "cannot be traced"),
        ("model", "takes a torch.nn.Module"),
    ],
)  # fmt: skip
def test_what_is_not_supported_is_named_in_one_line(module, words) -> None:
    if not isinstance(module, str):
        module.train()
    with pytest.raises(ValueError, match=words) as caught:
        Network.from_torch(module)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, UsageError) or "given" in words or "weights" in words
