"""What is read from the build of the tree, against values of the function itself."""

from __future__ import annotations

import math

import pytest

from symnet.analysis import analyse
from symnet.analysis.structure import continuous_by_build, denominators, parity_of, total_by_build
from symnet.definitions.expression import read

EVEN = ["min(cosh(x), 2)", "sin(x^2)", "where(abs(x) < 1, x^2, 3)", "sign(x)*tanh(x)", "atan(x)^4*exp(-abs(x))", "x^-2"]
ODD = ["sin(x)*cosh(x)", "tanh(sin(x))", "x*abs(x)^3", "cbrt(x)/(1 + x^2)", "atan(x)^3", "x^-3"]
NEITHER = ["x + 1", "exp(x)", "max(x, 0)", "x + x^2", "acos(x)", "where(x < 0, x, x^3)", "x^(3/2)"]


@pytest.mark.parametrize(("text", "label"), [*((t, "even") for t in EVEN), *((t, "odd") for t in ODD)])
def test_parity_by_build_is_that_of_the_values(text: str, label: str) -> None:
    assert parity_of(read(text).tree) == label
    f = _compiled(text)
    for x in (0.3, 0.9, 1.7, 4.1):
        assert math.isclose(f(-x), f(x) if label == "even" else -f(x), rel_tol=1e-12)


@pytest.mark.parametrize("text", NEITHER)
def test_no_parity_where_the_build_shows_none(text: str) -> None:
    assert parity_of(read(text).tree) is None


def test_an_odd_build_of_zero_is_even() -> None:
    assert parity_of(read("x - x").tree) == "odd"
    assert analyse("x - x").facts["parity"].value == "even"


def test_even_without_period_has_no_centre() -> None:
    facts = analyse("min(cosh(x), 2)").facts
    assert facts["parity"].value == "even"
    assert facts["symmetry_center"].verdict == "proved"
    assert facts["symmetry_center"].value is None


def test_domain_and_continuity_by_build() -> None:
    assert total_by_build(read("max(x, sin(x))*sign(cos(x))").tree)
    assert not total_by_build(read("log(x)").tree)
    assert not total_by_build(read("Piecewise((1, x > 0))").tree)
    assert continuous_by_build(read("abs(tan(x)) + sqrt(x)").tree)
    assert not continuous_by_build(read("x*sign(x)").tree)
    assert denominators(read("sqrt(x)/x").tree) is None
    found = denominators(read("tan(x)/x").tree)
    assert found is not None and len(found) == 2


def _compiled(text: str):
    import symnet

    return symnet.activation(text)


@pytest.mark.parametrize("text", ["max(x, x + 1e-30)", "x + 1e-40", "max(x, x*1.000000000000000000000000000001)"])
def test_a_parity_missed_by_little_is_refuted(text: str) -> None:
    assert analyse(text).facts["parity"].value == "neither"
