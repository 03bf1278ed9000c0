"""The words for infinite lists: every listed point, each once, and none that is not listed."""

import pytest

from symnet.analysis import analyse

FAMILIES = [
    ("sin(x)*sign(x)", "zeros", "k*pi, k integer"),
    ("sin(x)/x", "zeros", "k*pi, k integer, x < 0 or k*pi, k integer, x > 0"),
    ("where(Eq(x, 0), 0, sin(x)/x)", "zeros", "k*pi, k integer"),
    ("where(x > 0, x, sin(x))", "zeros", "k*pi, k integer, x < 0 or 0"),
    ("sin(x)*exp(-abs(x))", "zeros", "k*pi, k integer"),
    ("sin(x)*exp(-abs(x))", "inflection_points", "pi/2 + k*pi, k integer or 0"),
    ("sin(abs(x))", "extrema", "pi/2 + k*pi, k integer or 0"),
    ("sin(abs(x))", "inflection_points", "k*pi, k integer, x < 0 or k*pi, k integer, x > 0"),
    ("sin(x)^3", "zeros", "k*pi, k integer"),
    ("2*sin(x) - sin(2*x)", "zeros", "k*pi, k integer"),
    ("x^2*cos(x)", "zeros", "pi/2 + k*pi, k integer or 0"),
    ("abs(cos(x) - x)", "critical_points", "-pi/2 + 2*k*pi, k integer"),
    ("where(x < 2, sin(x), sin(x) + x - 2)", "zeros", "k*pi, k integer, x < 2"),
]


@pytest.mark.parametrize(("text", "name", "family"), FAMILIES)
def test_families(text: str, name: str, family: str) -> None:
    fact = analyse(text).to_json()["facts"][name]
    assert fact["verdict"] == "proved", fact["reason"]
    found = fact["value"] if isinstance(fact["value"], dict) else fact
    assert found["infinite"]
    assert found["family"] == family
