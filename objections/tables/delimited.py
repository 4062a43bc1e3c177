"""Reading delimited text as it comes: UTF-8 with or without a mark, cp1251, UTF-16; ``,`` ``;`` or tab.

The encoding is told by the mark at the start, else by whether the bytes are UTF-8, else it is cp1251;
the separator by the first line. Bytes that are no text in the file's encoding come through as lone
surrogates, so that the row that holds them can be named.
"""

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from objections.document import Document
from objections.encoding import is_broken
from objections.errors import DataError
from objections.tables.borrowed import open_text
from objections.tables.table import Row, Table

_DELIMITERS: Final = ",;\t"
_NEVER: Final = "\x1f"
"""Separator of a table with one column: its lines may hold any of the usual ones."""
_SEPARATOR_LINE: Final = re.compile(r'sep=([^"\r\n])\s*')

csv.field_size_limit(sys.maxsize)


class DelimitedTable(Table):
    """A delimited text file, read row by row.

    Parameters
    ----------
    document : Document
        Read twice, once to tell the encoding.

    Attributes
    ----------
    encoding, delimiter : str
        What was found.

    Raises
    ------
    DataError
        Where there is no header.
    """

    def __init__(self, document: Document) -> None:
        self.name = document.name
        self.encoding = document.encoding
        self._file = document.file
        self._text = open_text(document, newline="")
        lines = self._read_lines()
        first = next(lines, "")
        skipped = _SEPARATOR_LINE.fullmatch(first)
        if skipped:
            first = next(lines, "")
        self.delimiter = skipped[1] if skipped else _tell_delimiter(first)
        self.delimiter_to_write = "," if self.delimiter == _NEVER else self.delimiter
        self._reader = csv.reader(chain([first], lines), delimiter=self.delimiter, strict=True)
        records = self._read_records()
        _, cells = next(records, (1, []))
        self.header = [cell.strip() for cell in cells]
        if not any(self.header):
            raise DataError(
                f"{self.name} has no header: its first row must name the columns, one of them the text"
            )
        self._rows = self._check(records)

    def __iter__(self) -> Iterator[Row]:
        return self._rows

    def bytes_read(self) -> int:
        """How far the file is read, in bytes; for progress."""
        return self._file.tell()

    def _read_lines(self) -> Iterator[str]:
        try:
            yield from self._text
        except UnicodeDecodeError:  # half a character in UTF-16
            raise DataError(f"{self.name} holds bytes that are no text: save the file as UTF-8") from None

    def _read_records(self) -> Iterator[tuple[int, list[str]]]:
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
                yield number, cells

    def _check(self, records: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
        width = len(self.header)
        for number, cells in records:
            if len(cells) > width or is_broken("".join(cells)):
                yield Row(number, cells, self._reason_to_reject(cells))
            elif len(cells) < width:
                yield Row(number, [*cells, *[None] * (width - len(cells))])
            else:
                yield Row(number, cells)

    def _reason_to_reject(self, cells: Sequence[str]) -> str:
        if len(cells) > len(self.header):
            return (
                f"{len(cells)} cells under {len(self.header)} columns: "
                "put a cell that holds the separator into quotes"
            )
        broken = [name for name, cell in zip(self.header, cells, strict=False) if is_broken(cell)]
        return f"bytes that are no text in column {', '.join(broken)}: save the file as UTF-8"


def _tell_delimiter(first: str) -> str:
    """Choose the separator that cuts the first line into most cells."""
    best = max(_DELIMITERS, key=lambda delimiter: len(next(csv.reader([first], delimiter=delimiter), [])))
    return best if best in first else _NEVER
