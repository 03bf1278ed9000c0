"""The cache of rendered sheets: it saves the work, never changes a byte, and never answers for something else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import symnet as package
from symnet.cli import rendered
from symnet.cli.main import main

HEAVY = ("sympy", "numpy", "scipy", "rich", "flint", "jinja2")


def symnet(*words: str):
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == 0, result.output
    return result.output


def entries() -> list[Path]:
    return sorted(Path(os.environ["SYMNET_CACHE_DIR"]).rglob("rendered/*/*.json"))


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("SYMNET_CACHE_DIR", str(tmp_path / "cache"))


@pytest.mark.parametrize(
    "words",
    [
        ["explain", "relu"],
        ["explain", "relu", "--to", "html", "-o", "-"],
        ["compare", "relu", "step", "--width", "60"],
        ["derive", "x^2"],
        ["derive", "relu", "--to", "json"],
    ],
)
def test_a_second_call_computes_nothing_and_prints_the_same_bytes(words: list[str]) -> None:
    first = symnet(*words)
    code = (
        f"import sys\nfrom symnet.cli.main import main\nmain({words!r}, standalone_mode=False)\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    same = os.environ | {"PYTHONPATH": str(Path(package.__file__).parent.parent)}  # an installed copy has another key
    again = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, check=True, env=same)
    assert again.stdout.decode() == first
    assert again.stderr.decode().strip() == "[]"
    assert symnet(*words, "--no-cache") == first


def test_a_file_is_written_from_the_cache_too() -> None:
    path = Path(symnet("explain", "x*abs(x)", "--to", "latex").strip())
    first = path.read_bytes()
    path.unlink()
    assert Path(symnet("explain", "x*abs(x)", "--to", "latex").strip()) == path
    assert path.read_bytes() == first
    assert len(entries()) == 1


def test_options_do_not_answer_for_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = [
        symnet(*words)
        for words in (
            ["explain", "leaky_relu"],
            ["explain", "leaky_relu", "--width", "50"],
            ["explain", "leaky_relu", "--set", "alpha=1/3"],
            ["explain", "leaky_relu", "--to", "markdown", "-o", "-"],
            ["derive", "leaky_relu"],
            ["derive", "leaky_relu", "--order", "2"],
        )
    ]
    assert len(set(outputs)) == len(outputs) == len(entries())


def test_a_target_that_became_a_file_is_another_target() -> None:
    symnet("explain", "relu")
    Path("relu").write_text("no network")
    result = CliRunner().invoke(main, ["explain", "relu"])
    assert result.exit_code == 2


def test_a_damaged_entry_is_made_anew() -> None:
    first = symnet("explain", "step")
    (path,) = entries()
    whole = path.read_bytes()
    for damage in (b"", whole[:-20], whole.replace(b"Step", b"Stop")):
        path.write_bytes(damage)
        assert symnet("explain", "step") == first
        assert path.read_bytes() == whole


def test_no_cache_keeps_nothing_and_leaves_the_environment_alone() -> None:
    before = os.environ["SYMNET_CACHE_DIR"]
    symnet("explain", "step", "--no-cache")
    assert os.environ["SYMNET_CACHE_DIR"] == before
    assert not Path(before).exists()


def test_what_the_users_own_code_took_part_in_is_not_kept() -> None:
    text = (
        "from symnet import activation\n\n\n@activation(title='Twice')\ndef twice_of_a_user(x):\n"
        '    """Double."""\n    return 2 * x\n'
    )
    Path("mine.py").write_text(text)
    symnet("explain", "twice_of_a_user", "--load", "mine.py")
    assert entries() == []


def test_templates_of_the_user_are_part_of_the_question() -> None:
    Path("mine").mkdir()
    outputs = [symnet("explain", "relu", "--to", "markdown", "-o", "-")]
    for word in ("Fountains", "Wells"):
        Path("mine/labels.toml").write_text(f'sources = "{word}"\n')
        outputs.append(symnet("explain", "relu", "--to", "markdown", "-o", "-", "--template-dir", "mine"))
        assert word in outputs[-1]
    assert len(set(outputs)) == 3
    assert len(entries()) == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [(["--template-dir", "nowhere"], "nowhere"), (["--template-dir", ".", "--to", "json"], "template_dir")],
)
def test_templates_that_cannot_be_used_are_refused(words: list[str], says: str) -> None:
    result = CliRunner().invoke(main, ["explain", "relu", *words])
    assert result.exit_code == 2
    assert says in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_another_symnet_or_another_sympy_asks_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    symnet("explain", "step")
    monkeypatch.setattr(rendered, "installed", lambda: ["sympy-9.dist-info"])
    symnet("explain", "step")
    monkeypatch.setattr(rendered, "bytes_of", lambda *folders: "other")
    symnet("explain", "step")
    assert len(entries()) == 3


def test_only_the_youngest_entries_of_a_folder_stay(tmp_path: Path) -> None:
    store = rendered.Store("few", keep=2)
    keys = ["aa" + str(k) * 62 for k in range(4)]
    for age, key in enumerate(keys):
        store.put(key, age)
        os.utime(tmp_path / "cache" / "few" / "aa" / f"{key}.json", ns=(age, age))
    store.put(keys[0], "back")
    assert [store.get(key) for key in keys] == ["back", None, None, 3]
