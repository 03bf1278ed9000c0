"""Tails: signs and limits hold beyond the proved T; a removed check is caught."""

import pytest
from flint import arb, ctx, fmpq

from symnet.balls.elementary import erf, exp, log, sine_and_cosine, square_root
from symnet.balls.expansion import End
from symnet.balls.field import Field
from symnet.balls.germs import Algebra
from symnet.balls.interval import Interval
from symnet.balls.limits import limit_of
from symnet.balls.reals import ExactReal
from symnet.balls.tails import tail
from symnet.balls.undecided import Undecided

LINE = Interval(None, None)


def functions(field):
    x, one = field.x, field.one
    e = exp(x, LINE)
    softplus = log(one + e, LINE)
    square = (one + e) ** 2
    mish = x * (square - one) / (square + one)
    gelu = x * (one + erf(x / square_root(field, fmpq(2)))).scaled(fmpq(1, 2))
    return [
        mish,
        mish - x,
        mish.derivative(),
        gelu,
        gelu - x,
        gelu.derivative(),
        softplus - x,
        x * x * x - e,
        x.scaled(100) - x * x,
    ]


def violations(field, function, side):
    """Sample points beyond the proved T where the sign is not the claimed one."""
    found = tail(field, function, End(None, side))
    bad = 0
    for k in range(14):
        t = found.start + fmpq(k * k, 7)
        with ctx.workprec(4000):
            value = function.ball(arb(t * side), 4000)
        bad += not (value * found.sign > 0)
    return bad


@pytest.mark.parametrize("side", [-1, 1])
def test_the_sign_holds_on_the_whole_tail(side):
    field = Field()
    for function in functions(field):
        assert violations(field, function, side) == 0


def test_a_removed_check_of_the_start_is_caught(monkeypatch):
    """With the rest of the germ ignored, T = 4 is accepted too early, and the samples say so."""
    monkeypatch.setattr(Algebra, "size", lambda self, germ: arb(0))
    field = Field()
    assert sum(violations(field, function, 1) for function in functions(field)) > 0


def test_limits():
    field = Field()
    x, one = field.x, field.one
    e = exp(x, LINE)
    sine, _ = sine_and_cosine(x)
    assert limit_of(x / e, End(None, 1)).element.is_zero
    assert limit_of(x * e, End(None, -1)).element.is_zero
    assert limit_of(sine / x, End(None, 1)).element.is_zero
    assert limit_of(sine / x, End(ExactReal(field.zero), 1)).element == one
    assert limit_of((e - one) / x, End(ExactReal(field.zero), -1)).element == one
    assert limit_of(one / x, End(ExactReal(field.zero), -1)).text == "-oo"
    with pytest.raises(Undecided):
        limit_of(sine, End(None, 1))
