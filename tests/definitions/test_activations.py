"""The catalogue's contracts: every declared activation, whoever adds it, keeps these."""

from fractions import Fraction

import mpmath
import pytest
from sympy import Float, Rational, Symbol, lambdify, pi, sqrt

from symnet.calculus.differentiate import differentiate
from symnet.calculus.pieces import split
from symnet.definitions.activation import activations
from symnet.errors import UnknownNameError
from symnet.prose import load

every = pytest.mark.parametrize("activation", list(activations), ids=lambda a: a.name)
POINTS = [Fraction(k, 13) for k in range(-62, 63, 9)]


def test_the_catalogue_is_large():
    assert len(activations) >= 60


@every
def test_declaration(activation):
    assert activation.summary.endswith(".")
    assert activation.title
    assert activation.family != "user"
    assert not activation.expression.atoms(Float)
    assert activation.default_expression.free_symbols <= {activation.variable}
    assert all(p.symbol in activation.expression.free_symbols for p in activation.parameters)
    references = load("references")
    assert set(activation.sources) <= set(references)


@every
def test_it_splits_and_its_derivation_holds_with_symbolic_parameters(activation):
    split(activation.expression, activation.variable)
    derivation = differentiate(activation.expression, activation.variable)
    assert derivation.joins_decided
    for step in derivation.walk():
        assert step.check.symbolic == "proved", step
        assert step.check.enough, step
    for join in derivation.joins:
        assert join.check.enough, join


@every
def test_derivatives_of_both_orders_against_50_digit_differences(activation):
    f, x = activation.default_expression, activation.variable
    breakpoints = [b.location for b in split(f, x).breakpoints]
    slopes = (differentiate(f, x, order=order).result for order in (1, 2))
    at, first, second = (lambdify(x, e, "mpmath") for e in (f, *slopes))
    with mpmath.workdps(90):
        h = mpmath.mpf(10) ** -24
        for point in POINTS:
            if any(abs(float(b) - float(point)) < 1e-3 for b in breakpoints):
                continue
            t = mpmath.mpf(point.numerator) / point.denominator
            left, middle, right = at(t - h), at(t), at(t + h)
            assert abs((right - left) / (2 * h) - first(t)) < mpmath.mpf(10) ** -38
            assert abs((right - 2 * middle + left) / h**2 - second(t)) < mpmath.mpf(10) ** -38


@every
def test_aliases_find_it(activation):
    for spelling in (activation.name, activation.name.upper(), *activation.aliases):
        assert activations[spelling] is activation


def test_a_name_that_is_nearly_right_is_offered():
    with pytest.raises(UnknownNameError, match="did you mean 'relu'"):
        activations["rleu"]


@pytest.mark.parametrize(
    ("name", "point", "least"),
    [
        ("silu", "-1.27846454276107379510935873902", "-0.27846454276107379510935873902"),
        ("gelu", "-0.7517915246935644574579049467795", "-0.16997120747990366169386847098"),
        ("gelu_tanh", "-0.75246142207101625848795", "-0.17004075057125405063906742799"),
        ("quick_gelu", "-0.75115425544128895129809561635", "-0.16361018963635358114533415924"),
        ("mish", "-1.19243121451549521213758834042", "-0.30884341301725040662876022905"),
        ("serf", "-1.19305996892818796618", "-0.34843745875960642022"),
        ("tanhexp", "-1.07886005846462405665", "-0.35328577784821127099"),
    ],
)
def test_certified_minima(name, point, least):
    """Minima from an independent certified computation: the value there, and f′ = 0."""
    activation = activations[name]
    x, where = activation.variable, Float(point, 40)
    assert abs(activation.default_expression.subs(x, where).evalf(40) - Float(least, 40)) < Float("1e-19")
    slope = differentiate(activation.default_expression, x).result
    assert abs(slope.subs(x, where).evalf(40)) < Float("1e-19")


@pytest.mark.parametrize(
    ("name", "point", "value"),
    [
        ("squareplus", 1, (1 + sqrt(5)) / 2),
        ("hardswish", 1, Rational(2, 3)),
        ("bent_identity", 1, (sqrt(2) + 1) / 2),
        ("softsign", -1, -Rational(1, 2)),
        ("sqnl", 1, Rational(3, 4)),
        ("sparse_plus", 0, Rational(1, 4)),
        ("star_relu", 1, Rational(4472, 10000)),
        ("leaky_relu", -10, -1),
        ("gudermannian", 0, 0),
        ("snake", pi / 2, pi / 2 + 1),
        ("step", 0, 1),
        ("sign", 0, 0),
        ("hardshrink", Rational(1, 2), 0),
        ("threshold", 0, Rational(1, 2)),
    ],
)
def test_exact_values(name, point, value):
    activation = activations[name]
    assert activation.default_expression.subs(activation.variable, point) == value


def test_parameters_are_symbols_with_their_assumptions():
    assert activations["elu"].parameters[0].symbol == Symbol("alpha", positive=True)
