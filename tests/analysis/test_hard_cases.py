"""The cases that broke the prototypes, and the traps of the contract."""

import pytest

from symnet.analysis import analyse


def value(text, name):
    fact = analyse(text).facts[name]
    assert fact.verdict == "proved", fact.reason
    return fact.value


def test_sinc():
    facts = analyse("sin(x)/x").facts
    assert facts["domain"].value["excluded"] == ["0"]
    assert facts["supremum"].value["attained"] is False
    assert facts["supremum"].value["value"] == "1"
    assert facts["infimum"].value["value"].startswith("-0.217233628211221657408279325562")
    zeros = facts["zeros"].value
    assert zeros["infinite"]
    assert "0" not in zeros["points"]
    assert len(zeros["points"]) == 6
    critical = facts["critical_points"].value
    assert critical["infinite"]
    assert len(critical["points"]) == 4
    assert critical["family"] is None


def test_snake():
    facts = analyse("x+sin(x)^2").facts
    assert facts["critical_points"].value["family"] == "-pi/4 + k*pi, k integer"
    assert facts["extrema"].value == []
    assert facts["fixed_points"].value["family"] == "k*pi, k integer"
    assert facts["lipschitz"].value["value"] == "2"
    centre = facts["symmetry_center"].value
    assert centre[0].startswith("0.785398163397448309615660845819")
    assert facts["asymptotes"].value == []


def test_tanhshrink_has_a_triple_zero():
    assert value("x-tanh(x)", "zeros")["points"] == ["0"]
    assert value("x-tanh(x)", "critical_points")["points"] == ["0"]
    assert value("x-tanh(x)", "extrema") == []


def test_x_to_the_x():
    facts = analyse("x^x").facts
    assert facts["domain"].value["intervals"] == [["0", "oo"]]
    assert facts["infimum"].value["value"].startswith("0.69220062755534635386542199718")
    assert facts["infimum"].value["at"][0].startswith("0.36787944117144232159552377016")
    assert facts["limit_at_minus_infinity"].value == "undefined"
    assert facts["convexity"].value == "convex"
    assert facts["fixed_points"].value["points"] == ["1"]


def test_an_irrational_breakpoint():
    kinks = value("max(exp(x)-2,x^2)", "kinks")
    assert len(kinks) == 1
    assert kinks[0]["at"].startswith("1.319073676857365")


def test_a_floor_at_a_finite_end():
    assert value("log(x/(1-x))", "asymptotes") == [{"vertical_at": "0"}, {"vertical_at": "1"}]
    assert value("asin(x)", "lipschitz")["value"] == "oo"
    assert value("asin(x)", "smoothness") == 0
    assert value("Piecewise((exp(-1/x),x>0),(0,True))", "smoothness") == "oo"


def test_elu_with_alpha():
    assert value("Piecewise((2*(exp(x)-1),x<0),(x,True))", "kinks") == [
        {"at": "0", "left_slope": "2", "right_slope": "1"}
    ]
    assert value("Piecewise((2*(exp(x)-1),x<0),(x,True))", "convexity") == "neither"
    assert value("Piecewise((exp(x)-1,x<0),(x,True))", "smoothness") == 1
    assert value("Piecewise((exp(x)-1,x<0),(x,True))", "convexity") == "convex"


def test_a_vertical_tangent_is_a_kink():
    assert value("cbrt(x)", "kinks") == [{"at": "0", "left_slope": "oo", "right_slope": "oo"}]
    assert value("cbrt(x)", "inflection_points")["points"] == []


def test_the_domain_is_that_of_the_typed_expression():
    assert value("sqrt(x)^2", "domain")["intervals"] == [["0", "oo"]]
    assert value("exp(log(x))", "domain")["intervals"] == [["0", "oo"]]
    assert value("x/x", "domain")["excluded"] == ["0"]
    assert value("x/x", "continuous") is True
    assert value("1/x", "continuous") is True
    assert value("1/x", "monotonicity") == "non-monotone"
    assert value("Piecewise((1,x<0),(2,x>1))", "domain")["intervals"] == [["-oo", "0"], ["1", "oo"]]


def test_relu_squared_has_a_plateau_and_no_point():
    assert value("max(0,x)^2", "critical_points") == {
        "points": [],
        "intervals": [["-oo", "0"]],
        "infinite": False,
        "family": None,
    }
    assert value("max(0,x)^2", "smoothness") == 1


def test_values_at_breakpoints_are_those_typed():
    assert value("Heaviside(x)", "jumps") == [{"at": "0", "left": "0", "right": "1", "value": "0.5"}]
    assert value("Piecewise((x,x<1),(5,x<=1),(x,True))", "extrema") == [{"at": "1", "value": "5", "kind": "maximum"}]


@pytest.mark.parametrize("text", ["tan(x)", "abs(sin(x))", "sign(sin(x))", "sin(sin(x))", "1/(2+sin(x))"])
def test_periodic_functions_oscillate(text):
    facts = analyse(text).facts
    assert facts["limit_at_plus_infinity"].value == "oscillates"
    assert facts["period"].value[:5] in ("3.141", "6.283")
    assert facts["inverse"].value is None
    assert facts["inverse"].verdict == "proved"


def test_what_is_not_complete_is_unknown():
    facts = analyse("x^2*sin(1/x)").facts
    for name in ("zeros", "critical_points", "extrema", "inflection_points"):
        assert facts[name].verdict == "unknown"
        assert facts[name].value is None
    assert facts["limit_at_plus_infinity"].value == "oo"


def test_a_period_that_is_a_fraction_of_the_angles():
    assert value("sin(x)*cos(x)", "period").startswith("3.14159265358979")
    assert value("abs(sin(x))+abs(cos(x))", "period").startswith("1.57079632679489")
    assert value("sin(x)^2", "period").startswith("3.14159265358979")


def test_max_of_line_and_sine():
    facts = analyse("max(x,sin(x))").facts
    assert facts["infimum"].value["value"] == "-1"
    assert facts["limit_at_minus_infinity"].value == "oscillates"
    assert facts["fixed_points"].value["intervals"] == [["0", "oo"]]
    assert facts["smoothness"].value == 2


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("sqrt(x^2*(x - 1))", "nondecreasing"),
        ("Piecewise((x, x <= 0), (x - 1, x >= 1))", "nondecreasing"),
        ("Piecewise((-x, x <= 0), (1 - x, x >= 1))", "nonincreasing"),
        ("Piecewise((x, x < 0), (x - 1, x >= 1))", "strictly increasing"),
        ("Piecewise((x, x <= 0), (x - 1, x > 1))", "strictly increasing"),
        ("Piecewise((x, x <= 0), (0, Eq(x, 1)))", "nondecreasing"),
    ],
)
def test_one_value_on_both_shores_of_a_gap_is_not_strict(text: str, label: str) -> None:
    assert value(text, "monotonicity") == label


@pytest.mark.parametrize("text", ["asin(sin(x))", "abs(sin(x))", "max(sin(x), 0)"])
def test_no_relation_is_read_off_the_pieces_of_a_window(text: str) -> None:
    assert value(text, "derivative_in_terms_of_f") is None


def test_the_root_in_the_slope_of_asinh_is_that_of_the_cell():
    """1 + sqrt(x - 5)^2 = x - 4 is negative left of 4, where the cell does not reach."""
    assert value("asinh(sqrt(x-5))", "monotonicity") == "strictly increasing"
    assert value("asinh(sqrt(x-5))", "convexity") == "concave"


@pytest.mark.parametrize(
    ("text", "ends"),
    [("sinh(asinh(x))", ["-oo", "oo"]), ("tan(atan(x))", ["-oo", "oo"]), ("sin(asin(x))", ["-1", "1"])],
)
def test_a_function_of_its_inverse_is_the_identity_where_it_is_defined(text, ends):
    assert value(text, "fixed_points")["intervals"] == [ends]
    assert value(text, "convexity") == "linear"
    assert value(text, "domain")["intervals"] == [ends]


def test_a_value_of_several_roots_is_a_number():
    assert value("sin(2*acos(x))", "supremum")["value"] == "1"


def test_a_gap_whose_mirror_image_is_no_gap_excludes_symmetry():
    """(x + 1)/(x + 1) is 1 wherever it is defined, but it is not defined at -1."""
    assert analyse("(x+1)/(x+1)").facts["parity"].value == "neither"


def test_asinh_of_a_reciprocal_is_odd_on_both_sides():
    root = "0.9320200293523439053911148401936381"
    assert value("asinh(1/x)", "fixed_points")["points"] == [f"-{root}", root]
    assert value("asinh(1/x)", "inverse")["domain"]["excluded"] == ["0"]


def test_a_symmetry_that_breaks_far_out_is_refuted():
    assert value("max(min(x,100),-100)+max(0,x-500)", "parity") == "neither"
    assert value("max(0.1*(x+1)-1,min(1,max(-1,x)))", "symmetry_center") is None
