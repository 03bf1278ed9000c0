"""The built-in optimisers, each as its update equations; importing this module enters them in the registry.

In each, w is one parameter of the network, g the slope of the loss along it, t the number of the step from 1, η
the rate; whatever else is kept begins at 0. Defaults are PyTorch's, except the rate of plain descent and momentum
(1/100, as in Keras), since PyTorch's 1/1000 is seldom meant.
"""

from symnet.definitions.optimiser import optimiser
from symnet.definitions.vocabulary import Abs, Max, Nonnegative, Positive, sqrt


@optimiser(title="Gradient descent", aliases=["stochastic_gradient_descent"],
           torch="SGD (lr = 0.001)", keras="SGD")  # fmt: skip
def sgd(w, g, t, eta: Positive = "1/100"):
    """Step against the slope, by the slope times the rate."""
    return [(w[t], w[t - 1] - eta * g[t])]


@optimiser(title="Momentum", aliases=["heavy_ball", "sgd_momentum"], sources=["polyak1964"],
           torch="SGD with momentum (lr = 0.001)", keras="SGD with momentum")  # fmt: skip
def momentum(w, g, t, v, eta: Positive = "1/100", mu: Nonnegative = "9/10"):
    """Keep a share μ of the last step: a ball with mass.

    As in PyTorch, v adds up slopes and the rate stands outside. Keras puts the rate into v, which differs only
    when the rate changes.
    """
    return [(v[t], mu * v[t - 1] + g[t]), (w[t], w[t - 1] - eta * v[t])]


@optimiser(title="Nesterov momentum", aliases=["nag", "nesterov_momentum"], sources=["sutskever2013"],
           torch="SGD(nesterov=True) (lr = 0.001)", keras="SGD(nesterov=True)")  # fmt: skip
def nesterov(w, g, t, v, eta: Positive = "1/100", mu: Nonnegative = "9/10"):
    """Momentum that looks ahead: the newest slope counts once more."""
    return [(v[t], mu * v[t - 1] + g[t]), (w[t], w[t - 1] - eta * (g[t] + mu * v[t]))]


@optimiser(title="Adagrad", sources=["duchi2011"], torch="Adagrad", keras="Adagrad (rate 0.001, s begins at 0.1, epsilon = 1e-7 under the root)")  # fmt: skip
def adagrad(w, g, t, s, eta: Positive = "1/100", epsilon: Positive = "1e-10"):
    """Divide each slope by the root of the sum of all its squares so far."""
    return [(s[t], s[t - 1] + g[t] ** 2), (w[t], w[t - 1] - eta * g[t] / (sqrt(s[t]) + epsilon))]


@optimiser(title="RMSprop", sources=["tieleman2012"], torch="RMSprop", keras="RMSprop (rate 0.001, rho = 0.9, epsilon = 1e-7 under the root)")  # fmt: skip
def rmsprop(w, g, t, s, eta: Positive = "1/100", alpha: Nonnegative = "99/100", epsilon: Positive = "1e-8"):
    """Divide each slope by the root of a running mean of its squares."""
    return [
        (s[t], alpha * s[t - 1] + (1 - alpha) * g[t] ** 2),
        (w[t], w[t - 1] - eta * g[t] / (sqrt(s[t]) + epsilon)),
    ]


@optimiser(title="Adadelta", sources=["zeiler2012"], torch="Adadelta", keras="Adadelta (rate 0.001, rho = 0.95, epsilon = 1e-7)")  # fmt: skip
def adadelta(w, g, t, s, d, u, eta: Positive = 1, rho: Nonnegative = "9/10", epsilon: Positive = "1e-6"):
    """Scale each slope by the ratio of two running root mean squares: of its steps and of itself."""
    return [
        (s[t], rho * s[t - 1] + (1 - rho) * g[t] ** 2),
        (d[t], sqrt(u[t - 1] + epsilon) / sqrt(s[t] + epsilon) * g[t]),
        (u[t], rho * u[t - 1] + (1 - rho) * d[t] ** 2),
        (w[t], w[t - 1] - eta * d[t]),
    ]


def _moments(g, t, m, v, beta1, beta2):
    """The running means of slopes and of their squares."""
    return [
        (m[t], beta1 * m[t - 1] + (1 - beta1) * g[t]),
        (v[t], beta2 * v[t - 1] + (1 - beta2) * g[t] ** 2),
    ]


def _corrected(w, t, m, v, start, eta, beta1, beta2, epsilon):
    """The step by the means, each divided by what its start at 0 has taken from it."""
    return (w[t], start - eta * (m[t] / (1 - beta1**t)) / (sqrt(v[t] / (1 - beta2**t)) + epsilon))


@optimiser(
    title="Adam", sources=["kingma2014"], torch="Adam", keras="Adam (epsilon = 1e-7, added before the correction)"
)
def adam(w, g, t, m, v, eta: Positive = "1/1000", beta1: Nonnegative = "9/10", beta2: Nonnegative = "999/1000",
         epsilon: Positive = "1e-8"):  # fmt: skip
    """Momentum divided by a running root mean square of the slope, both corrected for their start at 0."""
    return [
        *_moments(g, t, m, v, beta1, beta2),
        _corrected(w, t, m, v, w[t - 1], eta, beta1, beta2, epsilon),
    ]


@optimiser(title="AdamW", sources=["loshchilov2017"], torch="AdamW", keras="AdamW (weight decay 0.004, epsilon = 1e-7, added before the correction)")  # fmt: skip
def adamw(w, g, t, m, v, eta: Positive = "1/1000", beta1: Nonnegative = "9/10", beta2: Nonnegative = "999/1000",
          epsilon: Positive = "1e-8", decay: Nonnegative = "1/100"):  # fmt: skip
    """Adam whose parameters shrink by themselves besides, by a share ηλ a step."""
    return [
        *_moments(g, t, m, v, beta1, beta2),
        _corrected(w, t, m, v, (1 - eta * decay) * w[t - 1], eta, beta1, beta2, epsilon),
    ]


@optimiser(title="Adamax", sources=["kingma2014"], torch="Adamax", keras="Adamax (rate 0.001, epsilon = 1e-7)")
def adamax(w, g, t, m, u, eta: Positive = "1/500", beta1: Nonnegative = "9/10", beta2: Nonnegative = "999/1000",
           epsilon: Positive = "1e-8"):  # fmt: skip
    """Adam with the largest recent slope in place of the root mean square."""
    return [
        (m[t], beta1 * m[t - 1] + (1 - beta1) * g[t]),
        (u[t], Max(beta2 * u[t - 1], Abs(g[t]) + epsilon)),
        (w[t], w[t - 1] - eta / (1 - beta1**t) * m[t] / u[t]),
    ]
