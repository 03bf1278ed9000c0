"""The accuracy scorecard: every scalar function of the catalogue, and its derivative, in symnet, PyTorch, JAX and plain lambdify.

    python benchmarks/accuracy.py [--points 100000] [--names gelu,mish] [--alone] [--write]

Reference: Arb balls of 200 bits and more on the exact expression. Points: seeded, log-uniform in both signs over the whole range, a share
between 1e-3 and 1e3, ± 64 floats about every root, breakpoint and regime border, subnormals; oscillating functions up to 1e4.
`--alone` measures symnet only, and lists what misses the bar. `--write` puts the text between the marks of benchmarks/README.md. What is printed was measured, not proved.
"""

from __future__ import annotations

import argparse
import math
import platform
import re
import warnings
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import sympy
from flint import arb

from symnet.codegen.cells import cells
from symnet.codegen.compiled import compile, plan_scalar
from symnet.codegen.measure import error, sample
from symnet.codegen.polynomials import Polynomial
from symnet.codegen.reference import value
from symnet.definitions.activation import Activation, activations

Function = Callable[[np.ndarray], np.ndarray]

README = Path(__file__).with_name("README.md")
BAR = 4.0
"""ULP, float64."""


def torch_function(activation: Activation, order: int) -> Function | None:
    """PyTorch's function in the dtype of its argument, or its gradient by autograd."""
    try:
        import torch
    except ImportError:
        return None
    api = activation.apis.get("torch")
    if api is None or not hasattr(torch.nn, api.name):
        return None
    values = {api.arguments.get(k, k): float(v) for k, v in activation.parameter_values.items()}
    try:
        layer = getattr(torch.nn, api.name)(**values, **api.fixed)
    except TypeError:
        layer = getattr(torch.nn, api.name)(**api.fixed)
    layer = layer.eval()

    def run(x: np.ndarray) -> np.ndarray:
        t = torch.from_numpy(x.copy()).requires_grad_(order == 1)
        y = layer.to(t.dtype)(t)
        if order:
            y.sum().backward()
            return t.grad.numpy()
        return y.detach().numpy()

    return run


def jax_function(activation: Activation, order: int) -> Function | None:
    """JAX's function with 64-bit numbers switched on, or its gradient."""
    try:
        import jax
    except ImportError:
        return None
    jax.config.update("jax_enable_x64", True)
    api = activation.apis.get("jax")
    if api is None or not hasattr(jax.nn, api.name):
        return None
    values = {api.arguments.get(k, k): float(v) for k, v in activation.parameter_values.items()}

    def function(x):
        return getattr(jax.nn, api.name)(x, **values, **api.fixed)

    inner = jax.vmap(jax.grad(function)) if order else function

    def run(x: np.ndarray) -> np.ndarray:
        return np.asarray(inner(jax.numpy.asarray(x)))

    return run


def lambdify_function(activation: Activation, order: int) -> Function:
    """What `sympy.lambdify` makes of the definition."""
    expression = sympy.diff(activation.default_expression, activation.variable, order)
    inner = sympy.lambdify(activation.variable, expression, ["scipy", "numpy"])
    return lambda x: np.broadcast_to(np.asarray(inner(x)), x.shape)


def symnet_function(activation: Activation, order: int) -> Function:
    """What symnet compiles."""
    return compile(activation, order=order)


SYSTEMS = {
    "symnet": symnet_function,
    "torch": torch_function,
    "jax": jax_function,
    "lambdify": lambdify_function,
}


def points_of(activation: Activation, order: int, count: int) -> tuple[np.ndarray, list[arb]]:
    """The floats and the exact values there; points at which the derivative is a convention are left out."""
    parts = cells(activation.default_expression, activation.variable, order, None, activation.apis)
    plan = plan_scalar(activation.default_expression, activation.variable, order, None, activation.apis)
    special = {0.0} | {e for r in plan.regimes for e in (r.left, r.right) if math.isfinite(e)}
    special |= {r.form.payload.centre for r in plan.regimes if isinstance(r.form.payload, Polynomial)}
    oscillates = activation.default_expression.has(sympy.sin, sympy.cos)
    largest = 1e4 if oscillates else float(np.finfo(float).max)
    points = sample(count, seed=20 + order, largest=largest, special=sorted(s for s in special if abs(s) <= largest))
    points = points[~np.isin(points, [p for p, _ in parts.points])]
    exact = []
    for p in points:
        cell = next(c for c in parts.cells if c.left <= p <= c.right)
        exact.append(value(cell.expression, activation.variable, float(p)))
    return points, exact


def score(function: Function, points: np.ndarray, exact: list[arb]) -> tuple[float, int, int]:
    """(worst ULP among finite answers, wrong nan or inf, warnings)."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        computed = np.asarray(function(points), np.float64)
    errors = [error(float(c), e) for c, e in zip(computed, exact, strict=True)]
    return max((e for e in errors if math.isfinite(e)), default=0.0), sum(math.isinf(e) for e in errors), len(caught)


def score32(function: Function, points: np.ndarray, exact: list[arb]) -> float:
    """Worst float32 ULP, at the points that are float32 numbers."""
    single = points.astype(np.float32)
    same = single.astype(np.float64) == points
    computed = np.asarray(function(single[same]), np.float64)
    kept = [e for e, s in zip(exact, same, strict=True) if s]
    largest = float(np.finfo(np.float32).max)
    return max((error(float(c), e, 24, 2.0**-149, largest) for c, e in zip(computed, kept, strict=True)), default=0.0)


def worst32(activation: Activation, points: np.ndarray) -> float:
    """Worst float32 ULP of symnet's function on some 3,000 float32 numbers."""
    parts = cells(activation.default_expression, activation.variable, 0, None, activation.apis)
    floats = points[np.abs(points) < 1e30].astype(np.float32).astype(np.float64)[:3000]
    floats = floats[~np.isin(floats, [p for p, _ in parts.points])]
    exact = []
    for p in floats:
        cell = next(c for c in parts.cells if c.left <= p <= c.right)
        exact.append(value(cell.expression, activation.variable, float(p)))
    return score32(symnet_function(activation, 0), floats, exact)


def table(names: list[str], count: int) -> list[str]:
    """The Markdown table."""
    lines = ["| function | " + " | ".join(f"{s} f / f′" for s in SYSTEMS) + " |", "| --- |" + " --- |" * len(SYSTEMS)]
    within: dict[str, list[float]] = {s: [] for s in SYSTEMS}
    wrong, warned, single = dict.fromkeys(SYSTEMS, 0), dict.fromkeys(SYSTEMS, 0), 0.0
    for name in names:
        activation = activations[name]
        texts: dict[str, list[str]] = {s: [] for s in SYSTEMS}
        for order in (0, 1):
            points, exact = points_of(activation, order, count)
            for system, build in SYSTEMS.items():
                function = build(activation, order)
                if function is None:
                    texts[system].append("–")
                    continue
                try:
                    worst, bad, said = score(function, points, exact)
                except Exception as failure:
                    texts[system].append(type(failure).__name__)
                    within[system].append(math.inf)
                    continue
                within[system].append(worst if not bad else math.inf)
                wrong[system] += bad
                warned[system] += said
                texts[system].append(f"{worst:.3g}" + (f" b{bad}" if bad else ""))
            if order == 0:
                single = max(single, worst32(activation, points))
        lines.append(f"| {name} | " + " | ".join(" / ".join(texts[s]) for s in SYSTEMS) + " |")
        print(lines[-1], flush=True)
    lines += ["", "| | " + " | ".join(SYSTEMS) + " |", "| --- |" + " --- |" * len(SYSTEMS)]
    counts = {
        "functions × {f, f′}": len,
        "≤ 2 ULP": lambda v: sum(e <= 2 for e in v),
        "≤ 4 ULP": lambda v: sum(e <= 4 for e in v),
        "> 1000 ULP or wrong nan/inf": lambda v: sum(e > 1000 for e in v),
    }
    for label, count_of in counts.items():
        lines.append(f"| {label} | " + " | ".join(str(count_of(within[s])) for s in SYSTEMS) + " |")
    lines.append("| points with a wrong nan or inf | " + " | ".join(str(wrong[s]) for s in SYSTEMS) + " |")
    lines.append("| warnings | " + " | ".join(str(warned[s]) for s in SYSTEMS) + " |")
    lines += ["", f"float32, symnet, worst over all functions: {single:.3f} ULP."]
    return lines


Row = tuple[str, int, float, int, int]
"""(function, order, worst ULP, wrong nan or inf, warnings)."""


def alone(names: list[str], count: int) -> list[Row]:
    """symnet's own rows, f and f′."""
    rows: list[Row] = []
    for name in names:
        for order in (0, 1):
            points, exact = points_of(activations[name], order, count)
            rows.append((name, order, *score(symnet_function(activations[name], order), points, exact)))
            print(*rows[-1], flush=True)
    return rows


def summary(rows: list[Row]) -> list[str]:
    """How many rows are within 1, 2 and the bar, and which are not."""
    lines = ["| | f | f′ |", "| --- | ---: | ---: |"]
    for label, most in (("≤ 1 ULP", 1.0), ("≤ 2 ULP", 2.0), (f"≤ {BAR:g} ULP", BAR), ("all", math.inf)):
        counts = [sum(o == order and worst <= most for _, o, worst, _, _ in rows) for order in (0, 1)]
        lines.append(f"| {label} | {counts[0]} | {counts[1]} |")
    missed = sorted(((w, name, o) for name, o, w, _, _ in rows if w > BAR), reverse=True)
    listed = ", ".join(f"{name}{'′' * order} {worst:.2f}" for worst, name, order in missed)
    wrong, warned = sum(r[3] for r in rows), sum(r[4] for r in rows)
    lines += [
        "",
        f"Above the bar of {BAR:g} ULP: {listed or 'none'}. Points with a wrong nan or inf: {wrong}; warnings: {warned}.",
    ]
    return lines


def machine() -> str:
    """Where and with what this was measured."""

    def of(package: str) -> str:
        try:
            return f"{package} {version(package)}"
        except PackageNotFoundError:
            return f"{package} absent"

    packages = ", ".join(of(p) for p in ("numpy", "scipy", "sympy", "python-flint", "torch", "jax"))
    return f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, {packages}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--names", default="")
    parser.add_argument("--alone", action="store_true", help="symnet without its peers")
    parser.add_argument("--write", action="store_true", help="put the text into benchmarks/README.md")
    options = parser.parse_args()
    names = options.names.split(",") if options.names else [a.name for a in activations]
    body = summary(alone(names, options.points)) if options.alone else table(names, options.points)
    text = "\n".join(framed(body, options.points, "" if options.alone else "; bN = N points with a wrong nan or inf"))
    print(text)
    if options.write:
        write(text, "accuracy-alone" if options.alone else "accuracy")


def framed(body: list[str], count: int, legend: str = "") -> list[str]:
    """The table under what was measured, and where."""
    return [
        f"Worst error in ULP, float64, {count:,} seeded points a function and more near borders and roots{legend}. Measured, not proved.",
        "Parameters at their defaults.",
        "",
        machine(),
        "",
        *body,
    ]


def write(text: str, mark: str) -> None:
    """Between the marks in the README."""
    begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
    old = README.read_text(encoding="utf-8") if README.exists() else "# Benchmarks\n"
    block = f"{begin}\n{text}\n{end}"
    pattern = re.compile(re.escape(begin) + ".*" + re.escape(end), re.DOTALL)
    new = pattern.sub(lambda _: block, old) if pattern.search(old) else f"{old}\n## Accuracy\n\n{block}\n"
    README.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
