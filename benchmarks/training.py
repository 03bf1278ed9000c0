"""Training on the digits: epochs a second of plain gradient descent on a 64-32-10 network, ReLU, softmax cross-entropy.

All systems start at the same weights and take the same batches in the same order; after one epoch their weights are compared.
"torch" is the usual loop (zero, forward, backward, step of SGD), "jax step" one jitted step a batch, "jax scan" a whole epoch in one
jitted scan, "scikit-learn" one `partial_fit` of `MLPClassifier` an epoch (momentum 0, no penalty). symnet runs the loop of
`symnet.train`, its accuracy after each epoch left out, as the others measure none.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.measuring import CLOCKS, Call, arguments, available, interleaved, publish, quotients, table

SIZES = (64, 32, 10)
RATE = 0.1


def problem(dtype: Any) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """(W₁, b₁, W₂, b₂), samples, one-hot targets; 1,792 samples, a multiple of 32."""
    from symnet.learning.dataset import digits

    data = digits()
    random = np.random.default_rng(0)
    parameters = []
    for a, b in zip(SIZES, SIZES[1:], strict=False):
        bound = np.sqrt(6 / (a + b))
        parameters += [random.uniform(-bound, bound, (b, a)).astype(dtype), np.zeros(b, dtype)]
    x = (data.x.reshape(len(data.x), -1)[:1792] / 16).astype(dtype)
    return parameters, x, np.eye(10, dtype=dtype)[data.y[:1792]]


Trainer = tuple[Call, Callable[[], list[np.ndarray]]]
"""(one epoch, the weights)."""


def symnet(batch: int, dtype: Any) -> Trainer:
    from symnet.codegen.program import compile_network
    from symnet.definitions.network import MLP
    from symnet.learning.steps import Steps

    network = MLP(SIZES, "relu", "softmax")
    program = compile_network(network, "softmax_cross_entropy")
    parameters, x, y = problem(dtype)
    values = dict(zip((r.name for r in network.parameter_records), parameters, strict=True))
    steps = Steps(program, values)

    def weights() -> list[np.ndarray]:
        steps.write(values)
        return list(values.values())

    return lambda: steps.one_pass(x, y, RATE, batch), weights


def torch(batch: int, dtype: Any) -> Trainer:
    import torch as t

    t.set_num_threads(1)
    parameters, x, y = problem(dtype)
    model = t.nn.Sequential(t.nn.Linear(64, 32), t.nn.ReLU(), t.nn.Linear(32, 10)).to(t.tensor(x).dtype)
    with t.no_grad():
        for tensor, array in zip(model.parameters(), parameters, strict=True):
            tensor.copy_(t.tensor(array))
    optimiser, loss_of = t.optim.SGD(model.parameters(), lr=RATE), t.nn.CrossEntropyLoss()
    given, labels = t.tensor(x), t.tensor(y.argmax(1))

    def epoch() -> float:
        total = 0.0
        for start in range(0, len(x), batch):
            optimiser.zero_grad()
            loss = loss_of(model(given[start : start + batch]), labels[start : start + batch])
            loss.backward()
            optimiser.step()
            total += loss.item()
        return total

    return epoch, lambda: [p.detach().numpy() for p in model.parameters()]


def _jax(batch: int, dtype: Any) -> tuple[Any, list[Any], Any, Any, Any]:
    import jax as j

    j.config.update("jax_enable_x64", True)
    parameters, x, y = problem(dtype)

    def loss(p: Any, a: Any, target: Any) -> Any:
        scores = j.nn.relu(a @ p[0].T + p[1]) @ p[2].T + p[3]
        return -(target * j.nn.log_softmax(scores)).sum(1).mean()

    def step(p: Any, a: Any, target: Any) -> Any:
        value, slopes = j.value_and_grad(loss)(p, a, target)
        return [w - np.asarray(RATE, dtype) * g for w, g in zip(p, slopes, strict=True)], value

    return j, [j.numpy.asarray(p) for p in parameters], j.numpy.asarray(x), j.numpy.asarray(y), step


def jax_step(batch: int, dtype: Any) -> Trainer:
    j, values, x, y, step = _jax(batch, dtype)
    jitted, state = j.jit(step), [values]
    batches = [(x[k : k + batch], y[k : k + batch]) for k in range(0, len(x), batch)]

    def epoch() -> None:
        for a, target in batches:
            state[0], _ = jitted(state[0], a, target)
        j.block_until_ready(state[0])

    return epoch, lambda: [np.asarray(p) for p in state[0]]


def jax_scan(batch: int, dtype: Any) -> Trainer:
    j, values, x, y, step = _jax(batch, dtype)
    stacked = (x.reshape(-1, batch, 64), y.reshape(-1, batch, 10))
    run = j.jit(lambda p: j.lax.scan(lambda q, pair: step(q, *pair), p, stacked))
    state = [values]

    def epoch() -> None:
        state[0], _ = run(state[0])
        j.block_until_ready(state[0])

    return epoch, lambda: [np.asarray(p) for p in state[0]]


def scikit_learn(batch: int, dtype: Any) -> Trainer:
    from sklearn.neural_network import MLPClassifier

    parameters, x, y = problem(dtype)
    labels = y.argmax(1)
    model = MLPClassifier(
        (32,), solver="sgd", alpha=0.0, batch_size=batch, learning_rate_init=RATE, momentum=0.0, nesterovs_momentum=False, shuffle=False
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.partial_fit(x, labels, classes=np.arange(10))
    for layer in (0, 1):
        model.coefs_[layer][...] = parameters[2 * layer].T
        model.intercepts_[layer][...] = parameters[2 * layer + 1]

    def weights() -> list[np.ndarray]:
        return [a for k in (0, 1) for a in (model.coefs_[k].T, model.intercepts_[k])]

    return lambda: model.partial_fit(x, labels), weights


SYSTEMS = {"symnet": symnet, "torch": torch, "jax step": jax_step, "jax scan": jax_scan, "scikit-learn": scikit_learn}


def check(trainers: dict[str, Trainer], tolerance: float) -> None:
    """After one epoch all systems have the same weights."""
    for epoch, _ in trainers.values():
        epoch()
    found = {name: [np.array(a) for a in weights()] for name, (_, weights) in trainers.items()}
    for name, arrays in found.items():
        for a, b in zip(arrays, found["symnet"], strict=True):
            if not np.allclose(a, b, rtol=tolerance, atol=tolerance):
                raise AssertionError(f"{name} trains to other weights than symnet")


def main() -> None:
    options = arguments(__doc__ or "", repeats=9).parse_args()
    systems, remarks = available(SYSTEMS, 32, np.float64)
    rows = {}
    for batch in (32, 1792):
        for dtype in (np.float32, np.float64):
            trainers = {name: build(batch, dtype) for name, build in systems.items()}
            check(trainers, 1e-3 if dtype == np.float32 else 1e-9)
            calls = {name: epoch for name, (epoch, _) in trainers.items()}
            times = interleaved(calls, options.repeats, clock=CLOCKS[options.clock])
            label = f"{np.dtype(dtype).name}, batch {batch if batch == 32 else 'of all'}"
            rows[label] = {name: 1 / t for name, t in times.items()}
    lines = [
        (__doc__ or "").partition("\n\n")[2].strip(),
        "",
        *table("epochs a second", rows, ("1/s", 1.0), rates=True),
        "",
        *remarks,
    ]
    publish("training", "Training", lines, {"training": quotients(rows, rates=True)}, options.write)


if __name__ == "__main__":
    main()
