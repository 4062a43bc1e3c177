"""Reading scored tables."""

import io
from datetime import date

import pytest

from objections.document import Document
from objections.errors import DataError
from objections.tables.delimited import DelimitedTable
from service.columns import ADDED
from service.report.scored import ColumnNames, ScoredLine, ScoredTable
from tests.support import make_scored

ADDED_COLUMNS = ",".join(ADDED)


def _read(content: bytes, **names: str) -> list[ScoredLine]:
    return list(
        ScoredTable(DelimitedTable(Document(io.BytesIO(content), "scored.csv")), ColumnNames(**names))
    )


def test_a_row_is_read_with_its_call_manager_and_day() -> None:
    """Columns are found by their usual names."""
    (line,) = _read(make_scored(["7,01.02.2026 10:15,Анна,Клиент,дорого|цена"]))
    assert line == ScoredLine(
        2, "дорого", "7", "Анна", date(2026, 2, 1), "цена", 0.91, uncertain=False, term="Возражение"
    )


@pytest.mark.parametrize(
    "columns",
    [
        "Звонок,Дата,Менеджер,Спикер,Текст",
        "recording_id,created_at,agent,role,utterance",
        "ID звонка,date,ФИО менеджера,speaker,фраза",
        "CALL_ID,Дата звонка,Сотрудник,говорящий,реплика",
    ],
)
def test_columns_have_many_usual_names(columns: str) -> None:
    """In either language, whatever the case, with an underscore or a space."""
    (line,) = _read(make_scored(["7,2026-02-01,Анна,Клиент,дорого|цена"], columns))
    assert (line.call, line.manager, line.day, line.text) == ("7", "Анна", date(2026, 2, 1), "дорого")


def test_columns_can_be_named() -> None:
    """Each of the five."""
    (line,) = _read(
        make_scored(["7,2026-02-01,Анна,Клиент,дорого|цена"], "a,b,c,d,e"),
        call="a",
        date="b",
        manager="c",
        speaker="d",
        text="e",
    )
    assert (line.call, line.manager, line.day, line.text) == ("7", "Анна", date(2026, 2, 1), "дорого")


@pytest.mark.parametrize("column", ["text", "speaker", "call", "manager", "date"])
def test_a_named_column_that_is_missing_is_told(column: str) -> None:
    """With the columns that there are."""
    with pytest.raises(DataError, match="no column «нет такого»; its columns are: call, date"):
        _read(make_scored([]), **{column: "нет такого"})


@pytest.mark.parametrize(
    "header",
    ["text", "text,category,glossary", "text,category,confidence,uncertain"],
)
def test_a_table_that_was_never_scored_is_told(header: str) -> None:
    """Labelled data have a category too, and are no answers of a model."""
    with pytest.raises(DataError, match=r"is not scored.*Run `objections score scored.csv"):
        _read(f"{header}\nдорого".encode())


def test_columns_added_under_a_prefix_are_found() -> None:
    """The input's own category is not the model's."""
    prefixed = ADDED_COLUMNS.replace("category", "model_category").replace("confidence", "model_confidence")
    prefixed = prefixed.replace("uncertain", "model_uncertain").replace("glossary", "model_glossary")
    (line,) = _read(f"category,text,{prefixed}\nпо телефону,дорого,цена,0.5,true,0,0,0,0,КЭВ".encode())
    assert (line.category, line.confidence, line.uncertain, line.term) == ("цена", 0.5, True, "КЭВ")


def test_what_a_russian_spreadsheet_saves_is_read() -> None:
    """Decimal commas, ИСТИНА, a short row, a category typed by hand."""
    rows = f"text;{ADDED_COLUMNS.replace(',', ';')}\nдорого; Цена ;0,75;ИСТИНА\nда"
    first, second = _read(rows.encode("cp1251"))
    assert (first.category, first.confidence, first.uncertain) == ("цена", 0.75, True)
    assert second.category is None


def test_the_seller_is_not_counted_even_where_scored() -> None:
    """The column may be named only now."""
    lines = _read(make_scored(["Оператор,дорого|цена", "Клиент,дорого|цена"], "кто,text"), speaker="кто")
    assert [line.category for line in lines] == [None, "цена"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("дорого,дорого,0.9,false,0,0,0,0,", "row 2: the category is none of отказ, "),
        ("дорого,цена,много,false,0,0,0,0,", "row 2: the confidence is no number"),
        ("дорого,цена,nan,false,0,0,0,0,", "row 2: the confidence is no number"),
        ("дорого,цена,7,false,0,0,0,0,", "row 2: the confidence is no number"),
        ("да,дорого,цена,0.9,false,0,0,0,0,", "row 2: 10 cells under 9 columns"),
    ],
)
def test_a_cell_that_makes_no_sense_is_told_without_its_words(row: str, said: str) -> None:
    """It may hold what a client said."""
    with pytest.raises(DataError, match=said) as error:
        _read(f"text,{ADDED_COLUMNS}\n{row}".encode())
    assert "дорого" not in str(error.value)


def test_control_characters_are_replaced() -> None:
    """Neither a page nor a workbook can hold them."""
    (line,) = _read(make_scored(["1,,,,доро\x00|цена"]))
    assert line.text == "доро\N{REPLACEMENT CHARACTER}"


def test_a_row_with_bytes_that_are_no_text_is_named() -> None:
    """As for every table."""
    with pytest.raises(DataError, match="row 2: bytes that are no text"):
        _read(make_scored(["1,,,,дорого|цена"]).replace("го".encode(), b"\xd0"))


def test_empty_cells_name_nothing() -> None:
    """No call, no manager, no day."""
    (line,) = _read(make_scored([" ,,  ,Клиент,дорого|цена"]))
    assert (line.call, line.manager, line.day) == (None, None, None)
