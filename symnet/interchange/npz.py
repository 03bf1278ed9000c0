"""Networks in NumPy archives: named arrays, never pickled objects."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import numpy as np

from symnet.errors import DataError, FileError, SymnetError


def read_npz(path: Path) -> dict[str, np.ndarray]:
    """The arrays of an archive: real numbers, all finite."""
    try:
        with path.open("rb") as file:
            archive = np.load(file, allow_pickle=False)
            if isinstance(archive, np.ndarray):
                raise DataError(f"'{path}' is one array, no archive; save named arrays with numpy.savez")
            arrays = {name: archive[name] for name in archive.files}
    except OSError as error:
        if isinstance(error, SymnetError):
            raise
        raise FileError(f"cannot read '{path}': {error.strerror or error}") from None
    except SymnetError:
        raise
    except (ValueError, EOFError, KeyError, TypeError, AttributeError, OverflowError, MemoryError, NotImplementedError, RuntimeError, SyntaxError, zipfile.BadZipFile, zlib.error) as error:  # fmt: skip
        if "pickle" in str(error).lower() and "allow_pickle" in str(error) and zipfile.is_zipfile(path):
            raise DataError(f"'{path}' holds pickled objects, which are never opened; save plain arrays") from None
        raise DataError(f"'{path}' is not a NumPy archive (.npz), or it is damaged") from None
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray) or array.dtype.kind not in "fiu":
            raise DataError(f"'{path}': {name} is no array of real numbers")
        if not np.isfinite(array).all():
            raise DataError(f"'{path}': {name} contains nan or infinity")
    if not arrays:
        raise DataError(f"'{path}' holds no arrays")
    return arrays
