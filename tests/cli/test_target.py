"""The order in which a word on the command line is read, and the errors when nothing fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from symnet.cli.target import read_target
from symnet.errors import DefinitionError, FileError, ShapeError, UnknownNameError, UnsupportedExpressionError


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("relu", "activation", "'relu' was read as the name of an activation."),
        ("Leaky-ReLU", "activation", "'Leaky-ReLU' was read as the name of an activation (its name is leaky_relu)."),
        ("lrelu", "activation", "'lrelu' was read as the name of an activation (its name is leaky_relu)."),
        ("mlp", "subject", "'mlp' was read as the name of a subject."),
        ("softmax+cross_entropy", "pair", "'softmax+cross_entropy' was read as the pair of softmax and cross_entropy."),
        ("784-16-16-10", "shape", "'784-16-16-10' was read as the layer sizes of a network."),
        ("x^2+1", "expression", "'x^2+1' was read as an expression in x: x**2 + 1."),
        ("exp(t)", "expression", "'exp(t)' was read as an expression in t: exp(t)."),
        ("x", "expression", "'x' was read as an expression in x: x."),
        ("t", "expression", "'t' was read as an expression in t: t."),
        ("3", "expression", "'3' was read as an expression in x: 3."),
        ("pi", "expression", "'pi' was read as an expression in x: pi."),
        ("x/2", "expression", "'x/2' was read as an expression in x: x/2."),
        ("0.5*x", "expression", "'0.5*x' was read as an expression in x: 1/2*x."),
        ("-abs(x)", "expression", "'-abs(x)' was read as an expression in x: -abs(x)."),
    ],
)
def test_the_order(text: str, kind: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    target = read_target(text, subjects=("neuron", "layer", "mlp"))
    assert (target.kind, target.sentence) == (kind, sentence)


def test_an_existing_file_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("relu").write_text("", encoding="utf-8")
    assert read_target("relu").kind == "file"
    assert read_target("relu", read_as="name").kind == "activation"
    assert read_target("relu", files=False).kind == "activation"


def test_reading_can_be_forced() -> None:
    assert read_target("3-2-1", read_as="expression").subject.name == "0"
    assert read_target("3-2-1", read_as="shape").subject == (3, 2, 1)
    assert read_target("rate", read_as="expression").subject.typed.variable == "rate"
    with pytest.raises(ShapeError, match="'relu' is no shape"):
        read_target("relu", read_as="shape")
    with pytest.raises(UnknownNameError, match="unknown name 'x'"):
        read_target("x", read_as="name")


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("rleu", UnknownNameError, "unknown name 'rleu'; did you mean 'relu'?"),
        ("leaky-rleu", UnknownNameError, "unknown name 'leaky-rleu'; did you mean 'leaky_relu'?"),
        ("hard swihs", UnknownNameError, "unknown name 'hard swihs'"),
        ("digits.safetensors", FileError, "there is no file digits.safetensors"),
        ("some/where.npz", FileError, "there is no file some/where.npz"),
        ("0-3", ShapeError, "must lie between 1 and"),
        ("2x", UnsupportedExpressionError, r"write 2\*x"),
        ("", UnsupportedExpressionError, "the expression is empty"),
        ("relu+tanh", UnsupportedExpressionError, "'relu' is a function"),
    ],
)
def test_what_fits_nothing_is_one_line(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        read_target(text)


def test_values_reach_names_and_expressions() -> None:
    assert read_target("elu", values={"alpha": "0.3"}).subject.heading == "ELU (alpha = 3/10)"
    assert read_target("x^k", values={"k": "2"}).subject.name == "x**2"
    assert read_target("k*x", assumptions={"k": "positive"}).subject.parameters[0].name == "k"
    with pytest.raises(DefinitionError, match="has no parameter 'beta'"):
        read_target("elu", values={"beta": "1"})


@pytest.mark.parametrize("text", ["9" * 400, "nul\0byte", "x" * 300])
def test_a_word_that_no_file_could_be_called_is_no_file(text: str) -> None:
    try:
        found = read_target(text)
    except (UnsupportedExpressionError, UnknownNameError):
        return
    assert found.kind == "expression"
