"""Chords across gaps of the domain, values at roots, and limits over a domain of points."""

from __future__ import annotations

import pytest

from symnet.analysis import analyse


@pytest.mark.parametrize(
    ("text", "value", "attained"),
    [
        ("Piecewise((x, x <= 0), (x - 2, x >= 1))", "1", True),
        ("Piecewise((x, x <= 0), (x + 4, x >= 1))", "5", False),
        ("Piecewise((-1, x <= -1), (1, x >= 1))", "1", False),
        ("Piecewise((0, x <= 0), (sqrt(2), x >= 2))", "0.707106781186547524400844362104849", False),
        ("Piecewise((x, x <= 0), (x - 1, x >= 1))", "1", True),
    ],
)
def test_lipschitz_over_a_gap(text: str, value: str, attained: bool) -> None:
    """The steepest chord between the shores, unless a slope is as steep."""
    fact = analyse(text).facts["lipschitz"]
    assert fact.verdict == "proved", fact.reason
    assert fact.value["value"] == value
    assert fact.value["attained"] is attained


def test_a_value_at_its_own_root_is_zero() -> None:
    facts = analyse("abs(cos(x) - x)").facts
    assert facts["infimum"].value["value"] == "0"
    assert facts["infimum"].value["attained"]
    assert facts["infimum"].value["at"] == ["0.7390851332151606416553120876738734"]
    minimum = [e for e in facts["extrema"].value if e["at"] == "0.7390851332151606416553120876738734"]
    assert [(e["value"], e["kind"]) for e in minimum] == [("0", "minimum")]


@pytest.mark.parametrize(
    ("text", "limit"),
    [("sin(x)/sin(x)", "1"), ("acosh(cos(x))", "0"), ("sign(sin(x))^2", "oscillates"), ("sign(sin(x))", "oscillates")],
)
def test_limits_of_periodic_functions_with_constant_pieces(text: str, limit: str) -> None:
    assert analyse(text).facts["limit_at_plus_infinity"].value == limit
