"""Opening what the user names as an input."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, cast

from objections.document import Document
from objections.errors import DataError
from service.locations import is_address, open_filesystem
from service.outputs import STANDARD_STREAM


def open_input(source: str) -> BinaryIO:
    """Open an input so that it can be read twice; standard input is kept in a temporary file.

    Raises
    ------
    DataError
        Where it cannot be read.
    """
    if is_address(source):
        return _open_remote(source)
    if source != STANDARD_STREAM:
        try:
            return Path(source).open("rb")
        except OSError as error:
            raise DataError(f"{source} cannot be read: {error.strerror}") from None
    spool = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 (the caller closes it)
    shutil.copyfileobj(sys.stdin.buffer, spool)
    return spool


def _open_remote(source: str) -> BinaryIO:
    system, path = open_filesystem(source)
    try:
        return cast("BinaryIO", system.open(path, "rb"))
    except (OSError, ValueError) as error:
        raise DataError(f"{source} cannot be read: {error}") from None


def as_document(file: BinaryIO, source: str) -> Document:
    """Name an opened input as errors should."""
    return Document(file, "standard input" if source == STANDARD_STREAM else source)
