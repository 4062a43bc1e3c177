"""Personal data in a line."""

from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objections import privacy as module
from objections.privacy import find_personal_data, mask


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("мой номер +7 (900) 000-00-00 звоните", "phone", "+7 (900) 000-00-00"),
        ("89000000000", "phone", "89000000000"),
        ("тел. 8-900-000-00-00.", "phone", "8-900-000-00-00"),
        ("900 000-00-00 это я", "phone", "900 000-00-00"),
        ("пишите на ivan.petrov+1@mail.example.ru, жду", "email", "ivan.petrov+1@mail.example.ru"),
        ("карта 4111 1111 1111 1111 сбер", "card", "4111 1111 1111 1111"),
        ("4111111111111111", "card", "4111111111111111"),
    ],
)
def test_what_is_personal_is_found_where_it_stands(text: str, kind: str, found: str) -> None:
    """However it is written."""
    (one,) = find_personal_data(text)
    assert (one.kind, text[one.start : one.end]) == (kind, found)


@pytest.mark.parametrize(
    "text",
    [
        "заказ 45112, код 0300300003",
        "оборот у нас 5 000 000 в месяц",
        "ИНН 7707083893",
        "номер 4111 1111 1111 1112",
        "в 10:00 или 12.02.2026",
        "собака@дом",
        "размер 170-92-60 на 8 штук",
    ],
)
def test_other_numbers_are_no_personal_data(text: str) -> None:
    """Orders, sums, dates, numbers that fail a card's check digit."""
    assert find_personal_data(text) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("звоните 8 900 000-00-00, жду", "звоните [телефон], жду"),
        ("a@b.ru", "[почта]"),
        ("карта 4111 1111 1111 1111, почта a.b@c.ru", "карта [карта], почта [почта]"),
        ("89000000000 89000000001", "[телефон] [телефон]"),
        ("скидка 20 %, договор 0300300003", "скидка 20 %, договор 0300300003"),
        ("", ""),
    ],
)
def test_masking_leaves_everything_else(text: str, masked: str) -> None:
    """Each piece becomes a placeholder of its kind."""
    assert mask(text) == masked


@given(st.text(st.sampled_from("ая 0179+-()@.[]")))
def test_what_is_masked_holds_nothing_personal(text: str) -> None:
    """Nor does masking twice change anything."""
    assert find_personal_data(mask(text)) == []
    assert mask(mask(text)) == mask(text)


def test_a_very_long_word_is_read_once() -> None:
    """A word of a million letters that looks like the beginning of an address."""
    text = "я" * 1_000_000 + " a@b.ru"
    assert mask(text).endswith(" [почта]")


def test_examples_in_docstrings_hold(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is what comes out."""
    doctest_module(module)
