"""Agreement: what the analysis proves of formulas it has not seen survives numbers, hand-reasoned answers and torch.

By default a seeded slice runs; ``-m slow`` runs the whole corpus; ``-m hunt`` hunts among random expressions, where numbers
alone can raise an alarm without cause (a steep rise looks like a jump) and a person has to judge each.
"""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from agreement.claims import is_number, number
from agreement.evaluation import evaluator
from agreement.expected import CORPUS, EXPECTED
from agreement.judged import JUDGED
from agreement.opinion import contradictions
from symnet.analysis import analyse

SLICE = random.Random(20261124).sample(sorted(CORPUS), 14)
HAND_SLICE = random.Random(7).sample(sorted(EXPECTED), 24)


@lru_cache(maxsize=64)
def document(text: str) -> dict[str, Any]:
    return analyse(text).to_json()


@pytest.mark.parametrize("text", SLICE)
def test_numbers_refute_nothing(text: str) -> None:
    assert contradictions(document(text), text) == []


@pytest.mark.slow
@pytest.mark.parametrize("text", sorted(CORPUS))
def test_numbers_refute_nothing_in_the_corpus(text: str) -> None:
    alarms = contradictions(document(text), text)
    if text in JUDGED and alarms:
        pytest.xfail(JUDGED[text])
    assert alarms == []


@pytest.mark.parametrize("text", HAND_SLICE)
def test_hand_reasoned_answers_agree(text: str) -> None:
    _agree(text)


@pytest.mark.slow
@pytest.mark.parametrize("text", sorted(EXPECTED))
def test_all_hand_reasoned_answers_agree(text: str) -> None:
    _agree(text)


def _agree(text: str) -> None:
    """Every proved fact equals the hand-reasoned one; a fact that is not decided does not disagree."""
    facts = document(text)["facts"]
    for name, expected in EXPECTED[text].items():
        if facts[name]["verdict"] == "proved":
            found = facts[name]["value"]
            assert same(found, expected), f"{name} of {text}: {found}, by hand {expected}"


def same(found: Any, expected: Any) -> bool:
    """Whether a value of the contract is the hand-reasoned one, numbers compared to 28 digits."""
    if isinstance(expected, dict):
        keys = [key for key in expected if key not in ("family", "infinite") or expected[key]]
        return isinstance(found, dict) and all(same(found.get(key, False), expected[key]) for key in keys)
    if isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return False
        return all(any(same(f, e) for f in found) for e in expected)
    if is_number(found) and isinstance(expected, str | int):
        with mp.workdps(60):
            by_hand = number(expected) if expected in ("oo", "-oo") else evaluator(str(expected), "no_variable")(mpf(0))
            value = number(found)
            return bool(value == by_hand or abs(value - by_hand) <= mpf(10) ** -28 * (1 + abs(by_hand)))
    return found == expected


def test_same_can_say_no() -> None:
    assert same("1.4142135623730950488016887242096980786", "sqrt(2)")
    assert not same("1.41421356237309504880168873", "sqrt(2)")
    assert not same({"points": ["0"]}, {"points": ["0", "1"]})
    assert not same(["0", "2"], ["0", "1"])
    assert same({"points": ["0"], "infinite": False}, {"points": ["0"], "infinite": False, "family": None})


ATOMS = ["x", "x", "1", "2", "1/2", "-1"]
UNARY = ["exp", "tanh", "abs", "sigmoid", "atan", "relu", "sin", "sqrt", "log", "sign", "cbrt", "softplus", "erf"]


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(lambda f, a: f"{f}({a})", st.sampled_from(UNARY), inner),
        st.builds(lambda a, op, b: f"({a}) {op} ({b})", inner, st.sampled_from("+-*/"), inner),
        st.builds(lambda a, n: f"({a})^{n}", inner, st.sampled_from(["2", "3", "(1/2)"])),
        st.builds(lambda a, b: f"max({a}, {b})", inner, inner),
        st.builds(lambda a, b, c: f"where({c} < 1, {a}, {b})", inner, inner, st.just("x")),
    )


expressions = st.recursive(st.sampled_from(ATOMS), _grow, max_leaves=4).filter(lambda text: "x" in text)
CHECKS = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def _survives(text: str) -> None:
    from symnet.errors import SymnetError

    try:
        found = document(text)
    except SymnetError:
        return
    assert contradictions(found, text) == []


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=CHECKS)
@given(expressions)
def test_random_expressions(text: str) -> None:
    _survives(text)


@pytest.mark.hunt
@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=CHECKS)
@given(expressions)
def test_many_random_expressions(text: str) -> None:
    _survives(text)


@pytest.mark.torch
@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("1/(1 + exp(-x))", "sigmoid"),
        ("tanh(x)", "tanh"),
        ("log(1 + exp(x))", "softplus"),
        ("x*sigmoid(x)", "silu"),
        ("x*(1 + erf(x/sqrt(2)))/2", "gelu"),
        ("x*tanh(log(1 + exp(x)))", "mish"),
        ("x*min(max(x + 3, 0), 6)/6", "hardswish"),
        ("x/(1 + abs(x))", "softsign"),
    ],
)
def test_torch_gradients_stay_within_the_lipschitz_constant_and_vanish_at_critical_points(
    text: str, function: str
) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    facts = document(text)["facts"]
    apply = getattr(torch.nn.functional, function, None) or getattr(torch, function)

    def gradient(points: list[float]) -> Any:
        x = torch.tensor(points, dtype=torch.float64, requires_grad=True)
        apply(x).sum().backward()
        return x.grad

    steepest = gradient([k / 64 for k in range(-1280, 1281)]).abs().max().item()
    bound = float(facts["lipschitz"]["value"]["value"])
    assert steepest <= bound * (1 + 1e-12)
    assert steepest >= bound * (1 - 1e-2)
    for point in facts["critical_points"]["value"]["points"]:
        assert abs(gradient([float(point)]).item()) < 1e-12
