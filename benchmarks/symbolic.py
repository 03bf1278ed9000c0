"""Scalar networks: a symbol for every weight, the loss of one sample, and its derivative by every weight.

Sigmoid everywhere and half the squared error. Every system builds the formula from one symbol for each weight and differentiates it;
casadi's graph and derivative are C++, symengine's too. SymPy and symengine differentiate weight by weight, for which they need a time
that grows with the square of the number of weights and more, so they stop early. "code" adds what it takes to have a function: Python
source for symnet, a casadi.Function for casadi.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.measuring import CLOCKS, arguments, available, publish, quotients, table

SIZES = {46: (3, 5, 3, 2), 139: (8, 7, 6, 4), 1482: (64, 16, 16, 10), 6922: (404, 16, 16, 10), 13002: (784, 16, 16, 10)}
LARGEST = {"sympy": 46, "symengine": 139}


def parameters(sizes: tuple[int, ...]) -> int:
    """How many weights and biases."""
    return sum((a + 1) * b for a, b in zip(sizes, sizes[1:], strict=False))


def symnet(sizes: tuple[int, ...], code: bool = False) -> Any:
    """Matrix equations read entry by entry."""
    from symnet.codegen.scalar_source import scalar_source
    from symnet.definitions.network import MLP

    network = MLP(sizes, "sigmoid").scalar("half_squared")
    return scalar_source(network) if code else network


def casadi(sizes: tuple[int, ...], code: bool = False) -> Any:
    """SX, one scalar symbol a weight; reverse mode."""
    import casadi as ca

    x, y = ca.SX.sym("x", sizes[0]), ca.SX.sym("y", sizes[-1])
    weights, a = [], x
    for k, (n, m) in enumerate(zip(sizes, sizes[1:], strict=False)):
        weights += [ca.SX.sym(f"W{k}", m, n), ca.SX.sym(f"b{k}", m)]
        a = 1 / (1 + ca.exp(-(weights[-2] @ a + weights[-1])))
    loss, flat = ca.sumsqr(a - y) / 2, ca.vertcat(*(ca.vec(w) for w in weights))
    gradient = ca.gradient(loss, flat)
    return ca.Function("f", [x, y, flat], [loss, gradient]) if code else gradient


def _weight_by_weight(algebra: Any, sizes: tuple[int, ...]) -> Any:
    x = [algebra.Symbol(f"x{i}") for i in range(sizes[0])]
    y = [algebra.Symbol(f"y{i}") for i in range(sizes[-1])]
    weights, a = [], x
    for k, (n, m) in enumerate(zip(sizes, sizes[1:], strict=False)):
        rows = [[algebra.Symbol(f"w{k}_{i}_{j}") for j in range(n + 1)] for i in range(m)]
        weights += [w for row in rows for w in row]
        a = [1 / (1 + algebra.exp(-sum((w * v for w, v in zip(row, a, strict=False)), row[-1]))) for row in rows]
    loss = sum((p - t) ** 2 for p, t in zip(a, y, strict=True)) / 2
    return [algebra.diff(loss, w) for w in weights]


def sympy(sizes: tuple[int, ...]) -> Any:
    """diff, weight by weight."""
    import sympy as algebra

    algebra.core.cache.clear_cache()
    return _weight_by_weight(algebra, sizes)


def symengine(sizes: tuple[int, ...]) -> Any:
    """diff in C++, weight by weight."""
    import symengine as algebra

    return _weight_by_weight(algebra, sizes)


SYSTEMS: dict[str, Callable[..., Any]] = {"symnet": symnet, "casadi": casadi, "symengine": symengine, "sympy": sympy}
CODE: dict[str, Callable[..., Any]] = {"symnet": symnet, "casadi": casadi}


def measured(
    systems: dict[str, Callable[..., Any]], repeats: int, clock: str, *more: Any
) -> dict[str, dict[str, float]]:
    """Label → system → seconds: medians, the systems taking turns."""
    rows: dict[str, dict[str, float]] = {}
    for count, sizes in SIZES.items():
        assert parameters(sizes) == count
        times: dict[str, list[float]] = {}
        for _ in range(repeats):
            for name, build in systems.items():
                if count <= LARGEST.get(name, count):
                    begin = CLOCKS[clock]()
                    build(sizes, *more)
                    times.setdefault(name, []).append(CLOCKS[clock]() - begin)
        rows[f"{count:,}"] = {name: statistics.median(found) for name, found in times.items()}
        print(count, rows[f"{count:,}"], time.strftime("%X"), flush=True)
    return rows


def main() -> None:
    options = arguments(__doc__ or "", repeats=5).parse_args()
    systems, remarks = available(SYSTEMS, SIZES[46])
    code, _ = available(CODE, SIZES[46], True)
    rows = measured(systems, options.repeats, options.clock)
    programs = measured(code, options.repeats, options.clock, True)
    lines = [(__doc__ or "").partition("\n\n")[2].strip(), "", *table("weights", rows, ("ms", 1e3)), ""]
    lines += [
        "With code:",
        "",
        *table("weights", programs, ("ms", 1e3)),
        "",
        "The size of the graph, in operations:",
        "",
    ]
    lines += [
        "| weights | forward | forward and gradient | quotient | symnet (µs a weight) |",
        "| ---: | ---: | ---: | ---: | ---: |",
    ]
    for count, sizes in SIZES.items():
        forward, everything = symnet(sizes).operations
        each = rows[f"{count:,}"]["symnet"] / count * 1e6
        lines.append(f"| {count:,} | {forward:,} | {everything:,} | {everything / forward:.2f} | {each:.0f} |")
    publish("symbolic", "Scalar networks", [*lines, "", *remarks], {"symbolic": quotients(rows)}, options.write)


if __name__ == "__main__":
    main()
