"""Whatever a JSON reader is given, it gives lines or a clear error; it neither hangs nor loses lines."""

import copy
import json
import math
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.errors import DataError
from objections.transcripts import bitrix, label_studio, mango, meetings
from objections.transcripts.format import Format
from tests.objections.transcripts.golden import FILES, document, expected, golden, read

FORMATS: Final = (*mango.FORMATS, *bitrix.FORMATS, *meetings.FORMATS, *label_studio.FORMATS)
GOLDEN: Final = {
    "mango": ("mango.json", "mango-channels.json"),
    "bitrix24-write": ("bitrix24-write.json", "bitrix24-write-lines.jsonl"),
    "bitrix24-read": ("bitrix24-read.json", "bitrix24-read-wrapped.json"),
    "gong": ("gong.json", "gong-parties.json", "gong-metadata.json", "gong-calls.json"),
    "fireflies": ("fireflies.json", "fireflies-graphql.json", "fireflies-several.json"),
    "label-studio": ("label-studio.json", "label-studio-fields.json"),
    "label-studio-min": ("label-studio-min.json",),
}
LINES: Final = {
    "mango": "phrases",
    "bitrix24-write": "MESSAGES",
    "bitrix24-read": "segments",
    "gong": "sentences",
    "fireflies": "sentences",
}
"""The field that holds a list of lines."""

OTHERS: Final = (
    '{"text":" Дорого.","segments":[{"id":0,"start":1.2,"end":2.9,"text":" Дорого."}],"language":"ru"}',
    '{"segments":[{"start":1.2,"end":2.9,"text":"Дорого.","speaker":"SPEAKER_01","words":[]}],"language":"ru"}',
    '{"id":0,"seek":0,"start":1.2,"end":2.9,"text":"Дорого.","tokens":[1]}\n{"id":1,"seek":0,"text":"да"}',
    '{"done":true,"response":{"chunks":[{"alternatives":[{"text":"Дорого"}],"channelTag":"2"}]},"id":"x"}',
    '{"result":{"final":{"alternatives":[{"text":"дорого","startTimeMs":"1200"}],"channelTag":"1"}}}',
    '{"talk":[{"id":"1","transcription":{"phrases":[{"channelNumber":"0","phrase":{"text":"дорого"}}]}}]}',
    '{"messages":[{"user_id":"c1","text":"Дорого","timestamp":"2026-01-01T10:00:00.000Z"}]}',
    '[{"results":[{"text":"дорого","start":"1.2s","end":"2.9s"}],"eou":true,"channel":1}]',
    '{"result":[{"results":[{"text":"дорого"}],"eou":true}]}',
    '[{"text":"дорого","speaker":"Клиент","label":"цена","id":1,"created_at":"2026-01-01"}]',
    '{"note_type":"call_in","params":{"uniq":"u","duration":60,"call_status":4}}',
)

every_format = pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)

_LEAVES: Final = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["1000", '"', '["'])
)


def _json(keys: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(
        _LEAVES,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=12,
    )


ANY_JSON: Final = _json(st.text())
KNOWING_JSON: Final = _json(
    st.sampled_from(
        [
            *("result", "data", "phrases", "names", "recording_id", "CALL_ID", "MESSAGES", "MESSAGE", "text"),
            *("transcription", "segments", "userId", "callTranscripts", "callId", "calls", "parties", "id"),
            *("transcript", "transcripts", "sentences", "speaker_name", "speakers", "annotations", "value"),
            *("annotation_id", "annotator", "label", "choices", "from_name", "to_name", "completions"),
        ]
    )
)
"""With the fields that these formats have, wherever they do not belong."""


def _try(known: Format, content: bytes | str | list[Any]) -> list[list[Any]] | None:
    """Read; None where the file is refused with an error that names it."""
    try:
        known.recognizes(document(content))
        rows = read(known, content)
    except DataError as error:
        assert str(error).startswith("call.json")  # noqa: PT017 (most inputs raise nothing)
        return None
    for start, end, speaker, call, text in rows:
        assert all(time is None or math.isfinite(time) for time in (start, end))
        assert isinstance(text, str)
        assert all(name is None or isinstance(name, str) for name in (speaker, call))
    return rows


def _places(value: Any, *above: str | int) -> Iterator[tuple[str | int, ...]]:
    yield above
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from _places(each, *above, key)


def _replace(value: Any, place: tuple[str | int, ...], new: Any) -> Any:
    if not place:
        return new
    changed = copy.copy(value)
    changed[place[0]] = _replace(value[place[0]], place[1:], new)
    return changed


def _damage(data: st.DataObject, known: Format, new: st.SearchStrategy[Any]) -> str:
    """A golden file with another value in one place."""
    values = golden(data.draw(st.sampled_from(GOLDEN[known.name]))).values
    place = data.draw(st.sampled_from(list(_places(values))[1:]))
    return "\n".join(json.dumps(value) for value in _replace(values, place, data.draw(new)))


def _all_under(value: Any, field: str) -> Iterator[Any]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        if key == field:
            yield each
        yield from _all_under(each, field)


@every_format
def test_every_format_takes_its_own_files_and_no_others(known: Format) -> None:
    """Golden files of all formats, and what other systems write."""
    taken = {
        path.name
        for path in FILES.iterdir()
        if not path.name.endswith(".expected.json") and known.recognizes(golden(path.name))
    }
    assert taken == set(GOLDEN[known.name])
    assert not [content for content in OTHERS if known.recognizes(document(content))]


@every_format
@given(content=st.binary() | st.text().map(lambda text: ("{" + text).encode("utf-8", "replace")))
def test_any_bytes(known: Format, content: bytes) -> None:
    """Lines or a clear error."""
    _try(known, content)


@every_format
@given(value=ANY_JSON | KNOWING_JSON)
def test_any_json(known: Format, value: Any) -> None:
    """Lines or a clear error."""
    _try(known, json.dumps(value))


@every_format
@given(data=st.data())
def test_a_golden_file_with_a_foreign_value(known: Format, data: st.DataObject) -> None:
    """Lines or a clear error."""
    _try(known, _damage(data, known, ANY_JSON | KNOWING_JSON))


@pytest.mark.parametrize(
    "known", [known for known in FORMATS if known.name in LINES], ids=lambda known: known.name
)
@given(data=st.data())
def test_no_line_is_lost_silently(known: Format, data: st.DataObject) -> None:
    """What is read are all lines of the file, whatever else is in it."""
    content = _damage(data, known, ANY_JSON)
    rows = _try(known, content)
    lists = _all_under(document(content).values, LINES[known.name])
    assert rows is None or len(rows) == sum(len(lines or ()) for lines in lists)


@given(data=st.data())
def test_no_task_is_lost_silently(data: st.DataObject) -> None:
    """A line for each."""
    known, _ = label_studio.FORMATS
    content = _damage(data, known, ANY_JSON)
    rows = _try(known, content)
    assert rows is None or len(rows) == len(list(document(content).objects()))


@every_format
@given(data=st.data())
def test_a_file_that_is_cut_off(known: Format, data: st.DataObject) -> None:
    """What is there is read, and nothing else; where half of a value is there, that is said.

    A call without a name is not compared: with the next ones cut off, it needs no number.
    """
    file = data.draw(st.sampled_from(GOLDEN[known.name]))
    whole = golden(file).head
    rows = _try(known, whole[: data.draw(st.integers(0, len(whole)))])
    assert rows is None or _without_calls(rows) == _without_calls(expected(file)[: len(rows)])


def _without_calls(rows: list[list[Any]]) -> list[list[Any]]:
    return [[start, end, speaker, text] for start, end, speaker, _, text in rows]
