"""A labelled data set: samples, whole-number labels, and where they come from.

`load_dataset` reads the bundled digits by name, NumPy archives (.npz) and MNIST's IDX files, gzipped or
not. Nothing is ever unpickled; a malformed file gives one line that says what is wrong with it.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from symnet.errors import DataError, FileError, UnknownNameError
from symnet.learning.idx import is_idx, labels_beside, read_idx

DIGITS_SHA256 = "35ca2870ddda628aecd42364588fe5012bdb3df9ce91b9b943752b82b02f04c9"
"""Of the file `learning/data/digits.npz`."""

PAIRS = (("x", "y"), ("X", "y"), ("x_train", "y_train"), ("images", "labels"), ("data", "target"))
"""Names under which archives keep samples and labels."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples with labels 0, 1, 2, …"""

    name: str
    x: np.ndarray
    """Raw samples, of shape (n, …): numbers as in the file."""
    y: np.ndarray
    """The class of each sample, counted from 0."""
    labels: tuple[str, ...]
    """What each class is called."""
    sha256: str
    """Of the file or files that were read."""
    x_test: np.ndarray | None = None
    """The data set's own test part, where it has one."""
    y_test: np.ndarray | None = None
    note: str = ""
    """What a reader of results must know about the data."""

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """The shape of one sample: (8, 8)."""
        return tuple(self.x.shape[1:])


def load_dataset(source: str | Path, labels: str | Path | None = None) -> Dataset:
    """The data set of that name (``digits``), or the one in that file.

    IDX files hold images only; their labels are read from `labels`, or from the file beside that MNIST's
    naming suggests. Raises `FileError`, `DataError` or `UnknownNameError`.
    """
    path = Path(source)
    if str(source).lower() == "digits" and not path.is_file():
        return digits()
    try:
        missing = not path.exists()
    except (OSError, ValueError):  # no name that a file could have
        missing = True
    if missing:
        if path.suffix or path.name != str(source):
            raise FileError(f"cannot read '{str(source)[:200]}': there is no such file")
        raise UnknownNameError.among(
            "data set", str(source), ["digits"], "There is: digits; or give a file with --data FILE"
        )
    content = read_bytes(path)
    if is_idx(content):
        return _from_idx(path, content, labels)
    if content[:2] == b"PK":
        return _from_npz(path, content)
    raise DataError(f"'{path}' is neither a NumPy archive (.npz) nor an IDX file")


def digits() -> Dataset:
    """The 1,797 handwritten digits of 8×8 pixels: the test part of UCI's optical digits (CC BY 4.0)."""
    content = files("symnet.learning").joinpath("data", "digits.npz").read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != DIGITS_SHA256:
        raise DataError("the bundled digits are damaged (their SHA-256 differs); install symnet again")
    arrays = _archive(Path("digits.npz"), content)
    return Dataset(
        "digits",
        arrays["x"],
        arrays["y"].astype(np.int64),
        tuple(map(str, range(10))),
        found,
        note="The bundled images are the test part of UCI's optical digits; training and test parts are splits of it.",
    )


def read_bytes(path: Path) -> bytes:
    """The content of a file that is not empty."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileError(f"cannot read '{path}': {error.strerror or error}") from None
    if not content:
        raise DataError(f"'{path}' is empty")
    return content


def _from_npz(path: Path, content: bytes) -> Dataset:
    arrays = _archive(path, content)
    pair = next((p for p in PAIRS if p[0] in arrays and p[1] in arrays), None)
    if pair is None:
        expected = ", ".join(f"{a} and {b}" for a, b in PAIRS)
        raise DataError(
            f"'{path}' holds {', '.join(arrays) or 'no arrays'}; samples and labels are looked for as {expected}"
        )
    x, y, names = checked(arrays[pair[0]], arrays[pair[1]], str(path))
    test: tuple[Any, Any] = (None, None)
    if pair[0].endswith("_train") and "x_test" in arrays and "y_test" in arrays:
        x_test, y_test, test_names = checked(arrays["x_test"], arrays["y_test"], f"{path}, test part")
        if x_test.shape[1:] != x.shape[1:]:
            raise DataError(f"'{path}': test samples have the shape {x_test.shape[1:]}, the others {x.shape[1:]}")
        strangers = sorted(set(test_names) - set(names))
        if strangers:
            raise DataError(f"'{path}': the test part has the label {strangers[0]}, which the training part lacks")
        test = (x_test, np.asarray([names.index(test_names[k]) for k in y_test], np.int64))
    return Dataset(path.name, x, y, names, hashlib.sha256(content).hexdigest(), *test)


def _from_idx(path: Path, content: bytes, labels: str | Path | None) -> Dataset:
    beside = Path(labels) if labels is not None else labels_beside(path)
    if beside is None or not beside.exists():
        raise FileError(f"'{path}' holds images only and no labels lie beside it; name them with --labels FILE")
    other = read_bytes(beside)
    x, y, names = checked(read_idx(content, str(path)), read_idx(other, str(beside)), str(path))
    return Dataset(path.name, x, y, names, hashlib.sha256(content + other).hexdigest())


def _archive(path: Path, content: bytes) -> dict[str, np.ndarray]:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except ValueError as error:
        if "pickle" in str(error).lower():
            raise DataError(f"'{path}' holds pickled objects, which are never opened; save plain arrays") from None
        raise DataError(f"'{path}' is not a readable NumPy archive: {' '.join(str(error).split())}") from None
    except (OSError, EOFError, KeyError, zipfile.BadZipFile, NotImplementedError) as error:
        raise DataError(f"'{path}' is not a readable NumPy archive: {' '.join(str(error).split())}") from None
    except Exception as error:  # zlib.error and friends: a damaged archive, whatever the decoder calls it
        raise DataError(f"'{path}' is not a readable NumPy archive: {' '.join(str(error).split())}") from None


def checked(x: np.ndarray, y: np.ndarray, where: str) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """(samples, classes counted from 0, their names) after every check that training relies on."""
    if x.dtype.kind not in "fiub" or x.dtype.itemsize > 8:
        raise DataError(f"'{where}': samples must be real numbers, got dtype {x.dtype}")
    if x.ndim < 2:
        raise DataError(f"'{where}': samples must have the shape (n, …), got {x.shape}")
    if y.ndim == 2 and 1 in y.shape:
        y = y.reshape(-1)
    if y.ndim == 2 and y.dtype.kind in "fiub" and np.isin(y, (0, 1)).all() and (y.sum(axis=1) == 1).all():
        y = y.argmax(axis=1)  # one-hot rows
    if y.ndim != 1 or y.dtype.kind not in "iufUSb":
        raise DataError(
            f"'{where}': labels must be one number or word a sample, got shape {y.shape} and dtype {y.dtype}"
        )
    if len(x) != len(y):
        raise DataError(f"'{where}': {len(x)} samples but {len(y)} labels")
    if not len(x):
        raise DataError(f"'{where}': there are no samples")
    if x.dtype.kind == "f" and not np.isfinite(x).all():
        bad = int(np.argmin(np.isfinite(x.reshape(len(x), -1)).all(axis=1)))
        raise DataError(f"'{where}': sample {bad} contains nan or infinity")
    if y.dtype.kind == "f" and not (np.isfinite(y).all() and (y == np.round(y)).all()):
        raise DataError(f"'{where}': labels must be whole numbers or words")
    y = y.astype(np.int64) if y.dtype.kind in "fb" else y
    names, classes = np.unique(y, return_inverse=True)
    if len(names) < 2:
        raise DataError(f"'{where}': there is one class only ({names[0]}); a classifier needs at least two")
    if len(names) > 10_000:
        raise DataError(f"'{where}': {len(names)} different labels; are these labels of classes?")
    words = tuple(n.decode("utf-8", "replace") if isinstance(n, bytes) else str(n) for n in names.tolist())
    return x, classes.reshape(-1).astype(np.int64), words
