"""Writing workbooks, as a spreadsheet program shows them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from objections.document import Document
from objections.errors import DataError
from objections.tables.sheets import SheetTable
from objections.tables.table import Cell
from service.workbook_writer import LONGEST_CELL, MOST_COLUMNS, open_workbook

HEADER = ["text", "n", "note"]


def _write(path: Path, rows: Iterable[Sequence[Cell]], rows_of_sheet: int = 1000) -> Sequence[Worksheet]:
    with open_workbook(str(path), HEADER, rows_of_sheet) as writer:
        writer.write(rows)
    return openpyxl.load_workbook(path).worksheets


def _values(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_header_is_bold_stays_in_sight_and_has_filters(tmp_path: Path) -> None:
    """Columns are as wide as what they hold, within reason."""
    (sheet,) = _write(tmp_path / "out.xlsx", [["дорого, подумаем " * 10, 5, "да, пожалуй"]])
    assert [cell.font.b for cell in sheet[1]] == [True, True, True]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C2")
    widths = [round(sheet.column_dimensions[column].width) for column in "ABC"]
    assert widths == [63, 11, 14]


def test_what_looks_like_a_formula_or_a_link_stays_text(tmp_path: Path) -> None:
    """Nothing of what clients said is run."""
    row = ["=1+1", "https://example.org", "@SUM(A1)"]
    (sheet,) = _write(tmp_path / "out.xlsx", [row])
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in sheet[2]] == [
        (text, "s", None) for text in row
    ]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, None),
        ("", None),
        (True, True),
        (79161234567, 79161234567),
        (-0.25, -0.25),
        (1e300, 1e300),
        (10**15, "1000000000000000"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (datetime(2026, 2, 1, 10, 30, 0, 500_000), datetime(2026, 2, 1, 10, 30, 0, 500_000)),
        (datetime(2026, 2, 1, 10, 30, 0, 1), "2026-02-01 10:30:00.000001"),
        (datetime(2026, 2, 1, 10, tzinfo=UTC), "2026-02-01 10:00:00+00:00"),
        (date(1899, 12, 31), "1899-12-31"),
        (time(1, 2, 3), time(1, 2, 3)),
        (timedelta(hours=30), timedelta(hours=30)),
        (timedelta(hours=-1), "-01:00:00"),
        ({"цена": [1]}, '{"цена": [1]}'),
    ],
)
def test_cells_keep_their_types_or_become_text(tmp_path: Path, cell: Cell, shown: object) -> None:
    """Text is what a workbook has no exact cell for."""
    (sheet,) = _write(tmp_path / "out.xlsx", [["a", cell, "b"]])
    assert sheet["B2"].value == shown
    assert type(sheet["B2"].value) is type(shown)


def test_rows_that_do_not_fit_go_on_further_sheets(tmp_path: Path) -> None:
    """Each with its header; none is lost."""
    sheets = _write(tmp_path / "out.xlsx", [[f"строка {number}", number, None] for number in range(7)], 4)
    assert [sheet.title for sheet in sheets] == ["Лист1", "Лист2", "Лист3"]
    assert [_values(sheet)[0] for sheet in sheets] == [HEADER] * 3
    assert [row[1] for sheet in sheets for row in _values(sheet)[1:]] == list(range(7))
    assert [sheet.auto_filter.ref for sheet in sheets] == ["A1:C4", "A1:C4", "A1:C2"]


@pytest.mark.parametrize("text", ["а" * LONGEST_CELL, "😀" * (LONGEST_CELL // 2)])
def test_a_cell_as_long_as_a_workbook_allows(tmp_path: Path, text: str) -> None:
    """Whole, to the last letter."""
    (sheet,) = _write(tmp_path / "out.xlsx", [[text, 1, None]])
    assert sheet["A2"].value == text


@pytest.mark.parametrize(
    "cell", ["а" * (LONGEST_CELL + 1), "😀" * (LONGEST_CELL // 2 + 1), ["а" * LONGEST_CELL]]
)
def test_a_longer_cell_is_refused_and_nothing_is_left(tmp_path: Path, cell: Cell) -> None:
    """It is not cut; the error names the place and what to write instead."""
    with pytest.raises(
        DataError, match=r"row 3, column note: \d+ characters.*write .csv, .jsonl or .parquet"
    ):
        _write(tmp_path / "out.xlsx", [["a", 1, None], ["b", 2, cell]])
    assert list(tmp_path.iterdir()) == []


def test_more_columns_than_a_workbook_has_are_refused(tmp_path: Path) -> None:
    """They would vanish."""
    with (
        pytest.raises(DataError, match="at most 16384 columns: write CSV"),
        open_workbook(str(tmp_path / "out.xlsx"), ["x"] * (MOST_COLUMNS + 1)),
    ):
        pass


_DAYS = st.dates(date(1900, 3, 1))
_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(-(10**6), 10**6, places=4).map(float),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    _DAYS,
    st.datetimes(datetime(1900, 3, 1)).map(lambda moment: moment.replace(hour=1, microsecond=0)),
    st.times().map(lambda moment: moment.replace(second=1, microsecond=0)),
    st.integers(1, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
)


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3).filter(lambda row: row != [None] * 3), max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
def test_every_cell_is_read_as_it_was_written(tmp_path: Path, rows: list[list[Cell]]) -> None:
    """By the reader of workbooks."""
    _write(tmp_path / "out.xlsx", rows)
    with (tmp_path / "out.xlsx").open("rb") as file:
        read = [list(row.cells) for row in SheetTable(Document(file, "out.xlsx"))]
    assert read == rows
