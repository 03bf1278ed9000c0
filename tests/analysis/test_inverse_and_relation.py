"""Inverses and derivatives in terms of f, tried at exact points with mpmath."""

import mpmath
import pytest

from symnet.analysis import analyse

NAMES = {
    "log": mpmath.log,
    "exp": mpmath.exp,
    "sqrt": mpmath.sqrt,
    "sign": mpmath.sign,
    "abs": abs,
    "tan": mpmath.tan,
    "sinh": mpmath.sinh,
    "cos": mpmath.cos,
    "cbrt": lambda u: mpmath.sign(u) * mpmath.cbrt(abs(u)),
}
CASES = [
    ("1/(1+exp(-x))", lambda x: 1 / (1 + mpmath.exp(-x))),
    ("log(1+exp(x))", lambda x: mpmath.log(1 + mpmath.exp(x))),
    ("-log(1+exp(-x))", lambda x: -mpmath.log(1 + mpmath.exp(-x))),
    ("atan(x)", mpmath.atan),
    ("asinh(x)", mpmath.asinh),
    ("x^3", lambda x: x**3),
    ("(x+sqrt(x^2+4))/2", lambda x: (x + mpmath.sqrt(x**2 + 4)) / 2),
    ("x/sqrt(1+x^2)", lambda x: x / mpmath.sqrt(1 + x**2)),
    ("exp(-exp(-x))", lambda x: mpmath.exp(-mpmath.exp(-x))),
]


@pytest.mark.parametrize(("text", "function"), CASES)
def test_inverse_undoes_f(text, function):
    formula = analyse(text).facts["inverse"].value["expression"]
    with mpmath.workdps(50):
        for x in (mpmath.mpf(-3) / 2, mpmath.mpf(-1) / 7, mpmath.mpf(2) / 3, mpmath.mpf(2)):
            # The text is symnet's own output, not a person's.
            back = eval(formula.replace("1/3", "mpmath.mpf(1)/3"), {"y": function(x), "mpmath": mpmath, **NAMES})
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
        ("1/(1+exp(-x))", "-f**2 + f"),
        ("exp(x)", "f"),
        ("exp(-x^2)", "-2*x*f"),
        ("atan(x)", "cos(f)**2"),
        ("1/x", "-f**2"),
        ("(x+sqrt(x^2+4))/2", "f**2/(f**2 + 1)"),
    ],
)
def test_relation(text, relation):
    assert analyse(text).facts["derivative_in_terms_of_f"].value == relation
