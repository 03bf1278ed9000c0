"""The short way through a function gives the same bits as the long one."""

from __future__ import annotations

import numpy as np
import pytest

from symnet.codegen.bulk import in_place
from symnet.codegen.compiled import compile
from symnet.codegen.form import X, operate
from symnet.codegen.numpy_printer import NumpyPrinter


@pytest.mark.parametrize("name", ["mish", "gelu", "lisht", "tanhexp"])
def test_both_ways_agree_to_the_bit(name) -> None:
    """A far element sends the whole chunk the long way."""
    function = compile(name)
    assert "        return" in function.source
    x = np.random.default_rng(0).normal(0, 3, 500)
    far = np.concatenate([x, [-1e308, 1.7976931348623157e308, np.nan]])
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_array_equal(function(far)[:500], function(x))
    assert np.isnan(function(far)[-1])


def test_statements_keep_what_is_still_needed() -> None:
    """e² − x/e + min(e, x), where e = exp(x): every operand in both places, shared and not; x itself is never overwritten."""
    e = operate("exp", X)
    form = (e * e - X / e) + operate("minimum", e, X)
    statements, result = in_place(form, NumpyPrinter())
    x = np.linspace(-2, 2, 9)
    scope = {"np": np, "x": x.copy()}
    exec("\n".join(statements), scope)
    np.testing.assert_array_equal(scope[result], (np.exp(x) * np.exp(x) - x / np.exp(x)) + np.minimum(np.exp(x), x))
    np.testing.assert_array_equal(scope["x"], x)
    assert any("out=" in line or "*=" in line for line in statements)
