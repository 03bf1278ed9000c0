"""`symnet template`: a copy can be changed and is used."""

import pytest
from click.testing import CliRunner

from symnet.cli.main import main
from symnet.cli.template import command
from symnet.errors import SymnetError


def run(*words):
    outcome = CliRunner().invoke(command, words)
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.output


def test_all_templates_are_listed():
    names = run("list").split()
    assert {"html/style.css", "labels.toml", "terminal/sheet.txt.jinja"} <= set(names)


def test_a_changed_copy_is_used(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("copy", "labels.toml", "-o", "mine")
    path = tmp_path / "mine" / "labels.toml"
    path.write_text(path.read_text().replace('summary = "Summary"', 'summary = "In a nutshell"'))
    page = CliRunner().invoke(main, ["explain", "relu", "--to", "markdown", "-o", "-", "--template-dir", "mine"])
    assert "In a nutshell" in page.output


def test_nothing_is_overwritten_unasked(tmp_path):
    folder = str(tmp_path / "mine")
    assert len(run("copy", "html", "-o", folder).split()) >= 3
    with pytest.raises(SymnetError, match="--force"):
        run("copy", "html/style.css", "-o", folder)
    run("copy", "html/style.css", "-o", folder, "--force")


def test_an_unknown_template_is_one_line(tmp_path):
    with pytest.raises(SymnetError):
        run("copy", "nosuch", "-o", str(tmp_path))
