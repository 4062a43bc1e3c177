"""Rows of a table as lines of calls."""

from collections.abc import Iterator, Sequence
from datetime import time, timedelta

from objections.errors import DataError
from objections.line import Line
from objections.tables.columns import Columns
from objections.tables.table import Cell, Table, cell_text
from objections.times import seconds


def table_lines(table: Table, columns: Columns) -> Iterator[Line]:
    """Give the rows of a table as lines, also those without words; `Line.number` is left to the caller.

    Raises
    ------
    DataError
        At the first row that cannot be used, naming it.
    """
    for row in table:
        if row.reason is not None:
            raise DataError(f"{table.name}, row {row.number}: {row.reason}")
        yield Line(
            text=cell_text(_cell(row.cells, columns.text)),
            speaker=_text(row.cells, columns.speaker),
            start=_moment(row.cells, columns.start),
            end=_moment(row.cells, columns.end),
            call_id=_text(row.cells, columns.call_id),
        )


def _cell(cells: Sequence[Cell], column: int | None) -> Cell:
    """Give a cell; None where there is no such column or the row ends before it."""
    return cells[column] if column is not None and column < len(cells) else None


def _text(cells: Sequence[Cell], column: int | None) -> str | None:
    return cell_text(_cell(cells, column)).strip() or None


def _moment(cells: Sequence[Cell], column: int | None) -> float | None:
    """Read a moment of a call; a date tells when the call was, not where in it a line stands."""
    cell = _cell(cells, column)
    if isinstance(cell, time):
        cell = timedelta(
            hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond
        )
    if isinstance(cell, timedelta):
        return seconds(cell.total_seconds())
    return seconds(cell) if isinstance(cell, str | int | float) else None
