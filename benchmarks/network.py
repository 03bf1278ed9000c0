"""Forward pass and gradient of two networks: symnet's programs against hand-tuned NumPy and the frameworks.

Net A is 784-16-16-10 with sigmoid and mean squared error, net B is 64-128-128-10 with ReLU and softmax cross-entropy. "numpy" is what
a careful person writes by hand with the same formulas: preallocated buffers, in-place ufuncs, blocks of rows, transposes laid out once.
Before every race the losses and gradients of all systems are compared.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.measuring import CLOCKS, arguments, available, interleaved, publish, quotients, table
from benchmarks.networks import SYSTEMS

DTYPES = {"f32": np.float32, "f64": np.float64}


def check(net: str, batch: int, dtype: Any, systems: dict[str, Any]) -> None:
    """All systems compute the same: otherwise the race means nothing."""
    tolerance = 2e-4 if dtype == np.float32 else 1e-10
    results = {}
    for name, build in systems.items():
        loss, gradient = build(net, batch, dtype)[1]()
        arrays = gradient.values() if isinstance(gradient, dict) else gradient
        results[name] = (float(loss), [np.asarray(g) for g in arrays])
    for name, (loss, arrays) in results.items():
        other = results["symnet"]
        if abs(loss - other[0]) > tolerance * max(1, abs(loss)):
            raise AssertionError(f"{name} on net {net}, batch {batch}: loss {loss} instead of {other[0]}")
        for a, b in zip(arrays, other[1], strict=True):
            if not np.allclose(a, b, rtol=tolerance, atol=tolerance * float(np.abs(b).max())):
                raise AssertionError(f"{name} on net {net}, batch {batch}: another gradient")


def main() -> None:
    parser = arguments(__doc__ or "", repeats=7)
    parser.add_argument("--batches", default="1,64,4096,60000")
    parser.add_argument("--dtypes", default="f32,f64")
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--nets", default="A,B")
    parser.add_argument("--what", default="gradient,forward")
    parser.add_argument("--seconds", type=float, default=1.5, help="at least, for each system and line")
    options = parser.parse_args()
    wanted = {name: SYSTEMS[name] for name in options.systems.split(",")}
    systems, remarks = available(wanted, "A", 2, np.float32)
    lines, plots = [__doc__.partition("\n\n")[2].strip(), ""] if __doc__ else [], {}
    for what in options.what.split(","):
        index = int(what == "gradient")
        rows = {}
        for net in options.nets.split(","):
            for name in options.dtypes.split(","):
                for batch in map(int, options.batches.split(",")):
                    dtype = DTYPES[name]
                    if index:
                        check(net, batch, dtype, systems)
                    functions = {s: build(net, batch, dtype)[index] for s, build in systems.items()}
                    rows[f"{net} {name} {batch}"] = interleaved(
                        functions, options.repeats, options.seconds, CLOCKS[options.clock]
                    )
                    print(
                        table(what, {f"{net} {name} {batch}": rows[f"{net} {name} {batch}"]}, ("µs", 1e6))[-1],
                        flush=True,
                    )
        lines += [*table(what, rows, ("µs", 1e6)), ""]
        plots[f"network-{what}"] = quotients(rows)
    publish("network", "Networks", [*lines, *remarks], plots, options.write)


if __name__ == "__main__":
    main()
