"""All benchmarks, or those named: each in a process of its own, one thread, the threads set before NumPy loads.

    python -m benchmarks                        everything, printed as Markdown
    python -m benchmarks network elementwise    these only
    python -m benchmarks --write                into benchmarks/README.md and benchmarks/plots/
    python -m benchmarks --quick                fewer repeats and points

Peers are an extra: pip install -e ".[benchmarks]". One that is absent is left out, and the table says so.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

QUICK = {
    "accuracy": ["--points", "1000"],
    "network": ["--seconds", "0.3"],
    "training": ["--repeats", "3"],
    "elementwise": ["--repeats", "3"],
    "compiling": ["--repeats", "2"],
    "startup": ["--repeats", "3"],
    "analysis": [],
    "symbolic": [],
}
"""Name → what makes it short; the order is that of the README."""

ONE_THREAD = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"),
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}
"""Set before the libraries are loaded: afterwards it is too late for some of them."""


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(QUICK))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in QUICK]
    if unknown:
        parser.error(f"unknown benchmark '{unknown[0]}'; there are: {', '.join(QUICK)}")
    failed = 0
    for name in options.names or QUICK:
        print(f"\n## {name}\n", flush=True)
        arguments = [*(QUICK[name] if options.quick else []), *(["--write"] if options.write else [])]
        command = [sys.executable, "-m", f"benchmarks.{name}", *arguments]
        root = Path(__file__).resolve().parent.parent
        failed |= subprocess.run(command, cwd=root, env={**os.environ, **ONE_THREAD}).returncode
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
