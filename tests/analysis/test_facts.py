"""`analyse` itself: bounded work, the cache, JSON, planted faults."""

import json

import pytest

from symnet.analysis import analyse
from symnet.analysis.decision import decide
from symnet.analysis.facts import FACTS
from symnet.balls.undecided import Undecided
from symnet.definitions.expression import read


def test_every_listed_fact_is_present_and_plain():
    document = analyse("max(0,x)").to_json()
    assert list(document["facts"]) == list(FACTS)
    assert json.loads(json.dumps(document)) == document
    for fact in document["facts"].values():
        assert fact["verdict"] in ("proved", "unknown")
        assert fact["reason"].endswith(".")


def test_an_activation_and_its_name_agree():
    from symnet.definitions.activation import activations

    assert analyse("relu").to_json() == analyse(activations["relu"]).to_json()


def test_the_same_input_gives_the_same_facts():
    tree = read("x*tanh(log(1+exp(x)))").tree
    first, second = decide(tree)[0], decide(tree)[0]
    assert {k: v.to_json() for k, v in first.items()} == {k: v.to_json() for k, v in second.items()}


def test_the_cache_gives_the_same(monkeypatch, tmp_path):
    monkeypatch.setenv("SYMNET_CACHE_DIR", str(tmp_path))
    first = analyse("tanh(x)").to_json()
    assert list(tmp_path.rglob("*.json"))
    monkeypatch.setattr("symnet.analysis.decision.decide", lambda *_: pytest.fail("not read from the cache"))
    assert json.dumps(analyse("tanh(x)").to_json()) == json.dumps(first)


def test_what_the_clock_cut_short_is_never_cached(monkeypatch, tmp_path):
    monkeypatch.setenv("SYMNET_CACHE_DIR", str(tmp_path))
    facts = analyse("x*erf(log(1+exp(x)))", seconds=1e-6).facts
    assert any("time limit" in fact.reason for fact in facts.values())
    assert not list(tmp_path.rglob("*.json"))


def test_spent_units_leave_facts_unknown(monkeypatch):
    monkeypatch.setattr("symnet.analysis.decision.UNITS_OF_A_FACT", 3)
    facts = decide(read("x*tanh(log(1+exp(x)))").tree)[0]
    assert any(fact.verdict == "unknown" for fact in facts.values())


def test_an_undecided_search_makes_every_dependent_fact_unknown(monkeypatch):
    def refuse(*_):
        raise Undecided("the planted search")

    monkeypatch.setattr("symnet.balls.factor_zeros.zeros_between", refuse)
    facts = decide(read("x*tanh(log(1+exp(x)))").tree)[0]
    for name in ("critical_points", "extrema", "infimum", "inflection_points", "lipschitz"):
        assert facts[name].verdict == "unknown", name


def test_a_tie_of_doubles_is_not_a_tie():
    """Two minima whose values differ by 1e-40 are told apart; by equal doubles they would both be listed."""
    facts = analyse("min((x+2)^2, (x-2)^2 + 1/10^40)").facts
    assert facts["infimum"].value["at"] == ["-2"]
    assert facts["infimum"].value["value"] == "0"


def test_an_exact_tie_is_a_tie():
    assert analyse("min((x+2)^2, (x-2)^2)").facts["infimum"].value["at"] == ["-2", "2"]
    assert len(analyse("(x^2-2)^2").facts["infimum"].value["at"]) == 2


REASONED = [
    "x*tanh(log(1+exp(x)))",
    "max(0,x)",
    "sqrt(x)",
    "x/x",
    "1/x",
    "sin(x)*tanh(x)",
    "tan(x)",
    "abs(x)^3",
    "2",
    "log(-exp(x))",
]


@pytest.mark.parametrize("text", REASONED)
def test_reasons_are_finished_sentences(text):
    for name, fact in analyse(text).facts.items():
        assert fact.reason.endswith("."), name
        assert fact.reason[0].isalnum() or fact.reason[0] == "|", name
        assert not {"oo", "-oo", "None", "True"} & set(fact.reason.replace(",", " ").replace(".", " ").split()), name
