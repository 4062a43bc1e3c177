"""Files on object stores and other systems, by the addresses that fsspec knows: ``s3://bucket/calls.csv``."""

import importlib
from typing import Any

from objections.errors import DataError


def is_address(path: str) -> bool:
    """Whether a path names a place outside of the file system of this machine.

    Examples
    --------
    >>> is_address("s3://bucket/a.csv"), is_address("calls/a.csv")
    (True, False)
    """
    return "://" in path


def open_filesystem(address: str) -> tuple[Any, str]:
    """Give the file system of an address, and the path on it.

    Raises
    ------
    DataError
        Where fsspec, or what it needs for this kind of address, is not installed, or the address is wrong.
    """
    try:
        fsspec = importlib.import_module("fsspec")  # an extra
    except ImportError:
        raise DataError(f"{address} needs fsspec: pip install 'objections[cluster]'") from None
    try:
        system, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise DataError(f"{address} cannot be reached: {error}") from None
    return system, path
