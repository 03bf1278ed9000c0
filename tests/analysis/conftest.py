"""Analyses in tests are computed, never read from the cache."""

import pytest


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch):
    monkeypatch.setenv("SYMNET_CACHE_DIR", "")
