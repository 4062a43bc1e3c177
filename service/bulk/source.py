"""Opening an input as a table: a table as it stands, a transcript as the table of its lines."""

import contextlib
import os
from collections.abc import Iterator
from typing import Final

from objections.document import Document
from objections.line import Line
from objections.tables.opening import open_table
from objections.tables.table import Row, Table
from objections.transcripts.catalogue import find_format, read_transcript, tell_format
from objections.transcripts.cleaning import Dropped
from objections.transcripts.tabular import TABLE
from service.bulk.options import Options
from service.input_file import as_document, open_input

COLUMNS: Final = ("call_id", "number", "start", "end", "speaker", "text")
"""Of a transcript's table."""


class TranscriptTable(Table):
    """The lines of a transcript as rows.

    Parameters
    ----------
    lines : sequence of Line
    dropped : Dropped
        What was left out of them.
    name : str
        Of the file.
    size : int
        Of the file in bytes: all of it is read.
    """

    def __init__(self, lines: tuple[Line, ...], dropped: Dropped, name: str, size: int) -> None:
        self.header = list(COLUMNS)
        self.dropped = dropped
        self.name = name
        self._lines = lines
        self._size = size

    def __iter__(self) -> Iterator[Row]:
        for number, line in enumerate(self._lines, start=2):
            yield Row(number, [getattr(line, column) for column in COLUMNS])

    def bytes_read(self) -> int:
        """Give the size of the file."""
        return self._size


@contextlib.contextmanager
def open_source(path: str, options: Options) -> Iterator[tuple[Table, int]]:
    """Open an input; give it as a table, and its size in bytes.

    Raises
    ------
    DataError
        Where it is missing, or of no known format.
    """
    with open_input(path) as file:
        size = file.seek(0, os.SEEK_END)
        yield _as_table(as_document(file, path), options, size), size


def _as_table(document: Document, options: Options, size: int) -> Table:
    known = find_format(options.format) if options.format else tell_format(document)
    if known.name == TABLE:
        return open_table(document, options.text_column, options.sheet)
    transcript = read_transcript(document, known, options.names)
    return TranscriptTable(transcript.lines, transcript.dropped, document.name, size)
