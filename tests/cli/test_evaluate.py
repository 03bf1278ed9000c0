"""`symnet evaluate` for functions: exact and decimal columns, the derivative at a kink, one-line errors."""

import json

import pytest
from click.testing import CliRunner

from symnet.cli.evaluate import command, decimal, evaluate_at
from symnet.definitions.activation import activations
from symnet.errors import DefinitionError, SymnetError


def run(*words):
    return CliRunner().invoke(command, words)


def test_exact_and_decimal_columns():
    rows = evaluate_at(activations["relu"], "-2,0,1/3,2")
    assert [(r["x"], r["exact"], r["decimal"]) for r in rows] == [
        ("-2", "0", "0"),
        ("0", "0", "0"),
        ("1/3", "1/3", "0.33333333333333333"),
        ("2", "2", "2"),
    ]


def test_the_derivative_says_what_it_chose_at_the_kink():
    rows = evaluate_at(activations["leaky_relu"], "-1, 0, 1", 1)
    assert [r["exact"] for r in rows] == ["1/10", "1/10", "1"]
    assert rows[1]["note"] == "At x = 0 the slopes are 1/10 and 1; this function returns 1/10 (left)."
    assert evaluate_at(activations["leaky_relu"], "0", 1, "jax")[0]["exact"] == "1"
    assert evaluate_at(activations["step"], "0", 1)[0]["exact"] == "undefined"


def test_decimals_keep_their_digits_far_out():
    row = evaluate_at(activations["gelu"], "-40")[0]
    assert row["decimal"] == "-1.4623574163660119e-348"
    assert evaluate_at(activations["sigmoid"], "0.5")[0]["decimal"] == "0.62245933120185456"


def test_a_decimal_that_ends_is_printed_whole():
    from sympy import Rational

    assert decimal(Rational(3, 10)) == "0.3"
    assert decimal(Rational(-5)) == "-5"


def test_json_and_parameters():
    result = run("elu", "--at", "-1", "--set", "alpha=0.3", "--to", "json")
    assert result.exit_code == 0
    assert json.loads(result.output) == [
        {"x": "-1", "exact": "-3/10 + 3*exp(-1)/10", "decimal": "-0.18963616764856730", "note": ""}
    ]


def test_expressions():
    assert "tanh(1)" in run("x**2*tanh(x)", "--at", "1").output


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("relu",), "say where"),
        (("relu", "--at", "1,,2"), "empty place"),
        (("relu", "--at", "two"), "exact number"),
        (("relu", "--at", "1", "--input", "x.npy"), "belong to a network file"),
        (("784-16-10", "--at", "1"), "is a shape"),
    ],
)
def test_errors_name_what_where_and_the_way_out(words, part):
    failure = run(*words).exception
    assert isinstance(failure, SymnetError)
    assert part in str(failure)
    assert "\n" not in str(failure)


def test_a_bad_point_is_a_definition_error():
    with pytest.raises(DefinitionError):
        evaluate_at(activations["relu"], "nan")
