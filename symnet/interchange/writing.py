"""Files are written beside their place and renamed: a reader never sees half of one, nor does Ctrl-C leave one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from symnet.errors import FileError


def write_bytes(path: str | Path, content: bytes) -> Path:
    """Put `content` at `path`, whole or not at all; `FileError` when the place cannot be written."""
    place = Path(path)
    beside = ""
    try:
        descriptor, beside = tempfile.mkstemp(dir=place.parent or ".", prefix=f".{place.name}.")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, place)
    except OSError as error:
        if beside:
            Path(beside).unlink(missing_ok=True)
        raise FileError(f"cannot write '{path}': {error.strerror or error}") from None
    except BaseException:
        if beside:
            Path(beside).unlink(missing_ok=True)
        raise
    return place


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
