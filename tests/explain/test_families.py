"""The section of a sheet that speaks for every value of the parameters."""

from __future__ import annotations

import pytest

from symnet.analysis import analyse
from symnet.definitions.activation import activations
from symnet.explain import explain
from symnet.render import render
from symnet.sheet import Section


def section(name: str) -> Section | None:
    return next((s for s in explain(name).sections if s.key == "families"), None)


def shown(name: str) -> str:
    """The section as it stands in the Markdown sheet, spaces made equal."""
    text = render(explain(name), "markdown")
    start = text.index("For every")
    return " ".join(text[start : text.index("In floating point", start)].replace("`", "").split())


def test_elu_says_where_it_is_convex_and_smooth() -> None:
    text = shown("elu")
    assert text.startswith(r"For every $\alpha$")
    for words in (
        r"Convexity, if $\alpha \leq 1$ | convex: bends up only",
        r"Smoothness, if $\alpha = 1$ | once continuously",
    ):
        assert words in text


def test_swish_scales() -> None:
    assert r"\beta" in shown("swish")
    assert "where g is free of beta" in shown("swish")


def test_a_function_without_parameters_has_no_such_section() -> None:
    assert section("relu") is None


@pytest.mark.parametrize("name", ["elu", "leaky_relu", "prelu", "hardshrink"])
def test_every_case_has_its_row(name: str) -> None:
    """As many rows for convexity and smoothness as the facts have cases."""
    assumed = {p.name: p.assumption for p in activations[name].free_parameters}
    facts = analyse(name, assume=assumed).facts
    table = section(name)
    assert table is not None
    words = [str(row.property.values.get("property", row.property)) for row in table.blocks[1].rows]  # type: ignore[union-attr]
    for key, title in (("convexity", "Convexity"), ("smoothness", "Smoothness"), ("monotonicity", "Monotonicity")):
        value = facts[key].value
        cases = len(value["cases"]) if isinstance(value, dict) else 1
        assert sum(title in word for word in words) == cases, key


def test_a_typed_expression_with_a_symbolic_parameter() -> None:
    from symnet.definitions.expression import typed_activation

    sheet = explain(typed_activation("max(a*x, x)", {"a": "positive"}))
    assert any(s.key == "families" for s in sheet.sections)
