"""The review queue goes out into a file and comes back labelled."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from objections.errors import BadRowsError, DataError
from objections.labels import CATEGORIES
from service.review_files import COLUMNS, Reviewed, export_review, import_review
from service.store.corrections import latest_corrections
from service.store.database import Database
from service.store.review import Doubtful, offer, waiting

LINES = [
    Doubtful("ну это надо считать", "цена", 0.5, "КЭВ", "m1"),
    Doubtful("мы подумаем", "отказ", 0.6, "ЛПР", "m1", speaker="client"),
    Doubtful("алло", "нет возражения", 0.55, None, "m1"),
]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A database with three lines that wait."""
    opened = Database.open(f"sqlite:///{tmp_path / 'feedback.db'}")
    with opened.session() as session:
        offer(session, LINES, most=100, days=30)
    return opened


def _export(database: Database, path: Path) -> None:
    with database.session() as session:
        assert export_review(session, str(path), 100) == 3


def _import(database: Database, path: Path, author: str = "anna") -> Reviewed:
    with database.session() as session:
        return import_review(session, path, author, CATEGORIES)


def _corrections(database: Database) -> list[tuple[str, str, str]]:
    with database.session() as session:
        return [(one.text, one.category, one.term) for one in latest_corrections(session)]


def _fill_in(path: Path, *cells: tuple[str | None, str | None, str | None]) -> None:
    """Fill in label, term and answer in a spreadsheet, row by row."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for number, row in enumerate(cells, 2):
        for place, value in enumerate(row, COLUMNS.index("label") + 1):
            sheet.cell(number, place, value)
    book.save(path)


def test_a_workbook_goes_out_and_comes_back(database: Database, tmp_path: Path) -> None:
    """The most doubtful line first; taken twice, it changes nothing."""
    path = tmp_path / "review.xlsx"
    _export(database, path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        "ну это надо считать",
        "алло",
        "мы подумаем",
    ]
    _fill_in(path, ("цена", None, None), (None, None, "не клиент"), (None, None, None))
    assert _import(database, path) == Reviewed(answered=2, empty=1, gone=0)
    assert _corrections(database) == [("ну это надо считать", "цена", "Возражение")]
    assert _import(database, path) == Reviewed(answered=2, empty=1, gone=0)
    assert len(_corrections(database)) == 1
    with database.session() as session:
        assert waiting(session) == 1


def test_what_somebody_else_has_answered_is_counted(database: Database, tmp_path: Path) -> None:
    """And left as it is."""
    path = tmp_path / "review.xlsx"
    _export(database, path)
    _fill_in(path, ("цена", None, None))
    _import(database, path)
    _fill_in(path, ("отказ", None, None))
    assert _import(database, path, "boris") == Reviewed(answered=0, empty=2, gone=1)
    assert _corrections(database) == [("ну это надо считать", "цена", "Возражение")]


def test_wrong_answers_are_all_named_and_nothing_is_taken(database: Database, tmp_path: Path) -> None:
    """By row and column."""
    path = tmp_path / "review.xlsx"
    _export(database, path)
    _fill_in(path, ("цена", None, None), ("дорого", "кэв", None), (None, None, "потом"))
    with pytest.raises(BadRowsError) as caught:
        _import(database, path)
    assert [(one.row, one.column) for one in caught.value.rows] == [(3, "label"), (3, "term"), (4, "answer")]
    assert _corrections(database) == []


def test_label_studio_gets_tasks_and_gives_them_back(database: Database, tmp_path: Path) -> None:
    """With the model's answer as a prediction; a skipped task is skipped."""
    path = tmp_path / "tasks.json"
    _export(database, path)
    tasks: list[Any] = json.loads(path.read_text(encoding="utf-8"))
    assert tasks[0]["predictions"][0]["result"][0]["value"] == {"choices": ["цена"]}
    for task, choice in zip(tasks, ("отказ", None, None), strict=True):
        value = {"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": [choice]}}
        task["annotations"] = [{"result": [value] if choice else [], "was_cancelled": choice is None}]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    assert _import(database, path) == Reviewed(answered=3, empty=0, gone=0)
    assert _corrections(database) == [("ну это надо считать", "отказ", "Возражение")]


def test_a_file_that_is_not_of_the_queue_is_told(database: Database, tmp_path: Path) -> None:
    """With the command that writes one."""
    path = tmp_path / "calls.csv"
    path.write_text("text\nдорого\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"no column review_id and no column label.*review export"):
        _import(database, path)
    with pytest.raises(DataError, match="cannot be read"):
        _import(database, tmp_path / "none.csv")
