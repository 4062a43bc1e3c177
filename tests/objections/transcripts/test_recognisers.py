"""What all readers of recognisers hold: they take no other exporter's file, and no file breaks them."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.document import Document
from objections.errors import DataError
from tests.objections.transcripts.recognised import (
    FILES,
    FOREIGN,
    FORMATS,
    GOLDEN,
    JSON,
    NAME,
    open_document,
    tell,
)

Place = tuple[int | str, ...]


def _places(value: Any, before: Place = ()) -> Iterator[Place]:
    yield before
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from _places(value[key], (*before, key))


def _put(value: Any, place: Place, new: Any) -> Any:
    if not place:
        return new
    key, *rest = place
    copy = value.copy()
    copy[key] = _put(value[key], tuple(rest), new)
    return copy


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    """A golden file in which some values are others."""
    file = draw(st.sampled_from([file for file in GOLDEN if not file.endswith(".tsv")]))
    values: Any = open_document((FILES / file).read_bytes()).values
    for _ in range(draw(st.integers(1, 3))):
        values = _put(values, draw(st.sampled_from(list(_places(values)))), draw(JSON))
    return "\n".join(map(json.dumps, values if isinstance(values, list) else [values])).encode()


@st.composite
def _cut_off(draw: st.DrawFn) -> bytes:
    """The beginning of a golden file."""
    content = (FILES / draw(st.sampled_from(list(GOLDEN)))).read_bytes()
    return content[: draw(st.integers(0, len(content)))]


def _refusal(work: Callable[[Document], object], content: bytes) -> str:
    try:
        work(open_document(content))
    except DataError as error:
        return str(error)
    return f"{NAME}: nothing is wrong"


def _check(content: bytes) -> None:
    """Every format tells and reads the content, or refuses it with a message that names the file."""
    for known in FORMATS:
        assert NAME in _refusal(known.recognizes, content)
        assert NAME in _refusal(lambda document: list(known.read(document)), content)  # noqa: B023 (runs now)


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_files_of_others_are_left_to_them(content: str) -> None:
    """A format that takes another exporter's file hides the reader of that."""
    assert tell(open_document(content)) == []


@given(_damaged())
def test_at_most_one_format_takes_a_file(content: bytes) -> None:
    """So the order in which formats are tried means nothing."""
    assert len(tell(open_document(content))) <= 1


@given(st.binary(max_size=200) | st.binary(max_size=100).map(b"start\tend\ttext\n".__add__))
def test_no_bytes_crash(content: bytes) -> None:
    """Any bytes give lines or a clear error."""
    _check(content)


@given(JSON)
def test_no_json_crashes(value: Any) -> None:
    """Any JSON gives lines or a clear error."""
    _check(json.dumps(value).encode())


@given(_damaged())
def test_no_damage_crashes(content: bytes) -> None:
    """A golden file with other values in it gives lines or a clear error."""
    _check(content)


@given(_cut_off())
def test_no_cut_crashes(content: bytes) -> None:
    """The beginning of a golden file gives lines or a clear error."""
    _check(content)


@pytest.mark.parametrize("around", ["{}", '{{"segments":{}}}', '{{"result":{}}}', '{{"talk":{}}}'])
@pytest.mark.parametrize("depth", [50, 500, 100_000])
def test_no_depth_crashes(around: str, depth: int) -> None:
    """JSON may nest as deep as it likes."""
    _check(around.format("[" * depth + "]" * depth).encode())
    _check(around.format("[" * depth).encode())
