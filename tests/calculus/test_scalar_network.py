"""Scalar networks: the same values and gradients as SymPy's own, in a size proportional to the parameters."""

import random
from math import prod

import pytest
from sympy import (
    Add,
    Integer,
    Mul,
    Rational,
    Symbol,
    diff,
    expand,
    fraction,
    log,
    preorder_traversal,
    symbols,
    together,
)

from symnet.calculus.sorted_terms import product, total
from symnet.codegen.program import compile_network
from symnet.codegen.scalar_source import compile_scalar, scalar_source
from symnet.definitions.layers import Dense, Flatten, Maxout, Softmax
from symnet.definitions.network import MLP, Network
from symnet.errors import ShapeError, UsageError

SMALL = [
    (MLP([2, 2, 1], "sigmoid"), "half_squared"),
    (MLP([2, 2, 2], "tanh", "identity"), "mse"),
    (MLP([1, 2, 2, 1], "x^2 + x/3"), "half_squared"),
    (MLP([1, 1, 2], "sigmoid", "softmax"), "softmax_cross_entropy"),
    (MLP([2, 1, 2], "softplus", "identity", trainable=["W_1", "b_2"]), "mse"),
    (Network((Dense(1, 2, "tanh"), Softmax(2))), "half_squared"),
]
IDS = ["sigmoid", "tanh", "typed", "cross-entropy", "frozen", "softmax"]


def sympys_own(network, loss):
    """Loss and gradients by SymPy's own differentiation of the formula written out."""
    outputs = network.expand()
    y = symbols(f"y_1:{len(outputs) + 1}", real=True)
    squares = sum((a - t) ** 2 for a, t in zip(outputs, y, strict=True))
    if loss == "softmax_cross_entropy":
        value = -sum(t * log(p) for t, p in zip(y, outputs, strict=True)).subs(y[-1], 1 - sum(y[:-1]))
    else:
        value = squares / (2 if loss == "half_squared" else len(outputs))
    return value


def vanishes(expression, point):
    """Whether an expression is exactly 0 at a rational point: its numerator cancels, term against term."""
    return expand(fraction(together(expression.subs(point)))[0]) == 0


@pytest.mark.parametrize(("network", "loss"), SMALL, ids=IDS)
def test_values_and_gradients_are_sympys_own(network, loss):
    scalar = network.scalar(loss)
    value = sympys_own(network, loss)
    draw = random.Random(1)
    y = scalar.target
    point = {s: Rational(draw.randint(-9, 9), draw.randint(2, 7)) for s in sorted(value.free_symbols, key=str)}
    if loss == "softmax_cross_entropy":
        point[y[-1]] = 1 - sum(point[t] for t in y[:-1])
    assert len(scalar.gradients) == sum(prod(p.shape) for p in network.trainable_parameters)
    exact = not any(isinstance(layer, Softmax) for layer in network.layers)  # the largest score taken out: to 35 digits
    pairs = [(scalar.written_out(a), e) for a, e in zip(scalar.outputs, network.expand(), strict=True)]
    for found, expected in [*pairs, (scalar.written_out(scalar.loss), value)]:
        assert abs((found - expected).subs(point).evalf(40)) < Rational(1, 10**35)
        assert not exact or vanishes(found - expected, point)
    for parameter, gradient in scalar.gradients.items():
        difference = scalar.written_out(gradient) - diff(value, parameter)
        assert abs(difference.subs(point).evalf(40)) < Rational(1, 10**35), parameter
        assert not exact or vanishes(difference, point), parameter


def test_a_wrong_gradient_does_not_vanish():
    scalar = MLP([2, 2, 1], "sigmoid").scalar("half_squared")
    value = sympys_own(MLP([2, 2, 1], "sigmoid"), "half_squared")
    point = {s: Rational(k, 7) for k, s in enumerate(sorted(value.free_symbols, key=str), start=2)}
    first, second, *_ = scalar.parameters
    assert not vanishes(scalar.written_out(scalar.gradients[first]) - diff(value, second), point)


@pytest.mark.parametrize("sizes", [(8, 8, 6, 2), (64, 16, 16, 10), (784, 16, 16, 10)])
@pytest.mark.parametrize(("activation", "loss"), [("sigmoid", "half_squared"), ("relu", "softmax_cross_entropy")])
def test_size_is_proportional_to_the_parameters(sizes, activation, loss):
    network = MLP(list(sizes), activation)
    scalar = network.scalar(loss)
    forward, everything = scalar.operations
    assert everything <= 2.5 * forward
    assert forward <= 2.5 * network.count + 20 * sum(sizes[1:])
    assert len(scalar.forward) + len(scalar.backward) <= 8 * sum(sizes[1:]) + 10
    assert len(scalar.gradients) == len(scalar.parameters) == network.count
    assert len(scalar_source(scalar)) < 120 * network.count + 40_000


@pytest.mark.parametrize(("network", "loss"), SMALL, ids=IDS)
def test_a_line_mentions_only_what_stands_before_it(network, loss):
    scalar = network.scalar(loss)
    known = {*scalar.inputs, *scalar.parameters, *scalar.target}
    for line in (*scalar.forward, *scalar.backward):
        assert line.expression.free_symbols <= known
        assert line.symbol not in known
        known.add(line.symbol)
    for gradient in scalar.gradients.values():
        assert gradient.free_symbols <= known


@pytest.mark.parametrize(
    ("network", "loss"),
    [
        *SMALL,
        (MLP([3, 4, 2], "gelu"), "mse"),
        (MLP([3, 4, 3], "relu", "softmax"), "softmax_cross_entropy"),
        (MLP([2, 3, 2], "leaky_relu", "sigmoid"), "softmax_cross_entropy"),
        (Network((Flatten((2, 2)), Dense(4, 3, "mish"), Maxout(3, 2, 2))), "half_squared"),
    ],
)
def test_the_program_agrees_with_the_matrix_program(network, loss):
    import numpy as np

    scalar, rng = network.scalar(loss), np.random.default_rng(0)
    values = {p.name: rng.normal(size=p.shape) for p in network.parameter_records}
    x = rng.normal(size=network.layers[0].inputs)
    y = rng.dirichlet(np.ones(network.layers[-1].outputs))
    flat = [float(v) for value in values.values() for v in value.reshape(-1)]
    program, matrices = compile_scalar(scalar), compile_network(network, loss)
    np.testing.assert_allclose(program(list(x), flat), matrices(x, values), rtol=1e-12, atol=1e-15)
    found, gradient = program.loss_and_gradient(list(x), list(y), flat)
    expected, gradients = matrices.loss_and_gradient(x, y, values)
    assert found == pytest.approx(expected, rel=1e-12)
    np.testing.assert_allclose(
        gradient, np.concatenate([g.reshape(-1) for g in gradients.values()]), rtol=1e-9, atol=1e-13
    )


def test_compile_takes_a_scalar_network():
    import symnet

    program = symnet.compile(MLP([1, 1], "identity").scalar("half_squared"))
    assert program([2.0], [3.0, 1.0]) == [7.0]
    assert program.loss_and_gradient([2.0], [5.0], [3.0, 1.0]) == (2.0, [4.0, 2.0])


def test_large_scores_do_not_overflow():
    program = compile_scalar(MLP([1, 2], "identity", "softmax").scalar("softmax_cross_entropy"))
    loss, gradient = program.loss_and_gradient([1.0], [0.0, 1.0], [1000.0, -1000.0, 0.0, 0.0])
    assert loss == 2000.0
    assert gradient[:2] == [1.0, -1.0]


def test_sorted_terms_are_sympys_own():
    draw = random.Random(0)
    letters = [Symbol(f"{name}_{i}", real=True) for name in ("w_1", "x", "delta", "a_2", "W") for i in (1, 2, 10, 11)]
    for _ in range(300):
        factors = [draw.choice([*letters, Integer(1), Integer(-2)]) for _ in range(draw.randint(1, 3))]
        assert product(*factors) == Mul(*factors)
        terms = [draw.choice(letters) * draw.choice([*letters, 1, 3]) for _ in range(draw.randint(1, 6))]
        made, own = total(*terms), Add(*terms)
        assert made == own
        assert made.args == own.args
        assert made.is_commutative


def test_every_sum_and_product_of_the_lines_is_in_sympys_order():
    scalar = MLP([12, 11, 3], "tanh").scalar("half_squared")
    for expression in [*(line.expression for line in (*scalar.forward, *scalar.backward)), *scalar.gradients.values()]:
        for part in preorder_traversal(expression):
            if isinstance(part, (Add, Mul)):
                assert part == part.func(*part.args)


def test_wrong_shapes_and_a_missing_loss_are_refused():
    program = compile_scalar(MLP([2, 1], "tanh").scalar())
    with pytest.raises(ShapeError, match="2 numbers, got 1"):
        program([1.0], [1.0, 2.0, 3.0])
    with pytest.raises(ShapeError, match="3 numbers, got 2"):
        program([1.0, 2.0], [1.0, 2.0])
    with pytest.raises(UsageError, match="no loss"):
        program.loss_and_gradient([1.0, 2.0], [1.0], [1.0, 2.0, 3.0])
