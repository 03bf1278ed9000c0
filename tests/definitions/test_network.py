"""Neurons, layers, networks: counts, shapes, exact neurons, refusals."""

from __future__ import annotations

import time

import pytest
from sympy import Max, Piecewise, Rational, Symbol, exp, nan, symbols

from symnet.definitions.layers import LAYERS, Dense, Flatten, Maxout, Pointwise, Softmax
from symnet.definitions.loss import losses
from symnet.definitions.network import MLP, Network
from symnet.definitions.neuron import Neuron
from symnet.errors import DefinitionError, ShapeError, SymnetError, UnknownNameError


def test_the_network_of_the_video_has_13002_parameters() -> None:
    network = MLP([784, 16, 16, 10], "sigmoid")
    assert network.counts == (12_560, 272, 170)
    assert network.count == 13_002
    assert network.sizes == (784, 16, 16, 10)
    assert network.layers[0].counted == "16 · 784 + 16 = 12,560"
    assert network.parameter("W_1").shape == (16, 784)
    assert network.parameter("layers.3.bias").shape == (10,)


def test_no_expression_swell() -> None:
    from symnet.calculus.backpropagate import backpropagate

    backpropagate(MLP([2, 2], "sigmoid"))  # imports and the derivative of sigmoid
    begin = time.perf_counter()
    equations = backpropagate(MLP([784, 16, 16, 10], "sigmoid"))
    assert time.perf_counter() - begin < 0.5  # milliseconds; the bound is for a busy machine
    assert len(equations.gradients) == 6
    assert sum(len(e.expression.args) for e in equations) < 60


def test_equations_speak_of_the_usual_letters() -> None:
    assert [str(e) for e in MLP([3, 2, 1], "tanh", output="identity").equations] == [
        "z_1 = W_1*x + b_1",
        "a_1 = tanh(z_1)",
        "z_2 = W_2*a_1 + b_2",
    ]
    assert [str(e) for e in MLP([3, 2, 4], "relu", output="softmax").equations][-1] == "a_3 = softmax(z_2)"


def test_layers_and_neurons_count_from_1() -> None:
    network = MLP([2, 2, 1], "relu")
    w1, w2, x1, x2, b = symbols("w_1_2_1 w_1_2_2 x_1 x_2 b_1_2", real=True)
    assert network.neuron(1, 2).expression == Max(0, w1 * x1 + w2 * x2 + b)
    second = network.neuron(2, 1)
    assert second.expression.has(Symbol("a_1_1", real=True))
    assert second.neuron is not None
    assert second.neuron.expression == second.expression
    assert network.neuron(2, 1, inline=1).expression == network.expand()[0]
    for layer, neuron in ((0, 1), (3, 1), (1, 0), (1, 3), (True, 1)):
        with pytest.raises(DefinitionError):
            network.neuron(layer, neuron)


def test_the_size_of_an_expansion_is_predicted_and_bounded() -> None:
    network = MLP([784, 16, 16, 10], "sigmoid")
    assert network.neuron(1, 1).operations == network.neuron(1, 1).expression.count_ops()
    assert network.neuron(2, 1, inline=1).operations > 16 * 1500
    with pytest.raises(DefinitionError, match="operations"):
        network.expand()


def test_a_neuron_is_exact() -> None:
    neuron = Neuron(2, "sigmoid").substitute(w=["1/2", 0.3], b=-1, x=[1, 2])
    assert neuron.z == Rational(1, 2) + Rational(3, 5) - 1
    assert neuron.expression == 1 / (1 + exp(-Rational(1, 10)))
    slope = exp(-Rational(1, 10)) / (1 + exp(-Rational(1, 10))) ** 2
    assert neuron.gradient.w == (slope, 2 * slope)
    assert neuron.gradient.b == slope
    assert neuron.gradient.x == (slope / 2, slope * Rational(3, 10))


def test_a_neuron_keeps_symbols_and_fixes_them_one_by_one() -> None:
    neuron = Neuron(2, "elu")
    alpha = Symbol("alpha", positive=True)
    assert [str(s) for s in neuron.symbols] == ["w_1", "w_2", "b", "x_1", "x_2", "alpha"]
    assert neuron.expression.has(alpha)
    fixed = neuron.substitute(alpha=2, w_1="1/3", x_2=0)
    assert not fixed.expression.has(alpha)
    assert fixed.w[0] == Rational(1, 3)
    assert fixed.x[1] == 0


def test_a_gradient_on_a_kink_is_undefined() -> None:
    on_the_kink = Neuron(1, "relu").substitute(w=[1], b=-1, x=[1])
    assert on_the_kink.gradient.b is nan
    assert isinstance(Neuron(1, "relu").gradient.b, Piecewise)


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Network((Dense(3, 4), Dense(5, 2))), ShapeError, "gives 4 numbers but layer 2 .Dense. takes 5"),
        (lambda: Network((Dense(3, 4), Flatten((2, 2)))), ShapeError, "first layer"),
        (lambda: Network(()), DefinitionError, "at least one layer"),
        (lambda: MLP([3]), DefinitionError, "at least an input and an output"),
        (lambda: MLP([3, 0]), DefinitionError, "positive whole number"),
        (lambda: MLP([3, 2.5]), DefinitionError, "positive whole number"),
        (lambda: MLP([3, 2], "rleu"), UnknownNameError, "did you mean 'relu'"),
        (lambda: MLP([3, 2, 2], "softmax"), DefinitionError, "belongs to the output"),
        (lambda: MLP([3, 2], trainable=["W_9"]), UnknownNameError, "unknown parameter"),
        (lambda: Maxout(3, 2, 1), DefinitionError, "at least 2"),
        (lambda: Flatten((2, 3, 4)), DefinitionError, "shape of an image"),
        (lambda: Neuron(2, w=(1,)), ShapeError, "needs 2 values for w, got 1"),
        (lambda: Neuron(2).substitute(w=[1]), ShapeError, "needs 2 values for w, got 1"),
        (lambda: Neuron(2).substitute(w_3=1), DefinitionError, "no w_3"),
        (lambda: Neuron(2).substitute(c=1), DefinitionError, "no parameter 'c'"),
        (lambda: losses["mes"], UnknownNameError, "unknown loss 'mes'; did you mean 'mse'"),
        (lambda: MLP([2, 1]).parameters, SymnetError, "no numbers yet"),
    ],
)
def test_refusals_are_one_line(make, error, words) -> None:
    with pytest.raises(error, match=words) as caught:
        make()
    assert "\n" not in str(caught.value)


def test_every_layer_counts_what_it_declares() -> None:
    examples = {
        Dense: Dense(3, 2),
        Flatten: Flatten((2, 2)),
        Maxout: Maxout(3, 2, 4),
        Pointwise: Pointwise(3, "tanh"),
        Softmax: Softmax(3),
    }
    assert set(examples) == set(LAYERS), "a new layer needs an example here"
    assert [examples[kind].count for kind in LAYERS] == [8, 0, 32, 0, 0]
    for layer in examples.values():
        assert layer.count == sum(parameter.count for parameter in layer.parameters(1))
