"""Tables in Parquet files, read block by block."""

import base64
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any, Final

from objections.document import Document
from objections.errors import DataError
from objections.tables.arrow import import_pyarrow
from objections.tables.table import Cell, Row, Table

_ROWS_AT_ONCE: Final = 8192


class ParquetTable(Table):
    """A Parquet file.

    Numbers, dates, lists and structures keep their types; what no other kind of table has (decimals,
    nanoseconds) becomes text, and bytes that are no UTF-8 become Base64.

    Raises
    ------
    DataError
        Where the file is damaged, has no columns, or pyarrow is not installed.
    """

    def __init__(self, document: Document) -> None:
        self.name = document.name
        self._arrow, parquet = import_pyarrow(document.name)
        self._size = document.file.seek(0, 2)
        self._given = 0
        document.file.seek(0)
        try:
            self._file = parquet.ParquetFile(document.file)
            self.header = list(self._file.schema_arrow.names)
        except (self._arrow.ArrowException, OSError, UnicodeDecodeError):
            raise self._damaged() from None
        if not self.header:
            raise DataError(f"{self.name} has no columns")

    def __iter__(self) -> Iterator[Row]:
        try:
            for batch in self._file.iter_batches(batch_size=_ROWS_AT_ONCE):
                for cells in zip(*map(self._read_column, batch.columns), strict=True):
                    self._given += 1
                    yield Row(self._given, cells)
        except (self._arrow.ArrowException, OSError, UnicodeDecodeError):
            raise self._damaged() from None

    def bytes_read(self) -> int:
        """Give the share of the rows that were given, in bytes of the file; for progress."""
        rows: int = self._file.metadata.num_rows
        return self._size * self._given // rows if rows else self._size

    def _read_column(self, column: Any) -> list[Cell]:  # noqa: ANN401 (pyarrow comes without types)
        if getattr(column.type, "unit", None) == "ns":
            column = self._without_nanoseconds(column)
        try:
            values = column.to_pylist()
        except (ValueError, OverflowError):  # years after 9999: the number that the file has
            is_date32 = self._arrow.types.is_date32(column.type)
            whole = self._arrow.int32() if is_date32 else self._arrow.int64()
            values = column.cast(whole).to_pylist()
        return values if _is_plain(self._arrow, column.type) else list(map(_plain, values))

    def _without_nanoseconds(self, column: Any) -> Any:  # noqa: ANN401 (pyarrow comes without types)
        """Give moments as Python has them where nothing is lost, else as text."""
        types = self._arrow.types
        if types.is_timestamp(column.type):
            wanted = self._arrow.timestamp("us", column.type.tz)
        elif types.is_duration(column.type):
            wanted = self._arrow.duration("us")
        else:
            wanted = self._arrow.time64("us")
        try:
            return column.cast(wanted)
        except self._arrow.ArrowInvalid:
            return column.cast(self._arrow.string())

    def _damaged(self) -> DataError:
        return DataError(f"{self.name} is a Parquet file that is damaged or cut off: export it again")


def _is_plain(arrow: Any, kind: Any) -> bool:  # noqa: ANN401 (pyarrow comes without types)
    """Whether all values of a type are cells as they are."""
    types = arrow.types
    return any(
        is_kind(kind)
        for is_kind in (
            types.is_string,
            types.is_large_string,
            types.is_integer,
            types.is_floating,
            types.is_boolean,
        )
    )


def _plain(value: object) -> Cell:
    """Give a value as a cell."""
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return list(map(_plain, value))
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return base64.b64encode(value).decode()
    if value is None or isinstance(value, str | int | float | date | time | timedelta):
        return value
    return str(value)
