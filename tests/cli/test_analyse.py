"""The verb analyse: a table, the JSON contract, and a stream of many."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from symnet.cli.main import main


def run(*words: str, lines: str | None = None) -> Result:
    return CliRunner().invoke(main, ["analyse", *words], input=lines)


def test_json_of_one() -> None:
    result = run("--to", "json", "max(0, x)")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["facts"]["monotonicity"]["value"] == "nondecreasing"
    assert found["facts"]["kinks"]["value"] == [{"at": "0", "left_slope": "0", "right_slope": "1"}]


def test_a_leading_minus_a_name_and_parameters() -> None:
    assert json.loads(run("-abs(x)", "--to", "json").stdout)["facts"]["convexity"]["value"] == "concave"
    assert json.loads(run("relu", "--to", "json").stdout)["facts"]["convexity"]["value"] == "convex"
    slope = json.loads(run("k*x", "--set", "k=0.3", "--to", "json").stdout)["facts"]["lipschitz"]["value"]["value"]
    assert slope in ("0.3", "0.300000000000000000000000000000")


def test_a_stream_goes_on_after_a_bad_line() -> None:
    result = run("--to", "json", "-", lines="x^2\n2x\n\nabs(x)\n")
    documents = [json.loads(line) for line in result.stdout.splitlines()]
    assert [("facts" in d, "error" in d) for d in documents] == [
        (True, False),
        (False, True),
        (False, True),
        (True, False),
    ]
    assert documents[1]["error"] == "'2x' lacks an operator; write 2*x"
    assert result.exit_code == 2
    clean = run("--to", "json", "-", lines="x^2\nabs(x)")
    assert len(clean.stdout.splitlines()) == 2
    assert clean.exit_code == 0


@pytest.mark.parametrize("target", ["elu", "Piecewise((alpha*(exp(x)-1), x<0), (x, True))"])
def test_a_symbolic_parameter_gives_cases(target: str) -> None:
    result = run(target, "--assume", "alpha>0", "--to", "json")
    assert result.exit_code == 0
    convexity = json.loads(result.stdout)["facts"]["convexity"]
    assert convexity["conditions"] == ["alpha > 0"]
    assert convexity["value"] == {
        "cases": [{"if": "alpha <= 1", "value": "convex"}, {"if": "alpha > 1", "value": "neither"}]
    }
    table = run(target, "--assume", "alpha>0").stdout
    assert "alpha <= 1" in table
    assert "-alpha, not attained" in table


def test_one_parameter_fixed_and_one_symbolic() -> None:
    words = ("a*max(0, x) + b*min(0, x)", "--set", "b=0", "--assume", "a>0", "--to", "json")
    assert json.loads(run(*words).stdout)["facts"]["lipschitz"]["value"]["value"] == "a"
    words = ("pelu", "--set", "beta=2", "--assume", "alpha>0", "--to", "json")
    assert json.loads(run(*words).stdout)["facts"]["lipschitz"]["value"]["value"] == "alpha/2"


def test_extras_follow_the_contract_when_asked_for() -> None:
    plain, more = (json.loads(run("tanh(x)", "--to", "json", *words).output)["facts"] for words in ([], ["--extras"]))
    names = list(more)
    assert names[: len(plain)] == list(plain) and all(more[name] == plain[name] for name in plain)
    assert {"antiderivative", "gaussian_moments", "relations", "sibling_distances", "convexity_intervals"} <= set(names)
    assert more["antiderivative"]["value"] == "log(exp(2*x) + 1) - x"
    stream = run("-", "--to", "json", "--extras", lines="x^2\n")
    assert json.loads(stream.output)["facts"]["gaussian_moments"]["exact"]["second_moment"] == "3"


def test_extras_in_the_table() -> None:
    shown = run("max(0,x)", "--extras")
    assert shown.exit_code == 0
    for words in ("f(x) - f(-x) = x", "f'(x) = step(x)", "0.125 from hard_elish at", "second moment 1/2"):
        assert words in " ".join(shown.output.split())


def test_the_table_shows_every_fact() -> None:
    table = run("abs(x)").stdout
    for words in ("domain", "kinks", "slope -1 to 1", "monotonicity", "convex"):
        assert words in table


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("2x",), "write 2*x"),
        (("rleu",), "did you mean 'relu'?"),
        (("784-16-10",), "'784-16-10' is a shape"),
        (("-",), "many expressions are read with: symnet analyse --to json -"),
        (("x", "--tp"), "No such option"),
        (("relu", "--set", "alpha=1"), "has no parameter 'alpha'"),
        (("relu", "--assume", "alpha>0"), "relu has no parameter 'alpha'"),
        (("elu", "--assume", "alpha>0 and exit()"), "cannot assume 'alpha>0 and exit()'"),
        (("elu", "--set", "alpha=1", "--assume", "alpha>0"), "has a value"),
        (("a*x", "--assume", "x>0"), "x is the variable"),
    ],
)
def test_refusals(words: tuple[str, ...], message: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.startswith("symnet: ")
