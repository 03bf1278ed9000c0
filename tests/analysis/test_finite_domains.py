"""Empty domains, single points, and isolated points beside intervals."""

import pytest

from symnet.analysis import analyse


def value(text, name):
    fact = analyse(text).facts[name]
    assert fact.verdict == "proved", fact.reason
    return fact.value


@pytest.mark.parametrize("text", ["sqrt(-1-x^2)", "log(-exp(x))", "acos(2+x^2)", "log(-abs(x))"])
def test_an_empty_domain(text):
    facts = analyse(text).facts
    assert facts["domain"].value == {"intervals": [], "excluded": [], "points": []}
    for name in ("zeros", "fixed_points", "critical_points", "inflection_points"):
        assert facts[name].value == {"points": [], "intervals": [], "infinite": False, "family": None}
    for name in ("infimum", "supremum", "lipschitz", "symmetry_center", "inverse", "parity"):
        assert facts[name].verdict == "unknown", name
    for name in ("limit_at_minus_infinity", "limit_at_plus_infinity"):
        assert facts[name].value == "undefined"


@pytest.mark.parametrize(("text", "point", "height"), [("sqrt(-(x-1)^2)", "1", "0"), ("3+sqrt(-x^2)", "0", "3")])
def test_a_single_point(text, point, height):
    assert value(text, "domain") == {"intervals": [], "excluded": [], "points": [point]}
    assert value(text, "infimum") == value(text, "supremum")
    assert value(text, "infimum") == {"value": height, "attained": True, "at": [point], "intervals": []}
    assert value(text, "symmetry_center") == [point, height]
    assert value(text, "parity") == ("even" if point == "0" else "neither")
    assert value(text, "lipschitz") == {"value": "0", "attained": False, "at": [], "intervals": []}


def test_two_points():
    text = "x+sqrt(-(x^2-1)^2)"
    assert value(text, "domain")["points"] == ["-1", "1"]
    assert value(text, "parity") == "odd"
    assert value(text, "symmetry_center") == ["0", "0"]
    assert value(text, "lipschitz")["value"] == "1"
    assert value("x^2*(x+1)+sqrt(-(x^2-1)^2)", "parity") == "neither"


def test_an_isolated_point_beside_an_interval():
    text = "sqrt((x-5)^2*(1-x^2))"
    assert value(text, "domain") == {"intervals": [["-1", "1"]], "excluded": [], "points": ["5"]}
    assert value(text, "parity") == "neither"
    assert value(text, "symmetry_center") is None
    assert "5" in value(text, "zeros")["points"]
