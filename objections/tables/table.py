"""What a table is: a header and rows, whatever file they come from."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, TypeAlias

Cell: TypeAlias = (
    str | int | float | bool | date | time | datetime | timedelta | list[Any] | dict[str, Any] | None
)
"""None is an empty cell; lists and dicts come from JSON and Parquet. Delimited text has only strings."""


class Row(NamedTuple):
    """One row of a table.

    Attributes
    ----------
    number : int
        As people count who look into the file: a spreadsheet's row (the header has one too), the line of
        JSON Lines, the place in a JSON array, the row of a Parquet file, from 1.
    cells : sequence of Cell
        As many as the table has columns, None where a row ends before its header does; in a row that has a
        `reason`, what there was to read.
    reason : str or None
        Why the row cannot be used, and what to do; None for a good row.
    """

    number: int
    cells: Sequence[Cell]
    reason: str | None = None


class Table(ABC):
    """A file that gives rows.

    Attributes
    ----------
    name : str
        How errors call it.
    header : list of str
        The names of the columns, outer spaces removed.
    notes : sequence of str
        What a user should know of how the file was read, for instance that other sheets were left out.
    delimiter_to_write : str
        The separator for delimited text made from this table.
    """

    name: str
    header: list[str]
    notes: Sequence[str] = ()
    delimiter_to_write: str = ","

    @abstractmethod
    def __iter__(self) -> Iterator[Row]:
        """Give the rows as they are read from the file; only once."""

    @abstractmethod
    def bytes_read(self) -> int:
        """How far the file is read, in bytes, or what its rows so far amount to; for progress."""


def cell_text(cell: Cell) -> str:
    """Write a cell as delimited text has it.

    Examples
    --------
    >>> cell_text(None), cell_text(True), cell_text({"цена": [1, None]})
    ('', 'true', '{"цена": [1, null]}')
    >>> cell_text(datetime(2026, 2, 1, 10, 30)), cell_text(timedelta(hours=30))
    ('2026-02-01 10:30:00', '30:00:00')
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False, default=cell_text)
    if isinstance(cell, timedelta):
        return _clock(cell)
    return str(cell)


def _clock(duration: timedelta) -> str:
    """Write a duration as spreadsheets show it: hours go on after 24."""
    hours, rest = divmod(abs(duration), timedelta(hours=1))
    minutes, rest = divmod(rest, timedelta(minutes=1))
    sign = "-" if duration < timedelta() else ""
    fraction = f".{rest.microseconds:06}" if rest.microseconds else ""
    return f"{sign}{hours:02}:{minutes:02}:{rest.seconds:02}{fraction}"
