"""Label Studio: tasks as lines, and with their labels."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.errors import DataError
from objections.transcripts.label_studio import FORMATS, LabelledTask, read_labels
from tests.objections.transcripts.golden import document, expected, golden, read, rows

JSON, JSON_MIN = FORMATS


def _labels(content: Any) -> list[tuple[str | None, str | None, bool]]:
    return [_said(task) for task in read_labels(document(content))]


def _said(task: LabelledTask) -> tuple[str | None, str | None, bool]:
    return task.category, task.glossary, task.cancelled


def _annotation(category: str, **fields: object) -> dict[str, Any]:
    result = {"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": [category]}}
    return {"result": [result], **fields}


def _task(*annotations: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"data": {"text": "дорого"}, "annotations": list(annotations)}]


@pytest.mark.parametrize("file", ["label-studio.json", "label-studio-fields.json"])
def test_golden_files_of_json(file: str) -> None:
    """Every task is a line, also skipped ones; the words are found where the project has them."""
    assert JSON.recognizes(golden(file))
    assert rows(JSON.read(golden(file))) == expected(file)


def test_golden_file_of_json_min() -> None:
    """Rows of one task are one line; the same words in two tasks are two."""
    assert JSON_MIN.recognizes(golden("label-studio-min.json"))
    assert rows(JSON_MIN.read(golden("label-studio-min.json"))) == expected("label-studio-min.json")


def test_labels_of_json() -> None:
    """Ground truth counts before what is later, the later before what stands below, skipped not at all."""
    assert [_said(task) for task in read_labels(golden("label-studio.json"))] == [
        ("цена", "КЭВ", False),
        (None, None, True),
        ("отказ", None, False),
        (None, None, False),
    ]


def test_labels_under_the_other_names() -> None:
    """`category` and `term` mean the same as `label` and `glossary`; two choices cannot pass for one."""
    assert [_said(task)[:2] for task in read_labels(golden("label-studio-fields.json"))] == [
        ("сомнение в качестве", "Возражение"),
        (None, None),
        (None, None),
        ("отказ, цена", None),
        (None, None),
    ]


def test_labels_of_json_min() -> None:
    """A cell may hold the choice, an object of choices or JSON in a string."""
    assert [_said(task) for task in read_labels(golden("label-studio-min.json"))] == [
        ("цена", "КЭВ", False),
        ("отказ, сомнение в качестве", None, False),
        ("отказ", "Ледоруб", False),
        (None, None, False),
        ("нет возражения", None, False),
        ("нет возражения", None, False),
    ]


def test_a_task_comes_with_what_it_was_imported_with() -> None:
    """The trade and the batch of a labelled line stand there."""
    first = next(iter(read_labels(golden("label-studio.json"))))
    assert (first.number, first.text, first.speaker, first.call_id, first.data["industry"]) == (
        1,
        "Дороговато выходит, если честно",
        "Клиент",
        "c-17",
        "окна",
    )


def test_columns_of_the_export_are_not_what_was_imported() -> None:
    """Who labelled a row and when does not belong to the task."""
    first = next(iter(read_labels(golden("label-studio-min.json"))))
    assert first.data.keys() == {"text", "speaker", "call_id"}


def test_of_two_at_the_same_time_the_last_counts() -> None:
    """Files without times are in the order in which people labelled."""
    assert _labels(_task(_annotation("цена"), _annotation("отказ"))) == [("отказ", None, False)]


def test_a_skipped_task_may_be_labelled_by_another() -> None:
    """It is cancelled where everybody skipped it."""
    skipped = _annotation("отказ", was_cancelled=True, updated_at="2026-01-02")
    assert _labels(_task(_annotation("цена", updated_at="2026-01-01"), skipped)) == [("цена", None, False)]
    assert _labels(_task(skipped, skipped)) == [(None, None, True)]


def test_words_that_are_no_words_are_told_with_the_fields_there_are() -> None:
    """A task about a recording has no line to read."""
    content = [*_task(), {"data": {"audio": "a.wav", "client": "b", "parts": []}, "annotations": []}]
    said = r"call\.json, item 2: no text: the fields of its data are audio, client, parts; name the one"
    with pytest.raises(DataError, match=said):
        read(JSON, content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([{"id": 1, "annotations": []}], r"item 1\.data: Field required"),
        ([{"data": ["да"], "annotations": []}], r"item 1\.data: Input should be an object"),
        (
            [{"data": {"text": "да"}, "annotations": [5]}],
            r"item 1\.annotations\.0: Input should be an object",
        ),
        ([{"data": {}, "annotations": []}], r"item 1: no text: the fields of its data are none"),
        ([7], r"item 1: Input should be an object"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(content: Any, said: str) -> None:
    """In the words of the file."""
    with pytest.raises(DataError, match=said):
        read(JSON, content)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"annotation_id": st.integers(), "annotator": st.just(1), "text": st.sampled_from("абв")},
            optional={"id": st.integers(1, 3)},
        ),
        min_size=1,
    )
)
def test_no_task_of_json_min_is_lost(written: list[dict[str, Any]]) -> None:
    """Rows are one task where number and words are the same."""
    known = {(row["id"], row["text"]) for row in written if "id" in row}
    unknown = [row["text"] for row in written if "id" not in row]
    texts = [text for *_, text in read(JSON_MIN, written)]
    assert sorted(texts) == sorted([*(text for _, text in known), *unknown])


def test_what_is_no_row_of_json_min_is_named() -> None:
    """Rows are objects."""
    with pytest.raises(DataError, match=r"item 2: Input should be an object"):
        read(JSON_MIN, [{"annotation_id": 1, "annotator": 1, "text": "да"}, "да"])


@pytest.mark.parametrize(
    "other",
    [
        [{"text": "да", "speaker": "Гость"}],
        [{"id": 1, "text": "да", "label": "цена"}],
        [{"data": "да", "annotations": []}],
        {"result": 1000, "data": []},
        {"annotations": [], "images": []},
        {"data": {"transcript": {"sentences": []}}},
        [],
    ],
)
def test_files_of_others_are_not_taken(other: Any) -> None:
    """Tables in JSON among them, also labelled ones."""
    assert not JSON.recognizes(document(other))
    assert not JSON_MIN.recognizes(document(other))
