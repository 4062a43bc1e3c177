"""Cells as text."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from objections.tables.table import Cell, cell_text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("как есть ", "как есть "),
        (None, ""),
        (5, "5"),
        (0.1, "0.1"),
        (False, "false"),
        (date(2026, 2, 1), "2026-02-01"),
        (datetime(2026, 2, 1, 10, 30), "2026-02-01 10:30:00"),
        (datetime(2026, 2, 1, 10, 30, tzinfo=UTC), "2026-02-01 10:30:00+00:00"),
        (time(1, 2, 3), "01:02:03"),
        (timedelta(hours=30, milliseconds=500), "30:00:00.500000"),
        (timedelta(seconds=-90), "-00:01:30"),
        ({"цена": [1, None, date(2026, 2, 1)]}, '{"цена": [1, null, "2026-02-01"]}'),
    ],
)
def test_a_cell_as_delimited_text_has_it(cell: Cell, text: str) -> None:
    """Dates in ISO 8601, durations as spreadsheets show them, nested values as JSON."""
    assert cell_text(cell) == text
