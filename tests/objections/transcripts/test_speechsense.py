"""Reading SpeechSense."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.errors import DataError
from objections.transcripts.speechsense import FORMATS
from tests.objections.transcripts.recognised import (
    JSON,
    check_golden,
    find,
    golden,
    open_document,
    open_values,
    read,
    tell,
)

MILLISECONDS = st.integers(0, 10**9).map(str)
CHANNELS = st.sampled_from(["0", "1"])
TALKS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.text(min_size=1),
            "transcription": st.fixed_dictionaries(
                {
                    "phrases": st.lists(
                        st.fixed_dictionaries(
                            {"phrase": st.fixed_dictionaries({"text": st.text()})},
                            optional={"channelNumber": CHANNELS, "startTimeMs": MILLISECONDS},
                        )
                    )
                }
            ),
        }
    )
)
MESSAGES = st.lists(
    st.fixed_dictionaries(
        {"text": st.text()},
        optional={
            "user_id": st.text() | st.integers(),
            "timestamp": st.datetimes(timezones=st.none() | st.timezones()).map(datetime.isoformat) | JSON,
        },
    )
)


@pytest.mark.parametrize("file", golden(FORMATS))
def test_golden_files_are_told_and_read(file: str) -> None:
    """Each variant gives the lines written beside it, and no other format takes it."""
    check_golden(file)


@pytest.mark.parametrize("fields", ["talkFields", "talk_fields"])
def test_a_talk_that_is_not_recognised_yet_has_no_lines(fields: str) -> None:
    """It is told by its fields."""
    talks = {"talk": [{"id": "a", fields: []}]}
    assert tell(open_values(talks)) == ["speechsense-talk"]
    assert read("speechsense-talk", talks) == []


def test_talks_may_stand_outside_the_answer() -> None:
    """As an array, or one after another."""
    phrase = {"phrase": {"text": "да"}, "endTimeMs": "900"}
    talks = [{"id": name, "transcription": {"phrases": [phrase]}} for name in ("a", "b")]
    for values in ([talks], talks):
        assert tell(open_values(*values)) == ["speechsense-talk"]
        assert [line.call_id for line in read("speechsense-talk", *values)] == ["a", "b"]


def test_dates_with_and_without_a_zone_are_of_one_clock() -> None:
    """A date without a zone is UTC, a number counts seconds since 1970."""
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    dates = ["2026-01-01T15:00:01+03:00", "2026-01-01T12:00:00", noon.timestamp() + 2]
    lines = read("speechsense-chat", {"messages": [{"text": "да", "timestamp": date} for date in dates]})
    assert [line.start for line in lines] == [1, 0, 2]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("speechsense-talk", '{"talk": [{"transcription": {}}]}', r"talk\.0\.id: Field required"),
        ("speechsense-chat", '{"messages": [{"user_id": "c1"}]}', r"messages\.0\.text: Field required"),
    ],
)
def test_what_is_needed_and_missing_is_named(name: str, content: str, said: str) -> None:
    """The message names the file and the place."""
    with pytest.raises(DataError, match=f"звонок.json: {said}"):
        list(find(name).read(open_document(content)))


@given(TALKS)
def test_no_phrase_is_lost(talks: list[dict[str, Any]]) -> None:
    """Every phrase is a line of its talk."""
    lines = read("speechsense-talk", {"talk": talks})
    assert [(line.call_id, line.text) for line in lines] == [
        (talk["id"].strip() or None, phrase["phrase"]["text"].strip())
        for talk in talks
        for phrase in talk["transcription"]["phrases"]
    ]


@given(MESSAGES)
def test_no_message_is_lost(messages: list[dict[str, Any]]) -> None:
    """Every message is a line, and none is before the first."""
    lines = read("speechsense-chat", {"messages": messages})
    assert [line.text for line in lines] == [message["text"].strip() for message in messages]
    assert all(line.start is None or line.start >= 0 for line in lines)
