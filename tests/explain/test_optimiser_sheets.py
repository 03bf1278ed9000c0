"""The sheet of every optimiser: whole, its walk computed a second way, its code run."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import pytest

from symnet.definitions.optimiser import optimisers
from symnet.explain import explain
from symnet.explain.optimiser import BOTTOM, CURVATURE, RATE, START, positions
from symnet.learning.update import Update
from symnet.render import render
from symnet.sheet import Code, Note, Question

NAMES = [o.name for o in optimisers]


@pytest.mark.parametrize("name", NAMES)
def test_every_optimiser_has_a_sheet_whose_code_prints_what_it_says(name: str) -> None:
    found = explain(name)
    assert [s.key for s in found.sections][:4] == ["definition", "worked", "frameworks", "code"]
    for form in ("terminal", "markdown", "latex", "html", "json"):
        assert len(render(found, form)) > 1000
    (code,) = [b for s in found.sections for b in s.blocks if isinstance(b, Code)]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code.source, "<sheet>", "exec"), {})
    assert out.getvalue().rstrip("\n") == code.output


@pytest.mark.parametrize("name", NAMES)
def test_the_walk_is_that_of_the_compiled_update(name: str) -> None:
    """The update is held against PyTorch elsewhere."""
    w = np.array([float(START)])
    update = Update(optimisers[name], w)
    for state in positions(optimisers[name])[1:]:
        update(w, float(CURVATURE) * (w - float(BOTTOM)), float(RATE))
        assert w[0] == pytest.approx(float(state["w"]), rel=1e-13)


def test_adam_asks_and_refutes() -> None:
    found = [b for s in explain("adam").sections for b in s.blocks]
    questions = [b for b in found if isinstance(b, Question)]
    assert len(questions) >= 8
    assert {q.level for q in questions} == {"recall", "compute", "explain", "transfer"}
    assert sum(isinstance(b, Note) and b.kind == "misconception" for b in found) >= 4
