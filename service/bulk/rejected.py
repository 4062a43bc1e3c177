"""What cannot be scored, written beside the output with file, row and reason; no file where all can be."""

import contextlib
from collections.abc import Sequence
from typing import Final, Self

from objections.errors import DataError
from objections.tables.table import Cell
from service.bulk.inputs import REJECTED_ENDING
from service.bulk.summary import Summary
from service.outputs import STANDARD_STREAM, open_output, remove_output
from service.writers import DelimitedWriter

PLACE: Final = ("file", "row", "reason")
"""Columns before those of the input."""
ENCODING: Final = "utf-8-sig"


def rejected_place(target: str, name: str) -> str:
    """Say where the rejected rows of an output go; beside the input where the output is a stream."""
    return (name.replace(" ", "-") if target == STANDARD_STREAM else target) + REJECTED_ENDING


class Rejected:
    """The rows of one file that could not be scored.

    Parameters
    ----------
    target : str
        The output they were kept out of.
    name : str
        The file they come from.
    header : sequence of str
        Its columns.
    delimiter : str
    """

    def __init__(self, target: str, name: str, header: Sequence[str], delimiter: str = ",") -> None:
        self.path: str | None = None
        self._place = rejected_place(target, name)
        self._name = name
        self._header = header
        self._delimiter = delimiter
        self._stack = contextlib.ExitStack()
        self._writer: DelimitedWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.__exit__(*error)  # type: ignore[arg-type]  # the three are passed on as they came
        if self._writer is None and error[0] is None:
            # A file of an earlier run would speak of rows that this run has scored.
            remove_output(self._place)

    def add(self, row: int | None, reason: str, cells: Sequence[Cell] = ()) -> None:
        """Write one row with its file, its number and the reason."""
        if self._writer is None:
            self.path = self._place
            out = self._stack.enter_context(open_output(self._place, ENCODING))
            self._writer = DelimitedWriter(out, [*PLACE, *self._header], self._delimiter)
        self._writer.write([[self._name, row, reason, *cells]])


def reject_file(source: str, target: str, error: DataError) -> Summary:
    """Set a whole file aside that cannot be read."""
    with Rejected(target, source, ()) as rejected:
        rejected.add(None, str(error))
    remove_output(target)  # of an earlier run, when the file could be read
    return Summary(files=1, unread=1, rejected_files=[rejected_place(target, source)])
