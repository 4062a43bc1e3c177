"""Writing Parquet: the types of columns, and that nothing is lost."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from objections.document import Document
from objections.tables.parquet import ParquetTable
from objections.tables.table import Cell, cell_text
from service import parquet_writer
from service.parquet_writer import open_parquet


def _write(path: Path, *blocks: Sequence[Cell]) -> pa.Table:
    """Write a table of one column, in blocks."""
    with open_parquet(str(path), ["x"]) as writer:
        for block in blocks:
            writer.write([cell] for cell in block)
    return pq.read_table(path)


@pytest.mark.parametrize(
    ("blocks", "kind", "cells"),
    [
        ([["да"], [None]], pa.string(), ["да", None]),
        ([[None], [5]], pa.int64(), [None, 5]),
        ([[2**60], [1]], pa.int64(), [2**60, 1]),
        ([[1], [0.5, 2]], pa.float64(), [1.0, 0.5, 2.0]),
        ([[2**60], [0.5]], pa.string(), [str(2**60), "0.5"]),
        ([[2**60, 0.5]], pa.string(), [str(2**60), "0.5"]),
        ([[2**63], [1]], pa.string(), [str(2**63), "1"]),
        ([[True, None]], pa.bool_(), [True, None]),
        ([[True], [1]], pa.string(), ["true", "1"]),
        ([[date(2026, 2, 1)]], pa.date32(), [date(2026, 2, 1)]),
        ([[date(2026, 2, 1)], ["вчера"]], pa.string(), ["2026-02-01", "вчера"]),
        ([[datetime(2026, 2, 1)]], pa.timestamp("us"), [datetime(2026, 2, 1)]),
        ([[datetime(2026, 2, 1, tzinfo=UTC)]], pa.timestamp("us", "UTC"), [datetime(2026, 2, 1, tzinfo=UTC)]),
        (
            [[datetime(2026, 2, 1), datetime(2026, 2, 1, tzinfo=UTC)]],
            pa.string(),
            ["2026-02-01 00:00:00", "2026-02-01 00:00:00+00:00"],
        ),
        ([[time(1, 2)]], pa.time64("us"), [time(1, 2)]),
        ([[time(1, 2, tzinfo=UTC)]], pa.string(), ["01:02:00+00:00"]),
        ([[timedelta(1)]], pa.duration("us"), [timedelta(1)]),
        ([[timedelta.max]], pa.string(), ["23999999999:59:59.999999"]),
        ([[{"цена": [1]}], [[None]]], pa.string(), ['{"цена": [1]}', "[null]"]),
        ([[None]], pa.string(), [None]),
        ([], pa.string(), []),
    ],
)
def test_a_column_has_the_type_that_all_its_cells_have(
    tmp_path: Path, blocks: list[list[Cell]], kind: pa.DataType, cells: list[object]
) -> None:
    """Told when all rows have come; what is mixed or nested is text."""
    table = _write(tmp_path / "out.parquet", *blocks)
    assert table.schema.field("x").type == kind
    assert table.column("x").to_pylist() == cells


def test_rows_are_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several blocks each, whatever is left over in the last."""
    monkeypatch.setattr(parquet_writer, "_ROWS_OF_GROUP", 4)
    _write(tmp_path / "out.parquet", *[[number, number] for number in range(5)])
    metadata = pq.read_metadata(tmp_path / "out.parquet")
    assert [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)] == [4, 4, 2]


_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**64), 2**64),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.just(UTC)),
    st.times(),
    st.timedeltas(),
)


@given(st.lists(st.lists(_CELLS, max_size=3), max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_cell_is_read_as_it_was_written_or_as_its_text(
    tmp_path: Path, blocks: list[list[Cell]]
) -> None:
    """Whole numbers among fractions compare equal to them."""
    _write(tmp_path / "out.parquet", *blocks)
    with (tmp_path / "out.parquet").open("rb") as file:
        read = [row.cells[0] for row in ParquetTable(Document(file, "out.parquet"))]
    written = [cell for block in blocks for cell in block]
    assert len(read) == len(written)
    for cell, original in zip(read, written, strict=True):
        as_text = {cell_text(original)} | ({str(float(original))} if isinstance(original, int) else set())
        assert cell == original or cell in as_text
