"""Moments under the normal distribution, against mpmath's quadrature of a second reading of the text."""

import mpmath
import pytest
from agreement.evaluation import evaluator

from symnet.analysis import analyse

TEXTS = [
    "max(0,x)",
    "tanh(x)",
    "x/(1+exp(-x))",
    "x*(1+erf(x/sqrt(2)))/2",
    "x*tanh(log(1+exp(x)))",
    "log(1+exp(x))",
    "atan(x)",
    "asinh(x)",
    "x/(1+abs(x))",
    "x+sin(x)^2",
    "x*cos(x)",
    "exp(-x^2)",
    "x^2*exp(x/3)",
    "1-exp(-exp(x))",
    "x*tanh(exp(x))",
    "min(max(x/6+1/2,0),1)",
    "Piecewise((exp(x)-1,x<0),(x,True))",
    "Piecewise((log(1-x),x<-1),(x*erf(x),True))",
]
BREAKS = (-12, -6, -3, -1, 0, 1, 3, 6, 12)


def moments(text):
    fact = analyse(text, extras=True).facts["gaussian_moments"]
    assert fact.verdict == "proved", fact.reason
    return fact


@pytest.mark.parametrize("text", TEXTS)
def test_against_mpmath(text):
    claimed = moments(text).value
    f = evaluator(text)
    with mpmath.workdps(40):
        tiny = mpmath.mpf(10) ** -20
        jumps = sum((f(b + tiny) - f(b - tiny)) * mpmath.npdf(b) for b in BREAKS)

    def mean(g):
        return mpmath.quad(lambda z: g(z) * mpmath.npdf(z), BREAKS)

    assert abs(mean(f) - mpmath.mpf(claimed["mean"])) < 1e-13
    assert abs(mean(lambda z: f(z) ** 2) - mpmath.mpf(claimed["second_moment"])) < 1e-12
    stein = mean(lambda z: z * f(z)) - jumps
    assert abs(stein - mpmath.mpf(claimed["mean_slope"])) < 1e-12, "Stein's identity"
    if abs(jumps) > 1e-12:
        return  # a difference quotient sees the jump, the slope does not
    h = mpmath.mpf(10) ** -9
    with mpmath.workdps(30):
        slope = mean(lambda z: ((f(z + h) - f(z - h)) / (2 * h)) ** 2)
    assert abs(slope - mpmath.mpf(claimed["second_moment_slope"])) < 1e-8
    assert abs(mpmath.mpf(claimed["gain"]) ** 2 * mpmath.mpf(claimed["second_moment"]) - 1) < 1e-15


@pytest.mark.parametrize("text", ["tanh(x)*exp(x/3)", "x/(1+exp(-x))", "x*tanh(exp(x))", "1-exp(-exp(x))"])
def test_thirty_digits(text):
    """To the last digits, by another method of quadrature at high precision."""
    claimed, f = moments(text).value, evaluator(text)
    with mpmath.workdps(45):
        exact = mpmath.quad(lambda z: f(z) * mpmath.npdf(z), [mpmath.mpf(k) / 2 for k in range(-32, 33)])
        assert abs(exact - mpmath.mpf(claimed["mean"])) < mpmath.mpf(10) ** -32


@pytest.mark.parametrize(
    ("text", "name", "exact"),
    [
        ("max(0,x)", "second_moment", "1/2"),
        ("max(0,x)", "gain", "sqrt(2)"),
        ("x^3", "second_moment", "15"),
        ("x", "gain", "1"),
        ("sign(x)", "second_moment_slope", "0"),
        ("exp(x)", "mean", "exp(1/2)"),
    ],
)
def test_closed_forms(text, name, exact):
    assert moments(text).exact[name] == exact


def test_symmetry_gives_exact_means():
    assert moments("1/(1+exp(-x))").value["mean"] == "0.5"
    assert moments("x/(1+exp(-x))").value["mean_slope"] == "0.5"


@pytest.mark.parametrize("text", ["log(x)", "1/x", "sqrt(x)"])
def test_outside_the_domain(text):
    fact = analyse(text, extras=True).facts["gaussian_moments"]
    assert fact.value is None and fact.verdict == ("unknown" if text == "1/x" else "proved")


def test_a_mean_that_diverges_is_never_given():
    assert analyse("exp(x^2)", extras=True).facts["gaussian_moments"].value is None
