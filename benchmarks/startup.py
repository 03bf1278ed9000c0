"""Start-up: whole processes, wall clock, median; `import sympy` is the yardstick.

"cold" runs with an empty cache of symnet's own, "warm" finds the sheet in it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

from benchmarks.measuring import arguments, publish

COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import sympy": ["-c", "import sympy"],
    "import numpy": ["-c", "import numpy"],
    "import torch": ["-c", "import torch"],
    "import jax": ["-c", "import jax"],
    "import symnet": ["-c", "import symnet"],
    "symnet --help": ["-m", "symnet", "--help"],
    "symnet --version": ["-m", "symnet", "--version"],
    "symnet list": ["-m", "symnet", "list"],
    "symnet explain relu, cold": ["-m", "symnet", "explain", "relu"],
    "symnet explain relu, warm": ["-m", "symnet", "explain", "relu"],
}


def seconds(name: str, kept: str) -> float | None:
    """One run; None where what is imported is absent."""
    with tempfile.TemporaryDirectory() as fresh:
        environment = {**os.environ, "SYMNET_CACHE_DIR": fresh if name.endswith("cold") else kept}
        begin = time.perf_counter()
        done = subprocess.run([sys.executable, *COMMANDS[name]], capture_output=True, env=environment)
        return None if done.returncode else time.perf_counter() - begin


def main() -> None:
    options = arguments(__doc__ or "", repeats=9).parse_args()
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as kept:
        for name in COMMANDS:
            seconds(name, kept)  # compiled files and the warm cache
        for _ in range(options.repeats):
            for name, found in times.items():
                if (one := seconds(name, kept)) is not None:
                    found.append(one)
    medians = {name: statistics.median(found) for name, found in times.items() if found}
    lines = [(__doc__ or "").partition("\n\n")[0], "", "| command | ms | ÷ import sympy |", "| --- | ---: | ---: |"]
    lines += [f"| {name} | {t * 1e3:,.0f} | {t / medians['import sympy']:.2f} |" for name, t in medians.items()]
    lines += ["", *(f"{name}: absent." for name in COMMANDS if name not in medians)]
    publish("startup", "Start-up", lines, {}, options.write)


if __name__ == "__main__":
    main()
