"""Oscillating functions: bounds that are approached and bounds that are met, ties, and what their tails decide."""

import math

import pytest

from symnet.analysis import analyse


def value(text, name):
    fact = analyse(text).facts[name]
    assert fact.verdict == "proved", fact.reason
    return fact.value


@pytest.mark.parametrize(
    ("text", "bound"), [("sin(x)*tanh(x)", "1"), ("sin(x)*sigmoid(x)", "1"), ("cos(x)*x/(1+abs(x))", "1")]
)
def test_a_bound_that_is_only_approached(text, bound):
    claim = value(text, "supremum")
    assert (claim["value"], claim["attained"], claim["at"]) == (bound, False, [])


def test_a_bound_that_is_passed_before_the_tail():
    claim = value("sin(x)+1/(1+x^2)", "supremum")
    assert claim["attained"]
    assert float(claim["value"]) == pytest.approx(1.343708315526831)
    assert value("sin(x)+1/(1+x^2)", "infimum") == {"value": "-1", "attained": False, "at": [], "intervals": []}


def test_a_bound_that_is_met_for_ever():
    claim = value("sin(x^2)", "supremum")
    assert claim["attained"] and claim["value"] == "1"
    expected = [math.sqrt(math.pi / 2 + 2 * math.pi * k) for k in range(16)]
    assert [float(p) for p in claim["at"]] == pytest.approx(sorted([-p for p in expected] + expected))


def test_unbounded_at_one_end_and_bounded_at_the_other():
    assert value("x*sin(x)+x", "supremum")["value"] == "oo"
    assert value("x*cos(x)^2", "infimum")["value"] == "-oo"


def test_zeros_end_where_the_envelope_stays_clear_of_zero():
    """f′ of (x + sin x) times the sigmoid touches zero in the limit only."""
    claim = value("(x+sin(x))*sigmoid(x)", "critical_points")
    assert not claim["infinite"]
    assert [float(p) for p in claim["points"]] == pytest.approx([-1.082865270894081])
    assert value("x*sin(x)*sigmoid(x)", "fixed_points")["points"] == ["0"]


@pytest.mark.parametrize(
    ("text", "order", "count"),
    [
        ("exp(sin(x))", 1, 6),
        ("sin(x)+cos(2*x)", 1, 6),
        ("sin(x)^5-sin(x)", 0, 6),
        ("sigmoid(x)-sigmoid(x-1)", 1, 2),
        ("abs(x-2)/(2+(x-2)^4+(x-2)^3*(x-2)^3)", 0, 2),
        ("pi*sin(x-pi)/(x-pi)", 1, 2),
    ],
)
def test_values_that_a_symmetry_makes_equal(text, order, count):
    claim = value(text, "lipschitz" if order else "supremum")
    assert claim["attained"]
    assert len(claim["at"]) == count


def test_almost_equal_values_are_told_apart():
    """Without the last term both humps are equally high."""
    claim = value("exp(-(x-2)^2)+exp(-(x+2)^2)+x/10^30*exp(-x^2)", "supremum")
    assert len(claim["at"]) == 1 and float(claim["at"][0]) > 0
    assert len(value("exp(-(x-2)^2)+exp(-(x+2)^2)", "supremum")["at"]) == 2


def test_two_sides_of_a_breakpoint_are_one_value():
    claim = value("min(x,exp(-x))", "supremum")
    assert claim["attained"] and len(claim["at"]) == 1
    assert value("min(x,cos(x))", "supremum")["value"] == "1"


@pytest.mark.parametrize(
    ("text", "family", "function"),
    [
        ("sin(x+1)", "-1 + k*pi, k integer", lambda x: math.sin(x + 1)),
        ("cos(2*x+1)", "pi/4 - 1/2 + k*pi/2, k integer", lambda x: math.cos(2 * x + 1)),
        ("sin(x-pi/4)", "pi/4 + k*pi, k integer", lambda x: math.sin(x - math.pi / 4)),
        ("sin(x+1)+sin(x)", "-1/2 + k*pi, k integer", lambda x: math.sin(x + 1) + math.sin(x)),
    ],
)
def test_zeros_of_a_shifted_wave_are_exact(text, family, function):
    claim = value(text, "zeros")
    assert claim["family"] == family
    assert [function(float(point)) for point in claim["points"]] == pytest.approx([0] * len(claim["points"]), abs=1e-12)


def test_a_swing_that_keeps_its_sign_is_bounded_by_zero():
    claim = value("max(0,x)*sin(x)^2", "infimum")
    assert (claim["value"], claim["attained"]) == ("0", True)
    assert value("max(0,x)*sin(x)^2", "supremum")["value"] == "oo"
