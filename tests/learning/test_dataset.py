"""Data sets: the bundled digits, archives, IDX files, and everything that can be wrong with a file."""

from __future__ import annotations

import gzip
import struct

import numpy as np
import pytest

from symnet.errors import DataError, FileError, UnknownNameError
from symnet.learning import digits, load_dataset
from symnet.learning.idx import read_idx


def idx(array: np.ndarray) -> bytes:
    kinds = {"u1": 8, "i1": 9, "i2": 11, "i4": 12, "f4": 13, "f8": 14}
    head = bytes([0, 0, kinds[array.dtype.str[1:]], array.ndim])
    return head + struct.pack(f">{array.ndim}I", *array.shape) + array.astype(array.dtype.newbyteorder(">")).tobytes()


def test_the_digits_are_the_1797_of_uci() -> None:
    data = digits()
    assert data.x.shape == (1797, 8, 8)
    assert (data.x.min(), data.x.max()) == (0, 16)
    assert np.bincount(data.y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert data.labels == tuple("0123456789")
    assert data.x[0].tolist()[0] == [0, 0, 5, 13, 9, 1, 0, 0]  # the first line of the UCI file optdigits.tes
    assert load_dataset("digits").sha256 == data.sha256


@pytest.mark.sklearn
def test_the_digits_are_those_of_scikit_learn() -> None:
    datasets = pytest.importorskip("sklearn.datasets")
    other = datasets.load_digits()
    np.testing.assert_array_equal(digits().x, other.images)
    np.testing.assert_array_equal(digits().y, other.target)


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("dtype", ["u1", "i1", "i2", "i4", "f4", "f8"])
def test_idx_files_are_read(tmp_path, dtype, zipped) -> None:
    x = np.arange(24).reshape(4, 2, 3).astype(dtype)
    y = np.array([7, 3, 3, 7], "u1")
    suffix, pack = (".gz", gzip.compress) if zipped else ("", bytes)
    (tmp_path / f"train-images-idx3-ubyte{suffix}").write_bytes(pack(idx(x)))
    (tmp_path / f"train-labels-idx1-ubyte{suffix}").write_bytes(pack(idx(y)))
    data = load_dataset(tmp_path / f"train-images-idx3-ubyte{suffix}")
    np.testing.assert_array_equal(data.x, x)
    assert data.x.dtype.isnative
    assert data.y.tolist() == [1, 0, 0, 1]
    assert data.labels == ("3", "7")


def test_labels_may_be_zipped_when_images_are_not_and_lie_elsewhere(tmp_path) -> None:
    x, y = np.zeros((2, 2, 2), "u1"), np.array([0, 1], "u1")
    (tmp_path / "train-images-idx3-ubyte").write_bytes(idx(x))
    (tmp_path / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx(y)))
    assert load_dataset(tmp_path / "train-images-idx3-ubyte").y.tolist() == [0, 1]
    (tmp_path / "a").write_bytes(idx(x))
    (tmp_path / "b").write_bytes(idx(y))
    assert load_dataset(tmp_path / "a", tmp_path / "b").y.tolist() == [0, 1]
    with pytest.raises(FileError, match="--labels"):
        load_dataset(tmp_path / "a")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\0\0\x08\x03\0\0\0\x02", "header is cut short"),
        (idx(np.zeros((2, 2, 2), "u1"))[:-1], "promises 8 bytes of numbers, there are 7"),
        (idx(np.zeros((2, 2, 2), "u1")) + b"x", "promises 8 bytes of numbers, there are 9"),
        (b"\x1f\x8b\x08garbage", "damaged gzip"),
        (gzip.compress(b"hello", mtime=0), "not an IDX file"),
        (b"\0\0\x08\0", "names 0 dimensions"),
        (b"\0\0\x08\xff" + b"\xff" * 1020, "dimensions"),
    ],
)
def test_malformed_idx_files_are_one_line(content, words) -> None:
    with pytest.raises(DataError, match=words) as caught:
        read_idx(content, "file")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("names", [("x", "y"), ("data", "target"), ("images", "labels"), ("x_train", "y_train")])
def test_archives_are_read_by_their_usual_names(tmp_path, names) -> None:
    np.savez(tmp_path / "d.npz", **{names[0]: np.eye(4), names[1]: np.array(["b", "a", "b", "a"])})
    data = load_dataset(tmp_path / "d.npz")
    assert data.labels == ("a", "b")
    assert data.y.tolist() == [1, 0, 1, 0]


def test_a_test_part_of_its_own_is_used(tmp_path) -> None:
    from symnet.learning.preprocessing import Preprocessing
    from symnet.learning.trained import parts_of

    np.savez(tmp_path / "d.npz", x_train=np.eye(4), y_train=[5, 6, 5, 6], x_test=np.ones((3, 4)), y_test=[6, 6, 5])
    parts = parts_of(load_dataset(tmp_path / "d.npz"), Preprocessing((4,)), 0)
    assert parts.y.tolist() == [0, 1, 0, 1]
    assert parts.y_test.tolist() == [1, 1, 0]


def test_one_hot_labels_are_understood(tmp_path) -> None:
    np.savez(tmp_path / "d.npz", x=np.eye(3), y=np.eye(3, dtype=int)[[2, 0, 2]])
    assert load_dataset(tmp_path / "d.npz").labels == ("0", "2")


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"a": np.eye(2)}, "looked for as x and y"),
        ({"x": np.eye(3), "y": np.arange(2)}, "3 samples but 2 labels"),
        ({"x": np.array([[1.0, np.nan], [0, 0]]), "y": [0, 1]}, "sample 0 contains nan or infinity"),
        ({"x": np.array([[1.0, 2], [0, np.inf]]), "y": [0, 1]}, "sample 1 contains nan or infinity"),
        ({"x": np.arange(3.0), "y": np.arange(3)}, "must have the shape"),
        ({"x": np.array([["a"], ["b"]]), "y": [0, 1]}, "real numbers, got dtype"),
        ({"x": np.eye(2) * 1j, "y": [0, 1]}, "real numbers, got dtype"),
        ({"x": np.eye(2), "y": [0.5, 1]}, "whole numbers or words"),
        ({"x": np.eye(2), "y": [1, 1]}, "one class only"),
        ({"x": np.empty((0, 2)), "y": []}, "no samples"),
        ({"x": np.eye(2), "y": np.ones((2, 2, 2))}, "one number or word a sample"),
        ({"x_train": np.eye(2), "y_train": [0, 1], "x_test": np.eye(3), "y_test": [0, 1, 1]}, "test samples have"),
        (
            {"x_train": np.eye(2), "y_train": [0, 1], "x_test": np.eye(2), "y_test": [0, 2]},
            "which the training part lacks",
        ),
    ],
)
def test_archives_that_make_no_sense_are_one_line(tmp_path, arrays, words) -> None:
    np.savez(tmp_path / "d.npz", **arrays)
    with pytest.raises(DataError, match=words) as caught:
        load_dataset(tmp_path / "d.npz")
    assert "\n" not in str(caught.value)


def test_nothing_is_unpickled(tmp_path) -> None:
    class Bomb:
        def __reduce__(self):
            return (pytest.fail, ("unpickled",))

    np.savez(tmp_path / "d.npz", x=np.array([Bomb()], object), y=[0])
    with pytest.raises(DataError, match="pickled objects, which are never opened"):
        load_dataset(tmp_path / "d.npz")


def test_unreadable_files_are_named(tmp_path) -> None:
    with pytest.raises(FileError, match="no such file"):
        load_dataset(tmp_path / "none.npz")
    with pytest.raises(UnknownNameError, match="did you mean 'digits'"):
        load_dataset("digit")
    (tmp_path / "empty").write_bytes(b"")
    with pytest.raises(DataError, match="is empty"):
        load_dataset(tmp_path / "empty")
    (tmp_path / "text").write_text("hello")
    with pytest.raises(DataError, match="neither"):
        load_dataset(tmp_path / "text")
    (tmp_path / "cut.npz").write_bytes(b"PK\x03\x04nonsense")
    with pytest.raises(DataError, match="not a readable NumPy archive"):
        load_dataset(tmp_path / "cut.npz")
    with pytest.raises(FileError, match="cannot read"):
        load_dataset(tmp_path)
