"""Битрикс24, both ways."""

from typing import Any

import pytest

from objections.errors import DataError
from objections.transcripts.bitrix import FORMATS
from tests.objections.transcripts.golden import document, expected, golden, read, rows

WRITE, READ = FORMATS


def _follow_up(**segment: object) -> dict[str, Any]:
    return {"transcription": {"segments": [{"userId": 1, "userName": "Гость", "text": "да", **segment}]}}


@pytest.mark.parametrize("file", ["bitrix24-write.json", "bitrix24-write-lines.jsonl"])
def test_golden_files_of_what_is_written(file: str) -> None:
    """The format is told, and every message is read with its role."""
    assert WRITE.recognizes(golden(file))
    assert rows(WRITE.read(golden(file))) == expected(file)


@pytest.mark.parametrize("file", ["bitrix24-read.json", "bitrix24-read-wrapped.json"])
def test_golden_files_of_what_is_read(file: str) -> None:
    """The format is told, and every segment is read with the user's name."""
    assert READ.recognizes(golden(file))
    assert rows(READ.read(golden(file))) == expected(file)


def test_calls_without_a_name_are_told_apart_by_their_order() -> None:
    """Lines of two calls are not mixed up."""
    message = {"SIDE": "Client", "MESSAGE": "да"}
    assert [row[3] for row in read(WRITE, [{"MESSAGES": [message, message]}, {"MESSAGES": [message]}])] == [
        "1",
        "1",
        "2",
    ]


def test_a_time_that_cannot_be_read_is_no_time() -> None:
    """A line is not lost for it."""
    assert read(READ, _follow_up(start="вчера", end={})) == [[None, None, "Гость", None, "да"]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"CALL_ID": "x"}, r"MESSAGES: Field required"),
        ({"MESSAGES": [{"SIDE": "User"}]}, r"MESSAGES\.0\.MESSAGE: Field required"),
        ({"MESSAGES": {}}, r"MESSAGES: Input should be a valid list"),
    ],
)
def test_what_is_wrong_in_what_is_written_is_named(content: Any, said: str) -> None:
    """In the words of the file."""
    with pytest.raises(DataError, match=said):
        read(WRITE, content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"result": {"transcription": None}}, r"transcription: Input should be an object"),
        ({"error": "ACCESS_DENIED"}, r"transcription: Field required"),
        (_follow_up(text=7.5)["transcription"], r"transcription: Field required"),
        (
            [_follow_up(), _follow_up(text=["да"])],
            r"item 2\.transcription\.segments\.0\.text: .*valid string",
        ),
    ],
)
def test_what_is_wrong_in_what_is_read_is_named(content: Any, said: str) -> None:
    """In the words of the file."""
    with pytest.raises(DataError, match=said):
        read(READ, content)


@pytest.mark.parametrize(
    "other",
    [
        {"segments": [{"start": 0.0, "end": 1.0, "text": "да"}], "language": "ru"},
        {"transcription": {"phrases": []}},
        {"transcription": {"segments": [{"start": 0.0, "text": "да"}]}},
        {"transcription": "да"},
        {"messages": [{"user_id": "c1", "text": "да"}]},
        {"result": [{"results": []}]},
        {"CALL_ID": "x", "text": "да"},
    ],
)
def test_answers_of_others_are_not_taken(other: dict[str, Any]) -> None:
    """Recognisers call their segments so too."""
    assert not WRITE.recognizes(document(other))
    assert not READ.recognizes(document(other))
