"""The workbook, read back."""

import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from service.report.workbook import write_workbook
from tests.service.report.conftest import Summarize
from tests.support import make_scored

ROWS = [
    "1,02.02.2026,Анна,Клиент,слишком дорого|цена",
    "1,02.02.2026,Анна,Менеджер,понимаю",
    "2,03.02.2026,Борис,Клиент,да|нет возражения",
    "3,,,Клиент,не надо|отказ",
]


def _write(summary_of: Summarize, content: bytes) -> Workbook:
    out = io.BytesIO()
    write_workbook(summary_of(content), out)
    return load_workbook(out)


def _rows(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


def test_each_table_has_a_sheet(summary_of: Summarize) -> None:
    """In the order of the page."""
    assert _write(summary_of, make_scored(ROWS)).sheetnames == [
        "Сводка",
        "Возражения",
        "Менеджеры",
        "По дням",
        "Место в звонке",
        "Формулировки",
        "Трудные звонки",
        "Глоссарий",
        "Уверенность",
    ]


def test_numbers_are_numbers_and_days_are_days(summary_of: Summarize) -> None:
    """To be sorted and charted."""
    book = _write(summary_of, make_scored(ROWS))
    header, anna, boris, unnamed = _rows(book, "Менеджеры")
    assert header[:5] == ("Менеджер", "Звонков", "Звонков с возражением", "Доля звонков", "Реплик клиентов")
    assert anna == ("Анна", 1, 1, 1, 1, 1, 1, 0, 0, 1)
    assert boris == ("Борис", 1, 0, 0, 1, 0, 0, 0, 0, 0)
    assert unnamed[:4] == ("имя не указано", 1, 1, 1)
    assert [row[0] for row in _rows(book, "По дням")] == [
        "Начало",
        datetime(2026, 2, 2),
        datetime(2026, 2, 3),
        "без даты",
    ]
    assert book["Менеджеры"]["D2"].number_format == "0.0%"


def test_lines_of_calls_stand_with_their_rows(summary_of: Summarize) -> None:
    """And their day."""
    rows = _rows(_write(summary_of, make_scored(ROWS)), "Трудные звонки")
    day = datetime(2026, 2, 2)
    assert ("1", "Анна", day, 1, 2, "цена", "слишком дорого") in rows


@pytest.mark.parametrize(
    "hostile",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(1)",
        "https://bad.example",
        "mailto:x",
        "{=1}",
        "0123",
        "_x0041_",
    ],
)
def test_words_stay_words(summary_of: Summarize, hostile: str) -> None:
    """No formula, no link, no number."""
    book = _write(summary_of, make_scored([f"{hostile},,{hostile},Клиент,{hostile}|цена"]))
    assert book["Менеджеры"]["A2"].value == hostile
    assert book["Трудные звонки"]["A2"].value == hostile
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


def test_personal_data_are_hidden(summary_of: Summarize) -> None:
    """As on the page."""
    rows = ["1,,,Клиент,это дорого 8 900 000-00-00|цена", "1,,,Клиент,да|нет возражения"] * 5
    book = _write(summary_of, make_scored(rows))
    assert _rows(book, "Трудные звонки")[1][-1] == "это дорого [телефон]"
    assert _rows(book, "Формулировки")[1][-1] == "это дорого [телефон]"


@pytest.mark.parametrize("rows", [[], ["дорого|цена"], ["да|нет возражения"]])
def test_any_file_has_a_workbook(summary_of: Summarize, rows: list[str]) -> None:
    """With what is missing said in its overview."""
    book = _write(summary_of, make_scored(rows, "text"))
    overview = _rows(book, "Сводка")
    assert sum(row[0] == "Чего нет в отчёте" for row in overview) == 4
    assert "Менеджеры" not in book.sheetnames
