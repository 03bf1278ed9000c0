"""The extra facts, against closed forms and against numbers computed another way."""

import math

import pytest

from symnet.analysis import analyse
from symnet.analysis.extras import EXTRAS


def value(text, name):
    fact = analyse(text, extras=True).facts[name]
    assert fact.verdict == "proved", fact.reason
    return fact.value


def test_extras_come_only_when_asked_for():
    assert not set(EXTRAS) & set(analyse("x").facts)
    assert set(EXTRAS) < set(analyse("x", extras=True).facts)


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
