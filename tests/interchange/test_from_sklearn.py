"""scikit-learn's MLPs: outputs as predict_proba and predict give them."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from peers import agrees, slopes_agree

from symnet.definitions.network import Network
from symnet.errors import DataError, UsageError

pytestmark = pytest.mark.sklearn
neural = pytest.importorskip("sklearn.neural_network", reason="needs scikit-learn")

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(40, 5)) * [1, 10, 0.1, 3, 1] + [0, 40, 1, -3, 0]


def fitted(model, y):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit(X, y)


@pytest.mark.parametrize("activation", ["identity", "logistic", "tanh", "relu"])
@pytest.mark.parametrize("hidden", [(), (4,), (7, 3)])
def test_regressors(activation, hidden) -> None:
    y = RANDOM.normal(size=(40, 2))
    model = fitted(neural.MLPRegressor(hidden_layer_sizes=hidden, activation=activation, max_iter=5, random_state=1), y)
    network = Network.from_sklearn(model)
    assert network.sizes == (5, *hidden, 2)
    agrees(network, X, model.predict(X))
    slopes_agree(network, X)


@pytest.mark.parametrize("activation", ["logistic", "tanh", "relu"])
def test_classifiers(activation) -> None:
    settings = {"hidden_layer_sizes": (6,), "activation": activation, "max_iter": 5, "random_state": 2}
    model = fitted(neural.MLPClassifier(**settings), np.arange(40) % 3)
    agrees(Network.from_sklearn(model), X, model.predict_proba(X))
    two = fitted(neural.MLPClassifier(**settings), np.arange(40) % 2)
    agrees(Network.from_sklearn(two), X, two.predict_proba(X)[:, 1:])
    slopes_agree(Network.from_sklearn(two), X)
    labels = RANDOM.integers(0, 2, size=(40, 3))
    several = fitted(neural.MLPClassifier(**settings), labels)
    agrees(Network.from_sklearn(several), X, several.predict_proba(X))


@pytest.mark.parametrize("options", [{}, {"with_mean": False}, {"with_std": False}])
def test_a_standardiser_is_folded_in(options) -> None:
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MinMaxScaler, StandardScaler

    last = neural.MLPClassifier(hidden_layer_sizes=(4,), max_iter=5, random_state=0)
    model = fitted(make_pipeline(StandardScaler(**options), MinMaxScaler((-1, 2)), last), np.arange(40) % 3)
    network = Network.from_sklearn(model)
    agrees(network, X, model.predict_proba(X))
    slopes_agree(network, X)


def test_what_is_not_supported_is_named() -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import PolynomialFeatures

    with pytest.raises(UsageError, match="LogisticRegression is not supported"):
        Network.from_sklearn(LogisticRegression())
    with pytest.raises(DataError, match="not fitted"):
        Network.from_sklearn(neural.MLPClassifier())
    model = make_pipeline(PolynomialFeatures(), neural.MLPRegressor())
    with pytest.raises(UsageError, match=r"step 1 \(PolynomialFeatures\) is not supported"):
        Network.from_sklearn(model)
