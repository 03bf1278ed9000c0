"""The verbs explain and compare: where a sheet goes, what is refused, and how."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from symnet.cli.main import main


def symnet(*words: str):
    return CliRunner().invoke(main, list(words))


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_sheet_is_shown_in_the_terminal() -> None:
    result = symnet("explain", "relu")
    assert result.exit_code == 0
    assert "max(0, x)" in result.output
    assert not Path("output").exists()


def test_a_format_without_a_file_goes_to_the_output_folder_and_its_path_is_printed() -> None:
    result = symnet("explain", "relu", "--to", "markdown")
    assert result.output.strip() == str(Path("output/relu.md"))
    assert Path("output/relu.md").read_text(encoding="utf-8").startswith("# ReLU")
    assert [p.name for p in Path("output").iterdir()] == ["relu.md"]


def test_the_suffix_of_a_file_says_the_format() -> None:
    assert symnet("explain", "neuron", "-o", "n.html").exit_code == 0
    assert Path("n.html").read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")


def test_a_hyphen_is_standard_output() -> None:
    result = symnet("explain", "relu", "--to", "json", "-o", "-")
    assert result.output.lstrip().startswith("{")
    assert not Path("output").exists()


def test_a_parameter_is_set() -> None:
    assert "alpha = 3/10" in symnet("explain", "leaky_relu", "--set", "alpha=0.3").output


@pytest.mark.parametrize("target", ["neuron", "layer", "mlp", "3-2-1", "maxout", "-abs(x)"])
def test_other_targets(target: str) -> None:
    result = symnet("explain", target, "--to", "markdown")
    assert result.exit_code == 0, result.output
    assert len(list(Path("output").iterdir())) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["explain", "rleu"], "did you mean 'relu'"),
        (["explain", "relu", "--set", "alpha=1"], "alpha"),
        (["explain", "relu", "--set", "alpha"], "--set"),
        (["explain", "3-0-1"], "3-0-1"),
        (["explain", "relu", "--to", "docx"], "docx"),
        (["explain", "relu", "--to", "markdown", "--width", "80"], "--width"),
        (["explain", "relu", "-o", "sheet.xyz"], "sheet.xyz"),
        (["explain", "relu", "-o", "nowhere/sheet.md"], "nowhere"),
        (["explain"], "TARGET"),
        (["compare", "relu"], "at least two"),
        (["compare", "relu", "neuron"], "neuron"),
        (["study", "nothing"], "neurons"),
    ],
)
def test_refusals_are_one_line_and_exit_with_2(words: list[str], says: str) -> None:
    result = symnet(*words)
    assert result.exit_code == 2
    assert says in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_a_users_own_activation_is_explained() -> None:
    Path("mine.py").write_text(
        "from symnet.definitions.activation import activation\n"
        "from symnet.definitions.vocabulary import exp\n\n\n"
        '@activation(title=\'Bump\')\ndef bump_of_a_user(x):\n    """Rise and fall."""\n    return x * exp(-x**2)\n',
        encoding="utf-8",
    )
    result = symnet("explain", "bump_of_a_user", "--load", "mine.py", "--to", "markdown", "-o", "-")
    assert result.exit_code == 0, result.output
    assert "Rise and fall" in result.output


def test_compare_puts_them_side_by_side() -> None:
    result = symnet("compare", "relu", "elu", "gelu")
    assert result.exit_code == 0
    assert all(name in result.output for name in ("ReLU", "ELU", "GELU"))


def test_the_same_sheet_gives_the_same_bytes() -> None:
    first, second = (symnet("explain", "elu", "--to", "latex", "-o", "-", "--no-cache").output for _ in range(2))
    assert first == second
