"""The field: canonical forms prove identities, derivatives agree with differences."""

import pytest
from flint import arb, ctx, fmpq

from symnet.balls.elementary import NOWHERE, asin, asinh, atan, erf, exp, log, pi, power, sine_and_cosine, square_root
from symnet.balls.field import Field
from symnet.balls.interval import Interval
from symnet.balls.reals import ExactReal
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import NeedsFinerBase

LINE = Interval(None, None)


def test_identities_are_zero():
    field = Field()
    x, one = field.x, field.one
    e = exp(x, LINE)
    softplus = log(one + e, LINE)
    sigmoid = e / (one + e)
    assert (softplus.derivative() - sigmoid).is_zero
    assert (log(one + one / e, LINE) - softplus + x).is_zero
    assert (exp(softplus.scaled(2), LINE) - (one + e) ** 2).is_zero
    sine, cosine = sine_and_cosine(x)
    double, _ = sine_and_cosine(x.scaled(2))
    assert (sine * sine + cosine * cosine - one).is_zero
    assert (double - (sine * cosine).scaled(2)).is_zero
    assert (atan(x).derivative() - one / (one + x * x)).is_zero
    assert (asinh(-x, LINE) + asinh(x, LINE)).is_zero


def test_functions_of_their_inverses_are_algebraic():
    field = Field()
    x, one, disc = field.x, field.one, Interval(ExactReal(field.rational(-1)), ExactReal(field.rational(1)))
    root = power(one + x * x, fmpq(1, 2), LINE)
    assert (exp(asinh(x, LINE), LINE) - x - root).is_zero
    assert (exp(asinh(x, LINE).scaled(-2), LINE) * (x + root) ** 2 - one).is_zero
    assert (sine_and_cosine(asin(x, disc), disc)[0] - x).is_zero
    assert (sine_and_cosine(asin(x, disc).scaled(2), disc)[1] - one + (x * x).scaled(2)).is_zero
    sine, cosine = sine_and_cosine(atan(x), LINE)
    assert (sine - x * cosine).is_zero
    assert (sine * sine + cosine * cosine - one).is_zero


def test_the_root_in_a_derivative_has_the_sign_of_its_place():
    """1 + u^2 may be a polynomial that is negative elsewhere: for u = sqrt(x - 5) it is x - 4."""
    field = Field()
    right = Interval(ExactReal(field.rational(5)), None)
    inner = power(field.x - field.rational(5), fmpq(1, 2), right)
    slope = asinh(inner, right).derivative()
    square = slope * slope * (field.x - field.rational(4)) * (field.x - field.rational(5))
    assert (square.scaled(4) - field.one).is_zero


def test_constants_are_exact():
    field = Field()
    assert (square_root(field, fmpq(12)) - square_root(field, fmpq(3)).scaled(2)).is_zero
    assert (sine_and_cosine(pi(field).scaled(fmpq(7, 6)))[0] + field.rational(fmpq(1, 2))).is_zero
    assert (atan(square_root(field, fmpq(3))) - pi(field).scaled(fmpq(1, 3))).is_zero
    assert (log(field.rational(8), NOWHERE) - log(field.rational(2), NOWHERE).scaled(3)).is_zero


def test_a_finer_base_is_asked_for():
    field = Field()
    exp(field.x, LINE)
    with pytest.raises(NeedsFinerBase) as caught:
        exp(field.x.scaled(fmpq(1, 2)), LINE)
    finer = Field({caught.value.key: caught.value.base})
    whole, half = exp(finer.x, LINE), exp(finer.x.scaled(fmpq(1, 2)), LINE)
    assert (whole - half * half).is_zero


@pytest.mark.parametrize("at", [fmpq(-7, 3), fmpq(2, 5), fmpq(9, 4)])
def test_derivatives_agree_with_differences(at):
    field = Field()
    x, one = field.x, field.one
    functions = [
        exp(x * x, LINE),
        log(one + x * x, LINE),
        power(x + field.rational(5), fmpq(1, 3), LINE),
        sine_and_cosine(x.scaled(3))[0],
        sine_and_cosine(x.scaled(3))[1],
        atan(x),
        asinh(x, LINE),
        erf(x),
    ]
    with ctx.workprec(400):
        h = arb(2) ** -100
        for f in functions:
            difference = (f.ball(arb(at) + h, 400) - f.ball(arb(at) - h, 400)) / (2 * h)
            assert abs(difference - f.derivative().ball(arb(at), 400)) < arb(10) ** -50


def test_substitution_reflects():
    field = Field()
    e = exp(field.x, LINE)
    tanh = (e * e - field.one) / (e * e + field.one)
    assert (Substitution(field, -field.x, LINE).element(tanh) + tanh).is_zero
    assert Substitution(field, field.zero).element(tanh).is_zero
    assert ExactReal(Substitution(field, field.one).element(tanh)).ball(100).overlaps(arb(1).tanh())
