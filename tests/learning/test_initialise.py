"""Initialisers: exact spreads against published formulas, draws against the spreads, PyTorch's and Keras' own limits."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from sympy import Rational, sqrt

from symnet.definitions.network import MLP
from symnet.errors import UnknownNameError
from symnet.learning.initialise import fans, initialisers, named_initialiser

DEVIATIONS = {
    "glorot_uniform": sqrt(Rational(2, 500)),
    "glorot_normal": sqrt(Rational(2, 500)),
    "he_normal": sqrt(Rational(2, 300)),
    "he_uniform": sqrt(Rational(2, 300)),
    "lecun_normal": sqrt(Rational(1, 300)),
    "lecun_uniform": sqrt(Rational(1, 300)),
    "torch_linear": sqrt(Rational(1, 900)),
    "orthogonal": sqrt(Rational(1, 300)),
    "zeros": Rational(0),
}
"""For 300 inputs and 200 outputs, by the published formulas."""


@pytest.mark.parametrize("record", list(initialisers), ids=lambda r: r.name)
def test_draws_have_the_exact_deviation(record) -> None:
    network = MLP([300, 200, 10], "relu")
    exact = DEVIATIONS[record.name]
    assert record.deviation(300, 200) == exact
    values = record(network, 3)
    weights = values["layers.1.weight"]
    assert weights.shape == (200, 300)
    if exact:
        assert weights.std() == pytest.approx(float(exact), rel=0.015)
        assert abs(weights.mean()) < 4 * float(exact) / np.sqrt(weights.size)
    if record.draw == "uniform":
        limit = float(record.define(Rational(300), Rational(200)))
        assert 0.999 * limit < abs(weights).max() <= limit
    if record.draw == "orthogonal":
        np.testing.assert_allclose(weights @ weights.T, np.eye(200), atol=1e-13)
        np.testing.assert_allclose(values["layers.2.weight"] @ values["layers.2.weight"].T, np.eye(10), atol=1e-13)
    bias = values["layers.1.bias"]
    assert bias.any() == record.biases
    assert abs(bias).max() <= (1 / np.sqrt(300) if record.biases else 0)
    again = record(network, 3, np.float32)
    assert again["layers.1.weight"].dtype == np.float32
    np.testing.assert_array_equal(again["layers.1.weight"], weights.astype(np.float32))


@pytest.mark.torch
def test_limits_are_those_of_torch() -> None:
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    made = {
        "glorot_uniform": torch.nn.init.xavier_uniform_,
        "glorot_normal": torch.nn.init.xavier_normal_,
        "he_normal": lambda t: torch.nn.init.kaiming_normal_(t, nonlinearity="relu"),
        "he_uniform": lambda t: torch.nn.init.kaiming_uniform_(t, nonlinearity="relu"),
        "torch_linear": lambda t: torch.nn.init.kaiming_uniform_(t, a=5**0.5),
        "orthogonal": torch.nn.init.orthogonal_,
    }
    for name, fill in made.items():
        tensor = fill(torch.empty(200, 300, dtype=torch.float64))
        assert tensor.std().item() == pytest.approx(float(DEVIATIONS[name]), rel=0.015), name


def test_names_and_fans() -> None:
    assert named_initialiser("he_init").name == "he_normal"
    assert named_initialiser("Xavier").name == "glorot_uniform"
    assert pickle.loads(pickle.dumps(initialisers["he_normal"])) is initialisers["he_normal"]
    assert fans((8, 3, 5, 5)) == (75, 200)
    with pytest.raises(UnknownNameError, match="did you mean"):
        named_initialiser("he_norml")
