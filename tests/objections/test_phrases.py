"""Reading and checking labelled lines."""

import json
from pathlib import Path

import pytest

from objections.errors import BadRowsError, DataError
from objections.phrases import read_phrases
from tests.objections.tables.workbooks import make_workbook, rows

HEADER = "text,category,glossary,speaker,source\n"


def _file(tmp_path: Path, rows: str, header: str = HEADER) -> Path:
    path = tmp_path / "labelled.csv"
    path.write_text(header + rows, encoding="utf-8")
    return path


def _complaints(path: Path) -> list[str]:
    with pytest.raises(BadRowsError) as caught:
        read_phrases(path)
    return [str(row) for row in caught.value.rows]


def test_good_rows_become_phrases(tmp_path: Path) -> None:
    """Text, labels, batch and row are kept."""
    (phrase,) = read_phrases(_file(tmp_path, "дорого,цена,КЭВ,client,b1\n"))
    assert (phrase.text, phrase.category, phrase.glossary, phrase.source, phrase.row) == (
        "дорого",
        "цена",
        "КЭВ",
        "b1",
        2,
    )


def test_text_and_category_are_enough(tmp_path: Path) -> None:
    """Without terms an objection has the default one."""
    phrases = read_phrases(_file(tmp_path, "дорого;цена\nда;нет возражения\n", "text;category\n"))
    assert [phrase.glossary for phrase in phrases] == ["Возражение", ""]


def test_workbooks_and_json_lines_are_read_alike(tmp_path: Path) -> None:
    """Empty cells and missing keys are empty; rows are numbered as each file's program shows them."""
    cells = ["text", "category", "glossary"], ["дорого", "цена", "КЭВ"], ["да", "нет возражения"]
    workbook = tmp_path / "labelled.xlsx"
    workbook.write_bytes(make_workbook(Разметка=rows(["Разметка за май"], *cells)))
    lines = tmp_path / "labelled.jsonl"
    lines.write_text(
        "".join(json.dumps(dict(zip(cells[0], row, strict=False))) + "\n" for row in cells[1:]),
        encoding="utf-8",
    )
    for path, numbers in ((workbook, [3, 4]), (lines, [1, 2])):
        phrases = read_phrases(path)
        assert [(phrase.text, phrase.category, phrase.glossary) for phrase in phrases] == [
            ("дорого", "цена", "КЭВ"),
            ("да", "нет возражения", ""),
        ]
        assert [phrase.row for phrase in phrases] == numbers


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    """With the reason."""
    path = tmp_path / "labelled.jsonl"
    path.write_text('{"text": "да", "category": "нет возражения"}\n{"text"\n', encoding="utf-8")
    assert _complaints(path) == ["row 2: not valid JSON (Expecting ':' delimiter at column 8)"]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (",цена,КЭВ,client,b1", "row 2, column text: is empty"),
        (
            "дорого,Цена,КЭВ,client,b1",
            "row 2, column category: «Цена» is not one of: отказ, сомнение в качестве, цена, нет возражения",
        ),
        ("дорого,цена,КЭ,client,b1", "row 2, column glossary: «КЭ» is not one of: КЭВ, B2P, РОП, ЛПР"),
        ("дорого,цена,,client,b1", "row 2, column glossary: is empty; «цена» needs one of: КЭВ"),
        ("да,нет возражения,Возражение,client,b1", "row 2, column glossary: «Возражение» is for objections"),
        ("дорого,цена,КЭВ,клиент,b1", "row 2, column speaker: «клиент» is not one of: client, seller"),
        ("дорого,цена,КЭВ,seller,b1", "row 2, column category: «цена» said by the seller"),
        ("дорого,цена,КЭВ", "row 2: has 3 cells, the header 5"),
        ("дорого, долго,цена,КЭВ,client,b1", "row 2: 6 cells under 5 columns: put a cell"),
    ],
)
def test_a_bad_row_is_named_with_column_value_and_allowed_values(
    tmp_path: Path, row: str, complaint: str
) -> None:
    """The error can be mended without reading the guide."""
    (said,) = _complaints(_file(tmp_path, row + "\n"))
    assert said.startswith(complaint)


def test_all_bad_rows_are_named_at_once(tmp_path: Path) -> None:
    """Nobody mends a file one run at a time."""
    rows = "а,x,,,\nда,нет возражения,,,\nб,y,,,\n"
    assert [said.split(":")[0] for said in _complaints(_file(tmp_path, rows))] == [
        "row 2, column category",
        "row 4, column category",
    ]


def test_contradictions_name_both_rows(tmp_path: Path) -> None:
    """The same words under two labels cannot both be right, whatever their case."""
    rows = "Ещё подумаю,отказ,Возражение,,\nда,нет возражения,,,\nеще  подумаю,нет возражения,,,\n"
    (said,) = _complaints(_file(tmp_path, rows))
    assert said == ("row 4, column category: «нет возражения», but row 2 has the same text as «отказ»")


def test_contradicting_terms_are_named_too(tmp_path: Path) -> None:
    """One text has one term."""
    (said,) = _complaints(_file(tmp_path, "дорого,цена,КЭВ,,\nДорого,цена,Возражение,,\n"))
    assert said == "row 3, column glossary: «Возражение», but row 2 has the same text as «КЭВ»"


def test_a_long_list_of_complaints_is_cut_and_counted(tmp_path: Path) -> None:
    """A thousand bad rows do not fill the screen."""
    path = _file(tmp_path, "".join(f"строка {n},x,,,\n" for n in range(60)))
    with pytest.raises(BadRowsError, match=r"60 problem\(s\)[\s\S]*… and 10 more"):
        read_phrases(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [("phrase,category\n", "no column text"), (HEADER, "no lines"), ("", "no header")],
)
def test_a_file_without_what_is_needed_is_refused(tmp_path: Path, content: str, said: str) -> None:
    """The error says what is missing."""
    with pytest.raises(DataError, match=said):
        read_phrases(_file(tmp_path, "", content))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The error names the path."""
    with pytest.raises(DataError, match=r"none\.csv cannot be read: No such file"):
        read_phrases(tmp_path / "none.csv")


def test_an_export_of_label_studio_is_a_labelled_file(tmp_path: Path) -> None:
    """Skipped tasks are left out; a bad label is named with its task."""

    def task(text: str, *choices: str, cancelled: bool = False) -> dict[str, object]:
        value = {"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": choices}}
        return {
            "data": {"text": text, "speaker": "Клиент"},
            "annotations": [{"result": [value] if choices else [], "was_cancelled": cancelled}],
        }

    path = tmp_path / "export.json"
    tasks = [task("дорого", "цена"), task("эээ", cancelled=True), task("да", "нет возражения")]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    assert [
        (phrase.text, phrase.category, phrase.glossary, phrase.speaker) for phrase in read_phrases(path)
    ] == [
        ("дорого", "цена", "Возражение", "client"),
        ("да", "нет возражения", "", "client"),
    ]
    path.write_text(json.dumps([*tasks, task("нет", "отказ", "цена")]), encoding="utf-8")
    with pytest.raises(BadRowsError, match=r"row 4, column category: «отказ, цена» is not one of"):
        read_phrases(path)
