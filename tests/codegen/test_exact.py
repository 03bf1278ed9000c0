"""Correct rounding: the nearest float, decided by ball arithmetic, with exact zeros and ties."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from symnet.codegen.compiled import compile
from symnet.codegen.exact import round_fraction

FLOAT64, FLOAT32 = np.dtype(np.float64), np.dtype(np.float32)


@pytest.mark.parametrize("name", ["sigmoid", "gelu", "mish", "tanhshrink", "softplus"])
def test_every_value_is_the_nearest_float(name):
    points = np.concatenate([np.linspace(-30, 30, 61), [-1e-8, 1e-8, -700.0, 650.0]])
    functions = {
        "sigmoid": lambda t: 1 / (1 + mpmath.exp(-t)),
        "gelu": lambda t: t * mpmath.erfc(-t / mpmath.sqrt(2)) / 2,
        "mish": lambda t: t * mpmath.tanh(mpmath.log1p(mpmath.exp(t))),
        "tanhshrink": lambda t: t - mpmath.tanh(t),
        "softplus": lambda t: mpmath.log1p(mpmath.exp(t)),
    }
    with mpmath.workdps(900):
        expected = [float(functions[name](mpmath.mpf(float(p)))) for p in points]
    assert compile(name, exact=True)(points).tolist() == expected


def test_exact_zeros_ties_and_branches():
    relu = compile("relu", exact=True)
    assert relu(np.array([-1.0, 0.0, 0.25, 1e300])).tolist() == [0.0, 0.0, 0.25, 1e300]
    tie = compile("x + 2**53", exact=True)
    assert tie(np.array([1.0, 3.0])).tolist() == [2.0**53, 2.0**53 + 4]
    assert compile("x**2 - 2*x + 1", exact=True)(1.0) == 0.0
    assert compile("tanh(x)**2 + 1/cosh(x)**2 - 1", exact=True)(0.0) == 0.0


def test_kinks_limits_nan_and_dtype():
    derivative = compile("relu", order=1, exact=True)
    assert derivative(np.array([-1.0, 0.0, 1.0])).tolist() == [0.0, 0.0, 1.0]
    gelu = compile("gelu", exact=True)
    result = gelu(np.array([-np.inf, np.inf, np.nan]))
    assert result[0] == 0
    assert result[1] == np.inf
    assert np.isnan(result[2])
    single = gelu(np.array([0.3], np.float32))
    assert single.dtype == np.float32
    with mpmath.workdps(60):
        t = mpmath.mpf(float(np.float32(0.3)))
        assert single[0] == np.float32(float(t * mpmath.erfc(-t / mpmath.sqrt(2)) / 2))


@pytest.mark.parametrize("dtype", [FLOAT64, FLOAT32])
def test_rounding_of_fractions(dtype):
    least = Fraction(float(np.finfo(dtype).smallest_subnormal))
    assert round_fraction(least / 2, dtype) == 0.0
    assert round_fraction(least / 2 + least / 1000, dtype) == float(least)
    assert round_fraction(least * 3 / 2, dtype) == float(least) * 2
    largest = Fraction(float(np.finfo(dtype).max))
    assert round_fraction(largest, dtype) == float(largest)
    assert round_fraction(largest * 2, dtype) == np.inf
    for numerator in range(-50, 50):
        value = Fraction(numerator, 7)
        assert round_fraction(value, dtype) == (float(value) if dtype == FLOAT64 else float(np.float32(numerator / 7)))
