"""The readable form runs as printed, is short, and is as accurate as its measurement says."""

import numpy as np
import pytest

from symnet.codegen.accuracy import accuracy, readable
from symnet.codegen.compiled import compile
from symnet.definitions.activation import activations
from symnet.definitions.expression import typed_activation

TYPED = [
    "x*tanh(log(1+exp(x)))",
    "x^7-3*x^5+2*x-1/3",
    "exp(x)*erfc(x)",
    "log(x)",
    "sin(x)/x",
    "exp(x-exp(x))",
    "sin(3*x^2+1)",
]


@pytest.mark.parametrize("name", [*(a.name for a in activations), *TYPED])
def test_runs_as_printed_with_numpy_and_scipy_alone(name):
    activation = typed_activation(name) if name in TYPED else activations[name]
    short, found = readable(activation)
    assert "symnet" not in short.source
    assert len(short.source.splitlines()) <= 24
    assert max(map(len, short.source.splitlines())) <= 160
    points = np.linspace(-4, 4, 33)
    with np.errstate(all="ignore"):
        wanted, given = compile(activation)(points), short.function()(points)
    np.testing.assert_allclose(given, wanted, rtol=1e-9, atol=1e-12)
    assert found.points >= 1000


def test_known_spellings():
    assert "return x * (0.5 * erfc(-x / np.sqrt(2)))" in readable(activations["gelu"])[0].source
    assert "return np.maximum(x, 0)" in readable(activations["relu"])[0].source
    assert "return x / (np.exp(-x) + 1)" in readable(activations["silu"])[0].source


def test_the_measurement_is_of_what_is_printed():
    short, found = readable(activations["tanhshrink"])
    assert found.worst > 1e6, "x − tanh x has no digit left near 0"
    assert short.left_out > 0
    assert accuracy(activations["tanhshrink"]).worst <= 4
    assert accuracy(typed_activation("sin(1/x)"), count=300).wrong > 0, "what cannot be computed is said to be wrong"
