"""Graphs: a corner is sampled at its place, a jump is a gap, nothing leaves the picture."""

from __future__ import annotations

import math

import pytest

from symnet.definitions.activation import activations
from symnet.explain.activation.graph import curve
from symnet.explain.curves import window
from symnet.explain.frame import Frame
from symnet.explain.function import Function


def drawn(name: str):
    function = Function(activations[name])
    return curve(function, Frame("activation", "lead", function.voice)), function


def test_the_corner_of_relu_is_a_sample_point_of_both_branches_of_its_slope() -> None:
    picture, _ = drawn("relu")
    f, slope = picture.series
    assert len(f.branches) == 1
    assert (0.0, 0.0) in f.branches[0]
    left, right = slope.branches
    assert left[-1] == (0.0, 0.0)
    assert right[0] == (0.0, 1.0)
    (mark,) = picture.marks
    assert (mark.x, mark.y, mark.kind) == (0.0, 0.0, "kink")


def test_a_jump_is_a_gap_with_an_open_and_a_closed_end() -> None:
    picture, _ = drawn("step")
    left, right = picture.series[0].branches
    assert left[-1] == (0.0, 0.0)
    assert right[0] == (0.0, 1.0)
    assert {(m.y, m.kind) for m in picture.marks} == {(0.0, "open"), (1.0, "closed")}


def test_the_window_holds_every_breakpoint() -> None:
    low, high = window(Function(activations["relu6"]).pieces)
    assert low <= -6 < 6 < high


@pytest.mark.parametrize("name", ["sigmoid", "gelu", "relu6", "exponential", "hard_shrink", "sine"])
def test_points_are_the_function_and_stay_inside(name: str) -> None:
    if name not in activations:
        pytest.skip(f"the catalogue has no {name}")
    picture, function = drawn(name)
    low, high = picture.y_range
    for branch in picture.series[0].branches:
        xs = [x for x, _ in branch]
        assert xs == sorted(xs)
        for x, y in branch[5:-5:25]:
            assert low <= y <= high
            assert math.isclose(y, float(function.value(__import__("sympy").Rational(str(x)))), abs_tol=2e-6)


def test_the_same_function_gives_the_same_picture() -> None:
    assert drawn("silu")[0] == drawn("silu")[0]
