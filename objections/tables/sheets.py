"""A sheet of a workbook as a table: the sheet and the header are found by the column of the text.

A workbook shows values, and so does this: formulas come as what they came to when the workbook was saved,
formulas' errors in XLSX and ODS as empty cells, merged cells as one cell with the rest of them empty. Hidden
sheets are read only when they are named.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final, NamedTuple

from objections.document import Document
from objections.errors import DataError
from objections.tables.columns import find_column, text_names
from objections.tables.table import Cell, Row, Table, cell_text
from objections.tables.workbook import Sheet, open_workbook

_ROWS_OF_TITLE: Final = 20
"""Among so many rows the header is looked for."""


class SheetTable(Table):
    """One sheet of a workbook.

    Parameters
    ----------
    document : Document
    text_column : str or None
        By which the sheet and its header are found; None: by the usual names.
    sheet : str or None
        The sheet to read; None: the first one that is visible and has the column of the text, else the
        first that is visible and not empty.

    Raises
    ------
    DataError
        Where the workbook cannot be opened, has no such sheet, or nothing in it.
    """

    def __init__(self, document: Document, text_column: str | None = None, sheet: str | None = None) -> None:
        self.name = document.name
        self._size = document.file.seek(0, 2)
        sheets = open_workbook(document)
        chosen = _choose(self.name, sheets, text_column, sheet)
        self.header = chosen.header
        self._rows, self._number, self._last = chosen.rows, chosen.number, chosen.last
        others = [other.name for other in sheets if other.name != chosen.name and not other.hidden]
        if others and not sheet:
            left_out = ", ".join(f"«{name}»" for name in others)
            self.notes = [
                f"{self.name}: sheet «{chosen.name}» is read, not {left_out}; name one with --sheet"
            ]

    def __iter__(self) -> Iterator[Row]:
        width = len(self.header)
        for cells in self._rows:
            self._number += 1
            if any(cell is not None for cell in cells):
                yield Row(self._number, cells + [None] * (width - len(cells)))

    def bytes_read(self) -> int:
        """Give the share of the rows that were given, in bytes of the file; for progress."""
        return self._size * self._number // self._last


class _Opened(NamedTuple):
    """A sheet with its header found; `rows` come after it, `number` is the header's own."""

    name: str
    header: list[str]
    rows: Iterator[list[Cell]]
    number: int
    last: int
    has_text: bool


def _choose(name: str, sheets: Sequence[Sheet], text_column: str | None, wanted: str | None) -> _Opened:
    among = [sheet for sheet in sheets if (sheet.name == wanted if wanted else not sheet.hidden)]
    if wanted and not among:
        raise DataError(f"{name} has no sheet «{wanted}»; its sheets are: {_names(sheets)}")
    first = None
    for sheet in among:
        opened = _open(sheet, text_column)
        if opened and opened.has_text:
            return opened
        first = first or opened
    if first is None:
        raise DataError(
            f"{name} has no header: no row in any visible sheet; its sheets are: {_names(sheets)}"
        )
    return first


def _open(sheet: Sheet, text_column: str | None) -> _Opened | None:
    """Find the header of a sheet: the first row that names the text, else the first that is not empty."""
    last, rows = sheet.read()
    top = list(islice(rows, _ROWS_OF_TITLE))
    headers = [[cell_text(cell).strip() for cell in cells] for cells in top]
    names = text_names(text_column)
    naming = [place for place, header in enumerate(headers) if find_column(header, names) is not None]
    filled = [place for place, header in enumerate(headers) if any(header)]
    if not filled:
        return None
    place = (naming or filled)[0]
    width = max(map(len, top))
    header = headers[place] + [""] * (width - len(headers[place]))
    return _Opened(sheet.name, header, chain(top[place + 1 :], rows), place + 1, last, bool(naming))


def _names(sheets: Sequence[Sheet]) -> str:
    return ", ".join(f"«{sheet.name}»" + (" (hidden)" if sheet.hidden else "") for sheet in sheets)
