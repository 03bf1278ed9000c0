"""Largest absolute values by branch and bound, against the general search and against samples."""

import mpmath
import pytest
from agreement.evaluation import evaluator

from symnet.analysis.extras import distance, peak
from symnet.analysis.extras.distance import largest_distance
from symnet.analysis.extras.identity import afresh
from symnet.analysis.extras.peak import peaks
from symnet.analysis.subject import Subject
from symnet.balls.decimals import decimal
from symnet.balls.undecided import Undecided
from symnet.balls.work import Budget
from symnet.definitions.expression import read


def found(text):
    budget = Budget(10**6)
    return afresh(budget, lambda field: peaks(Subject(read(text).tree, field, budget)))


@pytest.mark.parametrize(
    "text",
    [
        "x*exp(-x^2)", "1/(1+x^2)", "exp(-abs(x-1/3))", "x^2*exp(x/3-x^2)", "tanh(x)-erf(2*x/3)*exp(-(x+1)^2)-tanh(x+1/2)",
        "Piecewise((x+1,-1<=x<0),(1-x^2,0<=x<=1),(0,True))", "exp(-x^2)*cos(3*x)", "(x+1/5)/(1+x^4)",
    ],
)  # fmt: skip
def test_against_samples(text):
    best, f = found(text), evaluator(text)
    largest = max(abs(f(mpmath.mpf(k) / 300)) for k in range(-2400, 2401))
    for p in best:
        value, at = float(p.value), float(p.at)
        assert largest <= value * (1 + 1e-12) and value < float(largest) * (1 + 1e-3)
        assert abs(float(abs(f(mpmath.mpf(at)))) - value) < 1e-9


def test_every_place_is_named():
    assert [round(float(p.at), 6) for p in sorted(found("x*exp(-x^2)"), key=lambda p: float(p.at))] == [
        -0.707107,
        0.707107,
    ]


@pytest.mark.parametrize("text", ["x", "exp(x)", "sign(x)*exp(-x^2)", "1/x", "tanh(x)"])
def test_not_decided(text):
    """Unbounded, with a jump, or largest only in the limit."""
    with pytest.raises(Undecided):
        found(text)


def test_gelu_and_its_tanh_form():
    """The known difference, to thirty digits by mpmath."""
    exact, approximation = read("gelu(x)").tree, read("gelu_tanh(x)").tree
    record = largest_distance(exact, approximation, Budget(10**6))
    with mpmath.workdps(50):

        def gap(x):
            gelu = x * mpmath.erfc(-x / mpmath.sqrt(2)) / 2
            inner = mpmath.sqrt(2 / mpmath.pi) * (x + mpmath.mpf("0.044715") * x**3)
            return gelu - x * (1 + mpmath.tanh(inner)) / 2

        at = mpmath.findroot(lambda x: mpmath.diff(gap, x), mpmath.mpf("2.7"))
        assert abs(abs(gap(at)) - mpmath.mpf(decimal(record["value"]))) < mpmath.mpf(10) ** -36
        assert abs(at - mpmath.mpf(float(record["at"][1]))) < 1e-14


def test_the_general_search_agrees(monkeypatch):
    pairs = [("sigmoid", "hard_sigmoid"), ("silu", "hardswish"), ("relu", "gelu"), ("elu", "isrlu"), ("tanh", "sqnl")]
    quick = [largest_distance(read(f"{a}(x)").tree, read(f"{b}(x)").tree, Budget(10**6)) for a, b in pairs]

    def refuse(subject):
        raise Undecided("not asked")

    monkeypatch.setattr(distance, "peaks", refuse)
    for (a, b), record in zip(pairs, quick, strict=True):
        slow = largest_distance(read(f"{a}(x)").tree, read(f"{b}(x)").tree, Budget(10**6))
        assert abs(float(slow["value"]) - float(record["value"])) < 1e-15
        assert [float(p) for p in slow["at"]] == pytest.approx([float(p) for p in record["at"]], abs=1e-12)


def test_a_forgotten_tail_is_noticed(monkeypatch):
    """Planted fault: no edge is safe, so nothing may be claimed."""
    monkeypatch.setattr(peak, "EDGES", ())
    with pytest.raises(Undecided):
        found("x*exp(-x^2)")
