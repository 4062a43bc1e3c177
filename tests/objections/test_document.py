"""A file at a glance, and read whole."""

import json
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from objections import document as module
from objections.document import HEAD_BYTES, Found, numbered
from objections.errors import DataError
from tests.objections.transcripts.golden import document

TEXT = "Дорого, подумаю\nи перезвоню"
OBJECTS = st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=5), max_size=3)


class _Segment(BaseModel):
    text: str
    start: float = 0


class _Call(BaseModel):
    segments: Annotated[list[_Segment], Field(max_length=9)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_text_in_every_usual_encoding(encoding: str) -> None:
    """All of it and its beginning alike, with line feeds, however lines end."""
    read = document(TEXT.replace("\n", "\r\n").encode(encoding))
    assert read.text == TEXT
    assert read.head_text == TEXT.replace("\n", "\r\n")


def test_a_character_cut_off_at_the_end_of_the_beginning_is_left_out() -> None:
    """It comes with the whole text."""
    read = document("a" + "я" * HEAD_BYTES)
    assert read.head_text == "a" + "я" * (HEAD_BYTES // 2 - 1)
    assert read.text == "a" + "я" * HEAD_BYTES


def test_bytes_that_are_no_text_are_named_with_their_line() -> None:
    """The user finds them."""
    with pytest.raises(
        DataError, match=r"call\.json, line 3: bytes that are no text; save the file as UTF-8"
    ):
        _ = document("первая\r\nвторая\r\nтре".encode() + b"\xff" + "тья\r\n".encode()).text


@pytest.mark.parametrize("content", ["да".encode("utf-16")[:-1], b"\xff\xfe\x00\xd8a\x00"])
def test_damaged_utf16_is_no_crash(content: bytes) -> None:
    """Cut off in a character, or half a surrogate pair."""
    with pytest.raises(DataError, match=r"call\.json is cut off in the middle of a character, or damaged"):
        _ = document(content).text


def test_a_file_too_large_to_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before memory runs out."""
    monkeypatch.setattr(module, "MOST_BYTES", 4)
    assert document("[{}]").text == "[{}]"
    with pytest.raises(DataError, match=r"call\.json is larger than .*: export fewer calls at once"):
        _ = document("[{} ]").text


@pytest.mark.parametrize(
    "content", ['{"a": 1}', "{}", "[]", ' \n[ {"a": 1}]', '\ufeff{"a": 1}', "[[1]]", "[1, 2]"]
)
def test_json_is_told_by_its_beginning(content: str) -> None:
    """Objects and arrays, whatever stands before them."""
    assert document(content).looks_like_json


@pytest.mark.parametrize(
    "content", ["", "дорого", "[00:12] Клиент: дорого", "[Клиент]: да", "{\\rtf1\\ansi да}", "[12] да", "1"]
)
def test_text_with_brackets_is_no_json(content: str) -> None:
    """Hand-made transcripts begin with the moment or the speaker in brackets."""
    assert not document(content).looks_like_json
    assert document(content).first is None
    assert document(content).first_object == {}


@pytest.mark.parametrize(
    ("content", "values"),
    [
        ('{"a": 1}', [{"a": 1}]),
        ('{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        ('{"a":\n1}{"a": 2}\t[3]', [{"a": 1}, {"a": 2}, [3]]),
        ('\r\n[{"a": "да\\nнет"}]\r\n', [[{"a": "да\nнет"}]]),
    ],
)
def test_values_one_after_another(content: str, values: list[Any]) -> None:
    """One document, JSON Lines, and what recognisers stream."""
    read = document(content)
    assert read.values == values
    assert read.first == values[0]


@given(st.lists(OBJECTS | st.lists(OBJECTS), min_size=1), st.sampled_from(["", "\n", " \r\n "]))
def test_whatever_is_written_is_read(values: list[Any], separator: str) -> None:
    """With or without anything between."""
    assert document(separator.join(map(json.dumps, values))).values == values


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            '{"a": [1, 2',
            r"line 1, column 12: not valid JSON .*; the file may be cut off, or of another format: expo",
        ),
        ('{"a": 1}\n{"a":\n}', r"line 3, column 1: not valid JSON"),
        ('{"a": 1} да', r"line 1, column 10: not valid JSON"),
        ("[" * 100_000, r"call\.json is JSON that nests too deep"),
        ('{"a": ' * 100_000, r"call\.json is JSON that nests too deep"),
        ('{"a": ' + "9" * 5000 + "}", r"numbers too long"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(content: str, said: str) -> None:
    """Also what would overflow a stack."""
    with pytest.raises(DataError, match=said):
        _ = document(content).values


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"a": 1}\n{"a": 2}', True),
        ('{"a": 1}', True),
        ('{"a":\n1}', False),
        ('[{"a": 1}]', False),
        ('{"a": 1} {"a": 2}\n', False),
        ('{"a": "' + "я" * HEAD_BYTES + '"}\n{}', False),
        ("дорого", False),
    ],
)
def test_json_lines_are_told_by_the_first(content: str, expected: bool) -> None:  # noqa: FBT001 (a table)
    """It is a whole object, not too long to be looked at."""
    assert document(content).is_json_lines is expected


def test_the_first_of_json_lines_needs_not_the_rest() -> None:
    """Telling a format must not fail at the last line of a large file."""
    assert document('{"a": 1}\n{"a":').first == {"a": 1}


@pytest.mark.parametrize(
    ("content", "expected"),
    [({"a": 1}, {"a": 1}), ([{"a": 1}, 2], {"a": 1}), ([], {}), ([[{"a": 1}]], {}), ([7, {"a": 1}], {})],
)
def test_the_first_object_may_stand_in_a_list(content: Any, expected: dict[str, Any]) -> None:
    """As an export of one call does, or of several."""
    assert document(content).first_object == expected


def test_objects_are_given_one_by_one_with_their_places() -> None:
    """Those of a list too; the only one needs no name."""
    assert list(document([{"a": 1}]).objects()) == [Found({"a": 1}, "item 1", None)]
    assert list(document('[{"a": 1}, 2]\n{"a": 3}').objects()) == [
        Found({"a": 1}, "value 1.item 1", "1"),
        Found(2, "value 1.item 2", "2"),
        Found({"a": 3}, "value 2", "3"),
    ]


@pytest.mark.parametrize("content", ["", " \n"])
def test_where_nothing_is_there_are_no_objects(content: str) -> None:
    """An export that failed is not taken for calls without lines."""
    with pytest.raises(DataError, match=r"call\.json is empty"):
        list(document(content).objects())


def test_objects_are_taken_out_of_their_wrapping() -> None:
    """A list may be wrapped, or hold what is wrapped."""

    def unwrap(value: Any) -> Any:
        return value.get("result", value)

    assert [found.value for found in document({"result": [{"result": 1}, {"a": 2}]}).objects(unwrap)] == [
        1,
        {"a": 2},
    ]


def test_what_is_right_becomes_a_model() -> None:
    """Other fields are ignored."""
    call = document("").check(_Call, {"segments": [{"text": "да", "start": 1}], "language": "ru"})
    assert call == _Call(segments=[_Segment(text="да", start=1)])


@pytest.mark.parametrize(
    ("value", "where", "said"),
    [
        (
            [],
            "",
            "call.json: the whole: Input should be an object. Export the file again, or name its format",
        ),
        (7, "value 3", "call.json: value 3: Input should be an object. Export"),
        ({}, "", "call.json: segments: Field required. Export"),
        ({"segments": {}}, "", "call.json: segments: Input should be a valid list. Export"),
        (
            {"segments": [{"text": None}]},
            "value 2",
            "value 2.segments.0.text: Input should be a valid string.",
        ),
        (
            {"segments": [{}, {}, {}, {}, {"text": "да", "start": "вчера"}]},
            "",
            "segments.1.text: Field required; segments.2.text: Field required; and 2 more. Export the file",
        ),
    ],
)
def test_what_is_wrong_is_said_with_file_and_place(value: Any, where: str, said: str) -> None:
    """Three places at most, and never what stands there: a client may have said it."""
    with pytest.raises(DataError) as caught:
        document("").check(_Call, value, where)
    assert said in str(caught.value)
    assert "вчера" not in str(caught.value)


def test_values_one_after_another_are_told_apart_by_their_order() -> None:
    """The only one has neither place nor number."""
    assert list(numbered(["a"])) == [Found("a", "", None)]
    assert list(numbered("ab")) == [Found("a", "value 1", "1"), Found("b", "value 2", "2")]
