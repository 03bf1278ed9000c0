"""The extra facts, against closed forms and against numbers computed another way."""

import math

import pytest
from agreement.evaluation import evaluator

from symnet.analysis import analyse
from symnet.analysis.extras import EXTRAS


def value(text, name):
    fact = analyse(text, extras=True).facts[name]
    assert fact.verdict == "proved", fact.reason
    return fact.value


def number(text):
    return float(text.replace("oo", "inf"))


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


def test_convexity_by_interval():
    bends = value("x*(1+erf(x/sqrt(2)))/2", "convexity_intervals")
    root = "1.414213562373095048801688724209698"
    assert bends["convex"] == [["-" + root, root]]
    assert bends["concave"] == [["-oo", "-" + root], [root, "oo"]]
    assert value("max(0,x)", "convexity_intervals")["convex"] == [["-oo", "oo"]]
    assert value("sign(x)*x^2", "convexity_intervals")["convex"] == [["0", "oo"]]
    assert value("1/x", "convexity_intervals")["concave"] == [["-oo", "0"]]


CURVED = [
    "x/(1+exp(-x))",
    "x*min(max(x+3,0),6)/6",
    "sin(x)",
    "x/(1+abs(x))",
    "abs(x^2-1)",
    "sqrt(abs(x))",
    "max(-1,sin(x))",
]


@pytest.mark.parametrize("text", CURVED)
def test_convexity_intervals_by_chords(text):
    """Inside an interval chords lie above (below) the graph; across its ends they do not."""
    claim, f = value(text, "convexity_intervals"), evaluator(text)

    def gap(a, b):
        return float((f(a) + f(b)) / 2 - f((a + b) / 2))

    for name, sign in (("convex", 1), ("concave", -1)):
        for pair in claim[name]:
            low, high = max(number(pair[0]), -9.5), min(number(pair[1]), 9.5)
            inner = [low + (high - low) * k / 17 for k in range(18)]
            assert all(sign * gap(a, b) > -1e-12 for a in inner for b in inner)
            for end in (low, high):
                if abs(end) < 9:
                    chords = [sign * gap(end - h, end + h) for h in (0.001, 0.01)]
                    chords += [sign * gap(end, end + h) for h in (-0.01, 0.01)]
                    chords += [sign * gap(end - h, end + 3 * h) for h in (0.001, 0.01)]
                    chords += [sign * gap(end - 3 * h, end + h) for h in (0.001, 0.01)]
                    assert min(chords) < 0


@pytest.mark.parametrize("text", ["sin(x)", "abs(sin(x))", "x+sin(x)^2", "Piecewise((0,x<0),(sin(x),True))"])
def test_saturation_without_end(text):
    claim, f = value(text, "saturation"), evaluator(text)
    assert claim["infinite"]
    inside = [x / 997 - 9.9 for x in range(0, 19700, 3)]
    spans = [tuple(map(number, pair)) for pair in claim["saturated"]]
    for x in inside:
        if any(min(abs(x - a), abs(x - b)) < 2e-3 for a, b in spans):
            continue
        flat = abs(float(f(x + 1e-7) - f(x - 1e-7)) / 2e-7) < 0.001
        assert flat == any(a < x < b for a, b in spans) or abs(x) > 9.3
