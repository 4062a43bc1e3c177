"""MANGO OFFICE transcripts."""

from typing import Any

import pytest

from objections.errors import DataError
from objections.transcripts.mango import FORMATS
from tests.objections.transcripts.golden import document, expected, golden, read, rows

(MANGO,) = FORMATS


def _answer(*phrases: list[Any], recording_id: object = "r", names: object = None) -> dict[str, Any]:
    recording = {"recording_id": recording_id, "names": names, "phrases": list(phrases)}
    return {"result": 1000, "data": [recording]}


@pytest.mark.parametrize("file", ["mango.json", "mango-channels.json"])
def test_golden_files(file: str) -> None:
    """The format is told, and every phrase of every recording is read."""
    assert MANGO.recognizes(golden(file))
    assert rows(MANGO.read(golden(file))) == expected(file)


@pytest.mark.parametrize("written", ["MTo=", '"MTo="', " MTo= "])
def test_a_recording_is_named_as_the_system_names_it(written: str) -> None:
    """Also where the name is JSON inside JSON."""
    assert read(MANGO, _answer(["client", "да"], recording_id=written)) == [
        [None, None, "client", "MTo=", "да"]
    ]


@pytest.mark.parametrize("written", ['"MTo', '"', "{MTo}"])
def test_a_name_that_is_no_json_stays(written: str) -> None:
    """A quotation mark alone makes no JSON."""
    assert read(MANGO, _answer(["client", "да"], recording_id=written))[0][3] == written


def test_pages_of_an_export_may_follow_one_another() -> None:
    """The system gives up to 500 recordings at once."""
    pages = [_answer(["client", "дорого"], recording_id="1"), _answer(["client", "беру"], recording_id="2")]
    assert [row[3:] for row in read(MANGO, pages)] == [["1", "дорого"], ["2", "беру"]]


@pytest.mark.parametrize(
    "answer",
    [
        {"result": 3105},
        {"result": "3105", "data": []},
        {"result": 3105, "data": None, "message": "no access"},
    ],
)
def test_an_error_of_the_system_is_said_with_its_code(answer: dict[str, Any]) -> None:
    """Who asked in vain learns it from here, not from a report without lines."""
    assert MANGO.recognizes(document(answer))
    with pytest.raises(DataError, match=r"call\.json .*MANGO OFFICE, result 3105: look the code up"):
        read(MANGO, answer)


def test_an_answer_without_recordings_has_no_lines() -> None:
    """It is no error to have nothing."""
    answer = {"result": 1000, "data": []}
    assert MANGO.recognizes(document(answer))
    assert read(MANGO, answer) == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"result": 1000}, r"call\.json: data: Field required"),
        ({"result": "ok"}, r"call\.json: result: .*valid integer"),
        (_answer(["client"]), r"data\.0\.phrases\.0: List should have at least 2 items"),
        (_answer(["client", ["да"]]), r"data\.0\.phrases\.0\.1: Input should be a valid string"),
        ({"result": 1000, "data": [{"recording_id": "r", "categories": []}]}, r"data\.0\.phrases: Field req"),
        ([_answer(["client", "да"]), 7], r"call\.json: item 2: Input should be an object"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(answer: Any, said: str) -> None:
    """Nothing that is needed is guessed."""
    with pytest.raises(DataError, match=said):
        read(MANGO, answer)


@pytest.mark.parametrize(
    "other",
    [
        {"result": 1000, "data": [{"recording_id": "r", "categories": []}]},
        {"result": {"final": {}}},
        {"result": [{"results": []}]},
        {"result": {"transcription": {"segments": []}}},
        {"result": True},
        {"result": 1000},
        {"data": []},
        {"data": {"transcript": {"sentences": []}}},
    ],
)
def test_answers_of_others_are_not_taken(other: dict[str, Any]) -> None:
    """Themes of the same system among them: they hold no words."""
    assert not MANGO.recognizes(document(other))
