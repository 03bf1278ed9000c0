"""`symnet.load`: arrays without a description, descriptions, pickles that stay closed, damaged archives."""

from __future__ import annotations

import io

import numpy as np
import pytest
from peers import agrees, slopes_agree
from safetensors.numpy import save_file

import symnet
from symnet.errors import DataError, SymnetError, UsageError

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(6, 5))
W = [RANDOM.normal(size=(5, 4)), RANDOM.normal(size=(4, 2))]
B = [RANDOM.normal(size=4), RANDOM.normal(size=2)]
Y = np.tanh(X @ W[0] + B[0]) @ W[1] + B[1]


def named(weight, bias, turned, numbers=(1, 2)):
    """The arrays under names such as ``fc{}.weight``."""
    weights = {weight.format(k): (w.T if turned else w).copy() for k, w in zip(numbers, W, strict=True)}
    return weights | {bias.format(k): b for k, b in zip(numbers, B, strict=True)}


SPELLINGS = [
    named("W{}", "b{}", False), named("W{}", "b{}", True), named("W_{}", "b_{}", False), named("w{}", "b{}", True),
    named("coefs_{}", "intercepts_{}", False, (0, 1)), named("coef{}", "intercept{}", False),
    named("layers.{}.weight", "layers.{}.bias", True), named("{}.weight", "{}.bias", True, (0, 2)),
    named("fc{}.weight", "fc{}.bias", True, (9, 10)), named("model.layers.{}.weight", "model.layers.{}.bias", True, (0, 1)),
    named("weight{}", "bias{}", True), named("dense_{}.kernel", "dense_{}.bias", False),
]  # fmt: skip


@pytest.mark.parametrize("arrays", SPELLINGS, ids=lambda arrays: ",".join(arrays))
@pytest.mark.parametrize("suffix", ["npz", "safetensors"])
def test_spellings(arrays, suffix, tmp_path) -> None:
    path = tmp_path / f"net.{suffix}"
    save_file(arrays, str(path)) if suffix == "safetensors" else np.savez(path, **arrays)
    network = symnet.load(path, activation="tanh", output="identity")
    agrees(network, X, Y)
    slopes_agree(network, X)
    described = [{"layer": "Dense", "inputs": 5, "outputs": 4, "activation": "tanh"}, {"layer": "Dense", "inputs": 4, "outputs": 2, "activation": "identity"}]  # fmt: skip
    if not any(name.lower().startswith("w") for name in arrays):
        agrees(symnet.load(path, described), X, Y)
    with pytest.raises(UsageError, match="does not say its activation"):
        symnet.load(path)


def test_softmax_and_missing_biases(tmp_path) -> None:
    np.savez(tmp_path / "net.npz", **{"0.weight": W[0].T, "1.weight": W[1].T})
    network = symnet.load(tmp_path / "net.npz", activation="relu", output="softmax")
    e = np.exp(np.maximum(X @ W[0], 0) @ W[1])
    agrees(network, X, e / e.sum(1, keepdims=True))
    assert set(network.parameters) == {"layers.1.weight", "layers.2.weight"}


def test_a_weight_that_fits_both_ways_is_not_guessed(tmp_path) -> None:
    np.savez(tmp_path / "net.npz", W1=RANDOM.normal(size=(3, 3)), b1=np.ones(3))
    with pytest.raises(DataError, match="both fit"):
        symnet.load(tmp_path / "net.npz", activation="relu")


@pytest.mark.parametrize("suffix", ["pt", "pth", "pkl", "joblib", "bin", "keras", "h5"])
def test_pickles_stay_closed(suffix, tmp_path) -> None:
    path = tmp_path / f"net.{suffix}"
    path.write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    with pytest.raises(UsageError, match=r"safetensors|from_keras") as caught:
        symnet.load(path)
    assert "\n" not in str(caught.value)


def test_one_array_is_no_network(tmp_path) -> None:
    np.save(tmp_path / "x.npy", X)
    (tmp_path / "x.npy").rename(tmp_path / "x.npz")
    with pytest.raises(DataError, match="one array"):
        symnet.load(tmp_path / "x.npz")


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"W1": np.array([{}], object)}, "never opened"),
        ({"a": np.ones((2, 2))}, "belongs to no dense layer"),
        ({"W1": np.ones((2, 3)), "b3": np.ones(3)}, "b3 belongs to no dense layer"),
        ({"W1": np.ones((2, 3)), "b1": np.ones(4)}, "bias of W1"),
        ({"W1": np.ones((2, 3)), "W2": np.ones((5, 4))}, "takes 4 numbers but the layer before gives 2"),
        ({"W1": np.full((2, 3), np.inf)}, "nan or infinity"),
        ({"W1": np.array([["a"]])}, "real numbers"),
        ({"W1": np.ones((2, 0))}, "dimension|shape"),
        ({}, "no arrays"),
    ],
)
def test_wrong_archives_are_one_line(arrays, words, tmp_path) -> None:
    np.savez(tmp_path / "net.npz", **arrays)
    with pytest.raises(SymnetError, match=words) as caught:
        symnet.load(tmp_path / "net.npz", activation="tanh")
    assert "\n" not in str(caught.value)


def complaint(path) -> str:
    """What symnet says of a file."""
    try:
        symnet.load(path, activation="tanh")
    except SymnetError as error:
        return str(error)
    return "read"


@pytest.mark.parametrize("suffix", ["npz", "safetensors"])
def test_damaged_bytes_are_one_line(suffix, tmp_path) -> None:
    path = tmp_path / f"net.{suffix}"
    arrays = named("layers.{}.weight", "layers.{}.bias", True)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    save_file(arrays, str(path))
    whole = buffer.getvalue() if suffix == "npz" else path.read_bytes()
    damaged = [whole[:k] for k in range(0, len(whole), 11)]
    for _ in range(300):
        content = bytearray(whole)
        content[RANDOM.integers(len(whole))] = RANDOM.integers(256)
        damaged.append(bytes(content))
    for content in damaged:
        path.write_bytes(content)
        assert "\n" not in complaint(path)
