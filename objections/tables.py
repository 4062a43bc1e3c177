"""Reading delimited text as it comes: UTF-8 with or without a mark, cp1251, UTF-16; ``,`` ``;`` or tab.

The encoding is told by the mark at the start, else by whether the bytes are UTF-8, else it is cp1251;
the separator by the first line. Bytes that are no text in the file's encoding come through as lone
surrogates, so that the row that holds them can be named.
"""

import csv
import io
import re
import sys
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from objections.encoding import tell_encoding
from objections.errors import DataError

_DELIMITERS: Final = ",;\t"
_NEVER: Final = "\x1f"
"""Separator of a table with one column: its lines may hold any of the usual ones."""
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How XLSX, ODS and XLS files begin."""

csv.field_size_limit(sys.maxsize)


class Row(NamedTuple):
    """One row of a table.

    Attributes
    ----------
    number : int
        As a spreadsheet shows it: the header is row 1.
    cells : list of str
    """

    number: int
    cells: list[str]


class Table:
    """A delimited text file, read row by row.

    Parameters
    ----------
    file : BinaryIO
        Open for reading and seekable; read twice, once to tell the encoding.
    name : str
        How errors call it.

    Attributes
    ----------
    header : list of str
        The names of the columns, outer spaces removed.
    encoding, delimiter : str
        What was found.

    Raises
    ------
    DataError
        Where there is no header, or the file is no text at all.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        if file.read(4) in _WORKBOOKS:
            raise DataError(f"{name} is a workbook, not text: save its sheet as CSV and name that file")
        file.seek(0)
        self.encoding = tell_encoding(file)
        file.seek(0)
        self._text = io.TextIOWrapper(file, self.encoding, errors="surrogateescape", newline="")
        first = self._text.readline()
        skipped = re.fullmatch(r"sep=(.)\s*", first)
        if skipped:
            first = self._text.readline()
        self.delimiter = skipped[1] if skipped else _tell_delimiter(first)
        self._reader = csv.reader(self._lines(first), delimiter=self.delimiter, strict=True)
        self._records = self._read_records()
        self.header = [cell.strip() for cell in next(self._records, Row(1, [])).cells]
        if not any(self.header):
            raise DataError(
                f"{name} has no header: its first row must name the columns, one of them the text"
            )

    def __iter__(self) -> Iterator[Row]:
        return self._records

    @property
    def delimiter_to_write(self) -> str:
        """The separator for what is made from this table; a table of one column gets commas."""
        return "," if self.delimiter == _NEVER else self.delimiter

    def bytes_read(self) -> int:
        """How far the file is read, in bytes; for progress."""
        return self._text.buffer.tell()

    def _lines(self, first: str) -> Iterator[str]:
        yield first
        yield from self._text

    def _read_records(self) -> Iterator[Row]:
        number = 0
        while True:
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error:
                raise DataError(
                    f"{self.name}: row {number + 1} cannot be read: a quotation mark is opened and not "
                    'closed, or closed in the middle of a cell; write a mark inside a cell twice ("")'
                ) from None
            number += 1
            if cells:
                yield Row(number, cells)


def _tell_delimiter(first: str) -> str:
    """Choose the separator that cuts the first line into most cells."""
    best = max(_DELIMITERS, key=lambda delimiter: len(next(csv.reader([first], delimiter=delimiter), [])))
    return best if best in first else _NEVER
