"""Writing Parquet: each column gets one type, which is known only when all rows are.

Rows are therefore kept in a temporary file, column by column, until the last has come, and then written in
groups. A column is of one type where all its cells are: whole numbers beside fractions are fractions where
that is exact; whatever else is mixed, or nested, is text.
"""

import contextlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from types import NoneType
from typing import IO, Any, BinaryIO, Final, Literal

from objections.tables.arrow import import_pyarrow
from objections.tables.table import Cell, cell_text
from service.outputs import open_binary_output

_Kind = Literal["text", "truth", "whole", "long", "fraction", "day", "moment", "instant", "time", "duration"]
"""What cells of a column are: `long` numbers are whole and not exact as fractions, an `instant` is a moment
with a time zone."""

_KINDS: Final[dict[type, _Kind]] = {
    str: "text",
    bool: "truth",
    int: "whole",
    float: "fraction",
    date: "day",
    datetime: "moment",
    time: "time",
    timedelta: "duration",
}
_EXACT: Final = 2**53
_ROWS_OF_GROUP: Final = 131_072


@contextlib.contextmanager
def open_parquet(target: str, header: Sequence[str]) -> Iterator["ParquetWriter"]:
    """Open a Parquet file to write; see `writers.open_writer`. The names must differ."""
    import_pyarrow(target)
    with open_binary_output(target) as out, tempfile.TemporaryFile() as spool:
        writer = ParquetWriter(out, target, header, spool)
        yield writer
        writer.close()


class ParquetWriter:
    """Writes a Parquet file when it is closed."""

    typed = True

    def __init__(self, out: BinaryIO, target: str, header: Sequence[str], spool: IO[bytes]) -> None:
        self._arrow, self._parquet = import_pyarrow(target)
        self._out = out
        self._header = header
        self._spool = spool
        self._kinds: list[set[_Kind]] = [set() for _ in header]
        self._blocks = 0

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Keep rows until all have come."""
        columns = list(zip(*rows, strict=True))
        if not columns:
            return
        arrays = [self._as_array(cells, seen) for cells, seen in zip(columns, self._kinds, strict=True)]
        batch = self._arrow.record_batch(arrays, names=self._header)
        with self._arrow.ipc.new_stream(self._spool, batch.schema) as stream:
            stream.write_batch(batch)
        self._blocks += 1

    def close(self) -> None:
        """Write all rows."""
        types = [self._type(_common(kinds)) for kinds in self._kinds]
        schema = self._arrow.schema(list(zip(self._header, types, strict=True)))
        with self._parquet.ParquetWriter(self._out, schema) as writer:
            group: list[Any] = []
            for batch in self._read_spool():
                columns = [
                    self._cast(column, kind) for column, kind in zip(batch.columns, types, strict=True)
                ]
                group.append(self._arrow.record_batch(columns, schema=schema))
                if sum(map(len, group)) >= _ROWS_OF_GROUP:
                    writer.write_table(self._arrow.Table.from_batches(group))
                    group = []
            writer.write_table(self._arrow.Table.from_batches(group, schema=schema))

    def _as_array(self, cells: Sequence[Cell], seen: set[_Kind]) -> Any:  # noqa: ANN401 (pyarrow comes without types)
        """Make an array of the cells of a column; note what they are."""
        kinds = _kinds_of(cells)
        seen |= kinds
        try:
            return self._array(cells, _common(kinds))
        except (self._arrow.ArrowException, OverflowError):  # numbers and durations beyond 64 bits
            seen.add("text")
            return self._array(cells, "text")

    def _array(self, cells: Sequence[Cell], kind: _Kind) -> Any:  # noqa: ANN401 (pyarrow comes without types)
        if kind == "text":
            cells = [None if cell is None else cell_text(cell) for cell in cells]
        return self._arrow.array(cells, self._type(kind))

    def _cast(self, column: Any, wanted: Any) -> Any:  # noqa: ANN401 (pyarrow comes without types)
        """Bring a column of a block to the type that the whole column has."""
        if column.null_count == len(column):
            return self._arrow.nulls(len(column), wanted)
        if column.type == wanted or wanted == self._arrow.float64():
            return column.cast(wanted)
        return self._array(column.to_pylist(), "text")

    def _read_spool(self) -> Iterator[Any]:
        self._spool.seek(0)
        for _ in range(self._blocks):
            with self._arrow.ipc.open_stream(self._spool) as stream:
                yield from stream

    def _type(self, kind: _Kind) -> Any:  # noqa: ANN401 (pyarrow comes without types)
        types = {
            "text": self._arrow.string(),
            "truth": self._arrow.bool_(),
            "whole": self._arrow.int64(),
            "long": self._arrow.int64(),
            "fraction": self._arrow.float64(),
            "day": self._arrow.date32(),
            "moment": self._arrow.timestamp("us"),
            "instant": self._arrow.timestamp("us", "UTC"),
            "time": self._arrow.time64("us"),
            "duration": self._arrow.duration("us"),
        }
        return types[kind]


def _kinds_of(cells: Sequence[Cell]) -> set[_Kind]:
    types = set(map(type, cells)) - {NoneType}
    kinds: set[_Kind] = {_KINDS.get(kind, "text") for kind in types}
    if int in types and max(abs(cell) for cell in cells if type(cell) is int) > _EXACT:
        kinds.add("long")
    if datetime in types or time in types:
        zoned = {cell.tzinfo is not None for cell in cells if isinstance(cell, datetime | time)}
        if True in zoned:
            kinds |= {"instant"}
            if zoned == {True}:
                kinds -= {"moment"}
    return kinds


def _common(kinds: set[_Kind]) -> _Kind:
    """Say what a column is that holds these kinds of cells."""
    if len(kinds) == 1:
        return next(iter(kinds))
    if kinds == {"whole", "long"}:
        return "long"
    if kinds == {"whole", "fraction"}:
        return "fraction"
    return "text"
