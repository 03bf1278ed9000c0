"""What SymPy's own calculus gets wrong (or not at all), each by name."""

import pytest

from symnet.analysis import analyse

STRICTLY_INCREASING = ["x^3", "x-tanh(x)", "x/(1+abs(x))", "x+sin(x)^2", "sign(x)*log(1+abs(x))"]
NONDECREASING = [
    "max(0,x)",
    "min(max(0,x),6)",
    "min(max(x,-1),1)",
    "min(max(x/6+1/2,0),1)",
    "Piecewise((0,x<0),(1,True))",
    "sign(x)",
    "sign(x)*max(abs(x)-1/2,0)",
    "Piecewise((x,abs(x)>1/2),(0,True))",
    "max(0,x)^2",
]
NOT_CONVEX = [
    "Piecewise((0,x<0),(1,True))",
    "sign(x)*max(abs(x)-1/2,0)",
    "Piecewise((x,abs(x)>1/2),(0,True))",
    "1.0507*Piecewise((x,x>0),(1.67326*(exp(x)-1),True))",
    "Piecewise((x,x<0),(-x,True))",
    "Piecewise((2*x,x<0),(x,True))",
    "x*min(max(x+3,0),6)/6",
]


def value(text, name):
    fact = analyse(text).facts[name]
    assert fact.verdict == "proved"
    return fact.value


@pytest.mark.parametrize("text", STRICTLY_INCREASING)
def test_is_monotonic_says_false_of_strictly_increasing(text):
    assert value(text, "monotonicity") == "strictly increasing"


@pytest.mark.parametrize("text", NONDECREASING)
def test_is_monotonic_says_false_of_nondecreasing(text):
    assert value(text, "monotonicity") == "nondecreasing"


def test_is_increasing_says_true_of_a_falling_step():
    assert value("Piecewise((1,x<0),(0,True))", "monotonicity") == "nonincreasing"


@pytest.mark.parametrize("text", NOT_CONVEX)
def test_is_convex_ignores_kinks_and_jumps(text):
    assert value(text, "convexity") != "convex"


def test_convex_piecewise():
    assert value("Piecewise((x/10,x<0),(x,True))", "convexity") == "convex"
    assert value("Piecewise((2*x,x<0),(x,True))", "convexity") == "concave"


def test_minimum_of_exp_is_not_attained():
    claim = value("exp(x)", "infimum")
    assert (claim["value"], claim["attained"]) == ("0", False)
    claim = value("tanh(x)", "supremum")
    assert (claim["value"], claim["attained"]) == ("1", False)


def test_the_derivative_at_a_kink_is_two_slopes():
    assert value("max(0,x)", "kinks") == [{"at": "0", "left_slope": "0", "right_slope": "1"}]
    assert value("abs(x)", "kinks") == [{"at": "0", "left_slope": "-1", "right_slope": "1"}]
    assert value("abs(x)", "critical_points")["points"] == []


@pytest.mark.parametrize("text", ["Piecewise((x,x>0),(0,True))", "max(x,0)", "min(x,0)"])
def test_limits_of_textbook_piecewise(text):
    assert {value(text, "limit_at_minus_infinity"), value(text, "limit_at_plus_infinity")} <= {"0", "oo", "-oo"}


def test_logit_has_no_limit_outside_its_domain():
    assert value("log(x/(1-x))", "limit_at_plus_infinity") == "undefined"
    assert value("log(x/(1-x))", "domain")["intervals"] == [["0", "1"]]


def test_solve_loses_the_zero_of_elu_minus_identity():
    claim = value("2*(exp(x)-1)-x", "zeros")
    assert "0" in claim["points"]
    assert len(claim["points"]) == 2


def test_the_second_derivative_of_a_step_is_no_inflection():
    for text in ("Piecewise((0,x<0),(1,True))", "sign(x)*max(abs(x)-1/2,0)", "Piecewise((x,abs(x)>1/2),(0,True))"):
        assert value(text, "inflection_points") == {"points": [], "intervals": [], "infinite": False, "family": None}


def test_jumps_are_reported():
    assert value("Piecewise((x,abs(x)>1/2),(0,True))", "jumps") == [
        {"at": "-0.5", "left": "-0.5", "right": "0", "value": "0"},
        {"at": "0.5", "left": "0", "right": "0.5", "value": "0"},
    ]


def test_exp_cube_and_square_have_no_intercept():
    assert value("exp(x)", "asymptotes") == [{"side": "-oo", "slope": "0", "intercept": "0"}]
    assert value("x^3", "asymptotes") == []
