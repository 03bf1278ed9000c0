"""Functions with more kinks than can be listed: values, slopes, the mean at kinks, no limit far out."""

import math

import numpy as np
import pytest

from symnet.codegen.compiled import compile
from symnet.codegen.export.function import export, name_of
from symnet.definitions.expression import typed_activation
from symnet.errors import UnsupportedExpressionError

POINTS = np.linspace(-20, 20, 1001)
POINTS = POINTS[np.abs(np.sin(POINTS)) > 1e-6]


@pytest.mark.parametrize(
    ("text", "function", "slope"),
    [
        ("abs(sin(x))", lambda x: np.abs(np.sin(x)), lambda x: np.where(np.sin(x) > 0, np.cos(x), -np.cos(x))),
        ("max(sin(x), 0)", lambda x: np.maximum(np.sin(x), 0), lambda x: np.where(np.sin(x) > 0, np.cos(x), 0)),
        ("x + abs(sin(x))", lambda x: x + np.abs(np.sin(x)), lambda x: 1 + np.where(np.sin(x) > 0, 1, -1) * np.cos(x)),
        ("min(2*sin(x), sin(x))", lambda x: np.sin(x) * np.where(np.sin(x) > 0, 1, 2), lambda x: np.cos(x) * np.where(np.sin(x) > 0, 1, 2)),
    ],
)  # fmt: skip
def test_values_and_slopes(text, function, slope):
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_allclose(compile(text)(POINTS), function(POINTS), rtol=1e-15, atol=1e-15)
        np.testing.assert_allclose(compile(text, order=1)(POINTS), slope(POINTS), rtol=1e-13, atol=1e-16)


def test_the_mean_where_two_slopes_meet():
    assert compile("abs(sin(x))", order=1)(0.0) == 0.0
    assert compile("max(sin(x), 0)", order=1)(0.0) == 0.5
    assert "mean" in compile("max(sin(x), 0)", order=1).source
    assert compile("max(sin(x), 0)", order=1, exact=True)(0.0) == 0.5
    with pytest.raises(UnsupportedExpressionError, match="at_kink must be mean"):
        compile("abs(sin(x))", order=1, at_kink="left")


def test_jumps_that_cannot_be_listed_have_values_and_no_derivative():
    assert list(compile("sign(cos(x))")(np.array([0.0, 2.0, 4.0, 6.0]))) == [1.0, -1.0, -1.0, 1.0]
    with pytest.raises(UnsupportedExpressionError, match="jumps"):
        compile("sign(cos(x))", order=1)


@pytest.mark.parametrize("text", ["abs(sin(x))", "max(sin(x), 0)", "sign(cos(x))"])
def test_no_limit_far_out(text):
    with np.errstate(all="raise", under="ignore"):
        assert np.isnan(compile(text)(np.array([-math.inf, math.inf]))).all()


def test_a_sine_stays_between_its_bounds_however_far_out():
    far = np.array([1e9, -1e22, 3e40, 1e200])
    with np.errstate(all="raise", under="ignore"):
        assert (np.abs(compile("sin(30*x)")(far)) <= 1).all()
    assert compile("sin(30*x)")(1e9) == pytest.approx(compile("sin(30*x)", exact=True)(1e9), rel=1e-12)


def test_exported_python_knows_the_sign():
    scope: dict = {}
    name = name_of(typed_activation("max(sin(x), 0)"), 1)
    exec(export(typed_activation("max(sin(x), 0)"), "python", order=1), scope)
    assert [scope[name](x) for x in (-1.0, 0.0, 1.0)] == [0.0, 0.5, math.cos(1.0)]
