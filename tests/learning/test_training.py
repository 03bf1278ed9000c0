"""Training on the digits: deterministic, good enough, and honest about its parts."""

from __future__ import annotations

import numpy as np
import pytest

from symnet.errors import DataError, DefinitionError, UnknownNameError
from symnet.learning import Dataset, train
from symnet.learning.evaluation import evaluate_trained, first_layer_weights, trace
from symnet.learning.initialise import glorot_uniform
from symnet.learning.preprocessing import Preprocessing, fitted
from symnet.learning.split import stratified

QUICK = {"hidden": (16,), "epochs": 3, "rate": 1.0, "batch": 32}


@pytest.fixture(scope="module")
def quick():
    return train("digits", **QUICK)


def test_the_same_seed_gives_the_same_bytes(quick) -> None:
    from symnet.interchange.safetensors import to_bytes

    assert to_bytes(train("digits", **QUICK)) == to_bytes(quick)
    assert to_bytes(train("digits", seed=1, **QUICK)) != to_bytes(quick)


def test_the_digits_are_learnt() -> None:
    """The seeds 0 to 4 of the full default run are in the command of the README; here one of them, rate given."""
    trained = train("digits", rate=1.0, epochs=30)
    assert trained.test_accuracy >= 0.95
    assert trained.network.sizes == (64, 16, 16, 10)
    losses = [epoch["loss"] for epoch in trained.history]
    assert losses[-1] < losses[0] / 10
    assert len(trained.history) == 30


def test_the_rate_is_chosen_without_the_test_part() -> None:
    trained = train("digits", hidden=(8,), epochs=2, batch=64)
    assert trained.training["rate_chosen_by"] == "the accuracy on 287 validation samples of the training part"
    tried = trained.training["validation_accuracies"]
    assert len(tried) == 6
    assert tried[f"{trained.training['rate']:g}"] == max(tried.values())


def test_the_form_of_the_video() -> None:
    trained = train("digits", loss="mse", hidden=(16,), epochs=2, rate=10.0)
    assert [layer.name for layer in trained.network.layers] == ["Dense", "Dense"]
    assert trained.network.layers[-1].activation.name == "sigmoid"
    assert trained.loss == "mean_squared_error"


def test_the_split_is_stratified_disjoint_and_decided_by_the_seed() -> None:
    y = np.repeat(np.arange(10), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    kept, apart = stratified(y, 0)
    assert len(apart) == 359
    assert not set(kept) & set(apart)
    assert sorted([*kept, *apart]) == list(range(len(y)))
    for label in range(10):
        assert abs((y[apart] == label).sum() - (y == label).sum() / 5) <= 0.5
    np.testing.assert_array_equal(apart, stratified(y, 0)[1])
    assert (apart != stratified(y, 1)[1]).any()
    with pytest.raises(DataError, match="one sample only"):
        stratified(np.array([0, 0, 1]), 0)


def test_evaluation_agrees_with_a_count_by_hand(quick) -> None:
    found = evaluate_trained(quick)
    assert found.accuracy == quick.test_accuracy
    confusion = found.confusion
    assert confusion.sum() == len(found.parts.y_test) == 359
    assert np.trace(confusion) / 359 == pytest.approx(found.accuracy)
    mistakes = found.mistakes()
    assert len(mistakes) == 359 - np.trace(confusion)
    assert [m.confidence for m in mistakes] == sorted((m.confidence for m in mistakes), reverse=True)
    first = mistakes[0]
    probabilities = quick(first.sample[None])[0]
    assert probabilities.argmax() == first.guess != first.truth
    assert probabilities[first.guess] == pytest.approx(first.confidence)
    assert confusion[first.truth, first.guess] > 0
    assert first_layer_weights(quick).shape == (16, 8, 8)


def test_a_trace_ends_in_the_output(quick) -> None:
    x = quick.parts().x_test[0]
    layers = trace(quick.network, x)
    np.testing.assert_allclose(layers[-1].outputs, quick.network(x), rtol=1e-13)
    first = quick.network.parameters["layers.1.weight"] @ x + quick.network.parameters["layers.1.bias"]
    np.testing.assert_allclose(layers[0].weighted_sums, first)
    np.testing.assert_allclose(layers[0].outputs, 1 / (1 + np.exp(-first)))


def test_frozen_parameters_stay_where_they_started() -> None:
    trained = train("digits", **QUICK, trainable=["W_2"])
    start = glorot_uniform(trained.network, 0)
    np.testing.assert_array_equal(trained.parameters["layers.1.weight"], start["layers.1.weight"])
    assert (trained.parameters["layers.2.weight"] != start["layers.2.weight"]).any()
    assert not trained.parameters["layers.2.bias"].any()


def test_glorot_uniform_fills_its_bounds_and_no_more() -> None:
    from symnet.definitions.network import MLP

    values = glorot_uniform(MLP([100, 50, 10]), 0)
    bound = np.sqrt(6 / 150)
    weight = values["layers.1.weight"]
    assert 0.98 * bound < np.abs(weight).max() <= bound
    assert weight.var() == pytest.approx(2 / 150, rel=0.05)
    assert not values["layers.1.bias"].any()


def test_one_step_of_descent_is_w_minus_rate_times_gradient() -> None:
    from symnet.codegen.program import compile_network
    from symnet.definitions.network import MLP
    from symnet.learning.descend import descend

    network = MLP([3, 2], "tanh")
    program = compile_network(network, "half_squared")
    values = glorot_uniform(network, 0)
    before = {name: array.copy() for name, array in values.items()}
    x, y = np.array([[1.0, 2, 3], [-1, 0, 1]]), np.eye(2)
    _, gradient = program.loss_and_gradient(x, y, before)
    (epoch,) = descend(program, values, x, y, 0.25, 1, 2, 0)
    for name in before:
        np.testing.assert_allclose(values[name], before[name] - 0.25 * gradient[name], rtol=1e-12)
    assert epoch.loss == pytest.approx(program.loss_and_gradient(x, y, before)[0])


def test_a_diverging_loss_is_named() -> None:
    random = np.random.default_rng(0)
    x = random.normal(size=(40, 2)) * 1e150
    data = Dataset("wild", x, (x[:, 0] > 0).astype(int), ("0", "1"), "")
    with pytest.raises(DataError, match="no longer finite after epoch 1"), np.errstate(all="ignore"):
        train(data, hidden=(3, 3), activation="identity", loss="mse", rate=1e300, epochs=2)


def test_preprocessing_divides_by_the_largest_training_value() -> None:
    assert fitted(np.array([[0, 16], [3, 4]], np.uint8)) == Preprocessing((2,), 16.0)
    assert fitted(np.array([[0.5, -1.0]])) == Preprocessing((2,), 1.0)
    rows = Preprocessing((2, 2), 4.0)(np.arange(8, dtype=np.uint8).reshape(2, 2, 2))
    np.testing.assert_array_equal(rows, np.arange(8).reshape(2, 4) / 4)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"data": "mnist"}, UnknownNameError, "unknown data set 'mnist'"),
        ({"loss": "mes"}, UnknownNameError, "unknown loss"),
        ({"activation": "rleu"}, UnknownNameError, "relu"),
        ({"epochs": 0}, DefinitionError, "epochs must be a whole number of at least 1"),
        ({"batch": 2.5}, DefinitionError, "batch must be"),
        ({"rate": -1.0}, DefinitionError, "positive number"),
        ({"rate": float("nan")}, DefinitionError, "positive number"),
        ({"hidden": (0,)}, DefinitionError, "positive whole number"),
        ({"trainable": ["W_7"]}, UnknownNameError, "unknown parameter"),
    ],
)
def test_refusals(options, error, words) -> None:
    with pytest.raises(error, match=words):
        train(**options)
