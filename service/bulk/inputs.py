"""Which files are meant: files, folders, patterns, and ``-``."""

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from objections.errors import DataError
from service.locations import is_address, open_filesystem
from service.outputs import STANDARD_STREAM

REJECTED_ENDING = ".rejected.csv"
"""Of files that scoring writes itself; never scored."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file to score.

    Attributes
    ----------
    path : str
        A path, or ``-`` for standard input.
    relative : Path
        Where it lies in the folder that was named; its mere name where a file was.
    """

    path: str
    relative: Path


def find_inputs(arguments: Sequence[str], without: Path | None = None) -> list[Input]:
    """Find the files that the arguments mean, each once, those of a folder in the order of their names.

    Parameters
    ----------
    arguments : sequence of str
        Paths of files and folders, patterns such as ``calls/**/*.json``, or ``-``.
    without : Path, optional
        The output, a file or a folder: it may lie in the folder that is read, and is no input.

    Raises
    ------
    DataError
        Where an argument means no file.
    """
    found: dict[str, Input] = {}
    for argument in arguments:
        meant = list(_find(argument))
        if not meant:
            raise DataError(_nothing_found(argument))
        outside = [one for one in meant if without is None or not _lies_in(one.path, without)]
        if not outside:
            raise DataError(f"{argument} means nothing but the output {without} itself: name another output")
        for one in outside:
            found.setdefault(one.path if is_address(one.path) else os.path.realpath(one.path), one)
    return list(found.values())


def _find(argument: str) -> Iterator[Input]:
    if is_address(argument):
        yield from _find_remote(argument)
        return
    path = Path(argument)
    if argument == STANDARD_STREAM:
        yield Input(argument, Path("standard-input"))
    elif path.is_dir():
        yield from _find_in_folder(path)
    elif path.exists() or not glob.has_magic(argument):
        yield Input(argument, Path(path.name))
    else:
        for name in sorted(glob.glob(argument, recursive=True)):  # noqa: PTH207 (a pattern from the root, as typed)
            if Path(name).is_file() and not name.endswith(REJECTED_ENDING):
                yield Input(name, Path(Path(name).name))


def _find_in_folder(folder: Path) -> Iterator[Input]:
    """Yield the files in a folder and below; none that is hidden, as editors and systems leave them."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith((".", "~$")) for part in relative.parts)
        if path.is_file() and not hidden and not path.name.endswith(REJECTED_ENDING):
            yield Input(str(path), relative)


def _find_remote(address: str) -> Iterator[Input]:
    """Yield the files on another system: of a pattern, in a folder, or the one."""
    system, path = open_filesystem(address)
    try:
        if glob.has_magic(address):
            found, folder = system.glob(path), ""
        elif system.isdir(path):
            found, folder = system.find(path), f"{path.rstrip('/')}/"
        else:
            found, folder = [path], ""
    except OSError as error:
        raise DataError(f"{address} cannot be read: {error}") from None
    for name in sorted(found):
        relative = Path(name.removeprefix(folder) if folder else name.rpartition("/")[2])
        hidden = any(part.startswith(".") for part in relative.parts)
        if not hidden and not name.endswith(REJECTED_ENDING):
            yield Input(system.unstrip_protocol(name), relative)


def _lies_in(path: str, folder: Path) -> bool:
    return (
        path != STANDARD_STREAM
        and not is_address(path)
        and Path(path).resolve().is_relative_to(folder.resolve())
    )


def _nothing_found(argument: str) -> str:
    if glob.has_magic(argument):
        return f"no file matches {argument}: look at the pattern, and put it into quotes"
    return f"{argument} holds no files: name the folder that the exports lie in"


def state_of(path: str) -> tuple[int, int]:
    """Give what tells whether a file is still the same: its bytes and the time of its last change (ns)."""
    if is_address(path):
        system, place = open_filesystem(path)
        return system.size(place) or 0, 0
    state = Path(path).stat()
    return state.st_size, state.st_mtime_ns
