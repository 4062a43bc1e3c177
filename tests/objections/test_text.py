"""normalize and align."""

from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections import text as module
from objections.text import align, is_blank, normalize, words

PLAIN = st.text(st.sampled_from("абвгдеёжзийАБЁЙ abcXYZ 0123456789 \t.,!?()—«»₽"))


@given(st.text())
def test_normalize_is_idempotent(text: str) -> None:
    """What is folded once stays as it is."""
    assert normalize(normalize(text)) == normalize(text)


@given(st.text())
def test_normalize_ignores_case(text: str) -> None:
    """Capitals change nothing, in any script."""
    assert normalize(text.upper()) == normalize(text) == normalize(text.lower())


@given(PLAIN)
def test_short_cut_for_plain_text_gives_what_the_long_way_gives(text: str) -> None:
    """Text without odd characters is folded faster, not otherwise."""
    assert normalize(text) == align(text).text


@given(st.text())
def test_align_gives_the_normalized_text(text: str) -> None:
    """The aligned text is the normalized one, and each character knows where it came from."""
    aligned = align(text)
    assert aligned.text == normalize(text)
    for character, start, end in zip(aligned.text, aligned.starts, aligned.ends, strict=True):
        assert 0 <= start < end <= len(text)
        assert character == " " or character in normalize(text[start:end])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Дорого, ЁЛКИ", "дорого, елки"),
        ("до\u0301рого", "дорого"),
        ("до\u00adрого", "дорого"),
        ("и\u0306огурт и йод", "йогурт и йод"),
        ("дорого\x00и\x07долго", "дорого и долго"),
        ("половина\u00a0\u2003цены", "половина цены"),
        ("ﬁрма １２", "fiрма 12"),
        ("\ud800", ""),
    ],
)
def test_normalize_folds(text: str, expected: str) -> None:
    """Accents, soft hyphens, controls, odd spaces and widths do not change the meaning of a line."""
    assert normalize(text) == expected


@pytest.mark.parametrize("text", ["", "  \n\t", "\x00\x01", "\u200b\u200d", "\ud800"])
def test_is_blank_sees_through_what_cannot_be_seen(text: str) -> None:
    """A line of invisible characters says nothing."""
    assert is_blank(text)


@pytest.mark.parametrize("text", [".", "?", "😀", "7"])
def test_is_blank_leaves_marks_and_digits(text: str) -> None:
    """A question mark alone is something that was sent."""
    assert not is_blank(text)


def test_words_are_letters_and_digits() -> None:
    """Punctuation parts words; digits belong to them."""
    assert words("за 5000р?! это-ж") == ["за", "5000р", "это", "ж"]


def test_examples_in_docstrings_hold(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is what comes out."""
    doctest_module(module)


def test_latin_look_alikes_in_russian_words_are_read_as_meant() -> None:
    """In a word with Cyrillic letters only: a Latin word stays."""
    assert normalize("цeнa у вac coвершенно не тa, check top") == normalize(
        "цена у вас совершенно не та, check top"
    )


def test_a_run_of_one_letter_is_one_letter() -> None:
    """Digits and marks stay as many as they are."""
    assert normalize("дороооого, 1000 рублей!!") == "дорого, 1000 рублей!!"
