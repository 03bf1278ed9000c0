"""The house: imports point downward, and the light commands import nothing heavy."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import symnet

PACKAGE = Path(symnet.__file__).parent

MATHEMATICS = ["errors", "cache", "balls", "definitions", "calculus", "analysis", "codegen", "learning", "interchange"]
MAY_IMPORT: dict[str, set[str]] = {
    **{room: set(MATHEMATICS[: index + 1]) for index, room in enumerate(MATHEMATICS)},
    "sheet": {"errors", "sheet"},
    "render": {"errors", "sheet", "render"},
    "prose": {"errors", "prose"},
    "explain": {*MATHEMATICS, "sheet", "prose", "explain"},
    "site": {*MATHEMATICS, "sheet", "prose", "explain", "render", "site"},
}
"""Which room may import which; `cli`, `shortcuts` and the package's own front door see everything."""

SEE_ALL = {"cli", "shortcuts", "__init__", "__main__"}


def imports(source: str) -> list[tuple[str, bool]]:
    """Every symnet room that `source` imports, and whether only for type checking."""
    found: list[tuple[str, bool]] = []

    def visit(node: ast.AST, typing_only: bool) -> None:
        for child in ast.iter_child_nodes(node):
            checking = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
            names: list[str] = []
            if isinstance(child, ast.Import):
                names = [alias.name for alias in child.names]
            elif isinstance(child, ast.ImportFrom) and child.module:
                names = (
                    [child.module] if child.module != "symnet" else [f"symnet.{alias.name}" for alias in child.names]
                )
            for name in names:
                if name.split(".")[0] == "symnet" and "." in name:
                    found.append((name.split(".")[1], typing_only))
            visit(child, typing_only or checking)

    visit(ast.parse(source), False)
    return found


def violations(room: str, source: str) -> list[str]:
    """The rooms that a file of `room` imports against the table; `shortcuts` is the one named exception."""
    if room in SEE_ALL:
        return []
    return [
        to
        for to, typing_only in imports(source)
        if not typing_only and to != "shortcuts" and to not in MAY_IMPORT[room]
    ]


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downward(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert room in MAY_IMPORT or room in SEE_ALL, f"the room '{room}' is not in the table"
    assert violations(room, path.read_text(encoding="utf-8")) == []


def test_a_planted_upward_import_is_caught() -> None:
    assert violations("balls", "from symnet.definitions.activation import Activation") == ["definitions"]
    assert violations("render", "def f():\n    import symnet.calculus.pieces") == ["calculus"]
    assert violations("definitions", "from symnet import codegen") == ["codegen"]


def test_shortcuts_are_imported_only_inside_methods() -> None:
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.ImportFrom):
                assert node.module != "symnet.shortcuts", f"{path.name} imports shortcuts at the top"


HEAVY = ("sympy", "numpy", "scipy", "rich", "flint", "jinja2")


@pytest.mark.parametrize(
    "code",
    [
        "import symnet",
        "from symnet.cli.main import main; main(['--help'], standalone_mode=False)",
        "from symnet.cli.main import main; main(['--version'], standalone_mode=False)",
        "from symnet.cli.main import main; main(['list'], standalone_mode=False)",
    ],
)
def test_light_commands_import_nothing_heavy(code: str) -> None:
    check = f"{code}\nimport sys\nprint('HEAVY', [m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip().endswith("HEAVY []"), done.stdout[-300:]


@pytest.mark.parametrize(
    ("words", "offered"),
    [("symnet ex", "explain"), ("symnet explain rel", "relu"), ("symnet explain relu --te", "--template-dir")],
)
def test_completion_imports_nothing_heavy(words: str, offered: str) -> None:
    code = "import sys\nfrom symnet.cli.main import main\ntry:\n    main(prog_name='symnet')\nfinally:\n"
    check = f"{code}    print('HEAVY', [m for m in {HEAVY!r} if m in sys.modules])"
    asked = {"_SYMNET_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, env=os.environ | asked, check=False
    )
    assert f"plain,{offered}\n" in done.stdout
    assert done.stdout.rstrip().endswith("HEAVY []"), done.stdout[-300:]


def test_every_public_name_exists() -> None:
    for name in symnet.__all__:
        assert getattr(symnet, name) is not None
    assert symnet.relu.name == "relu"
    with pytest.raises(AttributeError):
        symnet.no_such_name  # noqa: B018
