"""Formulas that are lines or constants in disguise."""

import pytest

from symnet.analysis import analyse
from symnet.analysis.decision import decide
from symnet.definitions.expression import read


def value(text, name):
    fact = analyse(text).facts[name]
    assert fact.verdict == "proved", fact.reason
    return fact.value


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("asin(sin(x))", [["-1.570796326794896619231321691639751", "1.570796326794896619231321691639751"]]),
        ("acos(cos(x))", [["0", "3.141592653589793238462643383279503"]]),
        ("atan(tan(x))", [["-1.570796326794896619231321691639751", "1.570796326794896619231321691639751"]]),
        ("acosh(cosh(x))", [["0", "oo"]]),
    ],
)
def test_fixed_points_of_an_inverse_of_its_function_are_an_interval(text, fixed):
    claim = value(text, "fixed_points")
    assert claim == {"points": [], "intervals": fixed, "infinite": False, "family": None}


def test_a_triangle_wave_has_slopes_of_one():
    facts = analyse("asin(cos(x))").facts
    assert facts["lipschitz"].value["value"] == "1"
    assert {(k["left_slope"], k["right_slope"]) for k in facts["kinks"].value} == {("1", "-1"), ("-1", "1")}
    assert facts["symmetry_center"].value[1] == "0"


@pytest.mark.parametrize("text", ["log(x+sqrt(x^2+1))", "log(sqrt(x^2+1)+x)/2+x", "log((1+x)/(1-x))"])
def test_odd_by_a_constant_sum_of_mirrored_values(text):
    assert value(text, "parity") == "odd"
    assert value(text, "symmetry_center") == ["0", "0"]


@pytest.mark.parametrize("text", ["log(x+sqrt(x^2+1))+1/1000", "log(x+sqrt(x^2+1))+x^2/10^6"])
def test_not_odd_by_a_little(text):
    assert value(text, "parity") == "neither"


@pytest.mark.parametrize(
    ("text", "centre"),
    [
        ("1/cos(x)", ["1.570796326794896619231321691639751", "0"]),
        ("sin(cos(x))", ["1.570796326794896619231321691639751", "0"]),
        ("sqrt(sin(x))*cos(x)", ["1.570796326794896619231321691639751", "0"]),
        ("log(sin(x))", None),
        ("max(sin(x),1/2)", None),
    ],
)
def test_the_centre_of_a_function_with_a_period(text, centre):
    assert value(text, "symmetry_center") == centre


def test_the_same_slope_is_not_the_same_line():
    """A planted intercept is caught by the values at the breakpoints: f is not said to be continuous."""
    from symnet.analysis import constants

    facts = decide(read("acos(cos(x))").tree)[0]
    assert facts["continuous"].value is True
    original = constants._plainest_value
    constants._plainest_value = lambda element, interval: original(element, interval) + element.field.one
    try:
        planted = decide(read("acos(cos(x))").tree)[0]
    finally:
        constants._plainest_value = original
    assert planted["continuous"].value is not True
