"""The second opinion can fail: true answers pass, and each kind of wrong answer is refuted."""

from __future__ import annotations

from typing import Any

import pytest
from mpmath import mp, mpf

from agreement.evaluation import evaluator
from agreement.expected import EXPECTED, unfold
from agreement.judged import JUDGED
from agreement.opinion import contradictions


def decimals(value: Any) -> Any:
    """The hand-reasoned answers with 45-digit decimals in place of their exact spellings."""
    mp.dps = 60
    if isinstance(value, dict):
        return {key: decimals(item) for key, item in value.items()}
    if isinstance(value, list):
        return [decimals(item) for item in value]
    if isinstance(value, str) and value not in ("oo", "-oo"):
        try:
            return mp.nstr(evaluator(value, "no_variable")(mpf(0)), 45)
        except (KeyError, SyntaxError):
            return value
    return value


def document(facts: dict[str, Any]) -> dict[str, Any]:
    """A document of the contract that claims `facts`."""
    words = ("parity", "monotonicity", "convexity", "smoothness")
    return {
        "variable": "x",
        "facts": {
            name: {"verdict": "proved", "value": value if name in words else decimals(value), "exact": None}
            for name, value in facts.items()
        },
    }


def refuted(text: str, short: dict[str, Any]) -> set[str]:
    """The facts of which numbers say that they are wrong."""
    return {c.fact for c in contradictions(document(unfold(short)), text)}


@pytest.mark.parametrize("text", [*list(EXPECTED)[::6]])
def test_hand_reasoned_answers_pass(text: str) -> None:
    assert contradictions(document(EXPECTED[text]), text) == []


@pytest.mark.slow
@pytest.mark.parametrize("text", EXPECTED)
def test_all_hand_reasoned_answers_pass(text: str) -> None:
    alarms = contradictions(document(EXPECTED[text]), text)
    if text in JUDGED and alarms:
        pytest.xfail(JUDGED[text])
    assert alarms == []


def _waves(family: str) -> dict[str, Any]:
    """The zeros of the sine on [-10, 10], with a family."""
    return {"infinite": True, "points": [f"{k}*pi" for k in range(-3, 4)], "family": family}


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("log(x)", {"domain": "R"}),
    ("1/x", {"domain": "R"}),
    ("sqrt(x)", {"domain": [[["0", "oo"]], ["1"]]}),
    ("tanh(x)", {"lim": ["-1", "0.999"]}),
    ("exp(x)", {"lim": ["0", "1000"]}),
    ("sin(x)", {"lim": ["oscillates", "0"]}),
    ("tanh(x)", {"lim": ["-1", "oscillates"]}),
    ("log(x)", {"lim": ["-oo", "oo"]}),
    ("exp(-x^2)", {"sup": ["1.0000001", False, [], []]}),
    ("exp(-x^2)", {"sup": ["0.9999", True, ["0"], []]}),
    ("exp(-x^2)", {"sup": ["1", True, ["0.001"], []]}),
    ("exp(-x^2)", {"sup": ["1", False, [], []]}),
    ("x^4 - 2*x^2", {"inf": ["-1", True, ["1"], []]}),
    ("tanh(x)", {"sup": ["2", False, [], []]}),
    ("max(0, x)", {"inf": ["0", True, [], [["-oo", "1"]]]}),
    ("tanh(x)", {"sup": "oo"}),
    ("x^3 - x", {"zeros": ["-1", "1"]}),
    ("x^3 - x", {"zeros": ["-1", "0", "1.0000000000000001"]}),
    ("x^2", {"zeros": []}),
    ("sin(x)", {"zeros": ["0"]}),
    ("tanh(x)", {"zeros": {"infinite": True, "points": ["0"]}}),
    ("max(0, x)", {"zeros": ["0"]}),
    ("sin(x)", {"zeros": _waves("k*pi, k integer, x < 0 or k*pi, k integer, x > 0")}),
    ("sin(x)", {"zeros": _waves("pi/2 + k*pi, k integer")}),
    ("where(Eq(x, 0), 1, sin(x)/x)", {"zeros": _waves("k*pi, k integer")}),
    ("sin(x)*where(x < 12, 1, exp(x))*where(x < 13, 1, 0) + max(x - 13, 0)", {"zeros": _waves("k*pi, k integer")}),
    ("x*abs(x)", {"fixed": ["0", "1"]}),
    ("x^3", {"crit": []}),
    ("abs(x)", {"crit": ["0"]}),
    ("x^2", {"crit": ["1e-10"]}),
    ("max(0, x)^2", {"crit": {"points": ["0"], "intervals": [["-oo", "0"]]}, "extrema": [["0", "0", "minimum"]]}),
    ("x^3", {"extrema": [["0", "0", "minimum"]]}),
    ("x^3 - x", {"extrema": []}),
    ("cos(x)*exp(-x^2)", {"extrema": [["0", "1", "minimum"]]}),
    ("x^3", {"mono": "nondecreasing"}),
    ("max(0, x)", {"mono": "strictly increasing"}),
    ("1/x", {"mono": "strictly decreasing"}),
    ("x*exp(x)", {"mono": "strictly increasing"}),
    ("tanh(x)", {"infl": []}),
    ("x^4", {"infl": ["0"]}),
    ("max(0, x)", {"conv": "neither"}),
    ("-abs(x)", {"conv": "convex"}),
    ("x^2", {"conv": "linear"}),
    ("1/x", {"conv": "convex"}),
    ("tanh(x)", {"parity": "even"}),
    ("tanh(x)", {"parity": "neither"}),
    ("1/(1 + exp(-x))", {"center": "none"}),
    ("1/(1 + exp(-x))", {"center": ["0", "1/3"]}),
    ("sign(x)", {"continuous": True}),
    ("abs(x)", {"continuous": False}),
    ("sign(x)", {"jumps": []}),
    ("sign(x)", {"jumps": [["0", "-1", "1", "1"]]}),
    ("where(Eq(x, 0), 1, 0)", {"jumps": []}),
    ("abs(x - 1/3)", {"kinks": []}),
    ("abs(x)", {"kinks": [["0", "-1", "1/2"]]}),
    ("cbrt(x)", {"kinks": [["0", "1", "oo"]]}),
    ("abs(x)", {"smooth": "oo"}),
    ("max(0, x)^3", {"smooth": 1}),
    ("max(0, x)^3", {"smooth": 3}),
    ("tanh(x)", {"lip": ["0.99", True, ["0"], []]}),
    ("tanh(x)", {"lip": ["1.1", False, [], []]}),
    ("tanh(x)", {"lip": ["1", True, ["0.1"], []]}),
    ("tanh(x)", {"lip": "oo"}),
    ("sin(x)", {"period": "none"}),
    ("sin(x)", {"period": "4*pi"}),
    ("sin(x)", {"period": "pi"}),
    ("log(1 + exp(x))", {"asym": [["-oo", "0", "0"]]}),
    ("log(1 + exp(x))", {"asym": [["-oo", "0", "0"], ["oo", "1", "0.1"]]}),
    ("1/x", {"asym": [["-oo", "0", "0"], ["oo", "0", "0"]], "domain": [[["-oo", "0"], ["0", "oo"]], ["0"]]}),
    ("tanh(x)", {"asym": [["-oo", "0", "-1"], ["oo", "0", "1"], ["|", "0"]]}),
]


@pytest.mark.parametrize(("text", "short"), WRONG, ids=lambda value: str(value)[:60])
def test_a_wrong_answer_is_refuted(text: str, short: dict[str, Any]) -> None:
    assert refuted(text, short)


def test_too_few_digits_and_a_wrong_closed_form_are_refuted() -> None:
    claim = document(unfold({"lim": ["0", "1"]}))
    claim["facts"]["limit_at_plus_infinity"] |= {"value": "0.99999999999999999999999999999999997", "exact": "1"}
    assert [c.fact for c in contradictions(claim, "1/(1 + exp(-x))")] == ["limit_at_plus_infinity"]


@pytest.mark.parametrize(
    ("expression", "wrong"), [("log(y/(1 - y))", False), ("log(y)", True), ("log(y/(1 + y))", True)]
)
def test_inverses(expression: str, wrong: bool) -> None:
    claim = {"inverse": {"expression": expression, "domain": {"intervals": [["0", "1"]], "excluded": []}}}
    assert bool(contradictions(document(claim), "1/(1 + exp(-x))")) == wrong


@pytest.mark.parametrize(("form", "wrong"), [("f*(1 - f)", False), ("f*(1 + f)", True), ("1 - f^2", True)])
def test_derivatives_in_terms_of_f(form: str, wrong: bool) -> None:
    assert bool(contradictions(document({"derivative_in_terms_of_f": form}), "1/(1 + exp(-x))")) == wrong
