"""The gaps that made a prototype of this engine unsound, each closed and each with a test by its name.

| gap | test |
| --- | --- |
| the winner among extremes picked by doubles | `test_values_closer_than_doubles_are_told_apart`, `test_equal_values_are_equal` |
| exponents compared as doubles | `test_exponents_closer_than_doubles_are_different` |
| breakpoints from a root search that was not complete | `test_an_undecided_breakpoint_leaves_everything_unknown` |
| extremes printed although a search was not complete | `test_an_undecided_search_leaves_the_extremes_unknown` |
| removable points and poles not told apart | `test_removable_points`, `test_poles_are_no_jumps` |
| smoothness tried up to a fixed order only | `test_smoothness_of_any_order` |
| a zero test that hangs or lies | `test_a_zero_that_is_hard_to_see`, `test_almost_zero_is_not_zero` |
| infinitely many zeros | `test_infinitely_many_zeros` |
| multiple zeros at irrational points | `test_a_multiple_zero_at_an_irrational_point` |
| essential oscillation | `test_an_essential_oscillation_is_never_listed` |
| iterated exponentials and logarithms | `test_iterated_exponentials_and_logarithms` |
"""

import pytest

from symnet.analysis import analyse
from symnet.analysis.decision import decide
from symnet.balls.undecided import Undecided
from symnet.definitions.expression import read


def value(text, name):
    fact = analyse(text).facts[name]
    assert fact.verdict == "proved", fact.reason
    return fact.value


@pytest.mark.parametrize("gap", ["10^18", "10^21", "10^24"])
def test_values_closer_than_doubles_are_told_apart(gap):
    claim = value(f"min((x+1)^2,(x-1)^2+1/{gap})", "infimum")
    assert (claim["value"], claim["at"]) == ("0", ["-1"])
    claim = value(f"1/(1+(x+2)^2)+1/(1+(x-2)^2)+x/({gap}*(1+x^2))", "supremum")
    assert len(claim["at"]) == 1
    assert float(claim["at"][0]) > 0


def test_equal_values_are_equal():
    assert value("min((x+1)^2,(x-1)^2)", "infimum")["at"] == ["-1", "1"]
    assert len(value("1/(1+(x+2)^2)+1/(1+(x-2)^2)", "supremum")["at"]) == 2


def test_exponents_closer_than_doubles_are_different():
    near = "(1+1/10^20)"
    assert value(f"exp(x)-exp({near}*x)", "limit_at_plus_infinity") == "-oo"
    assert value(f"exp({near}*x)-exp(x)", "limit_at_plus_infinity") == "oo"
    assert value(f"exp(x)/exp({near}*x)", "limit_at_plus_infinity") == "0"
    assert value("exp(x)/exp(2*x/2)", "limit_at_plus_infinity") == "1"


@pytest.mark.parametrize("text", ["max(exp(x)-2,x^2)", "abs(x^3-x-1)*tanh(x)"])
def test_an_undecided_breakpoint_leaves_everything_unknown(text, monkeypatch):
    def refuse(*_):
        raise Undecided("the planted search")

    monkeypatch.setattr("symnet.balls.factor_zeros.zeros_between", refuse)
    facts = decide(read(text).tree)[0]
    for name in ("kinks", "infimum", "zeros", "critical_points", "monotonicity", "convexity", "smoothness"):
        assert facts[name].verdict == "unknown", name
        assert facts[name].value is None


def test_an_undecided_search_leaves_the_extremes_unknown(monkeypatch):
    def refuse(*_):
        raise Undecided("the planted search")

    monkeypatch.setattr("symnet.balls.factor_zeros.zeros_between", refuse)
    facts = decide(read("x*tanh(exp(x))").tree)[0]
    for name in ("infimum", "extrema", "lipschitz", "critical_points"):
        assert facts[name].verdict == "unknown", name


@pytest.mark.parametrize(
    "text", ["tanh(x)/x", "(exp(x)-1)/x", "sin(x)/x", "(x^2-1)/(x-1)", "log(1+x)/x", "(1-cos(x))/x^2"]
)
def test_removable_points(text):
    facts = analyse(text).facts
    assert facts["smoothness"].value == "oo"
    assert facts["continuous"].value is True
    assert facts["jumps"].value == []
    assert not any("vertical_at" in line for line in facts["asymptotes"].value if line.get("vertical_at") in ("0", "1"))


@pytest.mark.parametrize(
    ("text", "pole"), [("1/x", "0"), ("1/(x-1)^2", "1"), ("x/(1-abs(x))", "1"), ("1/(exp(x)-1)", "0")]
)
def test_poles_are_no_jumps(text, pole):
    facts = analyse(text).facts
    assert facts["jumps"].value == []
    assert {"vertical_at": pole} in facts["asymptotes"].value
    assert facts["continuous"].value is True
    assert facts["supremum"].value["value"] == "oo"


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("max(0,x)^9", 8),
        ("abs(x)^11", 10),
        ("abs(x)*x^12", 12),
        ("where(x>0,x^15,0)", 14),
        ("where(x>0,exp(-1/x),0)", "oo"),
        ("abs(x)^(25/2)", 12),
        ("where(x<0,sin(x),x-x^3/6)", 4),
    ],
)
def test_smoothness_of_any_order(text, order):
    assert value(text, "smoothness") == order


@pytest.mark.parametrize(
    "text",
    [
        "cosh(x)^2-sinh(x)^2-1",
        "log(1+exp(x))-log(1+exp(-x))-x",
        "atan(x)+atan(1/x)-pi/2*sign(x)",
        "2/(1+exp(-2*x))-1-tanh(x)",
        "sin(3*x)-3*sin(x)+4*sin(x)^3",
        "sqrt(3+2*sqrt(2))-1-sqrt(2)+0*x",
    ],
)
def test_a_zero_that_is_hard_to_see(text):
    fact = analyse(text).facts["monotonicity"]
    assert fact.value in ("constant", None)
    zeros = analyse(text).facts["zeros"]
    assert zeros.verdict == "unknown" or zeros.value["intervals"] or zeros.value["points"] == []


def test_almost_zero_is_not_zero():
    assert value("cosh(x)^2-sinh(x)^2-1+x/10^50", "monotonicity") == "strictly increasing"
    assert value("cosh(x)^2-sinh(x)^2-1+1/10^50", "zeros")["intervals"] == []


@pytest.mark.parametrize(
    ("text", "family"),
    [("sin(x)", "k*pi, k integer"), ("sin(x)^2*exp(x)", "k*pi, k integer"), ("cos(2*x)-1", "k*pi, k integer")],
)
def test_infinitely_many_zeros(text, family):
    claim = value(text, "zeros")
    assert claim["infinite"]
    assert claim["family"] == family
    assert len(claim["points"]) == 7


@pytest.mark.parametrize("text", ["(x^2-2)^2", "(x^2-2)^3*(x+1)", "sin(x)^2", "(x-pi)^4", "(exp(x)-2)^2", "log(x/3)^2"])
def test_a_multiple_zero_at_an_irrational_point(text):
    zeros, critical = value(text, "zeros"), value(text, "critical_points")
    assert {p for p in zeros["points"] if p != "-1"} <= set(critical["points"])


@pytest.mark.parametrize("text", ["sin(1/x)", "x*sin(1/x)", "x^2*sin(1/x)", "where(x>0,x*sin(1/x),0)"])
def test_an_essential_oscillation_is_never_listed(text):
    facts = analyse(text).facts
    for name in ("zeros", "critical_points", "extrema"):
        assert facts[name].verdict == "unknown", name


def test_iterated_exponentials_and_logarithms():
    assert value("exp(-exp(exp(x)))", "limit_at_plus_infinity") == "0"
    assert value("exp(exp(exp(x)))/exp(exp(exp(x)-1))", "limit_at_plus_infinity") == "oo"
    assert value("log(log(x))", "limit_at_plus_infinity") == "oo"
    assert value("log(log(x))/log(x)", "limit_at_plus_infinity") == "0"
