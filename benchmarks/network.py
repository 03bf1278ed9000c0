"""Forward pass and gradient of two networks: symnet's programs against hand-tuned NumPy and the frameworks.

    python benchmarks/network.py [--clock cpu] [--batches 1,64,60000] [--dtypes f32,f64] [--peers numpy,torch,jax]

Net A is 784-16-16-10 with sigmoid and mean squared error, net B is 64-128-128-10 with ReLU and softmax
cross-entropy. One thread each; the systems take turns in one process, and the median of the repeats is
reported, so that a busy machine hurts all alike: read the ratios, not the times. "numpy" is what a careful
person writes by hand with the same formulas: preallocated buffers, in-place ufuncs, blocks of rows.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
from collections.abc import Callable
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import numpy as np  # noqa: E402 (after the threads are set)

NETS = {
    "A": ((784, 16, 16, 10), "sigmoid", "mean_squared_error"),
    "B": ((64, 128, 128, 10), "relu", "softmax_cross_entropy"),
}
BLOCK = 512
"""Rows a block of the hand-tuned program."""


def problem(net: str, batch: int, dtype: Any) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """(W₁, b₁, …), x, one-hot targets."""
    sizes = NETS[net][0]
    random = np.random.default_rng(0)
    parameters = []
    for a, b in zip(sizes, sizes[1:], strict=False):
        bound = np.sqrt(6 / (a + b))
        parameters += [random.uniform(-bound, bound, (b, a)).astype(dtype), random.normal(0, 0.1, b).astype(dtype)]
    x = random.random((batch, sizes[0])).astype(dtype)
    y = np.eye(sizes[-1], dtype=dtype)[random.integers(0, sizes[-1], batch)]
    return parameters, x, y


def symnet(net: str, batch: int, dtype: Any) -> tuple[Callable[[], Any], Callable[[], Any]]:
    from symnet.codegen.program import compile_network
    from symnet.definitions.network import MLP

    sizes, activation, loss = NETS[net]
    network = MLP(sizes, activation, "softmax" if net == "B" else None)
    program = compile_network(network, loss)
    parameters, x, y = problem(net, batch, dtype)
    values = dict(zip((r.name for r in network.parameter_records), parameters, strict=True))
    return lambda: program(x, values), lambda: program.loss_and_gradient(x, y, values)


def numpy(net: str, batch: int, dtype: Any) -> tuple[Callable[[], Any], Callable[[], Any]]:
    parameters, x, y = problem(net, batch, dtype)
    sizes = NETS[net][0]
    rows = min(batch, BLOCK)
    W, b = parameters[0::2], parameters[1::2]
    Z, A, D, E = ([np.empty((rows, n), dtype) for n in sizes[1:]] for _ in range(4))
    top = 88.0 if dtype == np.float32 else 709.0
    largest, total, ones = np.empty((rows, 1), dtype), np.empty((rows, 1), dtype), np.ones(rows, dtype)
    wide = np.ones((sizes[-1], 1), dtype)

    def layer(k: int, a: np.ndarray, n: int) -> np.ndarray:
        z = Z[k][:n]
        np.matmul(a, W[k].T, out=z)
        np.add(z, b[k], out=z)
        return z

    def sigmoid(k: int, n: int, slope: bool) -> np.ndarray:
        z, a, d, t = Z[k][:n], A[k][:n], D[k][:n], E[k][:n]
        np.minimum(z, top, out=a)
        np.exp(a, out=a)
        np.add(a, 1.0, out=t)
        np.divide(a, t, out=a)
        if slope:
            np.divide(a, t, out=d)
        return a

    def softmax(z: np.ndarray, n: int) -> np.ndarray:
        a = A[2][:n]
        np.maximum.reduce(z, axis=1, keepdims=True, out=largest[:n])
        np.subtract(z, largest[:n], out=a)
        np.exp(a, out=a)
        np.matmul(a, wide, out=total[:n])
        return np.divide(a, total[:n], out=a)

    def block_forward(part: np.ndarray, slope: bool) -> np.ndarray:
        n, a = len(part), part
        for k in range(3):
            z = layer(k, a, n)
            if net == "A":
                a = sigmoid(k, n, slope)
            elif k < 2:
                a = np.maximum(z, 0.0, out=A[k][:n])
            else:
                a = softmax(z, n)
        return a

    def forward() -> np.ndarray:
        out = np.empty((batch, sizes[-1]), dtype)
        for start in range(0, batch, BLOCK):
            part = x[start : start + BLOCK]
            out[start : start + BLOCK] = block_forward(part, False)
        return out

    def gradient() -> Any:
        loss = 0.0
        first = [np.empty_like(p) for p in parameters]
        more = [np.empty_like(p) for p in parameters] if batch > BLOCK else first
        scale = 1.0 / batch
        for start in range(0, batch, BLOCK):
            part, target = x[start : start + BLOCK], y[start : start + BLOCK]
            n = len(part)
            a = block_forward(part, True)
            into = more if start else first
            d = E[2][:n]
            np.subtract(a, target, out=d)
            if net == "A":
                loss += 0.1 * scale * float(np.vdot(d, d))
                np.multiply(d, D[2][:n], out=d)
                np.multiply(d, 0.2 * scale, out=d)
            else:
                np.log(total[:n], out=total[:n])
                np.add(total[:n], largest[:n], out=total[:n])
                loss += scale * (float(np.add.reduce(total[:n], axis=None)) - float(np.vdot(target, Z[2][:n])))
                np.multiply(d, scale, out=d)
            for k in (2, 1, 0):
                outer = np.matmul if n > 1 else np.multiply
                outer(d.T, A[k - 1][:n] if k else part, out=into[2 * k])
                np.matmul(ones[:n], d, out=into[2 * k + 1])
                if k:
                    previous = E[k - 1][:n]
                    np.matmul(d, W[k], out=previous)
                    if net == "A":
                        np.multiply(previous, D[k - 1][:n], out=previous)
                    else:
                        np.greater(Z[k - 1][:n], 0, out=D[k - 1][:n])
                        np.multiply(previous, D[k - 1][:n], out=previous)
                    d = previous
            if start:
                for whole, piece in zip(first, more, strict=True):
                    np.add(whole, piece, out=whole)
        return loss, first

    return forward, gradient


def torch(net: str, batch: int, dtype: Any) -> tuple[Callable[[], Any], Callable[[], Any]]:
    import torch as t

    t.set_num_threads(1)
    parameters, x, y = problem(net, batch, dtype)
    tensors = [t.tensor(p, requires_grad=True) for p in parameters]
    given, target = t.tensor(x), t.tensor(y)
    activation = t.sigmoid if net == "A" else t.relu
    labels = target.argmax(1)

    def output() -> Any:
        a = given
        for k in range(3):
            a = t.nn.functional.linear(a, tensors[2 * k], tensors[2 * k + 1])
            if net == "A" or k < 2:
                a = activation(a)
        return a

    def forward() -> Any:
        with t.no_grad():
            a = output()
            return a if net == "A" else t.softmax(a, 1)

    def gradient() -> Any:
        for tensor in tensors:
            tensor.grad = None
        a = output()
        loss = t.nn.functional.mse_loss(a, target) if net == "A" else t.nn.functional.cross_entropy(a, labels)
        loss.backward()
        return loss.item(), [tensor.grad for tensor in tensors]

    return forward, gradient


def jax(net: str, batch: int, dtype: Any) -> tuple[Callable[[], Any], Callable[[], Any]]:
    import jax as j

    j.config.update("jax_enable_x64", True)
    parameters, x, y = problem(net, batch, dtype)
    given, target = j.numpy.asarray(x), j.numpy.asarray(y)
    arrays = [j.numpy.asarray(p) for p in parameters]

    def output(p: Any, a: Any) -> Any:
        for k in range(3):
            a = a @ p[2 * k].T + p[2 * k + 1]
            if net == "A":
                a = j.nn.sigmoid(a)
            elif k < 2:
                a = j.nn.relu(a)
        return a

    def loss(p: Any) -> Any:
        a = output(p, given)
        if net == "A":
            return ((a - target) ** 2).mean()
        return -(target * j.nn.log_softmax(a)).sum(1).mean()

    forward = j.jit(lambda p: output(p, given) if net == "A" else j.nn.softmax(output(p, given)))
    both = j.jit(j.value_and_grad(loss))
    return lambda: j.block_until_ready(forward(arrays)), lambda: j.block_until_ready(both(arrays))


SYSTEMS = {"symnet": symnet, "numpy": numpy, "torch": torch, "jax": jax}


def interleaved(
    functions: dict[str, Callable[[], Any]], seconds: float, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Median time of one call of each, in seconds; they take turns so that noise is shared."""
    counts, times = {}, {name: [] for name in functions}
    for name, function in functions.items():
        for _ in range(3):
            function()
        begin = clock()
        function()
        counts[name] = max(1, min(1000, int(0.004 / max(clock() - begin, 1e-7))))
    end = time.perf_counter() + seconds * len(functions)
    while time.perf_counter() < end or len(times[next(iter(times))]) < 5:
        for name, function in functions.items():
            begin = clock()
            for _ in range(counts[name]):
                function()
            times[name].append((clock() - begin) / counts[name])
    return {name: statistics.median(found) for name, found in times.items()}


def check(net: str, batch: int, dtype: Any, systems: list[str]) -> None:
    """All systems compute the same: otherwise the race means nothing."""
    tolerance = 2e-4 if dtype == np.float32 else 1e-10
    results = {}
    for name in systems:
        loss, gradient = SYSTEMS[name](net, batch, dtype)[1]()
        arrays = gradient.values() if isinstance(gradient, dict) else gradient
        results[name] = (float(loss), [np.asarray(g) for g in arrays])
    for name, (loss, arrays) in results.items():
        other = results["symnet"]
        assert abs(loss - other[0]) <= tolerance * max(1, abs(loss)), (name, loss, other[0])
        for a, b in zip(arrays, other[1], strict=True):
            assert np.allclose(a, b, rtol=tolerance, atol=tolerance * float(np.abs(b).max())), (name, net, batch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", default="1,64,4096,60000")
    parser.add_argument("--dtypes", default="f32,f64")
    parser.add_argument("--peers", default="numpy,torch,jax")
    parser.add_argument("--nets", default="A,B")
    parser.add_argument("--seconds", type=float, default=2.0, help="for each system and line")
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall", help="cpu: on a busy machine")
    options = parser.parse_args()
    clock = time.process_time if options.clock == "cpu" else time.perf_counter
    systems = ["symnet", *(p for p in options.peers.split(",") if p)]
    for peer in list(systems):
        try:
            SYSTEMS[peer]("A", 1, np.float32)
        except ImportError:
            systems.remove(peer)
            print(f"{peer} is not installed; left out")
    print(
        f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}, one thread\n"
    )
    columns = [f"{s} (µs)" for s in systems] + [f"{s} ÷ symnet" for s in systems[1:]]
    for what, index in (("gradient", 1), ("forward", 0)):
        print(f"| {what} | " + " | ".join(columns) + " |\n|---" * 1 + "|---:" * len(columns) + "|")
        for net in options.nets.split(","):
            for name, dtype in (("f32", np.float32), ("f64", np.float64)):
                if name not in options.dtypes.split(","):
                    continue
                for batch in map(int, options.batches.split(",")):
                    if index:
                        check(net, batch, dtype, systems)
                    functions = {s: SYSTEMS[s](net, batch, dtype)[index] for s in systems}
                    times = interleaved(functions, options.seconds, clock)
                    cells = [f"{times[s] * 1e6:,.1f}" for s in systems]
                    cells += [f"{times[s] / times['symnet']:.2f}" for s in systems[1:]]
                    print(f"| {net} {name} {batch} | " + " | ".join(cells) + " |", flush=True)
        print()


if __name__ == "__main__":
    main()
