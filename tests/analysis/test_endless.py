"""Functions with infinitely many pieces that do not repeat: answers by hand, and no number refutes what is proved."""

from __future__ import annotations

from typing import Any

import pytest
from agreement.opinion import contradictions

from symnet.analysis import analyse

BOTH = {
    "infimum": "-oo",
    "supremum": "oo",
    "limit_at_plus_infinity": "oscillates",
    "limit_at_minus_infinity": "oscillates",
}
ROUGH = {"monotonicity": "non-monotone", "convexity": "neither", "lipschitz": "oo", "period": None}
SMOOTH = {"continuous": True, "smoothness": "oo", "jumps": [], "kinks": []}
EXPECTED: dict[str, dict[str, Any]] = {
    "tan(x)/x": {**BOTH, **ROUGH, **SMOOTH, "parity": "even", "symmetry_center": None, "inverse": None},
    "tan(x) - x": {**BOTH, **ROUGH, **SMOOTH, "parity": "odd", "symmetry_center": ["0", "0"], "inverse": None},
    "x*tan(x)": {**BOTH, **ROUGH, **SMOOTH, "parity": "even", "symmetry_center": None, "inverse": None},
    "x/sin(x)": {**BOTH, **ROUGH, **SMOOTH, "parity": "even", "symmetry_center": None, "inverse": None},
    "exp(x)*tan(pi*x)": {**BOTH, **ROUGH, **SMOOTH, "parity": "neither", "inverse": None},
    "max(sin(x), 0)*x": {**BOTH, **ROUGH, "parity": "neither", "continuous": True, "smoothness": 0, "asymptotes": []},
    "abs(sin(x))*x": {**BOTH, **ROUGH, "parity": "odd", "continuous": True, "smoothness": 0, "asymptotes": []},
    "x*sign(cos(x))": {**BOTH, **ROUGH, "parity": "odd", "continuous": False, "smoothness": -1, "asymptotes": []},
    "where(sin(x) < 1/2, 0, x)": {**BOTH, **ROUGH, "parity": "neither", "continuous": False, "smoothness": -1},
    "x^2*sign(sin(x))^2": {"infimum": None, "supremum": "oo", "limit_at_plus_infinity": "oscillates", "parity": "even"},
    "x^2/sin(x)^2": {"supremum": "oo", "limit_at_plus_infinity": None, "parity": "even", "continuous": True},
}
"""None beside `infimum` and limits: a bound or a limit that needs all pieces at once, and is not told wrongly."""


@pytest.mark.parametrize("text", EXPECTED)
def test_by_hand(text: str) -> None:
    facts = analyse(text).facts
    for name, expected in EXPECTED[text].items():
        fact = facts[name]
        if expected is None and name in ("infimum", "limit_at_plus_infinity"):
            assert fact.verdict == "unknown"
            continue
        assert fact.verdict == "proved", (name, fact.reason)
        value = fact.value
        assert (value["value"] if isinstance(value, dict) else value) == expected, name


@pytest.mark.parametrize("text", ["tan(x) - x", "x*tan(x)", "x/sin(x)", "x + abs(tan(x))"])
def test_no_number_refutes(text: str) -> None:
    assert contradictions(analyse(text).to_json(), text) == []


@pytest.mark.parametrize(
    ("text", "poles", "family"),
    [
        ("tan(x)/x", 6, "pi/2 + k*pi, k integer"),
        ("x/sin(x)", 6, None),
        ("x/sin(x)^2", 7, "k*pi, k integer"),
        ("(x - 1)*tan(pi*x/2)", 9, None),
    ],
)
def test_poles(text: str, poles: int, family: str | None) -> None:
    """A zero of the denominator that the numerator cancels is no pole: x/sin(x) at 0, (x - 1)*tan(pi*x/2) at 1."""
    fact = analyse(text).facts["asymptotes"]
    assert fact.verdict == "proved"
    assert len(fact.value) == poles
    assert fact.evidence["family"] == family


def test_domain_is_listed_with_its_family() -> None:
    domain = analyse("tan(x)/x").facts["domain"]
    assert domain.exact is not None
    assert domain.exact["excluded"] == ["-5*pi/2", "-3*pi/2", "-pi/2", "0", "pi/2", "3*pi/2", "5*pi/2"]
    assert domain.exact["infinite"]
    assert domain.exact["family"] == "pi/2 + k*pi, k integer or 0"
