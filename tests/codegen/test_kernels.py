"""The vetted primitives against Arb, and the claims that the error model makes about NumPy's own functions."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb, ctx, fmpq

from symnet.codegen import kernels
from symnet.codegen.kernels import scalar
from symnet.codegen.measure import error, measure, sample
from symnet.codegen.primitives import PRIMITIVES
from symnet.codegen.reference import value

x = sympy.Symbol("x", real=True)

POINTS = np.concatenate([sample(1500, seed=2, special=[0.0, 0.5, 0.8, 0.85]), np.linspace(-40, 40, 400)])


@pytest.mark.parametrize(
    ("kernel", "expression", "bar"),
    [
        (kernels.erf, sympy.erf(x), 2.0),
        (kernels.erfc, sympy.erfc(x), 2.5),
        (kernels.normal_cdf, sympy.erfc(-x / sympy.sqrt(2)) / 2, 2.5),
        (kernels.exp_minus_square, sympy.exp(-(x**2)), 1.6),
    ],
)
def test_gaussian_kernels(kernel, expression, bar):
    with np.errstate(all="raise", under="ignore"):
        assert measure(kernel, expression, x, POINTS[np.abs(POINTS) < 1e100]).worst <= bar


def test_erfcx():
    points = np.abs(POINTS)[np.abs(POINTS) < 1e6]
    ctx.prec = 3000
    exact = [(arb(float(t)) ** 2).exp() * arb(float(t)).erfc() for t in points]
    ctx.prec = 53
    assert measure(kernels.erfcx, x, x, points, exact).worst <= 4.0
    assert kernels.erfcx(np.array([np.inf, -np.inf])).tolist() == [0.0, np.inf]


def test_exact_sums_and_products_lose_nothing():
    random = np.random.default_rng(1)
    a, b = random.normal(size=(2, 200)) * 10.0 ** random.integers(-30, 30, (2, 200))
    for operation, kernel in (
        (lambda p, q: p + q, kernels.add_exactly),
        (lambda p, q: p * q, kernels.multiply_exactly),
    ):
        high, low = kernel(a, b)
        for p, q, h, l in zip(a, b, high, low, strict=True):
            assert operation(sympy.Rational(p), sympy.Rational(q)) == sympy.Rational(h) + sympy.Rational(l)


def test_exponents_are_computed_twice_as_precisely():
    expression = sympy.exp(sympy.Rational(851, 500) * x)
    points = np.linspace(-415, 415, 500)
    found = measure(
        lambda p: kernels.exp_polynomial(p, ((0.0, 0.0), (1.702, 4.263256414560601e-17))), expression, x, points
    )
    assert found.worst <= 1.6
    assert measure(lambda p: np.exp(1.702 * p), expression, x, points).worst > 50, "the plain form is not good enough"


def test_exponential_of_an_exponential():
    payload = (((0.0, 0.0), (1.0, 0.0)), (-1.0, 0.0), ((0.0, 0.0), (1.0, 0.0)))
    points = np.linspace(-300, 6.5, 500)
    assert measure(lambda p: kernels.exp_tower(p, payload), sympy.exp(x - sympy.exp(x)), x, points).worst <= 1.6


def test_zeros_of_the_sine_keep_their_digits():
    points = np.array([float(mpmath.mp.pi * k / 30) for k in range(1, 400, 7)])
    assert (
        measure(lambda p: kernels.sin_polynomial(p, ((0.0, 0.0), (30.0, 0.0))), sympy.sin(30 * x), x, points).worst <= 2
    )
    assert measure(lambda p: np.sin(30 * p), sympy.sin(30 * x), x, points).worst > 1e6


def test_select_has_no_branch_and_keeps_nan():
    a = np.array([1.0, np.nan, -0.0])
    result = kernels.select(np.array([True, True, False]), a, 7.0)
    assert result[0] == 1.0
    assert np.isnan(result[1])
    assert result[2] == 7.0


RANGES = {
    "exp": (-700, 700), "expm1": (-40, 700), "log": (1e-300, 1e300), "log1p": (-0.99, 1e300), "sqrt": (0, 1e300),
    "tanh": (-30, 30), "sin": (-1e4, 1e4), "cos": (-1e4, 1e4), "atan": (-1e10, 1e10), "erf": (-6, 6), "erfc": (-6, 26),
    "normal_cdf": (-37, 9), "cbrt": (1e-300, 1e300), "sinh": (-700, 700), "cosh": (-700, 700), "asinh": (-1e10, 1e10),
}  # fmt: skip


@pytest.mark.parametrize("name", RANGES)
def test_the_error_model_claims_no_less_than_is_seen(name):
    """`Primitive.unit` bounds the relative error in units of 2**-53."""
    primitive = PRIMITIVES[name]
    low, high = RANGES[name]
    points = POINTS[(low <= POINTS) & (high >= POINTS) & (np.abs(POINTS) > 1e-290)]
    function = getattr(kernels, primitive.numpy, None) or getattr(np, primitive.numpy)
    computed = function(points)
    ctx.prec = 200
    worst = 0.0
    for p, c in zip(points, computed, strict=True):
        exact = value(primitive.meaning(x), x, float(p))
        if abs(exact) > arb(2) ** -1000:
            worst = max(worst, float((abs(arb(float(c)) - exact) / abs(exact) * arb(2) ** 53).mid()))
    ctx.prec = 53
    assert worst <= primitive.unit


def test_scalar_kernels_agree_with_the_arrays():
    points = np.linspace(-30, 30, 301)
    for name in ("normal_cdf", "erfcx"):
        expected = getattr(kernels, name)(points)
        found = np.array([getattr(scalar, name)(float(p)) for p in points])
        both = np.isfinite(expected) & np.isfinite(found)
        assert np.array_equal(np.isfinite(expected), np.isfinite(found))
        np.testing.assert_allclose(found[both], expected[both], rtol=2e-15)


def test_rows_are_accurate_at_every_shift():
    random = np.random.default_rng(4)
    z = random.normal(size=(60, 7)) * 10.0 ** random.uniform(-2, 3, (60, 1))
    with np.errstate(all="raise", under="ignore"):
        soft, log_soft, total = kernels.softmax(z), kernels.log_softmax(z), kernels.logsumexp(z)
    ctx.prec = 4000
    for row, s, l, t in zip(z, soft, log_soft, total, strict=True):
        exponentials = [arb(float(v)).exp() for v in row]
        whole = sum(exponentials, arb(0))
        assert error(float(t), whole.log()) <= 4
        for v, si, li in zip(exponentials, s, l, strict=True):
            assert error(float(si), v / whole) <= 4
            assert error(float(li), (v / whole).log()) <= 4
    ctx.prec = 53


def test_rows_at_infinity():
    z = np.array([[np.inf, 0.0, np.inf], [-np.inf, 0.0, 1.0], [1e308, -1e308, 0.0], [-np.inf] * 3, [np.nan, 1.0, 2.0]])
    with np.errstate(all="raise", under="ignore"):
        soft, log_soft, total, sparse = (
            kernels.softmax(z),
            kernels.log_softmax(z),
            kernels.logsumexp(z),
            kernels.sparsemax(z),
        )
    assert soft[0].tolist() == [0.5, 0.0, 0.5]
    assert soft[1][0] == 0.0
    assert soft[2].tolist() == [1.0, 0.0, 0.0]
    assert log_soft[2].tolist() == [0.0, -np.inf, -1e308]
    assert total.tolist()[:4] == [np.inf, pytest.approx(1.3132616875182228), 1e308, -np.inf]
    assert sparse[0].tolist() == [0.5, 0.0, 0.5]
    assert np.isnan(soft[3:]).all()
    assert np.isnan(total[4])


def test_sparsemax_is_the_projection():
    z = np.random.default_rng(3).normal(size=(50, 6)) * 2
    p = kernels.sparsemax(z)
    np.testing.assert_allclose(p.sum(axis=1), 1.0, rtol=1e-15)
    assert (p >= 0).all()
    for row, q in zip(z, p, strict=True):
        tau = (row - q)[q > 0]
        assert np.ptp(tau) < 1e-14, "one threshold serves the whole support"
        assert (row[q == 0] <= tau[0] + 1e-14).all()


def test_rows_keep_dtype_and_take_out():
    z = np.ones((2, 3), np.float32)
    out = np.empty((2, 3), np.float32)
    assert kernels.softmax(z, out=out) is out
    assert kernels.log_softmax(z).dtype == np.float32
    assert kernels.softmax([[1, 2]]).dtype == np.float64


def test_no_name_is_defined_in_two_kernel_modules():
    """Exported source copies definitions from several modules into one."""
    from importlib import import_module

    from symnet.codegen.export.inlined import NUMPY_KERNELS

    owners = {}
    for module in NUMPY_KERNELS:
        full = f"symnet.codegen.kernels.{module}"
        for name, thing in vars(import_module(full)).items():
            if (
                not name.startswith("__")
                and name not in ("np", "annotations")
                and getattr(thing, "__module__", full) == full
            ):
                assert owners.setdefault(name, (module, thing))[1] is thing, f"{name} in {owners[name][0]} and {module}"


def projection(row):
    """The exact projection onto the simplex, in fractions."""
    values = [Fraction(float(v)) for v in row]
    total, threshold = Fraction(0), Fraction(0)
    for count, v in enumerate(sorted(values, reverse=True), 1):
        total += v
        if 1 + count * v > total:
            threshold = (total - 1) / count
    return [max(v - threshold, Fraction(0)) for v in values]


def test_sparsemax_against_fractions():
    """Ties, entries exactly at and just above the threshold, large common shifts."""
    random = np.random.default_rng(0)
    worst = 0.0
    for trial in range(600):
        z = random.normal(size=random.integers(2, 9)) * 10.0 ** random.uniform(-3, 1)
        if trial % 3 == 0:
            z[1] = z[0]
        if trial % 5 == 0:
            z = z + 10.0 ** random.uniform(0, 6)
        if trial % 7 == 0:
            z[np.argmin(z)] = z.max() - 1
        for computed, exact in zip(kernels.sparsemax(z), projection(z), strict=True):
            worst = max(worst, error(float(computed), arb(fmpq(exact.numerator, exact.denominator))))
    assert worst <= 2.5


HARD_ROWS = [
    [0.0, 0.0], [1.0, 1.0, 1.0], [1e308, -1e308], [745.0, 0.0, -745.0], [1e-300, -1e-300, 0.0], [1e15, 1e15 + 0.125, 1e15 - 3],
    [-1e4, -1e4 - 36.7], [1e-17, 0.0], [709.9, 709.8], [-800.0, -801.0, -1e300], [0.1] * 50, list(range(-40, 40)),
]  # fmt: skip


@pytest.mark.parametrize("row", HARD_ROWS, ids=lambda row: f"{row[0]}_{len(row)}")
def test_hard_rows_and_the_cross_entropy(row):
    z = np.array([row])
    with np.errstate(all="raise", under="ignore"):
        soft, log_soft, total = kernels.softmax(z)[0], kernels.log_softmax(z)[0], kernels.logsumexp(z)[0]
        losses = [kernels.softmax_cross_entropy(z, np.array([k]))[0] for k in range(len(row))]
    ctx.prec = 6000
    top = max(arb(v) for v in row)
    shifted = [arb(v) - top for v in row]
    whole = sum((v.exp() for v in shifted), arb(0))
    assert error(float(total), top + whole.log()) <= 4
    for v, s, l, loss in zip(shifted, soft, log_soft, losses, strict=True):
        assert error(float(s), v.exp() / whole) <= 4
        assert error(float(l), v - whole.log()) <= 4
        assert loss == -l
    ctx.prec = 53
