"""Analysis: processor time until every fact about a function of the catalogue is derived, nothing cached on disk.

One process for all, in the order of the catalogue: what SymPy caches for one function may serve the next.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time

from benchmarks.measuring import arguments, publish


def main() -> None:
    parser = arguments(__doc__ or "")
    parser.add_argument("--names", default="", help="functions, all by default")
    options = parser.parse_args()
    from symnet.analysis import analyse
    from symnet.definitions.activation import activations

    rows: dict[str, tuple[float, int, int]] = {}
    with tempfile.TemporaryDirectory() as empty:
        os.environ["SYMNET_CACHE_DIR"] = empty
        for name in options.names.split(",") if options.names else [a.name for a in activations]:
            begin = time.process_time()
            facts = list(analyse(activations[name]).facts.values())
            known = sum(fact.verdict == "proved" for fact in facts)
            rows[name] = (time.process_time() - begin, known, len(facts))
            print(f"{name}: {rows[name][0]:.2f} s", flush=True)
    seconds = [t for t, _, _ in rows.values()]
    lines = [
        (__doc__ or "").strip(),
        "",
        f"{len(rows)} functions: median {statistics.median(seconds):.2f} s, most {max(seconds):.2f} s, all {sum(seconds):.0f} s.",
        "",
        "| function | s | facts proved, of |",
        "| --- | ---: | ---: |",
        *(f"| {name} | {t:.2f} | {known} / {count} |" for name, (t, known, count) in rows.items()),
    ]
    publish("analysis", "Analysis", lines, {}, options.write)


if __name__ == "__main__":
    main()
