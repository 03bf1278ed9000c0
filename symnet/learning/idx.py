"""The IDX format of MNIST: two zero bytes, a type, the number of dimensions, their sizes, the numbers.

All integers are big-endian (Y. LeCun, http://yann.lecun.com/exdb/mnist/). Files may be gzipped.
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np

from symnet.errors import DataError

TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
"""The format's type byte → the dtype of the numbers."""

GZIP = b"\x1f\x8b"


def is_idx(content: bytes) -> bool:
    """Whether these bytes begin like an IDX file, or like a gzipped file, which is taken for one."""
    return content[:2] == GZIP or (content[:2] == b"\0\0" and len(content) >= 4 and content[2] in TYPES)


def read_idx(content: bytes, where: str) -> np.ndarray:
    """The array in an IDX file; `DataError` when the bytes are not what their header says."""
    if content[:2] == GZIP:
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error) as error:
            raise DataError(f"'{where}' is a damaged gzip file: {error}") from None
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] not in TYPES:
        raise DataError(f"'{where}' is not an IDX file: it begins with {content[:4].hex(' ') or 'nothing'}")
    dimensions, start = content[3], 4 + 4 * content[3]
    if not 1 <= dimensions <= 8 or len(content) < start:
        raise DataError(f"'{where}': the IDX header is cut short or names {dimensions} dimensions")
    shape = struct.unpack(f">{dimensions}I", content[4:start])
    dtype = np.dtype(TYPES[content[2]])
    expected = math.prod(shape) * dtype.itemsize
    if len(content) - start != expected:
        raise DataError(
            f"'{where}': the header promises {expected:,} bytes of numbers, there are {len(content) - start:,}"
        )
    return np.frombuffer(content, dtype, offset=start).reshape(shape).astype(dtype.newbyteorder("="))


def labels_beside(images: Path) -> Path | None:
    """Where MNIST's naming puts the labels: train-images-idx3-ubyte → train-labels-idx1-ubyte, gzipped or not."""
    if "images" not in images.name:
        return None
    name = images.name.replace("images", "labels").replace("idx3", "idx1")
    other = name.removesuffix(".gz") if name.endswith(".gz") else f"{name}.gz"
    for candidate in (images.with_name(name), images.with_name(other)):
        if candidate.exists():
            return candidate
    return images.with_name(name)
