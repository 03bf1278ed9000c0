"""Antiderivatives against mpmath: the slope is f, and nothing jumps where f is defined."""

import mpmath
import pytest
from agreement.evaluation import Undefined, evaluator

from symnet.analysis import analyse
from symnet.analysis.extras import antiderivative as room

TEXTS = [
    "max(0,x)", "min(max(x,-1),1)", "x*min(max(x+3,0),6)/6", "tanh(x)", "1/(1+exp(-x))", "x-tanh(x)", "atan(x)",
    "x*(1+erf(x/sqrt(2)))/2", "exp(-x^2)", "(1-x^2)*exp(-x^2/2)", "x/(1+abs(x))", "(sqrt(x^2+1)-1)/2+x",
    "Piecewise((exp(x)-1,x<0),(x,True))", "Piecewise((x/sqrt(1+x^2),x<0),(x,True))", "x+sin(x)^2", "x*cos(x)",
    "exp(x)*sin(x)", "sech(x)", "log(x)^2", "sqrt(x)*log(x)", "asin(x)", "1/sqrt(1-x^2)", "1/x", "1/(x^2-2)",
    "abs(x^2-2)", "cbrt(x)", "sign(x)", "1/(x^2+x+1)^2", "x^2*exp(-x)", "asinh(x)", "sinh(x)*x", "3", "0",
]  # fmt: skip


def claim(text):
    fact = analyse(text, extras=True).facts["antiderivative"]
    assert fact.verdict == "proved", fact.reason
    return evaluator(fact.value)


@pytest.mark.parametrize("text", TEXTS)
def test_slope(text):
    f, antiderivative = evaluator(text), claim(text)
    seen = 0
    with mpmath.workdps(50):
        h = mpmath.mpf(10) ** -15
        for k in range(-23, 24):
            x = mpmath.mpf(k) / 6 + mpmath.mpf(1) / 97
            try:
                expected = f(x), f(x - h), f(x + h)
            except Undefined:
                continue
            slope = (antiderivative(x + h) - antiderivative(x - h)) / (2 * h)
            assert abs(slope - expected[0]) < 1e-12
            seen += 1
    assert seen > 5


@pytest.mark.parametrize("text", TEXTS)
def test_no_jump(text):
    f, antiderivative = evaluator(text), claim(text)
    with mpmath.workdps(40):
        tiny = mpmath.mpf(10) ** -25
        for b in (-3, -2, -1, 0, 1, 2, 3, -mpmath.sqrt(2), mpmath.sqrt(2)):
            try:
                values = f(mpmath.mpf(b)), f(b - tiny), f(b + tiny)
            except Undefined:
                continue
            if max(map(abs, values)) < 1e6:
                middle = antiderivative(mpmath.mpf(b))
                assert abs(antiderivative(b + tiny) - middle) + abs(antiderivative(b - tiny) - middle) < 1e-15


@pytest.mark.parametrize("text", ["log(1+exp(x))", "x/(1+exp(-x))", "exp(x^2)", "x^x", "x*tanh(log(1+exp(x)))"])
def test_no_elementary_one_is_unknown(text):
    assert analyse(text, extras=True).facts["antiderivative"].verdict == "unknown"


def test_a_wrong_proposal_is_refused(monkeypatch):
    """Planted fault: an integration that forgets a factor."""
    right = room.integrated
    monkeypatch.setattr(room, "integrated", lambda element, place: [t.scaled(2) for t in right(element, place)])
    assert analyse("tanh(x)", extras=True).facts["antiderivative"].verdict == "unknown"
    assert analyse("max(0,x)", extras=True).facts["antiderivative"].verdict == "unknown"


def test_a_wrong_constant_is_refused(monkeypatch):
    """Planted fault: parts that are not joined."""
    monkeypatch.setattr(room, "_continued", lambda subject, known, part, side: part)
    assert analyse("min(max(x,-1),1)", extras=True).facts["antiderivative"].verdict == "unknown"
