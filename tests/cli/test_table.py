"""`symnet table`: exact points, exact values, every form."""

import csv
import io
import json
from fractions import Fraction

import pytest
from click.testing import CliRunner

from symnet.cli.table import command, spread
from symnet.errors import SymnetError


def run(*words):
    outcome = CliRunner().invoke(command, words)
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome


def test_ranges_are_exact():
    assert spread("-1, 0:1:1/4, 0.1") == ["-1", "0", "1/4", "1/2", "3/4", "1", "1/10"]
    assert spread("0:1:0.3") == ["0", "3/10", "3/5", "9/10"]


def test_csv_can_be_read_back():
    text = run("relu", "x^2", "--at", "-2:2:1/2", "--to", "csv", "--exact").stdout
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["x", "relu", "x**2"]
    for x, relu, square in rows[1:]:
        assert Fraction(relu) == max(Fraction(x), 0)
        assert Fraction(square) == Fraction(x) ** 2


def test_json_names_columns_and_primes():
    rows = json.loads(run("gelu", "--at", "0", "--order", "0", "--order", "1", "--to", "json").stdout)
    assert rows == [{"x": "0", "gelu": "0", "gelu'": "0.5"}]


def test_what_was_chosen_at_a_kink_is_said_beside_the_table():
    outcome = run("relu", "--at", "0", "--order", "1", "--to", "csv")
    assert "relu': At x = 0 the slopes are 0 and 1" in outcome.stderr


def test_every_form_has_every_row():
    for form in ("terminal", "csv", "tsv", "markdown", "latex"):
        text = run("relu", "--at", "1,2,3", "--to", form).stdout
        assert all(str(n) in text for n in (1, 2, 3)), form


def test_a_file_is_written(tmp_path):
    target = tmp_path / "t.csv"
    run("relu", "--at", "1", "--to", "csv", "-o", str(target))
    assert target.read_text() == "x,relu\n1,1\n"


@pytest.mark.parametrize("points", ["0:1", "1:0:1", "0:1:0", "0:1:-1", "a", "", "0:1e9:1", "1,,2"])
def test_bad_points_get_one_line(points):
    with pytest.raises(SymnetError) as caught:
        run("relu", "--at", points)
    assert "\n" not in str(caught.value)
