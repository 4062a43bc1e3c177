"""Names in front of what is said."""

from collections.abc import Callable
from types import ModuleType

import pytest

from objections.transcripts import prefixes
from objections.transcripts.prefixes import Prefix, find_names, parse_name, split_prefix


@pytest.mark.parametrize(
    ("line", "prefix"),
    [
        ("Клиент:Дорого", Prefix("Клиент", "Дорого")),
        ("[Клиент] : ", Prefix("Клиент", "")),
        ("Иван Петров: дорого: да", Prefix("Иван Петров", "дорого: да")),
        ("Speaker 1: 15", Prefix("Speaker 1", "15")),
        ("Speaker 1:15", None),
        ("Встреча В 12:30", None),
        ("Адрес: Псков", None),
        ("HTTPS://a.example", None),
        ("Это Очень Длинное Имя Для Человека: да", None),
        ("Да, Ольга: так", None),
        ("«Ольга»: так", None),
        (": так", None),
        ("", None),
    ],
)
def test_what_may_be_a_name_is_short_and_says_so(line: str, prefix: Prefix | None) -> None:
    """Times, addresses, fields of cards and sentences are none."""
    assert split_prefix(line) == prefix


@pytest.mark.parametrize(
    "name",
    [
        *("Иван", "Иван Петров", "Иванов И.П.", "О'Нил", "Анна-Мария", "iPhone (Ольга)", "К", "ИП Лисина"),
        *("менеджер", "Менеджер по продажам", "SPEAKER_00", "speaker unknown", "Канал 2", "+7 900 *** 12"),
    ],
)
def test_names_are_read(name: str) -> None:
    """Of people, roles, channels, telephones."""
    assert parse_name(f" {name} ") == name


def test_names_come_again_or_everywhere() -> None:
    """Elsewhere only labels are believed."""
    assert find_names(["Иван", "Ольга"]) == {"Иван", "Ольга"}
    assert find_names(["Иван"]) == set()
    assert find_names(["Иван", "Иван", None, None, None]) == set()
    assert find_names(["Клиент", None, None, None]) == {"Клиент"}
    assert find_names(["Пётр Лисин", "Иван", "Иван", None]) == {"Пётр Лисин", "Иван"}


def test_before_dashes_nothing_is_a_name_for_coming_once() -> None:
    """«Скидка - десять процентов» is said."""
    assert find_names(["Скидка", "Иван", "Иван"], once=False) == {"Иван"}


def test_examples_in_docstrings_hold(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is what comes out."""
    doctest_module(prefixes)
