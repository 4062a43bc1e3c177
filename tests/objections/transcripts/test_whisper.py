"""Reading Whisper and its kin."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.errors import DataError
from objections.transcripts.whisper import FORMATS
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

SEGMENT = {"start": 1.2, "end": 2.9, "text": "Дорого."}
TIMES = st.floats(0, 1e6)
SEGMENTS = st.lists(
    st.fixed_dictionaries(
        {"id": st.integers(), "seek": st.integers(), "start": TIMES, "end": TIMES, "text": st.text()},
        optional={"words": st.none() | st.lists(JSON), "speaker": st.none() | st.text(), "tokens": JSON},
    )
)


@pytest.mark.parametrize("file", golden(FORMATS))
def test_golden_files_are_told_and_read(file: str) -> None:
    """Each variant gives the lines written beside it, and no other format takes it."""
    check_golden(file)


@pytest.mark.parametrize("decoding", ["seek", "tokens", "avg_logprob", "no_speech_prob", "words"])
def test_one_trace_of_decoding_tells_faster_whisper(decoding: str) -> None:
    """Users write the fields they like; times and text alone may be anybody's."""
    assert tell(open_values([{**SEGMENT, decoding: None}])) == ["faster-whisper"]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"text": "", "segments": [], "language": "ru"}, "whisper-json"),
        ({"segments": [], "word_segments": [], "language": "ru"}, "whisperx-json"),
        ({"segments": [], "language": "ru"}, "whisperx-json"),
    ],
)
def test_a_silent_call_is_told_too(value: Any, name: str) -> None:
    """It has no lines, which is no error."""
    assert tell(open_values(value)) == [name]
    assert read(name, value) == []


def test_the_first_of_two_speakers_with_as_many_words_says_the_segment() -> None:
    """So the answer does not hang on chance."""
    words = [{"word": "а", "speaker": "SPEAKER_01"}, {"word": "б", "speaker": "SPEAKER_00"}]
    (line,) = read("whisperx-json", {"segments": [{**SEGMENT, "words": words}]})
    assert line.speaker == "SPEAKER_01"


def test_a_speaker_of_the_segment_outweighs_its_words() -> None:
    """WhisperX tells it by seconds, not by words."""
    segment = {**SEGMENT, "speaker": "SPEAKER_00", "words": [{"word": "а", "speaker": "SPEAKER_01"}]}
    (line,) = read("whisperx-json", {"segments": [segment]})
    assert line.speaker == "SPEAKER_00"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            '{"segments": [{"start": 0, "end": 1, "text": "да"}, {"start": 1, "end": 2}]}',
            r"segments\.1\.text",
        ),
        ('{"segments": [[1, 2]]}', r"segments\.0"),
        ('{"segments": []}\n{"language": "ru"}', r"value 2\.segments"),
        ('[{"start": 0, "end": 1, "text": 5}]', r"segments\.0\.text"),
    ],
)
def test_what_is_needed_and_missing_is_named(content: str, said: str) -> None:
    """The message names the file and the place."""
    with pytest.raises(DataError, match=f"звонок.json: {said}"):
        list(find("whisper-json").read(open_document(content)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("start\tend\ttext\n0\t100\tда\nпродолжение", "line 3: must be"),
        ("start\tend\ttext\n0.5\t1.5\tда", "line 2: must be"),
        ("start,end,text\n0,100,да", "line 1: its header"),
    ],
)
def test_a_row_of_tsv_that_is_none_is_named(content: str, said: str) -> None:
    """The message names the file and the line, and nothing that was said."""
    with pytest.raises(DataError, match=f"звонок.json, {said}") as caught:
        list(find("whisper-tsv").read(open_document(content)))
    assert "продолжение" not in str(caught.value)


@given(SEGMENTS, st.sampled_from(["whole", "array", "lines"]))
def test_no_segment_is_lost(segments: list[dict[str, Any]], shape: str) -> None:
    """Every segment is a line, in whatever it is wrapped."""
    shapes: dict[str, list[Any]] = {"whole": [{"segments": segments}], "array": [segments], "lines": segments}
    lines = read("whisper-json", *shapes[shape])
    assert [line.text for line in lines] == [segment["text"].strip() for segment in segments]
    assert [line.start for line in lines] == [segment["start"] for segment in segments]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**9), st.integers(0, 10**9), st.text(st.characters(exclude_categories=["C"]))
        )
    )
)
def test_no_row_of_tsv_is_lost(rows: list[tuple[int, int, str]]) -> None:
    """Whisper writes a tab as a space and everything else as it is."""
    content = "start\tend\ttext\n" + "".join(f"{start}\t{end}\t{text}\n" for start, end, text in rows)
    lines = list(find("whisper-tsv").read(open_document(content)))
    assert [(line.start, line.end, line.text) for line in lines] == [
        (start / 1000, end / 1000, text.strip()) for start, end, text in rows
    ]
