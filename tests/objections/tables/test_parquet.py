"""Reading Parquet files."""

import io
import sys
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from objections.document import Document
from objections.errors import DataError
from objections.tables.parquet import ParquetTable


def _write(columns: dict[str, object]) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content, row_group_size=3)
    return content.getvalue()


def _open(content: bytes) -> ParquetTable:
    return ParquetTable(Document(io.BytesIO(content), "файл"))


def test_rows_of_all_groups_are_numbered_from_one() -> None:
    """A Parquet file has no header row."""
    content = _write({"text": [f"дорого {number}" for number in range(10)], "n": list(range(10))})
    table = _open(content)
    assert table.header == ["text", "n"]
    assert [tuple(row) for row in table] == [(n + 1, (f"дорого {n}", n), None) for n in range(10)]
    assert table.bytes_read() == len(content)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        (["дорого"], "дорого"),
        (pa.array(["дорого"]).dictionary_encode(), "дорого"),
        ([1.5], 1.5),
        ([True], True),
        ([None], None),
        ([date(2026, 2, 1)], date(2026, 2, 1)),
        ([time(1, 2)], time(1, 2)),
        ([timedelta(hours=30)], timedelta(hours=30)),
        ([datetime(2026, 2, 1, 10)], datetime(2026, 2, 1, 10)),
        ([datetime(2026, 2, 1, 10, tzinfo=UTC)], datetime(2026, 2, 1, 10, tzinfo=UTC)),
        (pa.array([1_000], pa.timestamp("ns")), datetime(1970, 1, 1, microsecond=1)),
        (pa.array([1_000], pa.duration("ns")), timedelta(microseconds=1)),
        (pa.array([1_000], pa.time64("ns")), time(microsecond=1)),
        (pa.array([1], pa.timestamp("ns")), "1970-01-01 00:00:00.000000001"),
        (pa.array([10**18], pa.timestamp("us")), 10**18),
        (pa.array([10**8], pa.date32()), 10**8),
        ([Decimal("1.10")], "1.10"),
        (["дорого".encode()], "дорого"),
        ([b"\xff"], "/w=="),
        ([[1, None]], [1, None]),
        ([{"метка": b"a", "цена": Decimal("1.10")}], {"метка": "a", "цена": "1.10"}),
    ],
)
def test_values_keep_their_types_or_become_text(column: object, cell: object) -> None:
    """Text is what no other kind of table has a type for."""
    (row,) = _open(_write({"x": column}))
    assert row.cells == (cell,)
    assert type(row.cells[0]) is type(cell)


@pytest.mark.parametrize("cut", [4, 100, -10])
def test_a_damaged_file_is_named(cut: int) -> None:
    """Cut off anywhere."""
    with pytest.raises(DataError, match="файл is a Parquet file that is damaged or cut off"):
        _open(_write({"text": ["дорого"]})[:cut])


def test_damage_in_the_middle_is_found_when_it_is_reached() -> None:
    """The rows before it were given."""
    content = bytearray(_write({"text": [f"{number:0100}" for number in range(100)]}))
    content[500:2000] = bytes(1500)
    with pytest.raises(DataError, match="damaged or cut off"):
        list(_open(bytes(content)))


def test_a_file_without_columns_is_refused() -> None:
    """There is nothing to read."""
    with pytest.raises(DataError, match="файл has no columns"):
        _open(_write({}))


def test_missing_pyarrow_is_said_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra."""
    content = _write({"text": ["дорого"]})
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(DataError, match=r"pip install 'objections\[parquet\]'"):
        _open(content)
