"""``symnet derive``."""

import json

import pytest
from click.testing import CliRunner

from symnet.cli.derive import command
from symnet.errors import SymnetError, UsageError


def run(*words):
    found = CliRunner().invoke(command, list(words))
    if isinstance(found.exception, SymnetError):
        raise found.exception
    assert found.exit_code == 0, found.output
    return found.output


def test_an_activation_is_derived_in_the_terminal():
    text = run("elu")
    assert "chain rule" not in text
    assert "where x < 0: constant factor rule" in text
    assert "slope from the left; a corner unless" in text


def test_an_expression_that_begins_with_a_minus_and_one_with_stars():
    assert "−2⋅x" in run("-x^2")
    assert "x*sin(x)" in run("x*sin(x)")


def test_json_is_complete():
    document = json.loads(run("relu", "--to", "json", "--order", "2"))
    first, second = document["derivatives"]
    assert first["result"] == "Piecewise((0, x < 0), (1, x > 0))"
    (join,) = first["joins"]
    assert (join["kind"], join["left_slope"], join["right_slope"]) == ("kink", "0", "1")
    assert second["order"] == 2
    assert all(step["check"]["enough"] for stage in (first, second) for step in stage["steps"])


@pytest.mark.parametrize("form", ["markdown", "latex", "html"])
def test_other_forms(form):
    assert "σ" in run("sigmoid", "--to", form) or "\\sigma" in run("sigmoid", "--to", form)


def test_a_vector_activation_gives_its_jacobian():
    text = run("softmax")
    assert "pᵢ·(δᵢⱼ − pⱼ)" in text
    assert json.loads(run("maxout", "--to", "json"))["jacobian"][0][0].startswith("Piecewise((w_1_1")


@pytest.mark.parametrize(
    ("words", "message"),
    [(("784-16-10",), "derive takes"), (("softmax", "--order", "2"), "--order 2"), (("rleu",), "did you mean")],
)
def test_refusals_are_one_line(words, message):
    with pytest.raises(SymnetError, match=message) as caught:
        run(*words)
    assert "\n" not in str(caught.value)


def test_usage_errors_are_usage_errors():
    with pytest.raises(UsageError):
        run("784-16-10")
