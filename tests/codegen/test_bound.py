"""The arrays of the call before pass unchecked; whatever differs from them is seen."""

import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from symnet.codegen.bound import Parameters
from symnet.codegen.program import compile_network
from symnet.definitions.layers import Dense
from symnet.definitions.network import MLP, Network
from symnet.errors import ShapeError, SymnetError

NETWORK = MLP((3, 4, 2), "tanh")
RANDOM = np.random.default_rng(1)
X = RANDOM.normal(size=(5, 3))


def arrays(seed: int, dtype=np.float64) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    return {p.name: random.normal(size=p.shape).astype(dtype) for p in NETWORK.parameter_records}


def by_hand(values: dict[str, np.ndarray], x: np.ndarray = X) -> np.ndarray:
    for layer in ("layers.1", "layers.2"):
        x = np.tanh(x @ values[f"{layer}.weight"].T + values[f"{layer}.bias"])
    return x


def test_the_same_arrays_are_known_and_their_changes_seen():
    program, values = compile_network(NETWORK), arrays(0)
    parameters = program._parameters
    assert parameters.of(values, X.dtype) is parameters.of(dict(reversed(values.items())), X.dtype)
    for _ in range(3):
        np.testing.assert_allclose(program(X, values), by_hand(values), rtol=1e-13)
        values["layers.1.weight"] *= -1.5
        values["layers.2.bias"][0] += 1


def test_another_array_under_a_known_name_is_taken():
    program, values = compile_network(NETWORK), arrays(0)
    program(X, values)
    values["layers.2.weight"] = arrays(7)["layers.2.weight"]
    np.testing.assert_allclose(program(X, values), by_hand(values), rtol=1e-13)


@pytest.mark.parametrize("wrong", [np.zeros((4, 2)), np.zeros((3, 4, 1)), np.zeros(8)])
def test_a_wrong_shape_is_refused_after_right_calls(wrong):
    program, values = compile_network(NETWORK), arrays(0)
    for _ in range(2):
        program(X, values)
    with pytest.raises(ShapeError, match=r"layers\.2\.weight must have the shape \(2, 4\)"):
        program(X, values | {"layers.2.weight": wrong})


def test_an_array_whose_shape_is_changed_in_place_does_not_broadcast():
    network = MLP((3, 4), "identity")
    program = compile_network(network)
    values = {"layers.1.weight": np.eye(4, 3), "layers.1.bias": np.arange(4.0)}
    x = RANDOM.normal(size=(4, 3))
    before = program(x, values)
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        values["layers.1.bias"].shape = (4, 1)
    np.testing.assert_array_equal(program(x, values), before)


def test_the_dtype_of_x_decides():
    program, values = compile_network(NETWORK), arrays(0)
    wide = program(X, values)
    narrow = program(X.astype(np.float32), values)
    assert (wide.dtype, narrow.dtype) == (np.float64, np.float32)
    np.testing.assert_allclose(narrow, wide, rtol=1e-5)
    np.testing.assert_array_equal(program(X, values), wide)


def test_lists_symbols_and_missing_numbers_take_the_long_way():
    program, values = compile_network(NETWORK), arrays(0)
    wanted = program(X, values)
    symbols = {p.symbol.name: values[p.name].tolist() for p in NETWORK.parameter_records}
    np.testing.assert_array_equal(program(X, symbols), wanted)
    with pytest.raises(SymnetError, match="no numbers for"):
        program(X, {name: values[name] for name in list(values)[:-1]})
    with pytest.raises(SymnetError, match="no numbers yet"):
        program(X)


def test_a_network_with_a_single_parameter():
    network = Network((Dense(2, 1, bias=False),))
    parameters = Parameters(network)
    values = {p.name: np.ones(p.shape) for p in network.parameter_records}
    assert parameters.of(values, np.dtype(np.float64)).values[0].shape == (1, 2)


def test_threads_with_parameters_of_their_own_do_not_meet():
    program, sets = compile_network(NETWORK, "mean_squared_error"), [arrays(k) for k in range(4)]
    y = RANDOM.normal(size=(5, 2))
    wanted = [program.loss_and_gradient(X, y, values) for values in sets]

    def work(k: int) -> bool:
        loss, gradient = program.loss_and_gradient(X, y, sets[k % 4])
        return loss == wanted[k % 4][0] and all(np.array_equal(g, wanted[k % 4][1][n]) for n, g in gradient.items())

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(400)))
