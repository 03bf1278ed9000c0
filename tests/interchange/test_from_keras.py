"""Keras models: outputs to 1e-12 and Jacobians to 1e-9 against Keras on JAX in double precision."""

from __future__ import annotations

import os

import numpy as np
import pytest
from peers import agrees, slopes_agree

from symnet.definitions.activation import activations
from symnet.definitions.layers import Dense, Flatten
from symnet.definitions.network import Network
from symnet.errors import UsageError

os.environ.setdefault("KERAS_BACKEND", "jax")
pytestmark = pytest.mark.keras
jax = pytest.importorskip("jax", reason="needs JAX")
keras = pytest.importorskip("keras", reason="needs Keras")
L = keras.layers

X = np.random.default_rng(0).normal(size=(12, 5)) * 2


@pytest.fixture(autouse=True)
def _double():
    before = keras.config.floatx()
    policy = keras.config.dtype_policy()
    keras.config.set_floatx("float64")
    keras.config.set_dtype_policy("float64")
    keras.utils.set_random_seed(0)
    x64 = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    yield
    jax.config.update("jax_enable_x64", x64)
    keras.config.set_floatx(before)
    keras.config.set_dtype_policy(policy)


def check(model, x=X, single: bool = False) -> Network:
    """`single`: Keras computes tanh in single precision on JAX, whatever the dtype."""
    network = Network.from_keras(model)
    agrees(network, x, np.asarray(model(x, training=False)), 1e-6 if single else 1e-12)
    if x.ndim == 2 and not single:
        slopes = jax.vmap(jax.jacobian(lambda row: model(row[None], training=False)[0]))(x)
        slopes_agree(network, x, np.asarray(slopes))
    return network


def sequential(*layers, shape=(5,)):
    model = keras.Sequential([keras.Input(shape), *layers])
    for variable in model.variables:
        if "seed" not in variable.path:
            variable.assign(
                np.random.default_rng(1).uniform(0.1, 1, variable.shape) * (-1) ** ("kernel" in variable.path)
            )
    return model


NAMES = [a.name for a in activations if "keras" in a.apis]


@pytest.mark.parametrize("name", NAMES)
def test_every_activation(name) -> None:
    api = activations[name].apis["keras"]
    if any(api.fixed.values()) or name == "threshold":
        pytest.skip("needs an argument, which the name does not take")
    check(sequential(L.Dense(4, activation=api.name), L.Dense(3), L.Activation(api.name)), single=name == "tanh")


def test_layers_of_activation() -> None:
    relus = [L.ReLU(), L.ReLU(max_value=6), L.ReLU(negative_slope=0.2)]
    rest = [L.LeakyReLU(), L.LeakyReLU(0.1), L.ELU(0.7), L.PReLU(shared_axes=[1])]
    for layer in [*relus, *rest, L.Activation(L.LeakyReLU(0.4))]:
        check(sequential(L.Dense(4), layer, L.Dropout(0.5), L.Dense(3, use_bias=False), L.Softmax()))
    check(sequential(L.Dense(3, activation="softmax")))


def test_functional_nested_and_operations() -> None:
    start = keras.Input((5,))
    inner = sequential(L.Dense(4, activation="silu"), L.Dropout(0.1))
    x = keras.activations.leaky_relu(L.Dense(3)(inner(start)), negative_slope=0.3)
    model = keras.Model(start, keras.ops.softmax(keras.ops.gelu(L.Dense(2)(x), approximate=True)))
    assert check(model).sizes == (5, 4, 3, 2)


def test_normalisation_is_folded_in() -> None:
    network = check(sequential(L.Rescaling(0.1, 2), L.Dense(4), L.BatchNormalization(), L.ReLU(), L.Dense(2)))
    assert [type(layer) for layer in network.layers] == [Dense, Dense]


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 1)])
def test_images(shape) -> None:
    model = sequential(L.Rescaling(0.5), L.Flatten(), L.Dense(4, activation="relu"), shape=shape)
    x = np.random.default_rng(0).normal(size=(6, 2, 3))
    network = Network.from_keras(model)
    assert isinstance(network.layers[0], Flatten)
    agrees(network, x, np.asarray(model(x.reshape(6, *shape))))


def test_what_is_not_supported_is_named_in_one_line() -> None:
    start = keras.Input((5,))
    side = L.Dense(5, name="side")(start)
    cases = [
        (
            sequential(L.Dense(4), L.LayerNormalization(name="norm")),
            r"layer norm \(LayerNormalization\) is not supported",
        ),
        (sequential(L.Dense(4, name="last", activation=lambda x: x)), "layer last .* an activation of its own"),
        (sequential(L.Dense(4), L.ReLU(max_value=2)), "max_value=2"),
        (sequential(L.Dense(4), shape=(3, 5)), "put Flatten before it"),
        (keras.Model(start, L.Add(name="sum")([start, side])), "no chain: layer sum takes 2 inputs"),
        (keras.Model(start, [side, start]), "2 outputs"),
        (keras.Sequential([L.Dense(4)]), "not built"),
        ("model", "takes a Keras model"),
    ]
    for model, words in cases:
        with pytest.raises(ValueError, match=words) as caught:
            Network.from_keras(model)
        assert "\n" not in str(caught.value)
    assert issubclass(UsageError, ValueError)
