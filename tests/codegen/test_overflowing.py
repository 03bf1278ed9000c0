"""Oscillations that outgrow the floats: infinite where the true value is, with its sign, finite where it is finite; silent."""

import math

import numpy as np
import pytest
import sympy

from symnet.codegen.compiled import compile
from symnet.codegen.kernels import scaled_up
from symnet.codegen.measure import error
from symnet.codegen.reference import value

x = sympy.Symbol("x", real=True)


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("text", ["exp(x)*cos(x)", "exp(-2*x)*sin(3*x)", "x*exp(x)*sin(x)"])
def test_infinite_where_the_value_is(text, order):
    expression = sympy.diff(sympy.sympify(text, {"x": x}), x, order)
    near = np.random.default_rng(1).uniform(-760, 760, 400)
    far = np.array([1e3, 3e4, -5e5, 1e17, -1e200, *(math.pi * (k + 0.5) for k in range(226, 240))])
    points = np.concatenate([near, far])
    with np.errstate(all="raise", under="ignore"):
        computed = compile(text, order=order)(points)
    for point, result in zip(points, computed, strict=True):
        exact = value(expression, x, float(point))
        if text == "x*exp(x)*sin(x)" and order:  # three waves; no form keeps their zeros
            assert math.isnan(result) or math.isinf(result) == bool(abs(exact) > 1.797e308)
        else:
            assert error(float(result), exact) <= 4.0, (point, result, exact)


def test_scaling_up_saturates():
    with np.errstate(all="raise"):
        given = np.array([0.0, -1.5, 1e269, 1e270, -1e300, math.inf, math.nan])
        np.testing.assert_array_equal(
            scaled_up(given), [0.0, -1.5 * 2.0**128, 1e269 * 2.0**128, math.inf, -math.inf, math.inf, math.nan]
        )


def test_two_waves_become_one():
    with np.errstate(all="raise"):
        zero = math.atan2(2, 3) * 1.0 + 2000 * math.pi
        points = zero + np.arange(-5, 6) * 1e-9
        computed = compile("3*sin(x) - 2*cos(x)")(points)
    for point, result in zip(points, computed, strict=True):
        assert error(float(result), value(3 * sympy.sin(x) - 2 * sympy.cos(x), x, float(point))) <= 4.0


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("text", ["sin(1/x)", "x*sin(1/x)", "sinh(x)*sin(x)"])
def test_silent_where_waves_gather_or_outgrow(text, order):
    points = 10.0 ** np.random.default_rng(2).uniform(-323, 308, 4000)
    with np.errstate(all="raise", under="ignore"):
        compile(text, order=order)(np.concatenate([points, -points]))
