"""A network as a NumPy program: the row form of its equations, compiled.

`compile_network` writes source text from the very equations that the sheet prints, executes it once,
and returns a `NetworkProgram`: the forward pass on a batch, and with a loss also the gradient of every
trainable parameter. Large batches go through in blocks of rows whose intermediates fit the cache;
scratch memory is kept per thread, and every returned array is fresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy import empty

from symnet.calculus.backpropagate import backpropagate
from symnet.codegen.bound import Bound, Parameters
from symnet.codegen.executed import Executed, digest
from symnet.codegen.kernels.products import FEWEST
from symnet.codegen.parameters import numbers
from symnet.codegen.program_source import forward_source, gradient_source
from symnet.definitions.equations import Equations
from symnet.definitions.layers import Dense
from symnet.definitions.loss import Loss, named_loss
from symnet.definitions.network import Network
from symnet.definitions.neuron import Neuron
from symnet.errors import DataError, ShapeError, UsageError

NATIVE = frozenset((np.dtype(np.float32), np.dtype(np.float64)))
"""What is computed as it comes; numbers in the other byte order are copied."""

BLOCK_BYTES = 1 << 22
"""What the input and the scratch of one block of rows may take: what is used last still lies in a second-level cache."""
SMALLEST_BLOCK, LARGEST_BLOCK = 256, 512

LAID_OUT = FEWEST
"""From so many rows on it pays to lay the transpose of a weight matrix out row after row before rows are multiplied with it."""


def compile_network(
    network: Network | Neuron, loss: Loss | str | None = None, dtype: Any = None, wrt_input: bool = False
) -> NetworkProgram:
    """Compile the forward pass, and with a loss also its gradients.

    `dtype` fixes float32 or float64; None keeps the dtype of x. `wrt_input` adds the gradient with
    respect to the input, under the name ``x``. A neuron is compiled as the network of one dense layer
    with one output that it is.
    """
    if isinstance(network, Neuron):
        network = network_of(network)
    if not isinstance(network, Network):
        raise UsageError(f"a network or a neuron can be compiled, got {type(network).__name__}")
    return NetworkProgram(network, loss, dtype, wrt_input)


def network_of(neuron: Neuron) -> Network:
    """One dense layer with one output; bound to numbers when every weight and the bias are numbers."""
    network = Network((Dense(neuron.inputs, 1, neuron.activation),))
    if not all(value.is_number for value in (*neuron.w, neuron.b)):
        return network
    weight = [[float(w) for w in neuron.w]]
    return network.with_values({"layers.1.weight": weight, "layers.1.bias": [float(neuron.b)]})


@lru_cache(maxsize=64)
def forward_program(network: Network) -> NetworkProgram:
    """The forward pass of a network of this architecture, compiled once; parameters are given at each call."""
    return compile_network(replace(network, values={}))


class NetworkProgram:
    """Compiled equations of a network; see `compile_network`."""

    def __init__(self, network: Network, loss: Loss | str | None, dtype: Any, wrt_input: bool) -> None:
        self.network = network
        self.loss = None if loss is None else named_loss(loss)
        self.dtype = None if dtype is None else np.dtype(dtype)
        if self.dtype is not None and self.dtype not in (np.dtype(np.float32), np.dtype(np.float64)):
            raise UsageError(f"a network is computed in float32 or float64, got {self.dtype}")
        backward = self.loss is not None or wrt_input
        self.equations: Equations = (
            backpropagate(network, self.loss, wrt_input=wrt_input) if backward else network.equations
        )
        """The column form; its ``.rows`` is what was compiled."""
        records = network.parameter_records
        symbols = [record.symbol.name for record in records]
        self._forward = Executed(forward_source(network.equations), symbols)
        self._backward = Executed(gradient_source(self.equations), symbols) if backward else None
        self.names = tuple(record.name for record in records)
        """The parameters, by their names in files."""
        self._parameters = Parameters(network)
        wanted = {e.symbol.parts[1] for e in self.equations.gradients}
        results = [record for record in records if record.symbol.name in wanted]
        self.gradient_names = (*(r.name for r in results), *(["x"] if wrt_input else []))
        """What the gradient is taken of: the trainable parameters, and x if asked for."""
        self._result_shapes = (*(r.shape for r in results), *([()] if wrt_input else []))
        self._inputs, self._outputs = network.layers[0].inputs, network.layers[-1].outputs
        self._flat = len(network.layers[0].input_shape) == 1
        self._block = {item: self._rows_of_block(item) for item in (4, 8)}

    @property
    def source(self) -> str:
        """The Python text that runs: the forward pass, then the gradient."""
        parts = [self._forward.source.text] + ([self._backward.source.text] if self._backward else [])
        return "\n".join(parts)

    def __repr__(self) -> str:
        shape = "-".join(map(str, self.network.sizes))
        return f"NetworkProgram({shape}, loss={self.loss.name if self.loss else None})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as what it was compiled from, with the SHA-256 of the source that has to come out again."""
        wrt_input = "x" in self.gradient_names
        return _restored, (self.network, self.loss, self.dtype, wrt_input, digest(self.source))

    def __call__(self, x: Any, parameters: Mapping[str, Any] | None = None) -> np.ndarray:
        """The output, of shape (n, outputs) for a batch and (outputs,) for one sample; fresh."""
        X, single = self.batch(x)
        n, itemsize, forward = len(X), X.itemsize, self._forward
        given = self._parameters.of(parameters, X.dtype)
        transposed = self._transposed(forward, given, n)
        out = empty((n, self._outputs), X.dtype)
        block = self._block[itemsize]
        if n <= block:
            forward.function(X, *given.values, transposed, forward.scratch.of((n, itemsize)), out)
            return out[0] if single else out
        for start in range(0, n, block):
            part = X[start : start + block]
            scratch = forward.scratch.of((len(part), itemsize))
            forward.function(part, *given.values, transposed, scratch, out[start : start + block])
        return out[0] if single else out

    def loss_and_gradient(
        self, x: Any, y: Any, parameters: Mapping[str, Any] | None = None
    ) -> tuple[float, dict[str, np.ndarray]]:
        """The mean loss over the batch and the gradient of every trainable parameter, by name in files.

        y has the shape of the output; class labels (integers, one a sample) become one-hot rows. The
        arrays are fresh. Raises `ShapeError` when x and y do not fit.
        """
        if self._backward is None or self.loss is None:
            raise UsageError("this program has no loss; compile it with compile_network(network, loss)")
        X, _ = self.batch(x)
        if not len(X):
            raise DataError("the loss of an empty batch is not defined; give at least one sample")
        return self._run(X, self._targets(y, X), self._parameters.of(parameters, X.dtype), 1.0 / len(X))

    def vector_jacobian(self, x: Any, s: Any, parameters: Mapping[str, Any] | None = None) -> dict[str, np.ndarray]:
        """The gradient of Σ s·output, where s has the shape of the output: of each parameter, and of x if asked for."""
        if self._backward is None or self.loss is not None:
            raise UsageError("this program has a loss; compile it with compile_network(network, wrt_input=True)")
        X, _ = self.batch(x)
        return self._run(X, self._targets(s, X), self._parameters.of(parameters, X.dtype), 1.0)[1]

    def loss_into(self, X: np.ndarray, Y: np.ndarray, given: Bound, gradients: list[np.ndarray], scale: float) -> float:
        """`loss_and_gradient` of arrays that fit, unchecked: for loops whose steps cost a few microseconds.

        X are rows and Y targets of one dtype, `given` the parameters in the order of `names`; the arrays of `gradients`, in the
        order of `gradient_names`, are overwritten. `scale` is 1/n.
        """
        n, itemsize, backward = len(X), X.itemsize, self._backward
        arguments = (*given.values, self._transposed(backward, given, n))
        if n <= self._block[itemsize]:
            scratch = backward.scratch.of((n, itemsize))
            return float(backward.function(X, Y, *arguments, scratch, scale, *gradients) or 0.0)
        return self._run_blocks(X, Y, arguments, scale, gradients, self._block[itemsize])

    def _run(self, X: np.ndarray, Y: np.ndarray, given: Bound, scale: float) -> tuple[float, dict[str, np.ndarray]]:
        gradients = [empty(shape if shape else (len(X), self._inputs), X.dtype) for shape in self._result_shapes]
        loss = self.loss_into(X, Y, given, gradients, scale)
        return loss, dict(zip(self.gradient_names, gradients))  # noqa: B905 (their lengths agree)

    def _run_blocks(
        self,
        X: np.ndarray,
        Y: np.ndarray,
        values: tuple[Any, ...],
        scale: float,
        results: list[np.ndarray],
        block: int,
    ) -> float:
        """Block after block of rows; parameters' gradients add up, the input's stand side by side."""
        backward = self._backward
        loss = 0.0
        partial = [np.empty_like(array) for array in results]
        for start in range(0, len(X), block):
            rows = slice(start, start + block)
            part = X[rows]
            given = [
                (piece if start else whole) if shape else whole[rows]
                for shape, whole, piece in zip(self._result_shapes, results, partial, strict=True)
            ]
            scratch = backward.scratch.of((len(part), X.itemsize))
            loss += float(backward.function(part, Y[rows], *values, scratch, scale, *given) or 0.0)
            if start:
                for shape, whole, piece in zip(self._result_shapes, results, partial, strict=True):
                    if shape:
                        np.add(whole, piece, out=whole)
        return loss

    def _transposed(self, executed: Executed, given: Bound, n: int) -> list[np.ndarray]:
        """The transposes that a program of n rows asks for."""
        views = [given.transposed[k] for k in executed.transposed]
        return [np.ascontiguousarray(view) for view in views] if n >= LAID_OUT else views

    def _rows_of_block(self, itemsize: int) -> int:
        columns = self._inputs + sum((self._backward or self._forward).source.buffers.values())
        rows = BLOCK_BYTES // (itemsize * columns)
        return max(SMALLEST_BLOCK, min(LARGEST_BLOCK, 1 << max(rows, 1).bit_length() - 1))

    def batch(self, x: Any) -> tuple[np.ndarray, bool]:
        """(x as rows of floats, whether it was a single sample)."""
        if type(x) is np.ndarray and (x.dtype is self.dtype or (self.dtype is None and x.dtype in NATIVE)):
            if self._flat and x.ndim == 2 and x.shape[1] == self._inputs:
                return x, False
        else:
            x = numbers(x, "x", self.dtype)
        shape = self.network.layers[0].input_shape
        for given, single in ((shape, False), ((self._inputs,), False)):
            if x.shape == given:
                return x.reshape(1, self._inputs), True
            if x.ndim == len(given) + 1 and x.shape[1:] == given:
                return x.reshape(len(x), self._inputs), single
        wanted = ", ".join(map(str, shape))
        raise ShapeError(f"the network takes x of shape (n, {wanted}), got {x.shape}")

    def _targets(self, y: Any, X: np.ndarray) -> np.ndarray:
        n, m = len(X), self._outputs
        if type(y) is np.ndarray and y.dtype is X.dtype and y.shape == (n, m):
            return y
        array = np.asarray(y)
        if array.ndim == 1 and array.dtype.kind in "iu" and array.shape == (n,) and (m > 1 or n > 1):
            if array.size and (array.min() < 0 or array.max() >= m):
                raise DataError(f"class labels must lie between 0 and {m - 1}, got {array.min()} to {array.max()}")
            rows = np.zeros((n, m), X.dtype)
            rows[np.arange(n), array] = 1
            return rows
        array = numbers(y, "y", X.dtype)
        if array.shape == (m,) and n == 1:
            array = array.reshape(1, m)
        if array.shape != (n, m):
            raise ShapeError(
                f"x has {n} samples and the network {m} outputs, so y must have the shape ({n}, {m}), got {array.shape}"
            )
        return array


def _restored(network: Network, loss: Loss | None, dtype: Any, wrt_input: bool, stored: str) -> NetworkProgram:
    """What `NetworkProgram.__reduce__` stored; `DataError` where this version of symnet writes another program."""
    program = NetworkProgram(network, loss, dtype, wrt_input)
    if digest(program.source) != stored:
        raise DataError("the pickled program was compiled by another version of symnet; compile it again")
    return program
