"""Values of the JSON contract, spelled for people."""

from __future__ import annotations

from typing import Any

import pytest

from symnet.cli.values import spell


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "none"),
        ([], "none"),
        (True, "yes"),
        ("1.57079632679489661923132169163975", "1.570796326794..."),
        ("-0.25", "-0.25"),
        (["1", "2"], "(1, 2)"),
        ({"points": ["0", "2"], "intervals": [["3", "oo"]], "infinite": False, "family": None}, "0; 2; 3 to oo"),
        ({"points": ["0"], "intervals": [], "infinite": True, "family": "k*pi, k integer"}, "0; infinitely many: k*pi, k integer"),
        ({"points": [], "intervals": [], "infinite": False, "family": None}, "none"),
        ({"intervals": [["-oo", "0"], ["0", "oo"]], "excluded": ["0"], "points": []}, "-oo to 0; 0 to oo without 0"),
        ({"value": "0", "attained": True, "at": ["1"], "intervals": [["2", "3"]]}, "0, attained at 1; 2 to 3"),
        ({"value": "oo", "attained": False, "at": [], "intervals": []}, "oo, not attained"),
        ([{"side": "oo", "slope": "1", "intercept": "-2"}, {"vertical_at": "1"}], "y = x - 2 at oo; x = 1"),
        ([{"side": "-oo", "slope": "0", "intercept": "1"}], "y = 1 at -oo"),
        ([{"side": "-oo", "slope": "-1/2", "intercept": "0"}], "y = -1/2*x at -oo"),
        ([{"at": "0", "left_slope": "0", "right_slope": "1"}], "at 0: slope 0 to 1"),
        ([{"at": "0", "left": "-1", "right": "1", "value": "0"}], "at 0: from -1 to 1, value 0"),
        ([{"at": "1", "value": "2", "kind": "minimum"}], "minimum 2 at 1"),
        ({"expression": "log(y)", "domain": {"intervals": [["0", "oo"]], "excluded": []}}, "log(y) on 0 to oo"),
        ({"cases": [{"if": "alpha < 1", "value": "1"}, {"if": "alpha >= 1", "value": "alpha"}]}, "1 if alpha < 1; alpha if alpha >= 1"),
    ],
)  # fmt: skip
def test_spelling(value: Any, text: str) -> None:
    assert spell(value) == text
