"""The README tells the truth: each command of its tour runs, and its Python prints what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import numpy
import pytest
from click.testing import CliRunner

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
COMMANDS = [cell.strip() for cell in re.findall(r"`(symnet [^`]+)`", README.partition("## A first tour")[2])]
BLOCKS = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
TRAINED = "digits.safetensors"


def run(command: str) -> None:
    from symnet.cli.main import main

    done = CliRunner().invoke(main, shlex.split(command)[1:], catch_exceptions=False)
    assert done.exit_code == 0, f"{command}\n{done.output[-500:]}"
    assert done.output


def test_the_tour_is_found() -> None:
    assert len(COMMANDS) >= 12
    assert len(BLOCKS) == 2


@pytest.mark.parametrize("command", [c for c in COMMANDS if TRAINED not in c])
def test_each_command_runs(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(BLOCKS[1], encoding="utf-8")
    numpy.savez(
        tmp_path / "model.npz", W1=numpy.ones((3, 4)), b1=numpy.ones(4), W2=numpy.ones((4, 2)), b2=numpy.ones(2)
    )
    run(command)


@pytest.mark.slow
def test_train_and_explain_run_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in COMMANDS:
        if TRAINED in command:
            run(command)
    assert (tmp_path / TRAINED).stat().st_size > 1000
    assert (tmp_path / "output" / "digits.html").is_file()


def test_the_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    scope: dict[str, object] = {}
    exec(compile(BLOCKS[0], "README.md", "exec"), scope)
    symnet = scope["symnet"]
    assert symnet.MLP([784, 16, 16, 10], "sigmoid").count == 13002  # pyright: ignore[reportAttributeAccessIssue]
