"""Inverses and derivatives in terms of f, tried at exact points with mpmath."""

import mpmath
import pytest
from agreement.evaluation import evaluator

from symnet.analysis import analyse

CASES = [
    ("1/(1+exp(-x))", lambda x: 1 / (1 + mpmath.exp(-x))),
    ("log(1+exp(x))", lambda x: mpmath.log(1 + mpmath.exp(x))),
    ("-log(1+exp(-x))", lambda x: -mpmath.log(1 + mpmath.exp(-x))),
    ("atan(x)", mpmath.atan),
    ("asinh(x)", mpmath.asinh),
    ("x^3", lambda x: x**3),
    ("(x+sqrt(x^2+4))/2", lambda x: (x + mpmath.sqrt(x**2 + 4)) / 2),
    ("x/sqrt(1+x^2)", lambda x: x / mpmath.sqrt(1 + x**2)),
    ("x/(2*(1+abs(x)))+1/2", lambda x: x / (2 * (1 + abs(x))) + mpmath.mpf(1) / 2),
    ("(1+exp(-x))^(-3/2)", lambda x: (1 + mpmath.exp(-x)) ** (-mpmath.mpf(3) / 2)),
    ("Piecewise((2*x, x < 0), (tanh(x), True))", lambda x: 2 * x if x < 0 else mpmath.tanh(x)),
    ("log(1-log(1/(1+exp(-x))))", lambda x: mpmath.log(1 - mpmath.log(1 / (1 + mpmath.exp(-x))))),
    ("exp(-exp(-x))", lambda x: mpmath.exp(-mpmath.exp(-x))),
]


@pytest.mark.parametrize(("text", "function"), CASES)
def test_inverse_undoes_f(text, function):
    formula = analyse(text).facts["inverse"].value["expression"]
    with mpmath.workdps(50):
        for x in (mpmath.mpf(-3) / 2, mpmath.mpf(-1) / 7, mpmath.mpf(2) / 3, mpmath.mpf(2)):
            back = evaluator(formula, "y")(function(x))
            assert abs(back - x) < mpmath.mpf(10) ** -30


@pytest.mark.parametrize("text", ["max(0,x)", "x^2", "x/(1+exp(-x))", "sin(x)", "sign(x)"])
def test_not_injective_has_none(text):
    fact = analyse(text).facts["inverse"]
    assert (fact.verdict, fact.value) == ("proved", None)


@pytest.mark.parametrize("text", ["x-tanh(x)", "x+exp(x)"])
def test_no_closed_form_is_unknown(text):
    assert analyse(text).facts["inverse"].verdict == "unknown"


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("1/(1+exp(-x))", "f - f**2"),
        ("exp(x)", "f"),
        ("exp(-x^2)", "-2*x*f"),
        ("atan(x)", "cos(f)**2"),
        ("1/x", "-f**2"),
        ("(x+sqrt(x^2+4))/2", "f**2/(f**2 + 1)"),
    ],
)
def test_relation(text, relation):
    assert analyse(text).facts["derivative_in_terms_of_f"].value == relation


RELATED = [
    "x/(1+exp(-x))",
    "x*tanh(x)",
    "x-tanh(x)",
    "x^3",
    "x/sqrt(1+x^2)",
    "(sqrt(x^2+1)-1)/2+x",
    "log(1+exp(x))",
    "(1+exp(-x))^(-3/2)",
    "x/(2*(1+abs(x)))+1/2",
    "2*(3/2*x^2-1)*exp(-x^2/2)",
    "Piecewise((exp(x)-1, x<0), (x, True))",
]


@pytest.mark.parametrize("text", RELATED)
def test_relation_is_the_slope(text):
    """Against a difference quotient of high precision, at 0 (where a quotient by x would fail) too."""
    relation = analyse(text).facts["derivative_in_terms_of_f"].value
    with mpmath.workdps(60):
        f = evaluator(text)
        for x in (mpmath.mpf(-5) / 3, mpmath.mpf(-1), mpmath.mpf(1) / 7, mpmath.mpf(0), mpmath.mpf(2)):
            h = mpmath.mpf(10) ** -25
            slopes = (f(x + h) - f(x)) / h, (f(x) - f(x - h)) / h
            if abs(slopes[0] - slopes[1]) > 1e-15:
                continue
            claimed = evaluator(relation, "x", f=mpmath.nstr(f(x), 60))(x)
            assert abs(claimed - sum(slopes) / 2) < 1e-20


@pytest.mark.parametrize(
    "text",
    ["x*(1+erf(x/sqrt(2)))/2", "x*tanh(log(1+exp(x)))", "x/(1+exp(-x))", "x^2", "sin(x)", "x*min(max(x+3,0),6)/6"],
)
def test_no_function_of_f_alone(text):
    """The pair that proves it: one value, two slopes."""
    fact = analyse(text).facts["derivative_in_terms_of_f"]
    assert fact.verdict == "proved" and (fact.value is None or "x" in fact.value)
    with mpmath.workdps(40):
        f, (a, b) = evaluator(text), (mpmath.mpf(end) for end in fact.evidence["same_value_at"])
        exact = mpmath.findroot(lambda t: f(t) - f(a), b)
        assert abs(exact - b) < 1e-5 and abs(exact - a) > 0.01
        assert abs(mpmath.diff(f, exact) - mpmath.diff(f, a)) > 1e-6


def test_monotone_functions_are_never_refuted():
    for text in ("erf(x)", "x+sin(x)^2", "x+exp(x)"):
        fact = analyse(text).facts["derivative_in_terms_of_f"]
        assert fact.verdict == "unknown" or fact.value is not None
