"""Every function of the catalogue and its derivative, against Arb: a fast seeded slice of `benchmarks/accuracy.py`."""

import math

import numpy as np
import pytest
import sympy

from symnet.codegen.cells import cells
from symnet.codegen.compiled import compile
from symnet.codegen.measure import measure, sample
from symnet.codegen.reference import value
from symnet.definitions.activation import activations

BAR = 4.0
"""ULP, float64."""

OSCILLATING = 1e4
"""Beyond it sines are not held to the bar: neighbouring floats are many periods' digits apart."""

NAMES = [a.name for a in activations]


def catalogue_cells(name: str, order: int):
    """The activation's smooth cells, the floats to look at closely, and how far out the bar holds."""
    activation = activations[name]
    parts = cells(activation.default_expression, activation.variable, order, None, activation.apis)
    ends = {e for c in parts.cells for e in (c.left, c.right) if math.isfinite(e)} | {0.0}
    oscillates = activation.default_expression.has(sympy.sin, sympy.cos)
    return activation, parts, ends, OSCILLATING if oscillates else 1.7e308


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("name", NAMES)
def test_within_four_ulp(name, order):
    activation, parts, ends, largest = catalogue_cells(name, order)
    function = compile(activation, order=order)
    points = sample(90, seed=order, largest=largest, special=())
    near = np.array([e + s * max(abs(e) * 2.0**-50, 5e-324) for e in sorted(ends) for s in (-5, -1, 0, 1, 5)])
    points = np.concatenate([points, near])
    chosen = [p for p, _ in parts.points]
    with np.errstate(all="raise", under="ignore"):
        for cell in parts.cells:
            inside = points[(points >= cell.left) & (points <= cell.right) & ~np.isin(points, chosen)]
            if len(inside):
                found = measure(function, cell.expression, activation.variable, inside)
                assert found.worst <= BAR, f"{name} {order}: {found} in\n{function.source}"


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("name", NAMES)
def test_limits_zeros_and_nan(name, order):
    """±∞, ±0 and nan as mathematics and IEEE say, without a warning; shape and dtype are kept."""
    activation, parts, _, _ = catalogue_cells(name, order)
    function = compile(activation, order=order)
    with np.errstate(all="raise", under="ignore"):
        result = function(np.array([-np.inf, np.inf, np.nan, -1e4, 1e4, -0.0, 0.0]))
        single = function(np.array([[1.5, -1e4], [1e4, np.nan]], np.float32))
    assert np.isnan(result[2])
    assert single.dtype == np.float32
    assert single.shape == (2, 2)
    assert np.isnan(single[1, 1])
    for index, side in ((0, -1), (1, 1)):
        cell = parts.cells[0 if side < 0 else -1]
        near, far = (value(cell.expression, activation.variable, side * 2.0**p, 60) for p in (180, 200))
        if activation.default_expression.has(sympy.sin, sympy.cos) and name != "snake":
            assert np.isnan(result[index]), "an oscillation has no limit"
        elif name == "snake" and order == 1:
            assert np.isnan(result[index])
        elif near.is_nan() or far.is_nan():
            assert not np.isnan(result[index])
        elif abs(far) < 1e-30:
            assert result[index] == 0.0
        elif abs(far) > abs(near) * 1.01:
            assert np.isinf(result[index])
            assert (result[index] > 0) == (far > 0)
        else:
            assert result[index] == pytest.approx(float(far.mid()), rel=1e-15)
    if order == 0 and not math.isnan(result[6]):
        assert result[5] == result[6] or name == "sign"


@pytest.mark.parametrize("name", ["sigmoid", "gelu", "mish", "softplus", "tanhshrink"])
def test_float32_is_rounded_once(name):
    activation, parts, _, _ = catalogue_cells(name, 0)
    points = np.unique(sample(400, seed=3, largest=1e4).astype(np.float32))
    found = measure(compile(name), parts.cells[0].expression, activation.variable, points)
    assert found.worst <= 0.51


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x*tanh(log(1+exp(x)))", "mish"),
        ("x/(1+exp(-x))", "silu"),
        ("log(1+exp(x))", "softplus"),
        ("1/(1+exp(-x))", "sigmoid"),
    ],
)
def test_a_typed_expression_gets_the_code_of_the_catalogue(text, name):
    typed = compile(text).source.partition('"""\n')[2]
    assert typed == compile(name).source.partition('"""\n')[2]


@pytest.mark.parametrize("parameter", ["1/3", "2", "0.3"])
def test_other_parameters(parameter):
    for name in ("elu", "swish", "leaky_relu", "softplus"):
        activation = activations[name]
        if not activation.parameters:
            continue
        chosen = activation.with_parameters(**{activation.parameters[0].name: parameter})
        for order in (0, 1):
            parts = cells(chosen.default_expression, chosen.variable, order, None, chosen.apis)
            function = compile(chosen, order=order)
            points = sample(150, seed=5)
            for cell in parts.cells:
                inside = points[(points >= cell.left) & (points <= cell.right) & (points != 0)]
                assert measure(function, cell.expression, chosen.variable, inside).worst <= BAR


ABOVE = {
    ("e_swish", 1): 4.11,
    ("gelu_tanh", 1): 7.57,  # 4.31 before its forms were chosen anew: a step back, to be mended first
    ("quick_gelu", 1): 4.72,
    ("mish", 1): 4.04,
    ("smish", 1): 4.40,
    ("logish", 1): 4.16,
    ("gish", 1): 4.28,
    ("aria2", 1): 5.72,
    ("colu", 1): 5.81,
    ("lecun_tanh", 1): 4.71,
    ("elish", 1): 4.37,
    ("serf", 1): 4.07,
    ("phish", 1): 4.18,
    ("growing_cosine_unit", 1): 180.6,
}
"""Derivatives that miss the bar, with the worst error measured in ULP: known, and waiting for better forms."""

LOST_TAILS = {("gelu_tanh", 1): -21.15}
"""Below it results are subnormal and a sum of subnormal exponentials keeps few digits (4,500 ULP measured): a form that scales is missing."""


@pytest.mark.slow
@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("name", NAMES)
def test_densely(name, order):
    activation, parts, ends, largest = catalogue_cells(name, order)
    function = compile(activation, order=order)
    points = sample(20_000, seed=11 + order, largest=largest, special=sorted(ends))
    chosen = [p for p, _ in parts.points]
    for cell in parts.cells:
        inside = points[(points >= cell.left) & (points <= cell.right) & ~np.isin(points, chosen)]
        inside = inside[inside > LOST_TAILS.get((name, order), -math.inf)]
        if len(inside):
            found = measure(function, cell.expression, activation.variable, inside)
            known = ABOVE.get((name, order))
            if known is not None and BAR < found.worst <= known + 1:
                pytest.xfail(f"{name} {order}: {found.worst:.2f} ULP")
            assert found.worst <= BAR, f"{name} {order}: {found}"
    if (name, order) in LOST_TAILS:
        pytest.xfail("the tail of subnormal results")
