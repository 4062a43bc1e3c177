"""Output files that take their place whole or not at all."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, TextIO, cast

from objections.errors import OutputError
from service.locations import is_address, open_filesystem

STANDARD_STREAM: Final = "-"
UNFINISHED: Final = ".*.unfinished"
"""Pattern of the names under which outputs are written until they are whole."""


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
    OutputError
        Where the file cannot be written, for instance because the disk is full.
    """
    if target == STANDARD_STREAM:
        encoding = "utf-8"
    with _open(target, "w", encoding=encoding, errors=_errors(encoding), newline="") as out:
        yield cast("TextIO", out)


@contextlib.contextmanager
def open_binary_output(target: str) -> Iterator[BinaryIO]:
    """Open an output for bytes, as `open_output` does for text."""
    with _open(target, "wb") as out:
        yield cast("BinaryIO", out)


@contextlib.contextmanager
def _open(target: str, mode: str, **text: Any) -> Iterator[IO[Any]]:  # noqa: ANN401 (passed on)
    if target == STANDARD_STREAM:
        sys.stdout.flush()
        with os.fdopen(os.dup(sys.stdout.fileno()), mode, **text) as out:
            yield out
        return
    if is_address(target):
        with _open_remote(target, mode, **text) as out:
            yield out
        return
    place = Path(target)
    # A pipe or a device is written as it is: only a file can be replaced.
    is_file = place.is_file() or not place.exists()
    unfinished = place.with_name(f".{place.name}.{os.getpid()}.unfinished") if is_file else place
    try:
        with unfinished.open(mode, **text) as out:
            yield out
            if is_file:
                out.flush()
                os.fsync(out.fileno())
        if is_file:
            unfinished.replace(place)
    except OSError as error:
        reason = error.strerror or error
        raise OutputError(f"{target} cannot be written ({reason}); nothing was left there") from None
    finally:
        if is_file:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)


@contextlib.contextmanager
def _open_remote(target: str, mode: str, **text: Any) -> Iterator[IO[Any]]:  # noqa: ANN401 (as in `_open`)
    """Write to a file of this machine first and send it when it is whole."""
    system, path = open_filesystem(target)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "output"
        with whole.open(mode, **text) as out:
            yield out
        try:
            system.makedirs(path.rpartition("/")[0], exist_ok=True)
            unfinished = f"{path}.unfinished"
            system.put_file(str(whole), unfinished)
            system.mv(unfinished, path)
        except (OSError, ValueError) as error:
            raise OutputError(f"{target} cannot be written ({error}); nothing was left there") from None


def remove_output(target: str) -> None:
    """Remove an output of an earlier run, where there is one."""
    if is_address(target):
        system, path = open_filesystem(target)
        if system.exists(path):
            system.rm_file(path)
    else:
        Path(target).unlink(missing_ok=True)


def _errors(encoding: str) -> str:
    return "surrogateescape" if encoding.startswith("utf") else "replace"
