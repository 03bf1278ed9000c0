"""The fingerprint changes with what results depend on, and with nothing else."""

from pathlib import Path

import pytest

from symnet.cache.fingerprint import bytes_of, installed


def tree(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        place = folder / name.replace("__", "/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return folder


def test_it_is_the_same_for_the_same_bytes_wherever_they_lie(tmp_path):
    one, two = (tree(tmp_path / name, a="1", sub__b="2") for name in ("one", "two"))
    assert bytes_of(one) == bytes_of(two) != bytes_of(one, two)


@pytest.mark.parametrize(
    "files", [{"a": "2", "sub__b": "2"}, {"a": "1", "sub__c": "2"}, {"a": "1", "b": "2"}, {"a": "1"}]
)
def test_it_changes_with_a_byte_a_name_a_place_or_a_missing_file(tmp_path, files):
    assert bytes_of(tree(tmp_path / "one", a="1", sub__b="2")) != bytes_of(tree(tmp_path / "two", **files))


def test_compiled_modules_do_not_count(tmp_path):
    before = bytes_of(tree(tmp_path, a="1"))
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert bytes_of(tmp_path) == before


def test_what_is_installed_names_the_algebra():
    assert any(name.lower().startswith("sympy-") for name in installed())
