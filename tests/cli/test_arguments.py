"""Expressions that begin with a minus need no ``--``; options that do not exist are still named."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from symnet.cli.arguments import Verb, target_options
from symnet.errors import DefinitionError, FileError, UsageError


@click.command(cls=Verb)
@click.argument("targets", nargs=-1)
@target_options
@click.option("-o", "--output")
@click.option("--at")
@click.option("-v", "--verbose", is_flag=True)
def command(**received: object) -> None:
    click.echo(repr(received))


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def received(*words: str) -> dict[str, object]:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return eval(result.output)  # printed by the command above


@pytest.mark.parametrize(
    "text", ["-abs(x)", "-x", "-x^2", "-2*x", "-0.5", "-(x)", "--x+1", "-tanh(x)/2", "-oo(x)", "- x"]
)
def test_negative_expressions(text: str) -> None:
    assert received(text)["targets"] == (text,)
    assert received("-o", "out", text, "relu")["targets"] == (text, "relu")
    assert received("relu", text, "--at", "-1,2")["targets"] == ("relu", text)


def test_options_keep_their_values() -> None:
    found = received("--at", "-2,0", "-o", "-", "-x", "-v", "--set", "alpha=-1", "--as=expression")
    assert found["at"] == "-2,0"
    assert found["output"] == "-"
    assert found["targets"] == ("-x",)
    assert found["verbose"] is True
    assert found["values"] == {"alpha": "-1"}
    assert found["read_as"] == "expression"
    assert received("-oout", "x")["output"] == "out"
    assert received("--", "--at", "x")["targets"] == ("--at", "x")
    assert received("-")["targets"] == ("-",)


@pytest.mark.parametrize("word", ["--tp", "--outptu=x", "-relu", "-q1z$", "--as-what"])
def test_a_mistyped_option_is_named(word: str) -> None:
    result = run("relu", word)
    assert result.exit_code == 2
    assert "No such option" in result.output
    assert word.partition("=")[0] in result.output


def test_a_near_option_is_offered() -> None:
    assert "Did you mean" in (output := run("relu", "--outptu", "x").output)
    assert "--output" in output


def test_assumptions_and_assignments() -> None:
    found = received("--assume", "alpha>0", "--assume", "b", "--set", "c = 1/3", "x")
    assert found["assumptions"] == {"alpha": "positive", "b": "real"}
    assert found["values"] == {"c": "1/3"}


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        (("--set", "alpha"), UsageError, "write --set NAME=NUMBER"),
        (("--set", "=1"), UsageError, "write --set NAME=NUMBER"),
        (("--set", "a=1", "--set", "a=2"), UsageError, "'a' is set twice"),
        (("--assume", "a<0"), DefinitionError, "cannot assume 'a<0'"),
        (("--assume", "a>0", "--assume", "a"), UsageError, "two assumptions are made about 'a'"),
        (("--load", "no_such_file.py"), FileError, "there is no file no_such_file.py"),
    ],
)
def test_refusals(words: tuple[str, ...], error: type[Exception], message: str) -> None:
    result = run("x", *words)
    assert isinstance(result.exception, error)
    assert message in str(result.exception)


def test_definitions_of_ones_own(tmp_path: Path) -> None:
    from symnet.definitions.activation import activations

    good = tmp_path / "mine.py"
    good.write_text(
        "from symnet.definitions.activation import activation\n"
        "@activation()\ndef doubled_for_the_test(x):\n    'Double.'\n    return 2*x\n",
        encoding="utf-8",
    )
    assert run("x", "--load", str(good)).exit_code == 0
    assert str(activations["doubled_for_the_test"].expression) == "2*x"
    again = run("x", "--load", str(good))
    assert isinstance(again.exception, DefinitionError)
    assert "exists already" in str(again.exception)
    bad = tmp_path / "bad.py"
    bad.write_text("1/0\n", encoding="utf-8")
    assert "ZeroDivisionError: division by zero" in str(run("x", "--load", str(bad)).exception)
