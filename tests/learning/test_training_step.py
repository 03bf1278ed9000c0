"""One exact training step: against the compiled program, against torch, at a kink, and its refusals."""

import numpy as np
import pytest
from sympy import Rational

import symnet
from symnet.codegen.program import compile_network
from symnet.errors import SymnetError
from symnet.learning.step import step


def network_and_values(sizes, activation, output=None, seed=0):
    network = symnet.MLP(sizes, activation, output)
    draw = np.random.default_rng(seed)
    values = {
        p.name: [
            [Rational(int(v), 10) for v in row] for row in draw.integers(-9, 10, np.atleast_2d(np.zeros(p.shape)).shape)
        ]
        for p in network.parameter_records
    }
    return network, {
        p.name: values[p.name] if p.role == "weight" else values[p.name][0] for p in network.parameter_records
    }


CASES = [
    ((2, 2, 2), "sigmoid", None, "half_squared"),
    ((3, 4, 2), "relu", "softmax", "softmax_cross_entropy"),
    ((2, 3, 3, 1), "tanh", "identity", "mean_squared_error"),
    ((2, 2, 2), "leaky_relu", None, "half_squared"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case[0])) + case[1])
def test_every_gradient_is_that_of_the_compiled_program(case):
    sizes, activation, output, loss = case
    network, values = network_and_values(sizes, activation, output)
    x, target = [Rational(k + 1, 3) for k in range(sizes[0])], [Rational(int(k == 0)) for k in range(sizes[-1])]
    found = step(network, values, x, target, Rational(1, 10), loss)
    arrays = {name: np.array(table, dtype=float) for name, table in values.items()}
    value, gradient = compile_network(network, loss).loss_and_gradient(
        np.array([[float(v) for v in x]]), np.array([[float(v) for v in target]]), arrays
    )
    assert float(found.before) == pytest.approx(value, rel=1e-13)
    ours = iter(found.gradient.values())
    for parameter in network.trainable_parameters:
        for theirs in np.ravel(gradient[parameter.name]):
            assert float(next(ours)) == pytest.approx(theirs, rel=1e-12, abs=1e-14)
    assert found.difference < Rational(1, 10**20)


def test_rational_networks_stay_exact():
    network, values = network_and_values((2, 3, 1), "relu", "identity")
    found = step(network, values, ("1/3", "2"), (1,), "1/2")
    assert all(isinstance(figure.value, Rational) for figure in found.figures)
    assert isinstance(found.after, Rational)


def test_a_kink_takes_the_conventional_slope():
    network = symnet.MLP([1, 1], "relu")
    found = step(network, {"layers.1.weight": [[1]]}, (0,), (1,))
    assert found.of_kind("delta")[0].value == 0


def test_biases_that_are_not_given_are_zero():
    network = symnet.MLP([1, 1], "identity")
    assert step(network, {"W_1": [["2"]]}, ("3",), (0,)).of_kind("forward")[-1].value == 6


@pytest.mark.torch
def test_one_step_is_torchs():
    torch = pytest.importorskip("torch")
    network, values = network_and_values((2, 3, 2), "tanh", "identity", seed=3)
    found = step(network, values, ("0.3", "-0.7"), (1, 0), "1/4", "half_squared")
    arrays = {name: torch.tensor(np.array(t, dtype=float), requires_grad=True) for name, t in values.items()}
    x = torch.tensor([0.3, -0.7], dtype=torch.float64)
    hidden = torch.tanh(arrays["layers.1.weight"] @ x + arrays["layers.1.bias"])
    out = arrays["layers.2.weight"] @ hidden + arrays["layers.2.bias"]
    (0.5 * ((out - torch.tensor([1.0, 0.0], dtype=torch.float64)) ** 2).sum()).backward()
    ours = iter(found.stepped.values())
    for parameter in network.trainable_parameters:
        array = arrays[parameter.name]
        for theirs in (array - 0.25 * array.grad).detach().numpy().ravel():
            assert float(next(ours)) == pytest.approx(float(theirs), rel=1e-13)


@pytest.mark.parametrize(
    ("values", "x", "target"),
    [
        ({}, (1, 2), (1,)),
        ({"W_1": [[1, 2, 3]]}, (1, 2), (1,)),
        ({"W_1": [[1, 2]]}, (1,), (1,)),
        ({"W_1": [[1, 2]]}, (1, 2), (1, 2)),
        ({"W_9": [[1, 2]]}, (1, 2), (1,)),
        ({"W_1": [["a", 2]]}, (1, 2), (1,)),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(values, x, target):
    with pytest.raises(SymnetError) as caught:
        step(symnet.MLP([2, 1], "relu"), values, x, target)
    assert "\n" not in str(caught.value)


def test_a_large_network_is_refused():
    with pytest.raises(SymnetError, match="13,002"):
        step(symnet.MLP([784, 16, 16, 10]), {}, (), ())
