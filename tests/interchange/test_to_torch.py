"""A network as a PyTorch module computes the same, and reads back as the same."""

from __future__ import annotations

import numpy as np
import pytest

from symnet.definitions.activation import activations
from symnet.definitions.layers import Dense, Flatten, Maxout, Pointwise, Softmax
from symnet.definitions.network import Network
from symnet.errors import UsageError

pytestmark = pytest.mark.torch
torch = pytest.importorskip("torch", reason="needs PyTorch")
RANDOM = np.random.default_rng(0)


def bound(*layers) -> Network:
    network = Network(layers)
    return network.with_values({r.name: RANDOM.normal(size=r.shape) for r in network.parameter_records})


@pytest.mark.parametrize("name", [a.name for a in activations if "torch" in a.apis])
def test_same_outputs_and_the_same_network_back(name) -> None:
    network = bound(Dense(3, 4, name), Pointwise(4, name), Dense(4, 2, bias=False), Softmax(2))
    x = RANDOM.normal(size=(6, 3))
    module = network.to_torch()
    np.testing.assert_allclose(module(torch.tensor(x)).detach().numpy(), network(x), rtol=0, atol=1e-12)
    again = Network.from_torch(module)
    assert again == network or name in ("identity", "rrelu")  # 1/3 is no float
    assert all(
        (again.parameters[key] == value).all() for key, value in network.parameters.items() if name != "identity"
    )


def test_images_and_what_torch_lacks() -> None:
    x = RANDOM.normal(size=(6, 2, 3))
    network = bound(Flatten((2, 3)), Dense(6, 2, activations["elu"].with_parameters(alpha="3/10")))
    np.testing.assert_allclose(network.to_torch()(torch.tensor(x)).detach().numpy(), network(x), rtol=0, atol=1e-12)
    with pytest.raises(UsageError, match="Maxout"):
        bound(Maxout(3, 2)).to_torch()
    with pytest.raises(UsageError, match="of layer 1 has no module"):
        bound(Dense(3, 2, "x*tanh(x)")).to_torch()
