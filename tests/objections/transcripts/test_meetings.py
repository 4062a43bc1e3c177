"""Gong and Fireflies."""

from typing import Any

import pytest

from objections.errors import DataError
from objections.transcripts.meetings import FORMATS
from tests.objections.transcripts.golden import document, expected, golden, read, rows

GONG, FIREFLIES = FORMATS
SENTENCE = {"speaker_name": "Гость", "text": "да", "start_time": 1, "end_time": 2}


@pytest.mark.parametrize("file", ["gong.json", "gong-parties.json", "gong-metadata.json", "gong-calls.json"])
def test_golden_files_of_gong(file: str) -> None:
    """Milliseconds become seconds; who belongs to the company and who does not is told by the parties."""
    assert GONG.recognizes(golden(file))
    assert rows(GONG.read(golden(file))) == expected(file)


@pytest.mark.parametrize("file", ["fireflies.json", "fireflies-graphql.json", "fireflies-several.json"])
def test_golden_files_of_fireflies(file: str) -> None:
    """Bare or as GraphQL answers, one transcript or several."""
    assert FIREFLIES.recognizes(golden(file))
    assert rows(FIREFLIES.read(golden(file))) == expected(file)


def test_parties_may_stand_on_another_page() -> None:
    """Pages follow one another in a file."""
    call = {"callId": "1", "transcript": [{"speakerId": "7", "sentences": [{"text": "да"}]}]}
    party = {"speakerId": "7", "affiliation": "External"}
    pages = [{"callTranscripts": [call]}, {"callTranscripts": [], "calls": [{"id": "1", "parties": [party]}]}]
    assert read(GONG, pages) == [[None, None, "client", "1", "да"]]


def test_a_speaker_is_looked_up_in_his_own_call() -> None:
    """Numbers of speakers may repeat."""
    monologues = [{"speakerId": 7, "sentences": [{"text": "да"}]}]
    calls = [
        {"callId": 1, "transcript": monologues, "parties": [{"speakerId": 7, "affiliation": "Internal"}]},
        {"callId": 2, "transcript": monologues},
    ]
    assert [row[2:4] for row in read(GONG, {"callTranscripts": calls})] == [["seller", "1"], ["7", "2"]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"calls": []}, r"callTranscripts: Field required"),
        ({"callTranscripts": [{"callId": "1"}]}, r"callTranscripts\.0\.transcript: Field required"),
        ({"callTranscripts": [{"transcript": []}]}, r"callTranscripts\.0\.callId: Field required"),
        (
            {"callTranscripts": [{"callId": "1", "transcript": [{"sentences": [{"start": 1}]}]}]},
            r"callTranscripts\.0\.transcript\.0\.sentences\.0\.text: Field required",
        ),
    ],
)
def test_what_is_wrong_in_gong_is_named(content: Any, said: str) -> None:
    """In the words of the file."""
    with pytest.raises(DataError, match=said):
        read(GONG, content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"errors": [{"message": "no"}], "data": {"transcript": None}}, r"the whole: Input should be an obj"),
        ({"data": {"transcripts": [{"sentences": []}, None]}}, r"item 2: Input should be an object"),
        ({"data": {"user": {}}}, r"sentences: Field required"),
        ({"sentences": [SENTENCE, {"start_time": 3}]}, r"sentences\.1\.text: Field required"),
    ],
)
def test_what_is_wrong_in_fireflies_is_named(content: Any, said: str) -> None:
    """In the words of the file."""
    with pytest.raises(DataError, match=said):
        read(FIREFLIES, content)


def test_a_transcript_that_is_still_made_does_not_hide_the_next() -> None:
    """Its sentences are null."""
    content = {"data": {"transcripts": [{"sentences": None}, {"sentences": [SENTENCE]}]}}
    assert FIREFLIES.recognizes(document(content))


@pytest.mark.parametrize(
    "other",
    [
        {"sentences": [{"text": "да"}]},
        {"sentences": ["да"]},
        {"data": {"text": "да"}, "annotations": []},
        {"callTranscripts": None},
        {"calls": []},
        [{"text": "да", "speaker": "Гость"}],
    ],
)
def test_files_of_others_are_not_taken(other: Any) -> None:
    """Sentences alone make no transcript of Fireflies."""
    assert not GONG.recognizes(document(other))
    assert not FIREFLIES.recognizes(document(other))
