"""safetensors files: what is written is read back; plain files; damaged files; nothing half-written."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import save_file

from symnet.definitions.layers import Dense, Flatten, Maxout, Pointwise, Softmax
from symnet.errors import DataError, FileError, UsageError
from symnet.interchange.architecture import READERS, WRITERS, describe_layers, read_layers
from symnet.interchange.safetensors import load, load_trained, save, to_bytes
from symnet.interchange.samples import evaluate_file
from symnet.interchange.writing import write_bytes
from symnet.learning import digits, train


@pytest.fixture(scope="module")
def trained():
    return train("digits", hidden=(6, 5), epochs=1, rate=1.0, batch=64)


@pytest.fixture
def path(trained, tmp_path):
    return save(trained, tmp_path / "digits.safetensors")


def test_the_file_has_the_promised_layout(path) -> None:
    with safe_open(str(path), framework="np") as file:
        names = sorted(file.keys())
        entry = json.loads(file.metadata()["symnet"])
        assert list(file.metadata()) == ["symnet"]
        assert file.get_tensor("layers.1.weight").shape == (6, 64)
    assert names == [f"layers.{k}.{what}" for k in (1, 2, 3) for what in ("bias", "weight")]
    promised = {
        "schema",
        "layers",
        "activation",
        "loss",
        "preprocessing",
        "labels",
        "training",
        "history",
        "sha256",
        "seed",
    }
    assert promised <= set(entry)
    assert entry["activation"] == "sigmoid"
    assert entry["loss"] == "softmax_cross_entropy"
    assert entry["preprocessing"]["divide_by"] == 16
    assert entry["sha256"] == digits().sha256
    assert entry["layers"][-1] == {"layer": "Softmax", "inputs": 10}


def test_a_round_trip_changes_nothing(trained, path) -> None:
    again = load_trained(path)
    assert to_bytes(again) == to_bytes(trained)
    x = digits().x[:7]
    np.testing.assert_array_equal(again(x), trained(x))
    np.testing.assert_array_equal(load(path)(x.reshape(7, 64) / 16), trained(x))
    assert again.network.layers == trained.network.layers


def test_every_layer_is_described_and_read_back() -> None:
    layers = (
        Flatten((2, 3)), Maxout(6, 4, 3), Dense(4, 2, "elu", bias=False), Dense(2, 2, "x*tanh(x)"), Pointwise(2, "elu"), Softmax(2),
    )  # fmt: skip
    entries = json.loads(json.dumps(describe_layers(layers)))
    assert [layer.name for layer in read_layers(entries, "file")] == [layer.name for layer in layers]
    assert describe_layers(read_layers(entries, "file")) == describe_layers(layers)
    from symnet.definitions.layers import LAYERS

    assert set(WRITERS) == set(LAYERS)
    assert set(READERS) == {layer.__name__ for layer in LAYERS}


def plain(tmp_path, names=("fc1", "fc2"), sizes=(3, 4, 2), dtype=np.float32, **more):
    random = np.random.default_rng(0)
    arrays = {}
    for name, a, b in zip(names, sizes, sizes[1:], strict=False):
        arrays[f"{name}.weight"] = random.normal(size=(b, a)).astype(dtype)
        arrays[f"{name}.bias"] = random.normal(size=b).astype(dtype)
    save_file(arrays | more, str(tmp_path / "plain.safetensors"))
    return tmp_path / "plain.safetensors", arrays


def test_a_plain_file_is_inferred(tmp_path) -> None:
    path, arrays = plain(tmp_path, ("0", "2"))
    with pytest.raises(UsageError, match="--activation"):
        load(path)
    x = np.array([[0.5, -1, 2]])
    hidden = np.tanh(x @ arrays["0.weight"].T.astype(float) + arrays["0.bias"])
    logits = hidden @ arrays["2.weight"].T.astype(float) + arrays["2.bias"]
    np.testing.assert_allclose(load(path, "tanh", "identity")(x), logits, rtol=1e-13)
    np.testing.assert_allclose(load(path, "tanh")(x), np.tanh(logits), rtol=1e-13)
    assert load(path, "tanh").sizes == (3, 4, 2)
    with pytest.raises(DataError, match="not written by symnet train"):
        load_trained(path)


def test_layers_are_ordered_naturally(tmp_path) -> None:
    names = tuple(f"layers.{k}" for k in range(1, 12))
    path, _ = plain(tmp_path, names, tuple(range(3, 15)))
    assert load(path, "relu").sizes == tuple(range(3, 15))


def with_entry(text):
    """A file whose entry is `text`."""
    return lambda path: save_file({"a": np.ones(1)}, str(path), {"symnet": text})


def with_arrays(**arrays):
    """A file without an entry."""
    return lambda path: save_file({name.replace("_", "."): array for name, array in arrays.items()}, str(path))


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda p: p.write_bytes(b""), DataError, "is empty"),
        (lambda p: p.write_bytes(b"hello, I am no tensor file"), DataError, "not a safetensors file"),
        (with_arrays(a_weight=np.array([[np.nan]])), DataError, "nan or infinity"),
        (with_arrays(a=np.ones(3)), DataError, "no weight matrices"),
        (with_arrays(a_weight=np.ones((2, 3)), b_weight=np.ones((2, 3))), DataError, "takes 3 numbers"),
        (with_arrays(a_weight=np.ones((2, 3)), c=np.ones(3)), DataError, "belongs to no dense layer"),
        (with_entry("{"), DataError, "not JSON"),
        (with_entry("[]"), DataError, "JSON object"),
        (with_entry('{"schema": 99}'), DataError, "schema 99"),
        (with_entry('{"schema": 1, "layers": []}'), DataError, "one entry a layer"),
        (with_entry('{"schema": 1, "layers": [{"layer": "Conv"}]}'), DataError, "'Conv'"),
        (with_entry('{"schema": 1, "layers": [{"layer": "Dense"}]}'), DataError, "not described"),
    ],
)
def test_damaged_files_are_one_line(tmp_path, make, error, words) -> None:
    path = tmp_path / "net.safetensors"
    make(path)
    with pytest.raises(error, match=words) as caught:
        load(path, "relu")
    assert "\n" not in str(caught.value)


def test_a_tampered_entry_is_refused(path) -> None:
    content = path.read_bytes()
    for old, new in ((b'"inputs\\": 64', b'"inputs\\": 65'), (b'"divide_by\\": 16.0', b'"divide_by\\": 0000')):
        assert content.count(old)
        path.write_bytes(content.replace(old, new))
        with pytest.raises(DataError):
            load_trained(path)
    with pytest.raises(FileError, match="no such file"):
        load(path.with_name("other"))


def test_evaluation_applies_the_recorded_preprocessing(trained, path, tmp_path) -> None:
    x = digits().x[:5]
    np.save(tmp_path / "x.npy", x)
    out = tmp_path / "y.npy"
    evaluate_file(path, tmp_path / "x.npy", out)
    np.testing.assert_array_equal(np.load(out), trained(x))
    assert np.load(out).shape == (5, 10)
    evaluate_file(path, tmp_path / "x.npy", out, preprocess=False)
    np.testing.assert_array_equal(np.load(out), trained.network(x.reshape(5, 64)))
    np.save(tmp_path / "x.npy", x.astype(np.float32))
    assert evaluate_file(path, tmp_path / "x.npy", out).dtype == np.float32


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.ones((2, 63)), r"\(n, 8, 8\) or \(n, 64\), got \(2, 63\)"),
        (np.full((2, 64), np.nan), "sample 0 contains nan"),
        (np.array([["a"]]), "real numbers"),
        (np.empty((0, 64)), "no samples"),
        (np.array([{}], object), "never opened"),
        (np.float64(3), "no samples"),
    ],
)
def test_bad_samples_are_one_line(path, tmp_path, array, words) -> None:
    np.save(tmp_path / "x.npy", array, allow_pickle=True)
    with pytest.raises((DataError, ValueError), match=words):
        evaluate_file(path, tmp_path / "x.npy", tmp_path / "y.npy")
    assert not (tmp_path / "y.npy").exists()


def test_nothing_is_left_half_written(tmp_path, monkeypatch) -> None:
    target = tmp_path / "net.safetensors"
    target.write_bytes(b"before")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(target, b"after")
    assert target.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["net.safetensors"]
    monkeypatch.undo()
    with pytest.raises(FileError, match="cannot write"):
        write_bytes(tmp_path / "none" / "x", b"")
