"""Taking turns, medians, ratios, tables: what all timed benchmarks share.

The systems take turns in one process, and the median of the repeats is reported, so that a busy machine hurts all alike: read the
ratios, not the times. The default clock counts the processor time of the process, which other processes disturb less.
"""

from __future__ import annotations

import argparse
import platform
import random
import re
import statistics
import time
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from benchmarks.bars import bars

ONE_THREAD = threadpool_limits(limits=1)
"""Kept alive: also a benchmark that is started by itself runs on one thread."""

HOME = Path(__file__).resolve().parent
README = HOME / "README.md"

PACKAGES = ("numpy", "scipy", "sympy", "torch", "jax", "numba", "numexpr", "pytensor", "scikit-learn")
CLOCKS = {"cpu": time.process_time, "wall": time.perf_counter}

PAUSE = 0.003
"""Seconds until the idle threads of the system before sleep."""

Call = Callable[[], Any]


def arguments(description: str, repeats: int = 9) -> argparse.ArgumentParser:
    """The options that every timed benchmark has."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=repeats)
    parser.add_argument("--clock", choices=CLOCKS, default="cpu", help="processor time of the process, or wall")
    parser.add_argument("--write", action="store_true", help="put the tables into benchmarks/README.md")
    return parser


def interleaved(
    functions: dict[str, Call],
    repeats: int = 9,
    seconds: float = 0.0,
    clock: Callable[[], float] = time.process_time,
    shortest: float = 0.004,
) -> dict[str, float]:
    """Median time of one call of each, in seconds. Short calls are repeated until they fill `shortest`.

    The order is shuffled and a pause precedes each turn: threads of one system that still spin would count as another's processor time.
    """
    order, shuffle = list(functions.items()), random.Random(0).shuffle
    counts, times = {}, {name: [] for name in functions}
    for name, function in functions.items():
        function()
        begin = time.perf_counter()
        function()
        counts[name] = max(1, min(1000, int(shortest / max(time.perf_counter() - begin, 1e-7))))
    end = time.perf_counter() + seconds * len(functions)
    while time.perf_counter() < end or len(next(iter(times.values()))) < repeats:
        shuffle(order)
        for name, function in order:
            time.sleep(PAUSE)
            begin = clock()
            for _ in range(counts[name]):
                function()
            times[name].append((clock() - begin) / counts[name])
    return {name: statistics.median(found) for name, found in times.items()}


def available(systems: dict[str, Callable[..., Any]], *trial: Any) -> tuple[dict[str, Callable[..., Any]], list[str]]:
    """(those that run, one line about each that does not)."""
    running, remarks = {}, []
    for name, build in systems.items():
        try:
            build(*trial)
            running[name] = build
        except ImportError:
            remarks.append(f"{name} is not installed and left out.")
        except Exception as failure:
            remarks.append(f"{name} is left out: {type(failure).__name__}: {str(failure).splitlines()[0][:120]}")
    return running, remarks


def table(
    head: str, rows: dict[str, dict[str, float]], unit: tuple[str, float], ours: str = "symnet", rates: bool = False
) -> list[str]:
    """Times of all systems, then each peer's time divided by ours: above 1, ours is faster.

    With `rates` the numbers are rates (more is better), and ours is divided by the peer's.
    """
    systems = list(dict.fromkeys(name for times in rows.values() for name in times))
    peers = [name for name in systems if name != ours]
    quotients = [f"{ours} ÷ {peer}" if rates else f"{peer} ÷ {ours}" for peer in peers]
    lines = ["| " + " | ".join([head, *(f"{name} ({unit[0]})" for name in systems), *quotients]) + " |"]
    lines.append("| --- |" + " ---: |" * (len(systems) + len(peers)))
    for label, times in rows.items():
        cells = [
            f"{times[name] * unit[1]:,.{digits(times[name] * unit[1])}f}" if name in times else "–" for name in systems
        ]
        for peer in peers:
            if peer not in times or ours not in times:
                cells.append("–")
                continue
            cells.append(f"{times[ours] / times[peer] if rates else times[peer] / times[ours]:.2f}")
        lines.append("| " + " | ".join([label, *cells]) + " |")
    return lines


def digits(value: float) -> int:
    """Digits after the point that a number of this size deserves."""
    return 0 if value >= 100 else 1 if value >= 10 else 2


def quotients(
    rows: dict[str, dict[str, float]], ours: str = "symnet", rates: bool = False
) -> dict[str, dict[str, float]]:
    """Label → peer → how many times faster ours is."""
    return {
        label: {p: (times[ours] / t if rates else t / times[ours]) for p, t in times.items() if p != ours}
        for label, times in rows.items()
        if ours in times
    }


def machine(packages: Iterable[str] = PACKAGES) -> str:
    """Where and with what this was measured."""
    found = []
    for package in packages:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return f"{processor()}, {platform.system()}, Python {platform.python_version()}, {', '.join(found)}, one thread."


def processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        names = re.findall(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()


def publish(
    name: str, title: str, lines: list[str], plots: dict[str, dict[str, dict[str, float]]], write: bool
) -> None:
    """Print a section; with `write`, also put it between its marks in the README, with a plot of the quotients."""
    text = "\n".join([*lines, "", f"Measured on: {machine()}"])
    print(text, flush=True)
    if not write:
        return
    for stem, values in plots.items():
        (HOME / "plots").mkdir(exist_ok=True)
        (HOME / "plots" / f"{stem}.svg").write_text(bars(values, title), encoding="utf-8")
        text += f"\n\n![How many times faster than its peers: {stem}](plots/{stem}.svg)"
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    block = f"{begin}\n{text}\n{end}"
    old = README.read_text(encoding="utf-8")
    pattern = re.compile(re.escape(begin) + ".*" + re.escape(end), re.DOTALL)
    new = pattern.sub(lambda _: block, old) if pattern.search(old) else f"{old}\n## {title}\n\n{block}\n"
    README.write_text(new, encoding="utf-8")
