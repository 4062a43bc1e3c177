"""Output files that take their place whole or not at all."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from objections.errors import DataError

STANDARD_STREAM: Final = "-"


@contextlib.contextmanager
def open_output(target: str, encoding: str) -> Iterator[TextIO]:
    """Open an output for text; a file replaces what was there only when the block ends well.

    Parameters
    ----------
    target : str
        A path, or ``-`` for standard output, which is UTF-8 without a mark.
    encoding : str
        Of a file. What the encoding has no letter for becomes ``?``; surrogate escapes go out as the
        bytes they came from.

    Raises
    ------
    DataError
        Where the file cannot be written, for instance because the disk is full.
    """
    encoding = "utf-8" if target == STANDARD_STREAM else encoding
    with open_binary_output(target) as file:
        out = io.TextIOWrapper(file, encoding, _errors(encoding), newline="")
        try:
            yield out
        finally:
            out.detach()  # what it holds is written; the file is closed by its own block


@contextlib.contextmanager
def open_binary_output(target: str) -> Iterator[BinaryIO]:
    """Open an output for bytes, as `open_output` does for text."""
    if target == STANDARD_STREAM:
        sys.stdout.flush()
        with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
            yield out
        return
    place = Path(target)
    # A pipe or a device is written as it is: only a file can be replaced.
    is_file = place.is_file() or not place.exists()
    unfinished = place.with_name(f".{place.name}.{os.getpid()}.unfinished") if is_file else place
    try:
        with unfinished.open("wb") as out:
            yield out
            if is_file:
                out.flush()
                os.fsync(out.fileno())
        if is_file:
            unfinished.replace(place)
    except OSError as error:
        raise DataError(f"{target} cannot be written ({error.strerror}); nothing was left there") from None
    finally:
        if is_file:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)


def _errors(encoding: str) -> str:
    return "surrogateescape" if encoding.startswith("utf") else "replace"
