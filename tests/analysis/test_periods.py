"""Periods proved and excluded."""

import math

import pytest

from symnet.analysis import analyse

NONE = [
    "sin(x)*tanh(x)",
    "sin(x)+1/(1+x^2)",
    "cos(x)*(1+exp(-x^2))",
    "sin(abs(x))",
    "sin(x)*sign(x)",
    "sin(x^2)",
    "sin(x^3)",
    "x*sin(x)",
    "x+sin(x)",
    "abs(x)+sin(x)",
    "sin(max(0,x))",
    "x*sin(x)/x",
    "where(Eq(x,1/3),5,sin(x))",
    "sin(x)+exp(-x^2)/10^6",
    "sin(log(1+x^2))",
]


@pytest.mark.parametrize("text", NONE)
def test_a_period_is_excluded(text):
    fact = analyse(text).facts["period"]
    assert (fact.verdict, fact.value) == ("proved", None)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("sin(x)*sign(x^2+1)", 2 * math.pi),
        ("sin(x)^2", math.pi),
        ("exp(sin(3*x))", 2 * math.pi / 3),
        ("abs(cos(x/2))", 2 * math.pi),
        ("sin(2*x)+sin(3*x)", 2 * math.pi),
        ("where(x>100,sin(x),sin(x))", 2 * math.pi),
        ("max(sin(x),1/2)", 2 * math.pi),
    ],
)
def test_a_period_is_proved(text, period):
    fact = analyse(text).facts["period"]
    assert fact.verdict == "proved"
    assert float(fact.value) == pytest.approx(period)
