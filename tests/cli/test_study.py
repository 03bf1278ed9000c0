"""The verb study: the source note anew, and its practice as a notebook that runs."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from symnet.cli.main import main
from symnet.explain.practice import cells
from symnet.explain.study import study
from symnet.sheet import Code, Note


@pytest.fixture(scope="module")
def note():
    return study("neurons")


def test_every_question_of_the_note_is_a_cue(note) -> None:
    cues = " ".join(section.cue.words for section in note.sections)
    for question in (
        "What is a neuron?", "How can I visualise a neuron?", "What are the layers in a neural network?", "What are weights?",
        "What is a bias?", "What is an activation function?", "How is a network written in mathematics?",
        "What is an MLP, and why is it called the simplest deep network?", "What is our main aim?",
    ):  # fmt: skip
        assert question in cues


def test_it_keeps_the_tags_and_has_the_six_functions_with_graphs(note) -> None:
    assert note.tags == {"Difficulty": "Easy 🍌", "Select": "main"}
    keys = {section.key: section for section in note.sections}
    for name in ("sigmoid", "leaky_relu", "tanh", "maxout", "relu", "elu"):
        assert any(type(block).__name__ == "Curve" for block in keys[name].blocks)


def test_corrections_are_said_and_resources_are_real(note) -> None:
    corrections = [
        b for section in note.sections for b in section.blocks if isinstance(b, Note) and b.kind == "correction"
    ]
    assert len(corrections) >= 8
    assert {"sanderson2017", "nielsen2015"} <= {reference.key for reference in note.references}
    assert all(reference.url for reference in note.references)


def test_the_practice_prints_what_it_says_when_run_again() -> None:
    namespace: dict = {}
    for cell in cells():
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(cell.source, "<cell>", "exec"), namespace)
        assert printed.getvalue().rstrip("\n") == cell.output
    outputs = " ".join(cell.output for cell in cells())
    assert "13002" in outputs
    assert "[0, 1, 1, 0]" in outputs


def test_the_practice_trains_real_digits() -> None:
    last = cells()[-1].output
    assert int(last.rpartition(", ")[2].partition("%")[0]) >= 93


def test_the_notebook_is_a_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["study", "neurons", "--to", "notebook"])
    assert result.exit_code == 0, result.output
    found = json.loads(Path(result.output.strip()).read_text(encoding="utf-8"))
    assert found["nbformat"] == 4
    assert sum(cell["cell_type"] == "code" for cell in found["cells"]) >= len(cells())


@pytest.mark.jupyter
@pytest.mark.filterwarnings("ignore")
def test_the_notebook_runs_from_top_to_bottom(note) -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    from symnet.render import render

    book = nbformat.reads(render(note, "notebook"), as_version=4)
    nbclient.NotebookClient(book, timeout=120).execute()


def test_code_is_code(note) -> None:
    practice = next(section for section in note.sections if section.key == "practice")
    assert all(block.output for block in practice.blocks if isinstance(block, Code))
