"""The extra facts, against closed forms and against numbers computed another way."""

import math

import pytest

from symnet.analysis import analyse
from symnet.analysis.extras import EXTRAS

SILU = "x/(1+exp(-x))"


def value(text, name):
    fact = analyse(text, extras=True).facts[name]
    assert fact.verdict == "proved", fact.reason
    return fact.value


def test_extras_come_only_when_asked_for():
    assert not set(EXTRAS) & set(analyse("x").facts)
    assert set(EXTRAS) < set(analyse("x", extras=True).facts)


def test_moments_of_relu():
    moments = value("max(0,x)", "gaussian_moments")
    assert float(moments["mean"]) == pytest.approx(1 / math.sqrt(2 * math.pi), abs=1e-15)
    assert float(moments["second_moment"]) == 0.5
    assert float(moments["gain"]) == pytest.approx(math.sqrt(2), abs=1e-15)


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("tanh(x)", math.tanh),
        (SILU, lambda x: x / (1 + math.exp(-x))),
        ("log(1+exp(x))", lambda x: math.log1p(math.exp(x))),
        ("Piecewise((exp(x)-1,x<0),(x,True))", lambda x: math.expm1(x) if x < 0 else x),
        ("1/(1+exp(-x))", lambda x: 1 / (1 + math.exp(-x))),
    ],
)
def test_moments_against_scipy(text, function):
    from scipy.integrate import quad

    moments = value(text, "gaussian_moments")

    def density(x):
        return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)

    for name, power in (("mean", 1), ("second_moment", 2)):
        expected = sum(
            quad(lambda x, p=power: function(x) ** p * density(x), a, b, epsabs=1e-12)[0]
            for a, b in ((-12, 0), (0, 12))
        )
        assert float(moments[name]) == pytest.approx(expected, abs=1e-10)
    slope = (
        quad(lambda x: function(x) * x * density(x), -12, 0)[0] + quad(lambda x: function(x) * x * density(x), 0, 12)[0]
    )
    assert float(moments["mean_slope"]) == pytest.approx(slope, abs=1e-9), "Stein's identity"


def test_gradient_bounds_and_clarke():
    bounds = value("x*min(max(x+3,0),6)/6", "gradient_bounds")
    assert (bounds["infimum"]["value"], bounds["supremum"]["value"]) == ("-0.5", "1.5")
    assert value("max(0,x)", "clarke_subdifferentials") == [{"at": "0", "interval": ["0", "1"]}]
    assert value("-abs(x)", "clarke_subdifferentials") == [{"at": "0", "interval": ["-1", "1"]}]


def test_saturation_of_sigmoid():
    claim = value("1/(1+exp(-x))", "saturation")
    edge = -math.log((1 - 0.002 - math.sqrt(1 - 0.004)) / 0.002)
    assert claim["dead"] == []
    assert float(claim["saturated"][1][0]) == pytest.approx(edge, abs=1e-9)
    assert value("max(0,x)", "saturation")["dead"] == [["-oo", "0"]]


def test_homogeneity_and_idempotence():
    assert value("max(0,x)", "homogeneity") == "1"
    assert value("max(0,x)^2", "homogeneity") == "2"
    assert value("tanh(x)", "homogeneity") is None
    assert value("max(0,x)", "idempotence") is True
    assert value("min(max(x,-1),1)", "idempotence") is True
    assert value("tanh(x)", "idempotence") is False


def test_taylor():
    assert value("tanh(x)", "taylor_at_zero")[:4] == ["0", "1", "0", "-0.3333333333333333333333333333333333"]
    assert value("max(0,x)", "taylor_at_zero") is None
