"""Writing workbooks (XLSX): row by row, so that memory does not grow; on further sheets what does not fit."""

import contextlib
import math
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError

from objections.errors import DataError, OutputError
from objections.tables.table import Cell, cell_text
from service.outputs import open_binary_output

ROWS_OF_SHEET: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
LONGEST_CELL: Final = 32_767
"""In UTF-16 units, as spreadsheets count."""

_DIGITS_KEPT: Final = 10**15
"""Spreadsheets show fifteen digits; longer whole numbers (ids, cards) stay whole as text."""
_FIRST_YEAR: Final = 1900
_NARROWEST: Final = 8
_WIDEST: Final = 60
_SHEET: Final = "Лист"
_FORMATS: Final[dict[type, str]] = {
    date: "dd.mm.yyyy",
    datetime: "dd.mm.yyyy hh:mm:ss",
    time: "hh:mm:ss",
    timedelta: "[h]:mm:ss",
}


@contextlib.contextmanager
def open_workbook(
    target: str, header: Sequence[str], rows_of_sheet: int = ROWS_OF_SHEET
) -> Iterator["WorkbookWriter"]:
    """Open a workbook to write; see `writers.open_writer`."""
    if len(header) > MOST_COLUMNS:
        raise DataError(f"{target}: a workbook has at most {MOST_COLUMNS} columns: write CSV instead")
    # The library's archive wants to seek, and to write again when it is collected after an error: its own
    # file lets it.
    with open_binary_output(target) as out, tempfile.TemporaryDirectory() as folder:
        writer = WorkbookWriter(Path(folder, "workbook.xlsx"), target, header, rows_of_sheet)
        try:
            yield writer
            writer.close()
        finally:
            writer.abandon()
        with Path(folder, "workbook.xlsx").open("rb") as whole:
            shutil.copyfileobj(whole, out)


class WorkbookWriter:
    """Writes a workbook: a bold header that stays in sight, with filters.

    Cells stay what they are: text that looks like a formula or a link stays text. What a workbook has no
    exact cell for is written as text: whole numbers of more than 15 digits, moments with a time zone, finer
    than a millisecond or before 1900, nested values.
    """

    typed = True

    def __init__(self, place: Path, target: str, header: Sequence[str], rows_of_sheet: int) -> None:
        self._workbook = xlsxwriter.Workbook(
            str(place), {"constant_memory": True, "tmpdir": str(place.parent)}
        )
        self._workbook.use_zip64()
        self._bold = self._workbook.add_format({"bold": True})
        self._formats = {
            kind: self._workbook.add_format({"num_format": text}) for kind, text in _FORMATS.items()
        }
        self._target = target
        self._header = header
        self._rows_of_sheet = rows_of_sheet
        self._widths = [max(_NARROWEST, len(column)) for column in header]
        self._start_sheet()

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows.

        Raises
        ------
        DataError
            Where a cell holds more than a workbook's cell can.
        """
        for row in rows:
            if self._next == self._rows_of_sheet:
                self._end_sheet()
                self._start_sheet()
            for column, cell in enumerate(row):
                self._write_cell(column, cell)
            self._next += 1

    def close(self) -> None:
        """Finish the workbook."""
        self._end_sheet()
        try:
            self._workbook.close()
        except XlsxFileError as error:
            raise OutputError(f"{self._target} cannot be written ({error}); nothing was left there") from None

    def abandon(self) -> None:
        """Leave the workbook as it is: the library would else finish it when it is collected."""
        self._workbook.fileclosed = True
        for sheet in self._workbook.worksheets():
            sheet._opt_close()  # noqa: SLF001 (nothing else closes its temporary file)

    def _start_sheet(self) -> None:
        number = len(self._workbook.worksheets()) + 1
        self._sheet = self._workbook.add_worksheet(f"{_SHEET}{number}")
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(self._header):
            self._write_text(0, column, name, self._bold)
        self._next = 1

    def _end_sheet(self) -> None:
        self._sheet.autofilter(0, 0, max(1, self._next - 1), len(self._header) - 1)
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, min(width, _WIDEST) + 2)

    def _write_cell(self, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        row, sheet = self._next, self._sheet
        if isinstance(cell, str):
            self._write_text(row, column, cell)
        elif isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
        elif isinstance(cell, int | float) and _is_exact(cell):
            sheet.write_number(row, column, cell)
        elif isinstance(cell, date | time | timedelta) and _is_moment(cell):
            sheet.write_datetime(row, column, cell, self._formats[type(cell)])
        else:
            self._write_text(row, column, cell_text(cell))

    def _write_text(self, row: int, column: int, text: str, style: object = None) -> None:
        length = len(text)
        if length > LONGEST_CELL // 2:
            length = len(text.encode("utf-16-le", "surrogatepass")) // 2
        if length > LONGEST_CELL:
            raise DataError(
                f"{self._target}: row {row + 1}, column {self._header[column]}: {length} characters, and a "
                f"workbook's cell holds {LONGEST_CELL}: write .csv, .jsonl or .parquet instead"
            )
        self._widths[column] = max(self._widths[column], min(length, _WIDEST))
        self._sheet.write_string(row, column, text, style)


def _is_exact(number: float) -> bool:
    """Whether a workbook shows the number as it is; infinity and what is no number are neither."""
    return abs(number) < _DIGITS_KEPT or (isinstance(number, float) and math.isfinite(number))


def _is_moment(moment: date | time | timedelta) -> bool:
    """Whether a workbook has an exact cell for it."""
    if isinstance(moment, timedelta):
        return moment >= timedelta() and moment.microseconds % 1000 == 0
    if isinstance(moment, date) and moment.year < _FIRST_YEAR:
        return False
    if isinstance(moment, datetime | time):
        return moment.tzinfo is None and moment.microsecond % 1000 == 0
    return True
