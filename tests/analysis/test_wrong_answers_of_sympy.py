"""What SymPy 1.14's own calculus gets wrong (or not at all), each by name.

| SymPy says | here |
| --- | --- |
| `is_monotonic` is False of rising functions whose slope touches zero, and of nondecreasing ones | `STRICTLY_INCREASING`, `NONDECREASING` |
| `is_increasing` is True of a falling step | `test_is_increasing_says_true_of_a_falling_step` |
| `is_convex` is True across kinks that bend down and across jumps | `NOT_CONVEX`, `test_convex_piecewise` |
| `minimum(exp) = 0`, `maximum(tanh) = 1` | `test_minimum_of_exp_is_not_attained` |
| `diff` at a kink is 1/2, 0 or 11/20, and depends on `>` or `>=` | `test_the_derivative_at_a_kink_is_two_slopes`, `test_a_strict_and_a_weak_branch_are_one_function` |
| `diff(sign)` is 2*DiracDelta | `test_sign_has_a_jump_and_no_slope_there` |
| the derivative of sinc at 0 is nan | `test_sinc_with_its_value_at_zero` |
| `series` of abs, relu, softsign is one-sided | `test_no_taylor_series_at_a_kink` |
| `limit` of a textbook Piecewise raises TypeError | `test_limits_of_textbook_piecewise` |
| `limit` of the logit is `I*pi` | `test_logit_has_no_limit_outside_its_domain` |
| `solve` loses the zero 0 of 2(e^x - 1) - x | `test_solve_loses_the_zero_of_elu_minus_identity` |
| `solveset(x + exp(x) + 1)` stays a ConditionSet | `test_a_zero_with_lambert_w` |
| `solveset` of f'' takes kinks and jumps, or all of R | `test_the_second_derivative_of_...` |
| `stationary_points(abs) = {0}` | `test_the_derivative_at_a_kink_is_two_slopes` |
| `singularities` finds no jump, and 0 in a continuous sinc | `test_jumps_are_reported`, `test_sinc_with_its_value_at_zero` |
| `function_range` raises on relu, elu, silu, gelu | `test_ranges_that_function_range_refuses` |
| intercepts of exp, cube, relu^2 stay unevaluated | `test_exp_cube_and_square_have_no_intercept` |
| `erfc(-x)` becomes `2 - erfc(x)` | `test_the_tail_of_erfc_is_kept` |
"""

import pytest

from symnet.analysis import analyse

STRICTLY_INCREASING = [
    "x^3",
    "x-tanh(x)",
    "x/(1+abs(x))",
    "x/(2+2*abs(x))+1/2",
    "x+sin(x)^2",
    "x+sin(2*x)^2/2",
    "sign(x)*log(1+abs(x))",
]
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
    "Piecewise((0,x<=-1),((x+1)^2/4,x<1),(x,True))",
    "Piecewise((-1,x<-2),(x+x^2/4,x<0),(x-x^2/4,x<=2),(1,True))",
]
NOT_CONVEX = [
    "Piecewise((0,x<0),(1,True))",
    "sign(x)*max(abs(x)-1/2,0)",
    "Piecewise((x,abs(x)>1/2),(0,True))",
    "1.0507*Piecewise((x,x>0),(1.67326*(exp(x)-1),True))",
    "Piecewise((x,x<0),(-x,True))",
    "Piecewise((2*x,x<0),(x,True))",
    "x*min(max(x+3,0),6)/6",
    "elu(x,alpha=2)",
    "max(x,0)+2*min(x,0)",
    "-abs(x)",
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
    assert value("max(x,x/10)", "kinks") == [{"at": "0", "left_slope": "0.1", "right_slope": "1"}]
    assert [kink["at"] for kink in value("min(max(0,x),6)", "kinks")] == ["0", "6"]
    assert value("elu(x,alpha=3)", "kinks") == [{"at": "0", "left_slope": "3", "right_slope": "1"}]


def test_a_strict_and_a_weak_branch_are_one_function():
    spellings = ["max(x,0)", "Piecewise((x,x>0),(0,True))", "Piecewise((x,x>=0),(0,True))", "x*Heaviside(x)"]
    first, *others = ({name: fact.value for name, fact in analyse(text).facts.items()} for text in spellings)
    assert all(other == first for other in others)


def test_sign_has_a_jump_and_no_slope_there():
    facts = analyse("sign(x)").facts
    assert facts["jumps"].value == [{"at": "0", "left": "-1", "right": "1", "value": "0"}]
    assert facts["kinks"].value == []
    assert facts["smoothness"].value == -1
    assert facts["lipschitz"].value["value"] == "oo"


def test_sinc_with_its_value_at_zero():
    facts = analyse("where(Eq(x,0),1,sin(x)/x)").facts
    assert facts["domain"].value["intervals"] == [["-oo", "oo"]]
    assert facts["domain"].value["excluded"] == []
    assert facts["smoothness"].value == "oo"
    assert "0" in facts["critical_points"].value["points"]
    assert facts["supremum"].value == {"value": "1", "attained": True, "at": ["0"], "intervals": []}


@pytest.mark.parametrize("text", ["abs(x)", "max(x,0)", "abs(x)*x", "Piecewise((exp(x)-1,x<0),(x,True))"])
def test_no_taylor_series_at_a_kink(text):
    facts = analyse(text, extras=True).facts
    series = next(fact for name, fact in facts.items() if "taylor" in name)
    assert series.value is None


def test_a_zero_with_lambert_w():
    fact = analyse("x+exp(x)+1").facts["zeros"]
    assert fact.value["points"][0].startswith("-1.2784645427610737951093587390")
    assert "LambertW" in fact.exact["points"][0]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("max(0,x)", "0", "oo"),
        ("elu(x)", "-1", "oo"),
        ("x/(1+exp(-x))", "-0.2784645427610737951093587390", "oo"),
        ("x*(1+erf(x/sqrt(2)))/2", "-0.1699712074799036616938684", "oo"),
    ],
)
def test_ranges_that_function_range_refuses(text, low, high):
    assert value(text, "infimum")["value"].startswith(low)
    assert value(text, "supremum")["value"] == high


def test_the_tail_of_erfc_is_kept():
    assert value("x*erfc(-x)", "limit_at_minus_infinity") == "0"
    assert value("exp(x^2)*erfc(x)", "limit_at_plus_infinity") == "0"
    assert value("erfc(x)", "infimum") == {"value": "0", "attained": False, "at": [], "intervals": []}


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
    for text in (
        "Piecewise((0,x<0),(1,True))",
        "sign(x)*max(abs(x)-1/2,0)",
        "Piecewise((x,abs(x)>1/2),(0,True))",
        "Piecewise((11/48*x,x<0),(x,True))",
        "Piecewise((0,x<=-1),((x+1)^2/4,x<1),(x,True))",
        "x*min(max(x+3,0),6)/6",
    ):
        assert value(text, "inflection_points") == {"points": [], "intervals": [], "infinite": False, "family": None}


def test_jumps_are_reported():
    assert value("Piecewise((x,abs(x)>1/2),(0,True))", "jumps") == [
        {"at": "-0.5", "left": "-0.5", "right": "0", "value": "0"},
        {"at": "0.5", "left": "0", "right": "0.5", "value": "0"},
    ]


def test_exp_cube_and_square_have_no_intercept():
    assert value("exp(x)", "asymptotes") == [{"side": "-oo", "slope": "0", "intercept": "0"}]
    assert value("x^3", "asymptotes") == []
    assert value("max(0,x)^2", "asymptotes") == [{"side": "-oo", "slope": "0", "intercept": "0"}]
