"""Tables with a line of a call in each row: the last thing that a file may be."""

from collections.abc import Iterable
from typing import Final

from objections.document import Document
from objections.line import Line
from objections.tables.columns import find_columns
from objections.tables.lines import table_lines
from objections.tables.opening import open_table
from objections.transcripts.format import Format

TABLE: Final = "table"


def _read(document: Document) -> Iterable[Line]:
    table = open_table(document)
    return table_lines(table, find_columns(table.header, table.name))


FORMATS: Final = (
    # Whatever no other format takes is opened as a table, and said to be none there.
    Format(TABLE, "CSV, TSV, XLSX, XLS, ODS, JSON, JSON Lines, Parquet", lambda _: True, _read),
)
