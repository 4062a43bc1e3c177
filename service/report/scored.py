"""Reading a table that `objections score` has written, as it comes or after a spreadsheet has saved it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from objections.errors import DataError
from objections.labels import CATEGORIES, Category
from objections.speaker import is_seller
from objections.tables.columns import find_column, find_columns
from objections.tables.table import Table, cell_text
from objections.text import is_blank, normalize
from service.report.dates import parse_day

CALL: Final = (
    "call_id", "звонок", "recording_id", "call", "id_звонка", "номер_звонка", "запись", "id_записи",
    "разговор", "recording", "record_id", "conversation_id", "dialog_id", "session_id", "callid", "uuid",
    "файл", "file", "filename", "file_name", "source_file",
)  # fmt: skip
MANAGER: Final = (
    "менеджер", "manager", "оператор", "operator", "сотрудник", "agent", "агент", "продавец", "seller",
    "manager_name", "operator_name", "agent_name", "имя_менеджера", "фио_менеджера", "фио_сотрудника",
    "ответственный", "employee", "responsible", "user_name", "manager_id", "operator_id", "agent_id",
)  # fmt: skip
DATE: Final = (
    "дата", "date", "datetime", "created_at", "дата_звонка", "дата_и_время", "call_date", "started_at",
    "created", "timestamp", "время", "time", "день", "day",
)  # fmt: skip

_NEEDED: Final = ("category", "confidence", "uncertain", "glossary")
_TRUE: Final = frozenset({"true", "истина", "1", "да"})  # a Russian spreadsheet saves ИСТИНА
_LONGEST_NAME: Final = 100
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_CATEGORIES: Final[dict[str, Category]] = {normalize(category): category for category in CATEGORIES}


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """The columns as the user names them; None: found by their usual names."""

    text: str | None = None
    speaker: str | None = None
    call: str | None = None
    manager: str | None = None
    date: str | None = None


@dataclass(slots=True)
class ScoredLine:
    """One row of a scored table.

    Attributes
    ----------
    row : int
        As a spreadsheet shows it.
    text : str
    call, manager : str or None
        None where the row does not say.
    day : date or None
    category : Category or None
        None where the line is not scored: the seller's, or without words.
    confidence : float
    uncertain : bool
    term : str
        Glossary entry; empty where none helps.
    """

    row: int
    text: str
    call: str | None
    manager: str | None
    day: date | None
    category: Category | None
    confidence: float
    uncertain: bool
    term: str

    @property
    def is_blank(self) -> bool:
        """Whether it has no words."""
        return is_blank(self.text)


class ScoredTable:
    """The lines of a scored table, read once.

    Parameters
    ----------
    table : Table
    names : ColumnNames

    Attributes
    ----------
    name : str
        The table's.
    has_calls, has_managers, has_dates, has_speakers : bool
        Whether there is such a column.

    Raises
    ------
    DataError
        Where the table was never scored, or has no such column as the user names.
    """

    def __init__(self, table: Table, names: ColumnNames) -> None:
        self.name = table.name
        self._table = table
        self._answer = _find_answer(table)
        columns = find_columns(table.header, table.name, names.text, names.speaker)
        self._text, self._speaker = columns.text, columns.speaker
        self._call = _find(table, names.call, CALL)
        self._manager = _find(table, names.manager, MANAGER)
        self._date = _find(table, names.date, DATE)
        self.has_speakers = self._speaker is not None
        self.has_calls = self._call is not None
        self.has_managers = self._manager is not None
        self.has_dates = self._date is not None

    def __iter__(self) -> Iterator[ScoredLine]:
        width = len(self._table.header)
        for row in self._table:
            if row.reason is not None:
                raise DataError(
                    f"{self.name}, row {row.number}: {row.reason}; or score the original file again"
                )
            yield self._read(row.number, [*map(cell_text, row.cells), *[""] * (width - len(row.cells))])

    def _read(self, number: int, cells: Sequence[str]) -> ScoredLine:
        category_cell, confidence, uncertain, term = (cells[column] for column in self._answer)
        category: Category | None = None
        if category_cell and not (self._speaker is not None and is_seller(cells[self._speaker])):
            category = self._category(number, category_cell)
        return ScoredLine(
            row=number,
            text=_clean(cells[self._text]),
            call=_name(cells, self._call),
            manager=_name(cells, self._manager),
            day=parse_day(cells[self._date]) if self._date is not None else None,
            category=category,
            confidence=self._confidence(number, confidence) if category else 0.0,
            uncertain=uncertain.strip().lower() in _TRUE,
            term=term.strip(),
        )

    def _category(self, number: int, cell: str) -> Category:
        try:
            return _CATEGORIES.get(cell) or _CATEGORIES[normalize(cell)]
        except KeyError:
            raise DataError(
                f"{self.name}, row {number}: the category is none of {', '.join(CATEGORIES)}; "
                "mend the cell, or score the original file again"
            ) from None

    def _confidence(self, number: int, cell: str) -> float:
        try:
            confidence = float(cell.replace(",", "."))
        except ValueError:
            confidence = -1.0
        if not 0 <= confidence <= 1:
            raise DataError(
                f"{self.name}, row {number}: the confidence is no number from 0 to 1; "
                "mend the cell, or score the original file again"
            )
        return confidence


def _find_answer(table: Table) -> tuple[int, ...]:
    """Find what scoring has added, under any prefix; the last where it was scored more than once."""
    header = list(table.header)
    for name in reversed(header):
        if name.endswith(_NEEDED[0]):
            wanted = [name.removesuffix(_NEEDED[0]) + column for column in _NEEDED]
            if all(column in header for column in wanted):
                return tuple(header.index(column) for column in wanted)
    raise DataError(
        f"{table.name} is not scored: it has no columns {', '.join(_NEEDED)}. "
        f"Run `objections score {table.name} -o scored.csv` first and make the report from scored.csv"
    )


def _find(table: Table, given: str | None, usual: Sequence[str]) -> int | None:
    """Find an optional column; names are written with an underscore, a space or neither."""
    if given is None:
        variants = [name.replace("_", mark) for name in usual for mark in ("_", " ")]
        return find_column(table.header, variants)
    column = find_column(table.header, [given])
    if column is None:
        raise DataError(f"{table.name} has no column «{given}»; its columns are: {', '.join(table.header)}")
    return column


def _name(cells: Sequence[str], column: int | None) -> str | None:
    if column is None:
        return None
    return _clean(cells[column].strip()[:_LONGEST_NAME]) or None


def _clean(cell: str) -> str:
    """Replace what neither a page nor a workbook can hold: stray bytes and control characters."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", cell)
