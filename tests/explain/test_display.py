"""What a notebook shows: Markdown with formulas and plain text, for every record that has a picture of itself."""

import pytest

import symnet
from symnet.explain import explain
from symnet.explain.display import small_sheet

RECORDS = {
    "sheet": lambda: explain("relu"),
    "derivation": lambda: symnet.differentiate(symnet.sigmoid.expression),
    "analysis": lambda: symnet.analyse("x^2"),
    "network": lambda: symnet.MLP([3, 2, 1], "relu"),
}


@pytest.mark.parametrize("make", RECORDS.values(), ids=RECORDS)
def test_every_record_shows_itself(make):
    bundle = make()._repr_mimebundle_()
    assert set(bundle) == {"text/markdown", "text/plain"}
    assert all(len(text) > 100 for text in bundle.values())


def test_the_formulas_are_there():
    assert "\\sigma" in RECORDS["derivation"]()._repr_mimebundle_()["text/markdown"]
    assert "11" in RECORDS["network"]()._repr_mimebundle_()["text/plain"]


def test_other_things_have_none():
    with pytest.raises(TypeError):
        small_sheet(3)
