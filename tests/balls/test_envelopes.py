"""Envelopes of oscillations: what they bound is compared with dense values on the tail."""

import math

import pytest
from flint import fmpq

from symnet.analysis.conversion import convert
from symnet.analysis.place import Cell
from symnet.balls.envelopes import envelope, limit_superior
from symnet.balls.expansion import End
from symnet.balls.field import Field
from symnet.balls.interval import Interval, arb_of
from symnet.balls.reals import ExactReal
from symnet.balls.undecided import NeedsFinerBase
from symnet.balls.work import Budget
from symnet.definitions.expression import read


def element_of(text):
    """The expression as an element on x > 1, whatever bases its angles need."""
    bases = {}
    while True:
        field = Field(bases)
        place = Cell(field, Interval(ExactReal(field.rational(1)), None), Budget(10**6))
        try:
            element = convert(read(text).tree, place)
        except NeedsFinerBase as need:
            bases[need.key] = need.base
            continue
        assert element is not None
        return element


@pytest.mark.parametrize(
    "text",
    [
        "x*sin(x)+2",
        "exp(-x)+cos(x)-3*sin(x)",
        "x^2*cos(x)^2-sin(x)*cos(x)+x",
        "1/(1+x^2)+cos(x^2)/x",
        "cos(3*x)*tanh(x)",
    ],
)
def test_the_envelope_encloses_and_is_met(text):
    element = element_of(text)
    shape = envelope(element, End(None, 1))
    assert shape is not None
    closest = math.inf
    for k in range(3000):
        x = arb_of(fmpq(k, 300) + 20, 96)
        middle, swing = shape.middle.ball(x, 96), shape.swing.ball(x, 96).sqrt()
        distance = abs(element.ball(x, 96) - middle)
        assert not distance > swing
        closest = min(closest, float((swing - distance) / swing))
    assert closest < 1e-3


@pytest.mark.parametrize(
    "text", ["sin(x)+sin(2*x)", "sin(x)+cos(x^2)", "exp(sin(x))", "x*exp(-x)", "sin(x)/(2+cos(x))"]
)
def test_what_has_no_such_form_has_no_envelope(text):
    assert envelope(element_of(text), End(None, 1)) is None


@pytest.mark.parametrize(
    ("text", "bound"),
    [("sin(x)*tanh(x)", 1), ("cos(x)*atan(x)", math.pi / 2), ("sin(x)-1/x", 1), ("3*cos(x)-4*sin(x)-exp(-x)", 5)],
)
def test_a_limit_superior_that_is_never_passed(text, bound):
    element = element_of(text)
    found = limit_superior(element, End(None, 1), 1, fmpq(30))
    assert found is not None and not found.attained
    assert float(found.value.ball(None, 64).mid()) == pytest.approx(bound)
    values = [float(element.ball(arb_of(fmpq(k, 100) + 30, 96), 96).mid()) for k in range(5000)]
    assert max(values) < bound


@pytest.mark.parametrize("text", ["sin(x)*(1+exp(-x))", "sin(x)/tanh(x)+exp(-x)", "2^(-x)+cos(x)"])
def test_a_limit_superior_that_is_passed_is_no_bound(text):
    assert limit_superior(element_of(text), End(None, 1), 1, fmpq(30)) is None


def test_a_constant_envelope_is_met_for_ever():
    found = limit_superior(element_of("sin(x^2)"), End(None, 1), 1, fmpq(30))
    assert found is not None and found.attained
    found = limit_superior(element_of("sin(2*x)*tanh(x)+sin(x)^2*sech(x)^2"), End(None, 1), 1, fmpq(30))
    assert found is not None and found.attained
