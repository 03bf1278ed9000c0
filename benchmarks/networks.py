"""The two networks that are raced, and the programs of each system: (forward, loss and gradient) of a fixed batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Pair = tuple[Callable[[], Any], Callable[[], Any]]

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


def symnet(net: str, batch: int, dtype: Any) -> Pair:
    from symnet.codegen.program import compile_network
    from symnet.definitions.network import MLP

    sizes, activation, loss = NETS[net]
    network = MLP(sizes, activation, "softmax" if net == "B" else None)
    program = compile_network(network, loss)
    parameters, x, y = problem(net, batch, dtype)
    values = dict(zip((r.name for r in network.parameter_records), parameters, strict=True))
    return lambda: program(x, values), lambda: program.loss_and_gradient(x, y, values)


def numpy(net: str, batch: int, dtype: Any) -> Pair:
    parameters, x, y = problem(net, batch, dtype)
    sizes = NETS[net][0]
    rows = min(batch, BLOCK)
    W, b = parameters[0::2], parameters[1::2]
    W_T = [np.ascontiguousarray(w.T) if batch >= 128 else w.T for w in W]
    Z, A, D, E = ([np.empty((rows, n), dtype) for n in sizes[1:]] for _ in range(4))
    top = 88.0 if dtype == np.float32 else 709.0
    largest, total, ones = np.empty((rows, 1), dtype), np.empty((rows, 1), dtype), np.ones(rows, dtype)
    wide = np.ones((sizes[-1], 1), dtype)

    def layer(k: int, a: np.ndarray, n: int) -> np.ndarray:
        z = Z[k][:n]
        np.matmul(a, W_T[k], out=z)
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


def torch(net: str, batch: int, dtype: Any) -> Pair:
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


def jax(net: str, batch: int, dtype: Any) -> Pair:
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


def torch_compiled(net: str, batch: int, dtype: Any) -> Pair:
    """`torch.compile` of the loss; needs a C++ compiler."""
    import torch as t

    t.set_num_threads(1)
    parameters, x, y = problem(net, batch, dtype)
    tensors = [t.tensor(p, requires_grad=True) for p in parameters]
    given, labels, target = t.tensor(x), t.tensor(y.argmax(1)), t.tensor(y)

    def output(a: Any) -> Any:
        for k in range(3):
            a = t.nn.functional.linear(a, tensors[2 * k], tensors[2 * k + 1])
            if net == "A":
                a = t.sigmoid(a)
            elif k < 2:
                a = t.relu(a)
        return a

    compiled = t.compile(lambda a: output(a) if net == "A" else t.softmax(output(a), 1))
    loss_of = t.compile(
        lambda a: (
            t.nn.functional.mse_loss(output(a), target)
            if net == "A"
            else t.nn.functional.cross_entropy(output(a), labels)
        )
    )

    def forward() -> Any:
        with t.no_grad():
            return compiled(given)

    def gradient() -> Any:
        for tensor in tensors:
            tensor.grad = None
        loss = loss_of(given)
        loss.backward()
        return loss.item(), [tensor.grad for tensor in tensors]

    return forward, gradient


def pytensor(net: str, batch: int, dtype: Any) -> Pair:
    """PyTensor's default mode."""
    import pytensor as p
    import pytensor.tensor as pt

    parameters, x, y = problem(net, batch, dtype)
    symbols = [pt.tensor(dtype=np.dtype(dtype).name, shape=array.shape) for array in parameters]
    given, target = pt.as_tensor(x), pt.as_tensor(y)
    a = given
    for k in range(3):
        a = a @ symbols[2 * k].T + symbols[2 * k + 1]
        if net == "A":
            a = pt.sigmoid(a)
        elif k < 2:
            a = pt.maximum(a, np.array(0, dtype))
    if net == "A":
        loss = ((a - target) ** 2).mean()
    else:
        loss = -(target * pt.special.log_softmax(a, axis=1)).sum(axis=1).mean()
        a = pt.special.softmax(a, axis=1)
    forward = p.function(symbols, a)
    gradient = p.function(symbols, [loss, *p.grad(loss, symbols)])

    def both() -> Any:
        first, *rest = gradient(*parameters)
        return first, rest

    return lambda: forward(*parameters), both


SYSTEMS: dict[str, Callable[[str, int, Any], Pair]] = {
    "symnet": symnet,
    "numpy": numpy,
    "torch": torch,
    "torch.compile": torch_compiled,
    "jax": jax,
    "pytensor": pytensor,
}
