"""Network programs: against exact expansion, 50-digit differences, PyTorch; freshness, threads, blocks, refusals."""

from __future__ import annotations

import pickle
import threading

import numpy as np
import pytest
from sympy import Rational

from symnet.calculus.backpropagate import backpropagate
from symnet.codegen import program as module
from symnet.codegen.program import compile_network
from symnet.codegen.scratch import KEPT
from symnet.definitions.entries import scalar_symbol
from symnet.definitions.layers import Dense, Flatten, Maxout, Softmax
from symnet.definitions.loss import losses
from symnet.definitions.network import MLP, Network
from symnet.definitions.neuron import Neuron
from symnet.errors import DataError, ShapeError, SymnetError, UnknownNameError, UsageError

NETWORKS = {
    "sigmoid": MLP([4, 3, 2], "sigmoid"),
    "relu": MLP([4, 5, 3], "relu", output="softmax"),
    "tanh": MLP([4, 3, 3], "tanh", output="identity"),
    "leaky": MLP([4, 3, 2], "leaky_relu", output="sigmoid"),
    "elu": MLP([4, 3, 2], "elu"),
    "silu": MLP([4, 3, 2], "silu", output="identity"),
    "no bias": Network((Dense(4, 3, "sigmoid", bias=False), Dense(3, 2, "tanh"))),
    "maxout": Network((Flatten((2, 2)), Maxout(4, 3, 3), Dense(3, 2, "tanh"), Softmax(2))),
    "only softmax": Network((Softmax(4),)),
    "one number": MLP([1, 1], "sigmoid"),
    "one input": MLP([1, 3, 1], "tanh"),
    "one hidden": MLP([3, 1, 2], "tanh"),
}


def numbers(network: Network, n: int = 5, dtype: type = np.float64, seed: int = 0):
    random = np.random.default_rng(seed)
    values = {r.name: random.normal(size=r.shape).astype(dtype) for r in network.parameter_records}
    x = random.normal(size=(n, network.layers[0].inputs)).astype(dtype)
    outputs = network.layers[-1].outputs
    y = np.eye(outputs, dtype=dtype)[random.integers(0, outputs, n)]
    return values, x, y


@pytest.mark.parametrize("loss", [loss.name for loss in losses])
@pytest.mark.parametrize("name", NETWORKS)
def test_a_program_computes_what_its_equations_say(name, loss) -> None:
    """Against the exact scalar expansion of the column form, evaluated with 30 digits, one sample a time."""
    network = NETWORKS[name]
    equations = backpropagate(network, loss, wrt_input=True)
    program = compile_network(network, loss, wrt_input=True)
    values, x, y = numbers(network, n=2)
    if losses[loss].takes == "probabilities" and not (((a := network(x, values)) > 0) & (a < 1)).all():
        pytest.skip("these outputs are no probabilities")
    outputs, (found, gradient) = program(x, values), program.loss_and_gradient(x, y, values)

    def exact(symbol, sample, i=0, j=0):
        def leaf(matrix, row, column):
            if matrix == equations.input:
                return Rational(float(x[sample, row * int(matrix.shape[1]) + column]))
            if matrix == equations.target:
                return Rational(float(y[sample, row]))
            array = values[equations.names[matrix]]
            return Rational(float(array[row] if array.ndim == 1 else array[row, column])).evalf(40)

        return float(equations.expand(symbol, i, j, leaf).evalf(30))

    for sample in range(2):
        for i in range(network.layers[-1].outputs):
            assert outputs[sample, i] == pytest.approx(exact(equations.output, sample, i), rel=1e-13, abs=1e-15)
    assert found == pytest.approx(sum(exact(equations.loss.symbol, s) for s in range(2)) / 2, rel=1e-13, abs=1e-15)
    by_symbol = {g.symbol.parts[1]: g.symbol for g in equations.gradients}
    for record in network.parameter_records:
        array = gradient[record.name]
        assert array.shape == record.shape
        last = tuple(n - 1 for n in array.shape)
        wanted = sum(exact(by_symbol[record.symbol.name], s, *last) for s in range(2)) / 2
        assert array[last] == pytest.approx(wanted, rel=1e-12, abs=1e-15)
    if "x" in gradient:
        wanted = exact(by_symbol[equations.input.name], 1, 0, 0) / 2
        assert gradient["x"][1, 0] == pytest.approx(wanted, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("name", NETWORKS)
def test_jacobians_agree_with_differences(name) -> None:
    network = NETWORKS[name]
    values, x, _ = numbers(network, n=3, seed=3)
    jacobian = network.jacobian(x, values)
    assert jacobian.shape == (3, network.layers[-1].outputs, network.layers[0].inputs)
    for j in range(x.shape[1]):
        step = np.zeros_like(x)
        step[:, j] = 1e-6
        difference = (network(x + step, values) - network(x - step, values)) / 2e-6
        np.testing.assert_allclose(jacobian[:, :, j], difference, rtol=1e-6, atol=1e-8)
    np.testing.assert_array_equal(network.jacobian(x[0], values), network.jacobian(x[:1], values)[0])


@pytest.mark.torch
@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh", "leaky_relu", "elu", "silu"])
@pytest.mark.parametrize("loss", ["mean_squared_error", "softmax_cross_entropy"])
def test_gradients_agree_with_torch_in_float64(activation, loss) -> None:
    torch = pytest.importorskip("torch")
    network = MLP([7, 6, 5, 4], activation, output="softmax" if loss == "softmax_cross_entropy" else None)
    values, x, y = numbers(network, n=33, seed=5)
    found, gradient = compile_network(network, loss, wrt_input=True).loss_and_gradient(x, y, values)
    functional = {
        "sigmoid": torch.sigmoid,
        "relu": torch.relu,
        "tanh": torch.tanh,
        "leaky_relu": lambda t: torch.nn.functional.leaky_relu(t, 0.1),
        "elu": torch.nn.functional.elu,
        "silu": torch.nn.functional.silu,
    }[activation]
    tensors = {name: torch.tensor(array, requires_grad=True) for name, array in values.items()}
    given = torch.tensor(x, requires_grad=True)
    a = given
    for k in (1, 2, 3):
        a = a @ tensors[f"layers.{k}.weight"].T + tensors[f"layers.{k}.bias"]
        if k < 3 or loss == "mean_squared_error":
            a = functional(a)
    compare = torch.nn.CrossEntropyLoss() if loss == "softmax_cross_entropy" else torch.nn.MSELoss()
    wanted = compare(a, torch.tensor(y))
    wanted.backward()
    assert found == pytest.approx(wanted.item(), rel=1e-13)
    for name, tensor in {**tensors, "x": given}.items():
        np.testing.assert_allclose(gradient[name], tensor.grad.numpy(), rtol=1e-12, atol=1e-14)


def test_blocks_of_rows_change_nothing_but_rounding(monkeypatch) -> None:
    network = NETWORKS["relu"]
    values, x, y = numbers(network, n=1000)
    whole = compile_network(network, "ce", wrt_input=True)
    monkeypatch.setattr(module, "SMALLEST_BLOCK", 64)
    monkeypatch.setattr(module, "LARGEST_BLOCK", 64)
    blocks = compile_network(network, "ce", wrt_input=True)
    assert blocks._block[8] == 64 < whole._block[8]
    np.testing.assert_allclose(blocks(x, values), whole(x, values), rtol=1e-14)
    (a, g), (b, h) = whole.loss_and_gradient(x, y, values), blocks.loss_and_gradient(x, y, values)
    assert a == pytest.approx(b, rel=1e-13)
    for name in g:
        np.testing.assert_allclose(g[name], h[name], rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_of_x_is_kept(dtype) -> None:
    network = NETWORKS["sigmoid"]
    values, x, y = numbers(network, dtype=np.float64)
    program = compile_network(network, "half_squared")
    assert program(x.astype(dtype), values).dtype == dtype
    loss, gradient = program.loss_and_gradient(x.astype(dtype), y, values)
    assert isinstance(loss, float)
    assert {array.dtype for array in gradient.values()} == {np.dtype(dtype)}
    assert program(np.ones((2, 4), np.int8), values).dtype == np.float64
    assert compile_network(network, dtype="float32")(x, values).dtype == np.float32


def test_returned_arrays_are_fresh() -> None:
    network = NETWORKS["sigmoid"]
    values, x, y = numbers(network)
    program = compile_network(network, "half_squared")
    out, (_, gradient) = program(x, values), program.loss_and_gradient(x, y, values)
    kept = out.copy(), {name: array.copy() for name, array in gradient.items()}
    program(-x, values)
    program.loss_and_gradient(-x, y, values)
    np.testing.assert_array_equal(out, kept[0])
    for name, array in gradient.items():
        np.testing.assert_array_equal(array, kept[1][name])


def test_threads_are_bit_equal_and_scratch_is_bounded() -> None:
    network = NETWORKS["relu"]
    program = compile_network(network, "ce")
    cases = [numbers(network, n=n, seed=n) for n in (1, 2, 3, 5, 8, 13, 21)]
    wanted = [program.loss_and_gradient(x, y, values) for values, x, y in cases]
    assert program._backward.scratch.kept() == KEPT
    wrong: list[str] = []

    def work() -> None:
        for _ in range(30):
            for (values, x, y), (loss, gradient) in zip(cases, wanted, strict=True):
                again, slopes = program.loss_and_gradient(x, y, values)
                if again != loss or any((slopes[k] != gradient[k]).any() for k in gradient):
                    wrong.append("differs")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_no_warning_and_no_nan_in_the_far_tails() -> None:
    """Warnings are errors in the tests: saturated units overflow nothing."""
    for name in ("sigmoid", "relu", "tanh", "elu", "maxout"):
        network = NETWORKS[name]
        values, x, y = numbers(network, n=4)
        for dtype, size in ((np.float64, 1e4), (np.float32, 1e4)):
            loss, gradient = compile_network(network, "ce").loss_and_gradient((x * size).astype(dtype), y, values)
            assert np.isfinite(loss)
            assert all(np.isfinite(array).all() for array in gradient.values())


def test_saturated_units_keep_their_gradient() -> None:
    """σ′(40) is 4.2e-18: a(1 − a) would say 0."""
    network = MLP([1, 1], "sigmoid")
    values = {"layers.1.weight": [[1.0]], "layers.1.bias": [0.0]}
    _, gradient = compile_network(network, "half_squared").loss_and_gradient([[40.0]], [[0.0]], values)
    assert gradient["layers.1.bias"][0] == pytest.approx(np.exp(-40.0), rel=1e-14)


def test_labels_become_one_hot_rows() -> None:
    network = NETWORKS["relu"]
    values, x, y = numbers(network)
    program = compile_network(network, "ce")
    loss, gradient = program.loss_and_gradient(x, y.argmax(axis=1), values)
    again, wanted = program.loss_and_gradient(x, y, values)
    assert loss == again
    for name in wanted:
        np.testing.assert_array_equal(gradient[name], wanted[name])


def test_the_source_is_what_runs_and_prints_its_equations() -> None:
    program = compile_network(NETWORKS["relu"], "ce")
    assert "# Delta_1 = (Delta_2 @ W_2) * relu'(Z_1)" in program.source
    assert "product(Delta_1.T, X, G_W_1)" in program.source
    namespace: dict = {}
    exec(program._forward.source.text, namespace)
    values, x, _ = numbers(NETWORKS["relu"])
    out = np.empty((5, 3))
    scratch = program._forward._allocate((5, 8))
    transposed = [values[name].T for name in ("layers.1.weight", "layers.2.weight")]
    namespace["forward"](x, *values.values(), transposed, scratch, out)
    np.testing.assert_array_equal(out, program(x, values))


def test_frozen_parameters_have_no_gradient() -> None:
    network = MLP([2, 2, 2], "sigmoid", trainable=["W_1", "W_2"])
    values, x, y = numbers(network)
    _, gradient = compile_network(network, "half_squared").loss_and_gradient(x, y, values)
    assert set(gradient) == {"layers.1.weight", "layers.2.weight"}


def test_a_neuron_is_a_network_of_one() -> None:
    neuron = Neuron(2, "sigmoid").substitute(w=["1/2", "1/4"], b=1)
    np.testing.assert_allclose(compile_network(neuron)([[2.0, 4.0]]), [[1 / (1 + np.exp(-3))]])


def test_images_and_single_samples_are_taken() -> None:
    network = NETWORKS["maxout"]
    values, x, _ = numbers(network)
    np.testing.assert_array_equal(network(x.reshape(5, 2, 2), values), network(x, values))
    np.testing.assert_array_equal(network(x[0].reshape(2, 2), values), network(x[:1], values)[0])
    assert network(np.empty((0, 4)), values).shape == (0, 2)
    bound = network.with_values(values)
    np.testing.assert_array_equal(bound(np.asfortranarray(x)), network(x, values))
    assert set(bound.parameters) == set(values)


@pytest.mark.parametrize(
    ("act", "error", "words"),
    [
        (lambda p, v, x, y: p(x[:, :3], v), ShapeError, r"takes x of shape \(n, 4\), got \(5, 3\)"),
        (lambda p, v, x, y: p.loss_and_gradient(x, y[:4], v), ShapeError, r"shape \(5, 2\), got \(4, 2\)"),
        (lambda p, v, x, y: p.loss_and_gradient(x, [0, 1, 2, 0, 0], v), DataError, "between 0 and 1, got 0 to 2"),
        (lambda p, v, x, y: p.loss_and_gradient(x[:0], y[:0], v), DataError, "empty batch"),
        (lambda p, v, x, y: p([["a"]], v), DataError, "real numbers|array of numbers"),
        (lambda p, v, x, y: p(x + 1j, v), DataError, "real numbers"),
        (lambda p, v, x, y: p(x), SymnetError, "no numbers yet"),
        (lambda p, v, x, y: p(x, {**v, "c": 1}), UnknownNameError, "unknown parameter 'c'"),
        (lambda p, v, x, y: p(x, {"W_1": v["layers.1.weight"]}), DataError, "no numbers for layers.1.bias"),
        (lambda p, v, x, y: p(x, {**v, "layers.1.weight": np.ones((4, 3))}), ShapeError, r"\(3, 4\), got \(4, 3\)"),
        (lambda p, v, x, y: p.vector_jacobian(x, y, v), UsageError, "has a loss"),
        (lambda p, v, x, y: compile_network(p.network).loss_and_gradient(x, y, v), UsageError, "has no loss"),
        (lambda p, v, x, y: compile_network(p.network, dtype="int32"), UsageError, "float32 or float64"),
        (lambda p, v, x, y: compile_network("net"), UsageError, "a network or a neuron"),  # type: ignore[arg-type]
    ],
)
def test_refusals_are_one_line(act, error, words) -> None:
    network = NETWORKS["sigmoid"]
    values, x, y = numbers(network)
    with pytest.raises(error, match=words) as caught:
        act(compile_network(network, "half_squared"), values, x, y)
    assert "\n" not in str(caught.value)


def test_names_of_parameters_are_symbols_too() -> None:
    network = NETWORKS["sigmoid"]
    values, x, _ = numbers(network)
    by_symbol = {record.symbol.name: values[record.name] for record in network.parameter_records}
    np.testing.assert_array_equal(network(x, by_symbol), network(x, values))
    assert scalar_symbol(network.parameter("W_1").symbol, 0, 1).name == "w_1_1_2"


@pytest.mark.parametrize("name", ["elu", "maxout", "silu"])
def test_programs_and_networks_pickle(name) -> None:
    network = NETWORKS[name]
    values, x, y = numbers(network)
    program = compile_network(network.with_values(values), "half_squared", wrt_input=True)
    again = pickle.loads(pickle.dumps(program))
    assert again.source == program.source
    np.testing.assert_array_equal(again(x), program(x))
    assert again.loss_and_gradient(x, y)[0] == program.loss_and_gradient(x, y)[0]
    typed = pickle.loads(pickle.dumps(MLP([2, 1], "x*tanh(x)")))
    assert typed.layers[0].activation.expression == MLP([2, 1], "x*tanh(x)").layers[0].activation.expression


def test_a_tampered_pickle_is_refused() -> None:
    rebuild, arguments = compile_network(NETWORKS["relu"]).__reduce__()
    with pytest.raises(DataError, match="another version"):
        rebuild(*arguments[:-1], "0" * 64)
