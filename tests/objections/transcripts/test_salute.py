"""Reading SaluteSpeech."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.errors import DataError
from objections.transcripts.cleaning import clean
from objections.transcripts.salute import FORMATS
from tests.objections.transcripts.recognised import (
    check_golden,
    find,
    golden,
    open_document,
    open_values,
    read,
    tell,
)

HYPOTHESIS = {"text": "дорого", "normalized_text": "Дорого.", "start": "1.2s", "end": "2.9s"}

ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "results": st.lists(
                st.fixed_dictionaries(
                    {"text": st.text()}, optional={"normalized_text": st.just(""), "start": st.text()}
                )
            ),
            "eou": st.booleans(),
        },
        optional={
            "channel": st.integers(0, 1),
            "speaker_info": st.fixed_dictionaries({"speaker_id": st.integers(-1, 9)}),
        },
    ),
    min_size=1,
)


@pytest.mark.parametrize("file", golden(FORMATS))
def test_golden_files_are_told_and_read(file: str) -> None:
    """Each variant gives the lines written beside it, and no other format takes it."""
    check_golden(file)


def test_one_phrase_on_both_channels_is_cleaned_away() -> None:
    """Stereo comes as an item per channel."""
    items = [{"results": [HYPOTHESIS], "eou": True, "channel": channel} for channel in (0, 1)]
    kept, dropped = clean(read("salutespeech", items))
    assert [line.speaker for line in kept] == ["0"]
    assert dropped.doubled == 1


@pytest.mark.parametrize(
    ("item", "speaker"),
    [
        ({"channel": 1}, "1"),
        ({"channel": 1, "speaker_info": {"speaker_id": -1}}, "1"),
        ({"channel": 1, "speaker_info": {}}, "1"),
        ({"channel": 1, "speaker_info": {"speaker_id": 0}}, "SPEAKER_00"),
        ({"speaker_info": None}, None),
    ],
)
def test_who_speaks(item: dict[str, Any], speaker: str | None) -> None:
    """The separated speaker, else the channel, else nobody knows."""
    (line,) = read("salutespeech", [{"results": [HYPOTHESIS], **item}])
    assert line.speaker == speaker


def test_several_results_in_one_file_are_several_calls() -> None:
    """They are numbered, for nothing names them."""
    result = [{"results": [HYPOTHESIS], "eou": True}]
    assert [line.call_id for line in read("salutespeech", result, {"result": result})] == ["1", "2"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[{"results": [{"normalized_text": "Да."}]}]', r"result\.0\.results\.0\.text: Field required"),
        ('[{"eou": true}]', r"result\.0\.results: Field required"),
        ('{"status": 200}', "result: Field required"),
        ('[]\n{"status": 200}', r"value 2\.result: Field required"),
    ],
)
def test_what_is_needed_and_missing_is_named(content: str, said: str) -> None:
    """The message names the file and the place."""
    with pytest.raises(DataError, match=f"звонок.json: {said}"):
        list(find("salutespeech").read(open_document(content)))


@given(ITEMS, st.sampled_from(["array", "wrapped", "lines"]))
def test_no_item_is_lost(items: list[dict[str, Any]], shape: str) -> None:
    """Every item is a line, with what was recognised first."""
    shapes: dict[str, list[Any]] = {"array": [items], "wrapped": [{"result": items}], "lines": items}
    assert tell(open_values(*shapes[shape])) == ["salutespeech"]
    lines = read("salutespeech", *shapes[shape])
    assert [line.text for line in lines] == [
        item["results"][0]["text"].strip() if item["results"] else "" for item in items
    ]
