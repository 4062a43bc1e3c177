"""Output files that take their place whole or not at all."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, TextIO, cast

from objections.errors import OutputError

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


def _errors(encoding: str) -> str:
    return "surrogateescape" if encoding.startswith("utf") else "replace"
