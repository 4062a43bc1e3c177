"""Rows of a table as lines of calls."""

import io
from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest

from objections.document import Document
from objections.errors import DataError
from objections.line import Line
from objections.tables.columns import Columns, find_columns
from objections.tables.lines import table_lines
from objections.tables.opening import open_table
from objections.tables.table import Cell, Row, Table


class _OneRow(Table):
    """A row as a workbook gives it."""

    def __init__(self, cells: list[Cell]) -> None:
        self._cells = cells

    def __iter__(self) -> Iterator[Row]:
        yield Row(2, self._cells)

    def bytes_read(self) -> int:
        """Give nothing."""
        return 0


def _lines(content: str) -> list[Line]:
    table = open_table(Document(io.BytesIO(content.encode()), "файл"))
    return list(table_lines(table, find_columns(table.header, table.name)))


def test_what_a_row_says_becomes_a_line() -> None:
    """Moments however they are written; what is missing is None."""
    assert _lines("call_id;спикер;начало;end;текст\n7;Клиент;00:01:02,5;63,1;дорого\n;;;;\n8;Клиент\n") == [
        Line("дорого", "Клиент", 62.5, 63.1, "7"),
        Line(""),
        Line("", "Клиент", call_id="8"),
    ]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [(time(0, 1, 2, 500_000), 62.5), (timedelta(hours=1), 3600.0), (1.5, 1.5), (date(2026, 1, 1), None)],
)
def test_moments_of_typed_cells(cell: Cell, moment: float | None) -> None:
    """A date is no moment of a call."""
    assert list(table_lines(_OneRow([5, cell]), Columns(0, start=1))) == [Line("5", start=moment)]


def test_a_row_that_cannot_be_used_is_named() -> None:
    """Nothing is passed over."""
    with pytest.raises(DataError, match="файл, row 3: 3 cells under 2 columns"):
        _lines("text,n\nда,1\nда, нет,2\n")
