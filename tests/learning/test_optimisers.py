"""Optimisers: twenty steps against PyTorch, exact first steps by hand, names, parameters, training."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from click.testing import CliRunner

from symnet.cli.main import main
from symnet.codegen.program import compile_network
from symnet.definitions.network import MLP
from symnet.definitions.optimiser import named_optimiser, optimisers
from symnet.errors import DefinitionError, UnknownNameError
from symnet.learning.initialise import glorot_uniform
from symnet.learning.steps import Steps
from symnet.learning.update import Update

TORCH = {
    "sgd": lambda o, p: o.SGD(p, lr=0.01),
    "momentum": lambda o, p: o.SGD(p, lr=0.01, momentum=0.9),
    "nesterov": lambda o, p: o.SGD(p, lr=0.01, momentum=0.9, nesterov=True),
    "adagrad": lambda o, p: o.Adagrad(p),
    "rmsprop": lambda o, p: o.RMSprop(p),
    "adadelta": lambda o, p: o.Adadelta(p),
    "adam": lambda o, p: o.Adam(p),
    "adamw": lambda o, p: o.AdamW(p),
    "adamax": lambda o, p: o.Adamax(p),
    "adam(beta1=1/2, beta2=0.75, epsilon=1/10)": lambda o, p: o.Adam(p, betas=(0.5, 0.75), eps=0.1),
    "rmsprop(alpha=0.5)": lambda o, p: o.RMSprop(p, alpha=0.5),
    "adamw(decay=1/5)": lambda o, p: o.AdamW(p, weight_decay=0.2),
}


def slopes_at(w: np.ndarray, k: int) -> np.ndarray:
    """Slopes that differ from step to step; one of them is 0 at first."""
    found = np.sin(3 * w + k) + 0.1 * w
    found[0] *= k > 2
    return found


@pytest.mark.torch
@pytest.mark.parametrize("name", TORCH)
def test_twenty_steps_agree_with_torch(name: str) -> None:
    torch = pytest.importorskip("torch")
    record = named_optimiser(name)
    w = np.random.default_rng(1).normal(size=50)
    tensor = torch.tensor(w, requires_grad=True)
    peer, update = TORCH[name](torch.optim, [tensor]), Update(record, w)
    assert not {o.name for o in optimisers} - set(TORCH)
    for k in range(20):
        tensor.grad = torch.tensor(slopes_at(tensor.detach().numpy().copy(), k))
        update(w, slopes_at(w, k), float(record.rate))
        peer.step()
        np.testing.assert_allclose(w, tensor.detach().numpy(), rtol=1e-12, atol=1e-13)


def test_first_steps_by_hand() -> None:
    """On constant slope 2, from 0."""
    wanted = {
        "sgd": [-0.02, -0.04],
        "momentum": [-0.02, -0.02 - 0.01 * 3.8],
        "nesterov": [-0.01 * (2 + 1.8), -0.01 * (2 + 1.8) - 0.01 * (2 + 0.9 * 3.8)],
        "adam": [-0.001 * 2 / (2 + 1e-8), -0.002 * 2 / (2 + 1e-8)],
        "adagrad": [-0.01 * 2 / (2 + 1e-10), -0.01 - 0.01 * 2 / np.sqrt(8)],
        "rmsprop": [-0.01 * 2 / (0.2 + 1e-8), -0.01 * 2 / (0.2 + 1e-8) - 0.01 * 2 / (np.sqrt(0.0796) + 1e-8)],
    }
    for name, values in wanted.items():
        record, w = named_optimiser(name), np.zeros(1)
        update = Update(record, w)
        for value in values:
            update(w, np.array([2.0]), float(record.rate))
            assert w[0] == pytest.approx(value, rel=1e-9), name


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", [o.name for o in optimisers])
def test_steps_of_a_network_keep_the_dtype_and_lower_the_loss(name: str, dtype: type) -> None:
    network = MLP([5, 4, 3], "tanh", "softmax")
    program = compile_network(network, "softmax_cross_entropy")
    random = np.random.default_rng(0)
    x, y = random.normal(size=(30, 5)).astype(dtype), np.eye(3, dtype=dtype)[random.integers(0, 3, 30)]
    values = glorot_uniform(network, 0, dtype)
    before = program.loss_and_gradient(x, y, values)[0]
    steps = Steps(program, values, named_optimiser(name))
    for _ in range(30):
        steps.take(x, y, 0.01)
    steps.write(values)
    assert program.loss_and_gradient(x, y, values)[0] < before
    assert {array.dtype for array in values.values()} == {np.dtype(dtype)}


def test_names_parameters_and_pickles() -> None:
    fixed = named_optimiser("Adam(beta1 = 0.8)")
    assert fixed.spelling == "adam(beta1=4/5)"
    assert pickle.loads(pickle.dumps(fixed)) == fixed != named_optimiser("adam")
    assert fixed.kept == ("m", "v")
    assert named_optimiser("adadelta").kept == ("s", "u")
    with pytest.raises(DefinitionError, match="it has eta, beta1"):
        named_optimiser("adam(gamma=1)")
    with pytest.raises(DefinitionError, match="given as in"):
        named_optimiser("adam(1)")
    with pytest.raises(UnknownNameError, match="did you mean"):
        named_optimiser("adm")


def test_training_takes_any_optimiser_and_says_which() -> None:
    words = ["train", "digits", "--hidden", "8", "--epochs", "2", "--rate", "0.01", "--optimizer", "adam"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "optimiser adam" in result.output
    again = CliRunner().invoke(main, words)
    assert again.output == result.output
    wrong = CliRunner().invoke(main, [*words[:-1], "adm"])
    assert wrong.exit_code == 2
    assert "did you mean 'adam'" in wrong.output
