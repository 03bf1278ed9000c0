"""The sheet of every loss: whole, its numbers against central differences, its code run."""

from __future__ import annotations

import contextlib
import io

import pytest
from sympy import Rational

from symnet.definitions.loss import losses, named_loss
from symnet.explain import explain
from symnet.explain.dispatch import sheet_of
from symnet.explain.loss import example, worked_out
from symnet.render import render
from symnet.sheet import Code, Curve, Note, Question, Sheet

NAMES = [loss.name for loss in losses if loss.name != "softmax_cross_entropy"]


def blocks(found: Sheet):
    return [block for section in found.sections for block in section.blocks]


@pytest.mark.parametrize("name", NAMES)
def test_every_loss_has_a_sheet_that_renders(name: str) -> None:
    found = explain(name)
    assert found.subject == name
    assert [s.key for s in found.sections][:5] == ["definition", "gradient", "worked", "frameworks", "code"]
    for form in ("terminal", "markdown", "latex", "html", "json"):
        assert len(render(found, form)) > 1500
    (drawn,) = [b for b in found.lead if isinstance(b, Curve)]
    assert len(drawn.series) == 2
    assert render(explain(name), "markdown") == render(found, "markdown")


@pytest.mark.parametrize("name", NAMES)
def test_the_worked_slopes_are_central_differences_of_the_worked_loss(name: str) -> None:
    record = named_loss(name)
    outputs, targets = example(record)
    _, slopes = worked_out(record, outputs, targets)
    step = Rational(1, 10**12)
    for i, slope in enumerate(slopes):
        ends = [
            worked_out(record, [x + s * int(i == k) for k, x in enumerate(outputs)], targets)[0].evalf(60)
            for s in (step, -step)
        ]
        assert abs((ends[0] - ends[1]) / (2 * step) - slope.evalf(60)) < Rational(1, 10**20)


def printed(block: Code) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(block.source, "<sheet>", "exec"), {})
    return out.getvalue().rstrip("\n")


@pytest.mark.parametrize("name", NAMES)
def test_the_exported_code_prints_what_the_sheet_says(name: str) -> None:
    code = [b for b in blocks(explain(name)) if isinstance(b, Code) and "import torch" not in b.source]
    assert len(code) == 1
    assert printed(code[0]) == code[0].output


@pytest.mark.torch
@pytest.mark.parametrize("name", NAMES)
def test_torch_prints_what_the_sheet_says(name: str) -> None:
    pytest.importorskip("torch")
    for block in blocks(explain(name)):
        if isinstance(block, Code) and "import torch" in block.source:
            assert printed(block) == block.output


@pytest.mark.parametrize("name", ["mse", "bce"])
def test_the_losses_with_prose_of_their_own_ask_and_refute(name: str) -> None:
    found = blocks(explain(name))
    questions = [b for b in found if isinstance(b, Question)]
    assert len(questions) >= 8
    assert {q.level for q in questions} == {"recall", "compute", "explain", "transfer"}
    assert sum(isinstance(b, Note) and b.kind == "misconception" for b in found) >= 4


def test_parameters_and_the_pair() -> None:
    text = render(sheet_of(named_loss("huber(delta=1/2)")), "markdown")
    assert "Huber loss (delta = 1/2)" in text
    assert explain("ce").subject == "softmax_cross_entropy"
