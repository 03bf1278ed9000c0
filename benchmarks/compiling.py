"""Compile times: loss and all gradients of 784-16-16-10 (13,002 parameters), sigmoid, mean squared error.

"first" is the first compilation in a fresh process, imports and first-use costs of the library's own machinery (one tiny function for
each system) not counted; for symnet with an empty cache on disk, and "first, cached" with what such a process left there: how the
activation is computed, not the network. "again" compiles a network of other sizes in the same process. What is counted ends with the
first gradient.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.measuring import CLOCKS, arguments, publish, quotients, table

SIZES = ((784, 16, 16, 10), (784, 17, 15, 10))


def data(sizes: tuple[int, ...]) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """(W₁, b₁, …), x, y in float32."""
    random = np.random.default_rng(0)
    arrays = [
        a for i, o in zip(sizes, sizes[1:], strict=False) for a in (random.normal(size=(o, i)) * 0.1, np.zeros(o))
    ]
    x, y = random.random((64, sizes[0])), random.random((64, sizes[-1]))
    return [a.astype(np.float32) for a in arrays], x.astype(np.float32), y.astype(np.float32)


def symnet() -> Any:
    from symnet.codegen.program import compile_network
    from symnet.definitions.network import MLP

    tiny = compile_network(MLP((1, 1), "identity"), "mean_squared_error")
    tiny.loss_and_gradient([[1.0]], [[1.0]], {"layers.1.weight": [[1.0]], "layers.1.bias": [1.0]})

    def run(sizes: tuple[int, ...]) -> None:
        parameters, x, y = data(sizes)
        network = MLP(sizes, "sigmoid")
        program = compile_network(network, "mean_squared_error")
        program.loss_and_gradient(x, y, dict(zip(program.names, parameters, strict=True)))

    return run


def jax() -> Any:
    import jax as j

    j.block_until_ready(j.jit(lambda x: x + 1)(1.0))

    def run(sizes: tuple[int, ...]) -> None:
        parameters, x, y = data(sizes)

        def loss(p: Any, x: Any, y: Any) -> Any:
            for k in range(3):
                x = j.nn.sigmoid(x @ p[2 * k].T + p[2 * k + 1])
            return ((x - y) ** 2).mean()

        j.block_until_ready(j.jit(j.value_and_grad(loss))(parameters, x, y))

    return run


def pytensor() -> Any:
    import pytensor as p
    import pytensor.tensor as pt

    a = pt.dscalar()
    p.function([a], a + 1)(1.0)

    def run(sizes: tuple[int, ...]) -> None:
        parameters, x, y = data(sizes)
        symbols = [pt.tensor(dtype="float32", shape=array.shape) for array in parameters]
        given, target = pt.fmatrix(), pt.fmatrix()
        found = given
        for k in range(3):
            found = pt.sigmoid(found @ symbols[2 * k].T + symbols[2 * k + 1])
        loss = ((found - target) ** 2).mean()
        p.function([*symbols, given, target], [loss, *p.grad(loss, symbols)])(*parameters, x, y)

    return run


def torch() -> Any:
    import torch as t

    t.set_num_threads(1)
    t.compile(lambda x: x + 1)(t.ones(2))

    def run(sizes: tuple[int, ...]) -> None:
        parameters, x, y = data(sizes)
        tensors = [t.tensor(p, requires_grad=True) for p in parameters]

        def loss(a: Any, target: Any) -> Any:
            for k in range(3):
                a = t.sigmoid(t.nn.functional.linear(a, tensors[2 * k], tensors[2 * k + 1]))
            return ((a - target) ** 2).mean()

        t.compile(loss)(t.tensor(x), t.tensor(y)).backward()

    return run


SYSTEMS = {"symnet": symnet, "jax.jit": jax, "torch.compile": torch, "pytensor": pytensor}


def one(system: str, clock: str) -> None:
    """In a fresh process: print the two times."""
    run = SYSTEMS[system]()
    times = []
    for sizes in SIZES:
        begin = CLOCKS[clock]()
        run(sizes)
        times.append(CLOCKS[clock]() - begin)
    print(json.dumps(times))


def fresh(system: str, clock: str, cache: str) -> Any:
    """[first, again] in a process of its own, with this folder as symnet's cache; a line about it where it fails."""
    command = [sys.executable, "-m", "benchmarks.compiling", "--one", system, "--clock", clock]
    environment = os.environ | {"SYMNET_CACHE_DIR": cache}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        return done.stderr.strip().splitlines()[-1][:120]
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    parser = arguments(__doc__ or "", repeats=5)
    parser.add_argument("--one", help="used by itself: one system in this process")
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    options = parser.parse_args()
    if options.one:
        one(options.one, options.clock)
        return
    found: dict[str, list[dict[str, float]]] = {}
    remarks = []
    for _ in range(options.repeats):
        for system in options.systems.split(","):
            begin = time.perf_counter()
            with TemporaryDirectory() as cache:
                runs = [fresh(system, options.clock, cache) for _ in range(1 + (system == "symnet"))]
            if isinstance(runs[-1], str):
                remarks = list(dict.fromkeys([*remarks, f"{system} is left out: {runs[-1]}"]))
                continue
            (first, again), (cached, _) = runs[0], runs[-1]
            found.setdefault(system, []).append({"first": first, "first, cached": cached, "again": again})
            print(system, found[system][-1], f"{time.perf_counter() - begin:.1f} s in all", flush=True)
    rows = {
        label: {s: statistics.median(times[label] for times in all_times) for s, all_times in found.items()}
        for label in ("first", "first, cached", "again")
    }
    lines = [(__doc__ or "").partition("\n\n")[2].strip(), "", *table("compiling", rows, ("ms", 1e3)), "", *remarks]
    publish("compiling", "Compiling", lines, {"compiling": quotients(rows)}, options.write)


if __name__ == "__main__":
    main()
