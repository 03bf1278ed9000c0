"""``symnet train`` and ``symnet evaluate NET`` as typed: what is printed, what is saved, what is refused."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from symnet.cli.main import main
from symnet.interchange.safetensors import load_trained
from symnet.learning import digits

QUICK = ["--hidden", "8", "--epochs", "2", "--rate", "1", "--batch", "64"]


def run(capsys, *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(list(words))
    captured = capsys.readouterr()
    return int(stop.value.code or 0), captured.out, captured.err


def test_training_saves_a_file_that_evaluates(capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "train", "digits", *QUICK, "-o", "net.safetensors")
    assert (code, err) == (0, "")
    trained = load_trained("net.safetensors")
    assert f"test accuracy {trained.test_accuracy:.2%} of 359 samples" in out
    assert "64-8-10, 610 parameters" in out
    assert "UCI's optical digits" in out
    assert [path.name for path in tmp_path.iterdir()] == ["net.safetensors"]
    np.save("x.npy", digits().x[:3])
    code, out, err = run(capsys, "evaluate", "net.safetensors", "--input", "x.npy", "--output", "y.npy")
    assert (code, err) == (0, "")
    np.testing.assert_array_equal(np.load("y.npy"), trained(digits().x[:3]))


def test_training_twice_gives_the_same_bytes(capsys, tmp_path) -> None:
    for name in ("a", "b"):
        assert run(capsys, "train", "digits", *QUICK, "--seed", "3", "-o", str(tmp_path / name))[0] == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_several_seeds_print_their_median(capsys) -> None:
    code, out, _ = run(capsys, "train", "digits", *QUICK, "--seeds", "0-2")
    lines = out.splitlines()
    accuracies = sorted(float(line.split("accuracy ")[1].split("%")[0]) for line in lines[:3])
    assert code == 0
    assert lines[3].startswith(f"median of 3: {accuracies[1]:.2f}%")


def test_interruption_leaves_nothing(capsys, tmp_path, monkeypatch) -> None:
    module = import_module("symnet.learning.train")

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "descend", interrupted)
    code, _, err = run(capsys, "train", "digits", *QUICK, "-o", str(tmp_path / "net.safetensors"))
    assert (code, err.strip()) == (130, "symnet: interrupted")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "name the data once"),
        (["digits", "--data", "x.npz"], "name the data once"),
        (["mnist"], "unknown data set 'mnist'"),
        (["--data", "none.npz"], "there is no such file"),
        (["digits", "--hidden", "16;16"], "--hidden takes the sizes"),
        (["digits", "--hidden", "0"], "--hidden takes the sizes"),
        (["digits", "--hidden", "9999999999"], "--hidden takes the sizes"),
        (["digits", "--epochs", "0"], "epochs"),
        (["digits", "--seed", "-1"], "seed"),
        (["digits", "--seeds", "4-0"], "--seeds takes seeds"),
        (["digits", "--seeds", "a"], "--seeds takes seeds"),
        (["digits", "--seeds", "0-1", "-o", "x"], "give its --seed instead"),
        (["digits", "--rate", "nan"], "the rate must be a positive number"),
        (["digits", "--activation", "rleu"], "did you mean 'relu'"),
        (["digits", "--loss", "mes"], "did you mean 'mse'"),
        (["digits", "--trainable", "W_9"], "unknown parameter 'W_9'"),
        (["digits", "-o", "no/such/folder/x"], "there is no folder"),
        (["digits", "-o", "."], "it is a folder"),
    ],
)
def test_refusals_are_one_line_and_exit_2(capsys, tmp_path, monkeypatch, words, message) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "train", *words)
    assert code == 2
    assert message in err
    assert err.count("\n") == 1
    assert not out
    assert not list(tmp_path.iterdir())
