"""Finding the columns of the text and what belongs to it."""

import pytest

from objections.errors import DataError
from objections.tables.columns import Columns, find_columns


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["text"], Columns(0)),
        (["call_id", "speaker", "start", "end", "text"], Columns(4, 1, 2, 3, 0)),
        (["Номер звонка", "Начало", "Конец", "Спикер", "Текст"], Columns(4, 3, 1, 2, 0)),
        (["ID звонка", "Время начала", "РЕПЛИКА"], Columns(2, None, 1, None, 0)),
        (["Текст", "text"], Columns(1)),
    ],
)
def test_usual_names_in_both_languages(header: list[str], columns: Columns) -> None:
    """Whatever their case."""
    assert find_columns(header, "файл") == columns


def test_names_that_are_given_come_first() -> None:
    """The usual ones may mean something else."""
    assert find_columns(["text", "Слова", "role", "Кто"], "файл", "слова", "кто") == Columns(1, 3)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({}, "файл has no column any of text, текст.*its columns are: a, b.*--text-column"),
        ({"text_column": "c"}, "файл has no column «c»; its columns are: a, b"),
        ({"text_column": "a", "speaker_column": "c"}, "файл has no column «c»; its columns are: a, b"),
    ],
)
def test_a_column_that_is_missing_is_named_with_those_there_are(named: dict[str, str], said: str) -> None:
    """The error says what to do."""
    with pytest.raises(DataError, match=said):
        find_columns(["a", "b"], "файл", **named)
