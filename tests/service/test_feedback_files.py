"""Corrections as labelled files, and back."""

from pathlib import Path

import pytest

from objections.classifier import Classifier
from objections.errors import BadRowsError
from objections.phrases import read_phrases
from service.feedback_files import export_feedback, import_feedback
from service.store.database import Database

LINES = "text,category,glossary,speaker\nнадо считать,цена,КЭВ,client\nпишите на a@b.ru,нет возражения,,\n"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """An empty database."""
    return Database.open(f"sqlite:///{tmp_path / 'feedback.db'}")


def _import(database: Database, path: Path, classifier: Classifier) -> tuple[int, int]:
    with database.session() as session:
        return import_feedback(session, path, "anna", classifier, masked=True)


def test_the_same_file_taken_twice_changes_nothing(
    database: Database, tmp_path: Path, shipped: Classifier
) -> None:
    """What was known is counted."""
    path = tmp_path / "labelled.csv"
    path.write_text(LINES, encoding="utf-8")
    assert _import(database, path, shipped) == (2, 0)
    assert _import(database, path, shipped) == (0, 2)


def test_what_goes_out_is_a_labelled_file(database: Database, tmp_path: Path, shipped: Classifier) -> None:
    """That training reads, with personal data masked."""
    path, out = tmp_path / "labelled.csv", tmp_path / "feedback.csv"
    path.write_text(LINES, encoding="utf-8")
    _import(database, path, shipped)
    with database.session() as session:
        assert export_feedback(session, str(out)) == (2, 0)
    assert [(one.text, one.category, one.glossary, one.source) for one in read_phrases(out)] == [
        ("надо считать", "цена", "КЭВ", "feedback"),
        ("пишите на [почта]", "нет возражения", "", "feedback"),
    ]


def test_a_bad_row_stops_the_whole_file(database: Database, tmp_path: Path, shipped: Classifier) -> None:
    """Nothing is stored."""
    path = tmp_path / "labelled.csv"
    path.write_text(LINES + "нет,дорого,,\n", encoding="utf-8")
    with pytest.raises(BadRowsError, match="row 4, column category"):
        _import(database, path, shipped)
    with database.session() as session:
        assert export_feedback(session, str(tmp_path / "out.csv")) == (0, 0)
