"""Root isolation: complete, with multiplicities, and refinable; a swapped bound is caught."""

import mpmath
import pytest
from flint import fmpq

from symnet.balls.decimals import decimal, rational_decimal
from symnet.balls.elementary import exp, pi, sine_and_cosine
from symnet.balls.field import Field
from symnet.balls.interval import Interval
from symnet.balls.order import compare
from symnet.balls.reals import ExactReal, Root
from symnet.balls.roots import simplest_between
from symnet.balls.signs import sign_chart
from symnet.balls.work import Budget

LINE = Interval(None, None)


def test_a_polynomial_with_known_roots():
    field = Field()
    x = field.x
    product = (x - field.rational(fmpq(1, 3))) * (x * x - field.rational(2)) * (x + field.one) ** 3
    chart = sign_chart(product, LINE, Budget(10_000))
    assert [z.multiplicity for z in chart.zeros] == [1, 3, 1, 1]
    assert [round(float(z.point), 9) for z in chart.zeros] == [-1.414213562, -1.0, 0.333333333, 1.414213562]
    assert chart.signs == (1, -1, 1, -1, 1)


def test_a_triple_zero_of_a_transcendental_function():
    field = Field()
    x, one = field.x, field.one
    square = exp(x.scaled(2), LINE)
    chart = sign_chart(x - (square - one) / (square + one), LINE, Budget(10_000))
    assert [(float(z.point), z.multiplicity) for z in chart.zeros] == [(0.0, 3)]


def test_double_zeros_in_families():
    field = Field()
    _, cosine = sine_and_cosine(field.x)
    chart = sign_chart(field.one + cosine, LINE, Budget(10_000))
    assert chart.infinite
    assert not chart.changes
    assert all(z.multiplicity == 2 for z in chart.zeros)
    assert set(chart.signs) == {1}
    assert any(compare(z.point, ExactReal(pi(field))) == 0 for z in chart.zeros)


def test_refinement_agrees_with_mpmath():
    field = Field()
    root = Root(field, (exp(field.x, LINE) + field.x).num, fmpq(-1), fmpq(0))
    with mpmath.workdps(60):
        expected = -mpmath.lambertw(1)
        assert abs(mpmath.mpf(decimal(root)) - expected) < mpmath.mpf(10) ** -34


def test_a_lost_zero_is_caught(monkeypatch):
    """The sign after the last zero is proved a second time; a search that loses one disagrees with it."""
    field = Field()
    monkeypatch.setattr("symnet.balls.factor_zeros.zeros_between", lambda *_: [])
    with pytest.raises(AssertionError):
        sign_chart(exp(field.x, LINE) + field.x, LINE, Budget(10_000))


def test_simplest_between():
    assert simplest_between(fmpq(3, 10), fmpq(4, 10)) == fmpq(1, 3)
    assert simplest_between(fmpq(-4, 10), fmpq(-3, 10)) == fmpq(-1, 3)
    assert simplest_between(fmpq(-1), fmpq(1)) == 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (fmpq(0), "0"),
        (fmpq(1, 3), "0.3333333333333333333333333333333333"),
        (fmpq(2, 3), "0.6666666666666666666666666666666667"),
        (fmpq(-5, 4), "-1.25"),
        (fmpq(10) ** 30, "1" + "0" * 30),
    ],
)
def test_decimals_of_rationals(value, text):
    assert rational_decimal(value) == text


def test_zeros_of_a_number_that_does_not_end_are_shown():
    assert rational_decimal(1 + fmpq(1, 3 * 10**40)) == "1.000000000000000000000000000000000"
    assert rational_decimal(fmpq(1, 10**50)) == "1.0e-50"
