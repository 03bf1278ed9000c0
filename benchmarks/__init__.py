"""Measured against peers: ratios in one run, one thread. Never part of the tests; see benchmarks/README.md."""
