"""The columns that scoring adds."""

import pytest

from objections.classifier import Classifier
from objections.errors import DataError
from objections.tables.table import cell_text
from service.columns import ADDED, added_columns, answer_cells

TEXTS = ["это дорого", "добрый день", "ну"]


def test_typed_answers_are_those_of_the_classifier(small: Classifier) -> None:
    """Numbers and truths as such, None where no term helps."""
    cells = list(answer_cells(small.decide(TEXTS), typed=True))
    for row, prediction in zip(cells, small.classify(TEXTS), strict=True):
        assert prediction.scores
        assert row == (
            prediction.category,
            prediction.confidence,
            prediction.uncertain,
            *prediction.scores.values(),
            prediction.suggestion.entry.term if prediction.suggestion else None,
        )
        assert [type(cell) for cell in row[1:7]] == [float, bool, float, float, float, float]


def test_answers_as_text_are_the_same(small: Classifier) -> None:
    """Written as delimited text has them."""
    verdicts = small.decide(TEXTS)
    typed, texts = answer_cells(verdicts, typed=True), answer_cells(verdicts)
    for row, text in zip(typed, texts, strict=True):
        assert text == tuple(map(cell_text, row))


def test_columns_are_named_with_the_prefix() -> None:
    """One that the table has already is refused."""
    assert added_columns(["text", "category"], "файл", "model_") == [f"model_{name}" for name in ADDED]
    with pytest.raises(DataError, match=r"файл already has the column category; .*--prefix"):
        added_columns(["text", "category"], "файл", "")
