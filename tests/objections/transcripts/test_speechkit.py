"""Reading SpeechKit."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.errors import DataError
from objections.transcripts.speechkit import FORMATS
from tests.objections.transcripts.recognised import (
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
CHUNKS = st.lists(
    st.fixed_dictionaries(
        {
            "alternatives": st.lists(st.fixed_dictionaries({"text": st.text(), "words": st.just([])})),
            "channelTag": CHANNELS,
        }
    )
)
UPDATES = st.fixed_dictionaries(
    {
        "alternatives": st.lists(
            st.fixed_dictionaries(
                {"text": st.text()}, optional={"startTimeMs": MILLISECONDS, "endTimeMs": MILLISECONDS}
            ),
            min_size=1,
        ),
        "channelTag": CHANNELS,
    }
)


def _final(text: str, start: int, end: int, channel: str = "1") -> dict[str, Any]:
    alternative = {"text": text, "startTimeMs": str(start), "endTimeMs": str(end)}
    return {"alternatives": [alternative], "channelTag": channel}


@pytest.mark.parametrize("file", golden(FORMATS))
def test_golden_files_are_told_and_read(file: str) -> None:
    """Each variant gives the lines written beside it, and no other format takes it."""
    check_golden(file)


def test_a_recognition_without_speech_is_told_by_its_type() -> None:
    """It has no chunks at all, which is no error."""
    kind = "type.googleapis.com/yandex.cloud.ai.stt.v2.LongRunningRecognitionResponse"
    operation = {"done": True, "response": {"@type": kind}}
    assert tell(open_values(operation)) == ["speechkit-v2"]
    assert read("speechkit-v2", operation) == []


def test_several_recognitions_in_one_file_are_several_calls() -> None:
    """They are numbered, for their own ids name no calls."""
    operation = {"id": "e03", "response": {"chunks": [{"alternatives": [{"text": "да"}]}]}}
    assert tell(open_values(operation, operation)) == ["speechkit-v2"]
    assert [line.call_id for line in read("speechkit-v2", operation, operation)] == ["1", "2"]


@pytest.mark.parametrize("response", [{"sessionUuid": {"uuid": "a"}}, {"audioCursors": {"finalIndex": "0"}}])
@pytest.mark.parametrize(
    "event", [{"eouUpdate": {"timeMs": "1"}}, {"statusCode": {"codeType": "WORKING"}}, {}]
)
def test_a_stream_is_told_whatever_comes_first(response: dict[str, Any], event: dict[str, Any]) -> None:
    """The first response is seldom a final."""
    assert tell(open_values({"result": {**response, **event}}, {})) == ["speechkit-v3"]


@pytest.mark.parametrize(
    "response",
    [
        {"final": _final("да", 0, 1)},
        {"partial": _final("да", 0, 1)},
        {"finalRefinement": {"finalIndex": "0", "normalizedText": _final("Да.", 0, 1)}},
    ],
)
def test_a_stream_without_a_session_is_told_by_what_it_says(response: dict[str, Any]) -> None:
    """Users keep what they need of a response."""
    assert tell(open_values(response)) == ["speechkit-v3"]


def test_refinements_may_all_come_at_the_end() -> None:
    """In whatever order."""
    finals = [{"final": _final(text, place, place + 1)} for place, text in enumerate(["раз", "два"])]
    refined = [
        {"finalRefinement": {"finalIndex": str(place), "normalizedText": _final(text, place, place + 1)}}
        for place, text in enumerate(["Раз.", "Два."])
    ]
    lines = read("speechkit-v3", *finals, *reversed(refined))
    assert [line.text for line in lines] == ["Раз.", "Два."]


def test_refinements_find_finals_by_times_where_indices_are_counted_otherwise() -> None:
    """Here over both channels, and from one."""
    stream = [
        response
        for place, channel in enumerate(["0", "1", "0"], 1)
        for response in (
            {"final": _final(f"раз {place}", place, place + 1, channel)},
            {
                "finalRefinement": {
                    "finalIndex": str(place),
                    "normalizedText": _final(f"Раз, {place}.", place, place + 1, channel),
                }
            },
        )
    ]
    lines = read("speechkit-v3", *stream)
    assert [(line.speaker, line.text) for line in lines] == [
        ("0", "Раз, 1."),
        ("1", "Раз, 2."),
        ("0", "Раз, 3."),
    ]


def test_an_empty_refinement_takes_no_words_away() -> None:
    """What was recognised stays."""
    refinement = {"finalIndex": "0", "normalizedText": {"alternatives": [], "channelTag": "1"}}
    (line,) = read("speechkit-v3", {"final": _final("дорого", 0, 1)}, {"finalRefinement": refinement})
    assert line.text == "дорого"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("speechkit-v2", '{"done": false, "id": "e03"}', "response: Field required"),
        (
            "speechkit-v2",
            '{"chunks": [{"alternatives": [{"words": []}]}]}',
            r"chunks\.0\.alternatives\.0\.text: Field required",
        ),
        (
            "speechkit-v3",
            '{"final": {"alternatives": [{"text": "да"}]}}\n{"final": {"alternatives": [{"text": 5}]}}',
            r"value 2\.final\.alternatives\.0\.text: Input should be a valid string",
        ),
        (
            "speechkit-v3",
            '{"finalRefinement": {"finalIndex": "первый", "normalizedText": {}}}',
            r"value 1\.finalRefinement\.finalIndex: Input should be a valid integer",
        ),
    ],
)
def test_what_is_needed_and_missing_is_named(name: str, content: str, said: str) -> None:
    """The message names the file and the place."""
    with pytest.raises(DataError, match=f"звонок.json: {said}"):
        list(find(name).read(open_document(content)))


@given(CHUNKS)
def test_no_chunk_is_lost(chunks: list[dict[str, Any]]) -> None:
    """Every chunk is a line, with what was recognised first."""
    lines = read("speechkit-v2", {"response": {"chunks": chunks}})
    assert [line.speaker for line in lines] == [chunk["channelTag"] for chunk in chunks]
    assert [line.text for line in lines] == [
        chunk["alternatives"][0]["text"].strip() if chunk["alternatives"] else "" for chunk in chunks
    ]


@given(st.lists(UPDATES), st.booleans())
def test_no_final_is_lost(updates: list[dict[str, Any]], wrapped: bool) -> None:  # noqa: FBT001 (drawn)
    """Every final is a line; partials are none."""
    responses = [{key: update} for update in updates for key in ("partial", "final")]
    lines = read("speechkit-v3", *({"result": response} if wrapped else response for response in responses))
    assert [line.text for line in lines] == [update["alternatives"][0]["text"].strip() for update in updates]


@given(st.lists(UPDATES), st.randoms(use_true_random=False))
def test_each_refinement_replaces_its_final(updates: list[dict[str, Any]], random: Any) -> None:
    """By its index in the channel, in whatever order they come."""
    counted = {"0": 0, "1": 0}
    refinements = []
    for place, update in enumerate(updates):
        refined = {**update, "alternatives": [{**update["alternatives"][0], "text": f"фраза {place}"}]}
        index = counted[update["channelTag"]]
        refinements.append({"finalRefinement": {"finalIndex": str(index), "normalizedText": refined}})
        counted[update["channelTag"]] += 1
    random.shuffle(refinements)
    lines = read("speechkit-v3", *({"final": update} for update in updates), *refinements)
    assert [line.text for line in lines] == [f"фраза {place}" for place in range(len(updates))]
