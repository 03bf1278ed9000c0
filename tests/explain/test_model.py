"""The sheet of a network from a file: its numbers are those that NumPy computes."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner

from symnet.cli.main import main
from symnet.definitions.layers import Dense, Flatten, Pointwise, Softmax
from symnet.definitions.network import Network
from symnet.explain.model import explain_model
from symnet.render import render


def test_every_layer_of_one_sample() -> None:
    network = Network((Flatten((1, 2)), Pointwise(2, "tanh"), Dense(2, 3, "relu", bias=False), Dense(3, 2), Softmax(2)))
    w, v = np.array([[1.0, 2], [0.5, -1], [3, 1]]), np.array([[0.25, 1, -1], [1, 0, 0.5]])
    bound = network.with_values({"W_3": w, "W_4": v, "b_4": [0.125, 0.5]})
    text = render(explain_model(bound, "mine"), "markdown")
    hidden = np.maximum(w @ np.tanh([-1.0, 1.0]), 0)
    logits = v @ hidden + [0.125, 0.5]
    p = np.exp(logits) / np.exp(logits).sum()
    for number in (*np.tanh([1.0]), *hidden[hidden > 0], *abs(logits), *p, abs(v).mean()):
        assert f"{number:.4g}" in text
    slope = (np.diag(p) - np.outer(p, p)) @ v @ (w * (hidden > 0)[:, None]) @ np.diag(1 - np.tanh([1.0, 1.0]) ** 2)
    assert all(f"{abs(number):.4g}" in text for number in slope.ravel())


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path):
    arrays = {"W1": np.ones((3, 4)), "b1": np.ones(4), "W2": np.ones((4, 2)), "b2": np.zeros(2)}
    np.savez(tmp_path / "net.npz", **arrays)
    (tmp_path / "cut.npz").write_bytes((tmp_path / "net.npz").read_bytes()[:99])
    (tmp_path / "net.pt").write_bytes(b"\x80\x02.")
    np.save(tmp_path / "x.npy", np.ones((2, 3)))
    return tmp_path


def test_the_verbs(folder) -> None:
    named = ("--activation", "tanh", "--output-activation", "identity")
    assert "3-4-2" in run("explain", folder / "net.npz", *named, "--no-cache").output
    done = run("evaluate", folder / "net.npz", "--input", folder / "x.npy", "--output", folder / "y.npy", *named)
    assert done.exit_code == 0
    np.testing.assert_allclose(np.load(folder / "y.npy"), np.full((2, 2), 4 * np.tanh(4.0)))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("explain", "net.npz"), "--activation NAME"),
        (("explain", "cut.npz", "--activation", "relu"), "damaged"),
        (("explain", "net.pt"), "safetensors"),
        (("evaluate", "net.pt", "--input", "x.npy", "--output", "y.npy"), "safetensors"),
        (("explain", "relu", "--activation", "tanh"), "belong to a network file"),
    ],
)
def test_refusals(folder, words, said) -> None:
    done = run(*(folder / word if "." in word else word for word in words))
    assert done.exit_code == 2 and said in done.output and done.output.count("\n") == 1
