"""Equality of typed functions: proved, refuted with a witness that holds, or left open; never wrong."""

import pytest
from sympy import Rational

from symnet.analysis.equality import DIFFERENT, EQUAL, compare_functions

SAME = [
    ("1-tanh(x)^2", "sech(x)^2"),
    ("sigmoid(x)*(1-sigmoid(x))", "exp(-x)/(1+exp(-x))^2"),
    ("tanh(x)", "2*sigmoid(2*x)-1"),
    ("relu(x)", "(x+abs(x))/2"),
    ("max(x,0)", "x*step(x)"),
    ("sin(x)^2", "1-cos(x)^2"),
    ("x^2/x", "x*(x/x)"),
    ("log(exp(x))", "x"),
    ("exp(2*log(x))", "x*sqrt(x)*sqrt(x)"),
    ("silu(x)", "x/(1+exp(-x))"),
    ("1/2", "0.5"),
]
OTHER = [
    ("1-tanh(x)^2", "sech(x)", None),
    ("x", "x^2/x", Rational(0)),
    ("log(x^2)", "2*log(x)", None),
    ("relu(x)", "x", None),
    ("step(x)", "heaviside(x)", Rational(0)),
    ("x", "x+1e-40", None),
    ("sqrt(x)^2", "x", None),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_equal_functions_are_proved_equal(left, right):
    assert compare_functions(left, right).verdict == EQUAL


@pytest.mark.parametrize(("left", "right", "where"), OTHER)
def test_a_difference_has_a_witness(left, right, where):
    found = compare_functions(left, right)
    assert found.verdict == DIFFERENT
    assert found.at is not None
    assert found.left != found.right or left.endswith("1e-40") or right.endswith("1e-40")
    if where is not None:
        assert found.at == where


def test_points_can_be_left_out():
    derivative = "Piecewise((0, x < 0), (1, x > 0))"
    assert compare_functions(derivative, "step(x)").verdict == DIFFERENT
    assert compare_functions(derivative, "step(x)", ignoring=["0"]).verdict == EQUAL
    assert compare_functions(derivative, "heaviside(x)", ignoring=["0"]).verdict == EQUAL
    assert compare_functions(derivative, "1/2", ignoring=["0"]).verdict == DIFFERENT


def test_what_differs_in_one_point_only_is_not_called_equal():
    assert compare_functions("where(x > 1/7, x, x)", "x").verdict == EQUAL
    found = compare_functions("Piecewise((x, x < 1/7), (5, Eq(x, 1/7)), (x, True))", "x")
    assert found.verdict == DIFFERENT
    assert found.at == Rational(1, 7)
