"""Reading workbooks as the people see them who made them."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from objections.document import Document
from objections.errors import DataError
from objections.tables.sheets import SheetTable
from tests.objections.tables.workbooks import change_part, make_ods, make_workbook, rows

FILES = Path(__file__).parent / "files"
"""`calls.xls` is by xlwt, `calls.ods` by odfpy, `locked.xlsx` is encrypted by msoffcrypto-tool."""


def _open(content: bytes, **options: str) -> SheetTable:
    return SheetTable(Document(io.BytesIO(content), "файл"), **options)


@pytest.mark.parametrize("name", ["calls.xls", "calls.ods"])
def test_a_report_below_its_title(name: str) -> None:
    """The header is found, dates are dates, telephone numbers whole, rows have the spreadsheet's numbers."""
    table = _open((FILES / name).read_bytes())
    assert table.header == ["Дата", "Спикер", "Текст", "Номер"]
    assert list(table) == [
        (4, [date(2026, 2, 1), "Клиент", "Дорого, подумаем", 79161234567], None),
        (5, [date(2026, 2, 1), "Менеджер", "Понимаю", 1.5], None),
    ]


def test_every_type_of_cell() -> None:
    """Numbers, truths, dates, times and durations come as such; what is empty as None."""

    def fill(sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ["text", "a", "b", "c", "d", "e"])
        sheet.write_row(1, 0, ["дорого", 5, 1.5, True])
        sheet.write_string(1, 5, "=1+1")
        sheet.write_formula(2, 0, "=1+1", None, 2)
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        sheet.merge_range(3, 0, 4, 1, "слито")

    first, second, third = list(_open(make_workbook(Лист1=fill)))
    assert [type(cell) for cell in first.cells[1:4]] == [int, float, bool]
    assert first == (2, ["дорого", 5, 1.5, True, None, "=1+1"], None)
    assert second == (3, [2, None, None, None, None, None], None)
    assert third == (4, ["слито", None, None, None, None, None], None)


def test_moments_and_durations() -> None:
    """By the formats of their cells."""
    cells = {
        "dd.mm.yyyy hh:mm": datetime(2026, 2, 1, 10, 30),
        "hh:mm:ss": time(0, 1, 2),
        "[h]:mm:ss": timedelta(hours=30),
    }
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "text")
        for column, (style, cell) in enumerate(cells.items()):
            sheet.write_datetime(1, column, cell, workbook.add_format({"num_format": style}))
    (row,) = _open(content.getvalue())
    assert row.cells == list(cells.values())


def test_the_sheet_with_the_text_is_read_and_the_others_are_named() -> None:
    """A cover sheet comes first, a hidden sheet is passed over."""

    def hidden(sheet: Worksheet) -> None:
        rows(["text"], ["скрыто"])(sheet)
        sheet.hide()

    content = make_workbook(
        Сводка=rows(["Итого", 5]), Скрытый=hidden, Звонки=rows(["Текст"], ["дорого"]), Ещё=rows(["text"])
    )
    table = _open(content)
    assert [row.cells for row in table] == [["дорого"]]
    assert table.notes == ["файл: sheet «Звонки» is read, not «Сводка», «Ещё»; name one with --sheet"]
    assert [row.cells for row in _open(content, sheet="Скрытый")] == [["скрыто"]]
    with pytest.raises(
        DataError, match=r"no sheet «Другой»; its sheets are: «Сводка», «Скрытый» \(hidden\), «Звонки», «Ещё»"
    ):
        _open(content, sheet="Другой")


def test_the_header_is_found_by_the_column_that_is_named() -> None:
    """Below a title, and beside a usual name."""
    content = make_workbook(Лист1=rows(["Текст отчёта"], ["text", "слова"], ["1", "дорого"]))
    table = _open(content, text_column="Слова")
    assert (table.header, [row.number for row in table]) == (["text", "слова"], [3])


def test_without_a_known_column_the_first_row_is_the_header() -> None:
    """The one who asks for the text will say that it has none."""
    table = _open(make_workbook(Пусто=rows(), Лист1=rows([], ["a", "b"], ["1", "2"])))
    assert (table.header, [tuple(row) for row in table]) == (["a", "b"], [(3, ["1", "2"], None)])


def test_cells_beyond_the_header_are_kept() -> None:
    """Under a column without a name."""
    table = _open(make_workbook(Лист1=rows(["text"], ["дорого", "заметка"])))
    assert (table.header, [row.cells for row in table]) == (["text", ""], [["дорого", "заметка"]])


def test_empty_rows_are_no_rows_but_numbers_follow_the_sheet() -> None:
    """Also those at the end, which programs leave behind."""
    table = _open(make_workbook(Лист1=rows(["text"], ["a"], [], ["b"], [""], [])))
    assert [(row.number, row.cells) for row in table] == [(2, ["a"]), (4, ["b"])]


def test_progress_reaches_the_size_of_the_file() -> None:
    """By the rows that were given."""
    content = make_workbook(Лист1=rows(["text"], ["a"], ["b"]))
    table = _open(content)
    told = [table.bytes_read() for _ in table]
    assert told == sorted(told)
    assert table.bytes_read() == len(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ((FILES / "locked.xlsx").read_bytes(), "protected by a password"),
        ((FILES / "calls.xls").read_bytes()[:3000], "damaged or cut off"),
        (make_workbook(Лист1=rows()), "no row in any visible sheet; its sheets are: «Лист1»"),
        (make_ods(""), "no row in any visible sheet; its sheets are: «Лист1»"),
        (change_part(make_ods(""), "content.xml", b"<a/>"), "damaged|no row"),
        (change_part(make_workbook(Лист1=rows(["text"])), "xl/workbook.bin", b""), "XLSB.: save it as XLSX"),
        (make_workbook(Лист1=rows(["text"])).replace(b"xl/workbook.xml", b"xl/workbook.txt"), "an archive"),
        (
            change_part(make_workbook(Лист1=rows(["text"])), "xl/_rels/workbook.xml.rels", b"<a/>"),
            "damaged or cut off",
        ),
    ],
)
def test_what_cannot_be_opened_is_named_with_the_reason(content: bytes, said: str) -> None:
    """The error names the file and what to do."""
    with pytest.raises(DataError, match=f"файл.*({said})"):
        _open(content)
