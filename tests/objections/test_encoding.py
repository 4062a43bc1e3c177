"""Telling the encoding of a text file."""

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections.encoding import is_broken, tell_encoding


def _tell(content: bytes) -> str:
    return tell_encoding(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "utf-8"),
        (b"price", "utf-8"),
        ("дорого, ё".encode(), "utf-8"),
        ("дорого".encode("utf-8-sig"), "utf-8-sig"),
        ("Дорого, подумаю № 5".encode("cp1251"), "cp1251"),
        (codecs.BOM_UTF16_LE + "дорого".encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + "дорого".encode("utf-16-be"), "utf-16"),
    ],
)
def test_every_usual_encoding(content: bytes, expected: str) -> None:
    """By the mark, else by whether it is UTF-8."""
    assert _tell(content) == expected


@pytest.mark.parametrize("broken", [b"\xff", b"\x98", "да".encode("cp1251"), "я".encode()[:1]])
def test_some_broken_bytes_do_not_make_utf8_another_encoding(broken: bytes) -> None:
    """Between words as well as at the end, where a file was cut off."""
    assert _tell("дорого, ".encode() + broken + " долго".encode()) == "utf-8"
    assert _tell("дорого, долго ".encode() + broken) == "utf-8"


def test_a_character_may_lie_across_what_is_read_at_once() -> None:
    """Large files are read in parts."""
    assert _tell(b"a" + "я".encode() * (1 << 20)) == "utf-8"
    assert _tell(b"a" * (1 << 20) + "я".encode("cp1251")) == "cp1251"


@given(st.text("абвгдежзиклмнопрстуфхцчшщьыъэюя ,.", min_size=1))
def test_russian_words_are_told_in_either_encoding(text: str) -> None:
    """However short they are."""
    for encoding in ("utf-8", "cp1251"):
        content = text.encode(encoding)
        assert content.decode(_tell(content)) == text


def test_a_stray_byte_is_told_from_text() -> None:
    """Also from characters that look odd and are text."""
    assert is_broken(b"da\xff".decode("utf-8", "surrogateescape"))
    assert not is_broken("дa \ufffd \ud83d 👍")
