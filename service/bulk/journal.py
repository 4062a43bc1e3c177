"""Which files of a run are done: a run that was stopped goes on where it was.

One line of JSON per finished file, written after the file has taken its place. A file counts as done while
its input, its output and everything that shaped the answers are still the same.
"""

import os
from pathlib import Path
from typing import Final, Self

from filelock import FileLock, Timeout
from pydantic import BaseModel, ValidationError

from objections.errors import DataError, OutputError
from service.bulk.inputs import state_of
from service.bulk.summary import Summary
from service.outputs import UNFINISHED

NAME: Final = ".objections-journal"


State = tuple[int, int]


class Entry(BaseModel):
    """One finished file.

    Attributes
    ----------
    source, target : str
    state : tuple of int
        See `state_of`: of the input before it was read.
    settings : str
        Digest of the model and the options.
    header : list of str
        Columns of the output.
    summary : Summary
    """

    source: str
    target: str
    state: State
    settings: str
    header: list[str]
    summary: Summary


class NoJournal:
    """Remembers nothing, where the outputs lie on another system: all files are done at each run."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def find(self, source: str, target: str) -> Entry | None:
        """Know nothing."""
        del source, target
        return None

    def note(self, source: str, state: State, target: str, header: list[str], summary: Summary) -> Entry:
        """Make the entry."""
        return Entry(source=source, state=state, target=target, settings="", header=header, summary=summary)


class Journal(NoJournal):
    """The journal of an output folder, held by one run at a time.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    settings : str
        Digest of the model and the options of this run.

    Raises
    ------
    DataError
        On entering, where another run writes into the folder, or it cannot be written.
    """

    def __init__(self, folder: Path, settings: str) -> None:
        self._path = folder / NAME
        self._settings = settings
        self._lock = FileLock(folder / f"{NAME}.lock", timeout=0)
        self._done: dict[str, Entry] = {}

    def __enter__(self) -> Self:
        folder = self._path.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
            for stale in folder.rglob(UNFINISHED):  # of a run that was killed: no other one is here
                stale.unlink(missing_ok=True)
            self._done = {entry.target: entry for entry in self._read()}
        except Timeout:
            raise DataError(
                f"another run writes into {folder}: wait for it, or name another output"
            ) from None
        except OSError as error:
            raise OutputError(f"{folder} cannot be written ({error.strerror})") from None
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def find(self, source: str, target: str) -> Entry | None:
        """Find what is known of a file that is done and unchanged."""
        entry = self._done.get(target)
        if entry is None or not Path(target).exists():
            return None
        same = (entry.source, entry.state, entry.settings)
        return entry if same == (source, state_of(source), self._settings) else None

    def note(self, source: str, state: State, target: str, header: list[str], summary: Summary) -> Entry:
        """Note that a file is done; `state` is that of the input before it was read.

        Raises
        ------
        OutputError
            Where the journal cannot be written.
        """
        entry = super().note(source, state, target, header, summary)
        entry.settings = self._settings
        try:
            with self._path.open("a", encoding="utf-8") as file:
                # A line that was cut off by a kill has no end: the new one must not be added to it.
                file.write("\n" + entry.model_dump_json() + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise OutputError(f"{self._path} cannot be written ({error.strerror})") from None
        self._done[target] = entry
        return entry

    def _read(self) -> list[Entry]:
        """Read the lines that are whole: the last one may have been cut off by a kill."""
        entries = []
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        for line in lines:
            try:
                entries.append(Entry.model_validate_json(line))
            except ValidationError:
                continue
        return entries
