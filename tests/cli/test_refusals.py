"""What cannot be done is said in one line, with exit code 2, by every verb; broken pipes and Ctrl-C end quietly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from symnet.cli.main import main, verbs

LONG = "9" * 5000
SHAPING = [
    ["--set", "alpha"], ["--set", "=3"], ["--set", "alpha=x"], ["--set", "alpha=1", "--set", "alpha=2"], ["--set", f"alpha={LONG}"],
    ["--assume", "alpha>>0"], ["--load", "none.py"], ["--load", "wrong.py"], ["--load", "syntax.py"], ["--load", "leaves.py"],
    ["--load", LONG], ["--load", "."], ["--as", "foo"], ["--wat"],
]  # fmt: skip
PLACING = [
    ["--to", "docx"], ["--to", ""], ["--width", "abc"], ["--width", "3"], ["-o", "/nonexistent/x.html"], ["-o", "/"], ["-o", ""],
    ["-o", "x"], ["-o", f"{LONG}.html"], ["--template-dir", "nope"], ["--template-dir", "", "--to", "html"],
    ["--to", "latex", "--width", "80"], ["--to", "json", "--template-dir", "."],
]  # fmt: skip
CASES = {
    "explain elu": [*SHAPING, *PLACING],
    "compare elu relu": [*SHAPING, *PLACING],
    "study neurons": PLACING[:3] + PLACING[4:8],
    "derive elu": [*SHAPING, ["--order", "3"], ["--detail", "no"], ["--to", "anki"], ["--to", "json", "--width", "80"]],
    "evaluate elu": [
        *SHAPING, [], ["--at", ""], ["--at", ","], ["--at", "1/0"], ["--at", "1,,2"], ["--at", LONG], ["--at", "nan"],
        ["--at", "1", "--order", "99"], ["--at", "1", "--at-kink", "me"], ["--input", "text.npy"],
    ],
    "export elu": [*SHAPING, ["--to", "c++"], ["--order", "9"], ["--loss", "mse"], ["--activation", "relu"]],
    "export 3-2": [["--loss", ""], ["--loss", "x"], ["--activation", "x+"], ["--output-activation", "nope"], ["--order", "0"]],
    "analyse elu": [*SHAPING, ["--to", "html"], ["--seconds", "0"], ["--seconds", "x"]],
    "train": [
        [], ["mnist"], ["digits", "--data", "x"], ["--data", "none.npz"], ["--data", "text.npy"], ["--data", LONG], ["--data", "."],
        ["digits", "--hidden", "a"], ["digits", "--hidden", "0"], ["digits", "--epochs", "0"], ["digits", "--rate", "x"],
        ["digits", "--loss", "nope"], ["digits", "--seeds", "5-1"], ["digits", "--trainable", "W_9"], ["digits", "--labels", "x"],
        ["digits", "-o", "/none/x.safetensors"],
    ],
    "list": [["x"], ["--wat"]],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("wrong.py").write_text("1/0")
    Path("syntax.py").write_text("def (")
    Path("leaves.py").write_text("import sys; sys.exit(3)")
    Path("text.npy").write_text("no array")


@pytest.mark.parametrize("base", CASES)
def test_every_refusal_is_one_short_line(base: str) -> None:
    for words in CASES[base]:
        result = CliRunner().invoke(main, [*base.split(), *words])
        shown = result.output.strip()
        assert result.exit_code == 2, (words[:2], result.exception, shown[:200])
        assert isinstance(result.exception, SystemExit)
        lines = shown.splitlines()
        assert len(lines) == 1 or lines[-1].strip() == "^", (words[:2], shown[:300])  # the place in what was typed
        assert shown.startswith("symnet: ")
        assert len(shown) < 1000


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_every_verb_knows_its_options_and_refuses_others(verb: str) -> None:
    assert CliRunner().invoke(main, [verb, "--help"]).exit_code == 0
    result = CliRunner().invoke(main, [verb, "--no-such-option"])
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1


def test_without_a_verb_the_help_is_shown() -> None:
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0
    assert result.output == CliRunner().invoke(main, ["--help"]).output


def test_a_reader_that_leaves_is_no_error() -> None:
    run = f"{sys.executable} -m symnet list | head -n 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {run}"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_says_so_and_exits_with_130() -> None:
    code = (
        "import sys, click\nfrom symnet.cli import main as m, list as l\n"
        "def wait():\n    import time\n    print('ready', flush=True)\n    time.sleep(30)\n"
        "l.families = wait\nm.main(['list'])"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.strip() == "symnet: interrupted"
