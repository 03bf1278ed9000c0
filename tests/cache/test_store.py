"""The cache: content-addressed, safe against corruption and concurrent writers."""

import json
import multiprocessing

import pytest

from symnet.cache import Store, digest


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SYMNET_CACHE_DIR", str(tmp_path))


def test_a_payload_comes_back():
    store, key = Store("things"), digest({"a": 1})
    assert store.get(key) is None
    store.put(key, {"value": ["1", None, True]})
    assert store.get(key) == {"value": ["1", None, True]}


def test_the_key_does_not_depend_on_the_order():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 2, "b": 1})


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b"\xff\xfe"])
def test_a_corrupt_entry_counts_as_absent(tmp_path, damage):
    store, key = Store("things"), digest("x")
    store.put(key, {"value": 1})
    path = next(tmp_path.rglob("*.json"))
    path.write_bytes(damage)
    assert store.get(key) is None
    store.put(key, {"value": 2})
    assert store.get(key) == {"value": 2}


def test_a_changed_payload_fails_the_checksum(tmp_path):
    store, key = Store("things"), digest("x")
    store.put(key, {"value": 1})
    path = next(tmp_path.rglob("*.json"))
    entry = json.loads(path.read_text())
    entry["payload"] = {"value": 2}
    path.write_text(json.dumps(entry))
    assert store.get(key) is None


def test_an_entry_under_another_key_counts_as_absent(tmp_path):
    store = Store("things")
    store.put(digest("x"), 1)
    other = digest("y")
    path = store._path(other)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(store._path(digest("x")).read_bytes())
    assert store.get(other) is None


def test_the_empty_variable_switches_it_off(monkeypatch):
    monkeypatch.setenv("SYMNET_CACHE_DIR", "")
    Store("things").put(digest("x"), 1)
    assert Store("things").get(digest("x")) is None


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("SYMNET_CACHE_DIR", str(blocked))
    Store("things").put(digest("x"), 1)
    assert Store("things").get(digest("x")) is None


def _write(key: str) -> None:
    for _ in range(50):
        Store("things").put(key, {"value": list(range(500))})


def test_concurrent_writers_leave_a_whole_entry(tmp_path):
    key = digest("x")
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write, args=(key,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        payload = Store("things").get(key)
        assert payload is None or payload == {"value": list(range(500))}
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    assert Store("things").get(key) == {"value": list(range(500))}
    assert not list(tmp_path.rglob("*.part"))
