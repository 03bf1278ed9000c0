"""`symnet step`: the published example to its printed digits, every way of writing the numbers, one line for what does not fit."""

import json

import pytest
from click.testing import CliRunner

from symnet.cli.step import command
from symnet.errors import SymnetError

MAZUR = (
    "--network", "2-2-2", "--weights", "0.15,0.20;0.25,0.30 | 0.40,0.45;0.50,0.55", "--biases", "0.35 | 0.60",
    "--input", "0.05,0.10", "--target", "0.01,0.99", "--lr", "1/2", "--freeze", "biases",
)  # fmt: skip


def run(*words):
    outcome = CliRunner().invoke(command, words)
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.output


def test_the_published_example():
    text = run(*MAZUR, "--width", "110")
    for digits in ("0.3775", "0.593269992", "0.298371109", "0.138498562", "0.35891648", "0.561370121"):
        assert digits in text
    found = json.loads(run(*MAZUR, "--to", "json"))
    assert found["loss_before"].startswith("0.29837110876000268860738194766")
    assert set(found["stepped"]) == {f"w_{k}_{i}_{j}" for k in (1, 2) for i in (1, 2) for j in (1, 2)}


def test_flat_weights_and_files_say_the_same(tmp_path):
    flat = list(MAZUR)
    flat[3] = "0.15,0.20,0.25,0.30 | 0.40,0.45,0.50,0.55"
    assert run(*flat, "--to", "json") == run(*MAZUR, "--to", "json")
    path = tmp_path / "w.json"
    path.write_text(
        '{"W_1": [[0.15, 0.20], [0.25, 0.30]], "b_1": [0.35, 0.35], "W_2": [[0.4, 0.45], [0.5, 0.55]], "b_2": [0.6, 0.6]}'
    )
    filed = [*MAZUR[:3], str(path), *MAZUR[6:]]
    assert run(*filed, "--to", "json") == run(*MAZUR, "--to", "json")


def test_a_sheet_goes_into_any_format(tmp_path):
    target = tmp_path / "step.html"
    run(*MAZUR, "-o", str(target))
    assert "One training step" in target.read_text()


@pytest.mark.parametrize(
    "words",
    [
        ("--network", "2-1", "--weights", "1,2,3", "--input", "1,2", "--target", "1"),
        ("--network", "2-1", "--weights", "1,2 | 3", "--input", "1,2", "--target", "1"),
        ("--network", "2-1", "--weights", "1,x", "--input", "1,2", "--target", "1"),
        ("--network", "2-1", "--weights", "1,2", "--input", "1,,2", "--target", "1"),
        ("--network", "2-1", "--weights", "nosuch.json", "--input", "1,2", "--target", "1"),
        ("--network", "2-1", "--weights", "1,2", "--biases", "1,2", "--input", "1,2", "--target", "1"),
        ("--network", "2x1", "--weights", "1,2", "--input", "1,2", "--target", "1"),
        ("--network", "2-1", "--weights", "1,2", "--input", "1,2", "--target", "1", "--freeze", "W_1", "--freeze", "biases"),
        ("--network", "2-1", "--weights", "1,2", "--input", "1,2", "--target", "1", "--loss", "nosuch"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_in_one_line(words):
    with pytest.raises(SymnetError) as caught:
        run(*words)
    assert "\n" not in str(caught.value)
