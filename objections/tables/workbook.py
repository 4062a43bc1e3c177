"""The sheets of a workbook: XLSX, ODS and XLS, told by their content."""

import io
from collections.abc import Callable, Iterator
from datetime import time
from functools import partial
from typing import Any, BinaryIO, Final, NamedTuple, TypeAlias

import python_calamine as calamine
import xlrd
from xlrd.biffh import XLRDError

from objections.document import MOST_BYTES, Document
from objections.errors import DataError
from objections.tables.table import Cell
from objections.tables.workbook_size import check_size

_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_DAMAGED: Final = "is a workbook that is damaged or cut off: export it again"
_LOCKED: Final = "is protected by a password: save it without one"
_EXACT: Final = 2**53
"""Spreadsheets keep all numbers as doubles; whole ones below this are what was typed."""


_Rows: TypeAlias = tuple[int, Iterator[list[Cell]]]


class Sheet(NamedTuple):
    """One sheet.

    Attributes
    ----------
    name : str
    hidden : bool
    read : callable
        Gives its number of rows, and its rows from the first of the sheet on.
    """

    name: str
    hidden: bool
    read: Callable[[], _Rows]


def open_workbook(document: Document) -> list[Sheet]:
    """Open a workbook; give its sheets in their order, without charts and macros.

    Raises
    ------
    DataError
        Where it is damaged, protected by a password, too large, or no workbook.
    """
    if document.file.seek(0, io.SEEK_END) > MOST_BYTES:
        raise DataError(f"{document.name} is larger than {MOST_BYTES >> 20} MB: save its sheet as CSV")
    if document.head.startswith(_OLD_WORKBOOK):
        return _open_old(document.file, document.name)
    return _open_zipped(document.file, document.name)


def _open_zipped(file: BinaryIO, name: str) -> list[Sheet]:
    parts = check_size(file, name)
    if "xl/workbook.bin" in parts:
        raise DataError(f"{name} is a binary workbook (XLSB): save it as XLSX")
    if "xl/workbook.xml" not in parts and "content.xml" not in parts:
        raise DataError(f"{name} is an archive, not a table: unpack it and name the files in it")
    file.seek(0)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(file)
    except calamine.PasswordError:
        raise DataError(f"{name} {_LOCKED}") from None
    except (calamine.CalamineError, OSError):
        raise DataError(f"{name} {_DAMAGED}") from None

    return [
        Sheet(
            sheet.name,
            sheet.visible != calamine.SheetVisibleEnum.Visible,
            partial(_read_sheet, workbook, number, name),
        )
        for number, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]


def _read_sheet(workbook: calamine.CalamineWorkbook, number: int, name: str) -> _Rows:
    try:
        sheet = workbook.get_sheet_by_index(number)
    except calamine.CalamineError:
        raise DataError(f"{name} {_DAMAGED}") from None
    last = sheet.end[0] + 1 if sheet.end else 0
    return last, (list(map(_plain, cells)) for cells in sheet.iter_rows())


def _open_old(file: BinaryIO, name: str) -> list[Sheet]:
    file.seek(0)
    content = file.read()
    if _ENCRYPTED in content:
        raise DataError(f"{name} {_LOCKED}")
    try:
        workbook = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), ragged_rows=True)
    except Exception as error:  # noqa: BLE001 (a damaged file makes the library stumble over anything)
        if isinstance(error, XLRDError) and "encrypted" in str(error):
            raise DataError(f"{name} {_LOCKED}") from None
        if isinstance(error, XLRDError) and "Can't find workbook" in str(error):
            raise DataError(f"{name} is an Office file, but no workbook: export the table as CSV") from None
        raise DataError(f"{name} {_DAMAGED}") from None

    return [
        Sheet(sheet.name, sheet.visibility != 0, partial(_read_old_sheet, sheet, workbook.datemode))
        for sheet in workbook.sheets()
    ]


def _read_old_sheet(sheet: xlrd.sheet.Sheet, date_mode: Any) -> _Rows:  # noqa: ANN401 (0 or 1)
    def read_row(number: int) -> list[Cell]:
        cells = [_old_cell(cell, date_mode) for cell in sheet.row(number)]
        return cells + [None] * (sheet.ncols - len(cells))

    return sheet.nrows, map(read_row, range(sheet.nrows))


def _old_cell(cell: xlrd.sheet.Cell, date_mode: Any) -> Cell:  # noqa: ANN401 (0 or 1)
    """Give a cell of an XLS file; errors come as spreadsheets show them."""
    if isinstance(cell.value, str):
        return cell.value or None
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _moment(cell.value, date_mode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(int(cell.value))
    return _plain(cell.value)


def _moment(number: float, date_mode: Any) -> Cell:  # noqa: ANN401 (0 or 1)
    """Read a number that is formatted as a date: a day, a time of day, or both."""
    try:
        moment = xlrd.xldate.xldate_as_datetime(number, date_mode)
    except (ValueError, OverflowError):
        return _plain(number)
    if 0 <= number < 1:
        return moment.time()
    return moment if moment.time() != time() else moment.date()


def _plain(cell: Cell) -> Cell:
    """Give what was typed: nothing for an empty cell, whole numbers without a fraction."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, float) and cell.is_integer() and -_EXACT < cell < _EXACT:
        return int(cell)
    return cell
