"""Activations on 10⁷ numbers: symnet's code, which keeps its digits everywhere, against faster and less exact ones.

"numpy" is the formula as one writes it, "copy" moves the numbers only. The accuracy of every system stands in the section on accuracy.
Every system allocates its result.
symnet computes float32 in float64 and rounds once. Numbers: normal with standard deviation 3. Times in nanoseconds per element.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks.measuring import CLOCKS, Call, arguments, available, interleaved, publish, quotients, table

FUNCTIONS = ("sigmoid", "tanh", "silu", "softplus", "elu", "gelu", "mish")


def symnet(name: str, x: np.ndarray) -> Call:
    import symnet as package

    function = package.compile(name)
    return lambda: function(x)


def copy(name: str, x: np.ndarray) -> Call:
    return x.copy


def numpy(name: str, x: np.ndarray) -> Call:
    from scipy.special import erf

    formulas: dict[str, Callable[[Any], Any]] = {
        "sigmoid": lambda t: 1 / (1 + np.exp(-t)),
        "tanh": np.tanh,
        "silu": lambda t: t / (1 + np.exp(-t)),
        "softplus": lambda t: np.log(1 + np.exp(t)),
        "elu": lambda t: np.where(t < 0, np.exp(t) - 1, t),
        "gelu": lambda t: t * (1 + erf(t * t.dtype.type(0.7071067811865476))) / 2,
        "mish": lambda t: t * np.tanh(np.log(1 + np.exp(t))),
    }
    return lambda: formulas[name](x)


def numexpr(name: str, x: np.ndarray) -> Call:
    import numexpr as ne

    ne.set_num_threads(1)
    formulas = {
        "sigmoid": "1/(1 + exp(-x))",
        "tanh": "tanh(x)",
        "silu": "x/(1 + exp(-x))",
        "softplus": "log1p(exp(x))",
        "elu": "where(x < 0, expm1(x), x)",
        "mish": "x*tanh(log1p(exp(x)))",
    }
    if name not in formulas:
        raise ImportError("numexpr has no erf")
    return lambda: ne.evaluate(formulas[name], {"x": x})


def numba(name: str, x: np.ndarray) -> Call:
    import math

    import numba as nb

    one, half, root = x.dtype.type(1), x.dtype.type(0.5), x.dtype.type(0.7071067811865476)
    formulas = {
        "sigmoid": lambda t: one / (one + math.exp(-t)),
        "tanh": lambda t: math.tanh(t),
        "silu": lambda t: t / (one + math.exp(-t)),
        "softplus": lambda t: math.log1p(math.exp(t)),
        "elu": lambda t: math.expm1(t) if t < 0 else t,
        "gelu": lambda t: t * half * (one + math.erf(t * root)),
        "mish": lambda t: t * math.tanh(math.log1p(math.exp(t))),
    }
    function = nb.vectorize([f"{x.dtype.name}({x.dtype.name})"])(formulas[name])
    return lambda: function(x)


def torch(name: str, x: np.ndarray) -> Call:
    import torch as t

    t.set_num_threads(1)
    given = t.from_numpy(x)
    function = {"sigmoid": t.sigmoid, "tanh": t.tanh}.get(name) or getattr(t.nn.functional, name)
    return lambda: function(given)


def jax(name: str, x: np.ndarray) -> Call:
    import jax as j

    j.config.update("jax_enable_x64", True)
    given = j.numpy.asarray(x)
    options = {"approximate": False} if name == "gelu" else {}
    function = j.jit(lambda t: getattr(j.nn, name)(t, **options) if name != "tanh" else j.numpy.tanh(t))
    return lambda: j.block_until_ready(function(given))


SYSTEMS = {
    "symnet": symnet,
    "copy": copy,
    "numpy": numpy,
    "numexpr": numexpr,
    "numba": numba,
    "torch": torch,
    "jax": jax,
}


def main() -> None:
    parser = arguments(__doc__ or "", repeats=5)
    parser.add_argument("--size", type=int, default=10_000_000)
    parser.add_argument("--functions", default=",".join(FUNCTIONS))
    options = parser.parse_args()
    systems, remarks = available(SYSTEMS, "sigmoid", np.ones(3))
    rows = {}
    for dtype in (np.float64, np.float32):
        x = np.random.default_rng(0).normal(0, 3, options.size).astype(dtype)
        for name in options.functions.split(","):
            calls, _ = available({s: partial(build, name, x) for s, build in systems.items()})
            functions = {s: build() for s, build in calls.items()}
            times = interleaved(functions, options.repeats, clock=CLOCKS[options.clock])
            rows[f"{name} {np.dtype(dtype).name}"] = {s: t / options.size for s, t in times.items()}
            print(table("", {name: rows[f"{name} {np.dtype(dtype).name}"]}, ("ns", 1e9))[-1], flush=True)
    lines = [(__doc__ or "").partition("\n\n")[2].strip(), "", *table("function", rows, ("ns", 1e9)), "", *remarks]
    plotted = {label: {p: q for p, q in row.items() if p != "copy"} for label, row in quotients(rows).items()}
    publish("elementwise", "Elementwise", lines, {"elementwise": plotted}, options.write)


if __name__ == "__main__":
    main()
