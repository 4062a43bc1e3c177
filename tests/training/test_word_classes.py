"""Negation marked in the words, numbers and money as classes."""

from collections.abc import Callable
from types import ModuleType

import pytest

from objections.text import normalize, words
from training import word_classes
from training.word_classes import MARK, MONEY, NUMBER, class_numbers, mark_negation


def test_examples(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is so."""
    doctest_module(word_classes)


@pytest.mark.parametrize("negation", ["не", "нет", "ни", "без"])
def test_each_negation_marks_the_word_after_it(negation: str) -> None:
    """And stays as it is."""
    assert mark_negation(f"{negation} надо", 1) == [negation, f"{MARK}надо"]


def test_a_mark_reaches_as_far_as_it_is_told() -> None:
    """One word, two words, and no further."""
    marked = [
        sum(word.startswith(MARK) for word in mark_negation("не знаю я пока", reach)) for reach in (1, 2)
    ]
    assert marked == [1, 2]


def test_a_mark_stops_at_punctuation() -> None:
    """«Нет, дорого» is dear."""
    assert mark_negation("нет, дорого", 2) == ["нет", "дорого"]


def test_a_negation_after_a_negation_starts_anew() -> None:
    """It is not marked itself."""
    assert mark_negation("нет не надо мне этого", 2) == ["нет", "не", "не_надо", "не_мне", "этого"]


def test_lines_without_negation_and_numbers_are_read_as_ever() -> None:
    """Word by word."""
    text = "дорого, подумаю: потом?"
    assert mark_negation(text, 2) == class_numbers(text) == words(text)


def test_digits_and_number_words_are_one_class() -> None:
    """Several in a row too, doubled letters folded or not."""
    for text in ("2500", "двадцать", "сто двадцать пять", "одиннадцать", "1 200"):
        assert class_numbers(normalize(text)) == [NUMBER]


def test_words_of_money_are_another_class() -> None:
    """Whatever their form."""
    for text in ("рублей", "руб", "р", "тысяч", "тыщу", "миллион", "копейки", "долларов"):
        assert class_numbers(normalize(text)) == [MONEY]


def test_a_sum_in_one_word_is_a_number_and_money() -> None:
    """As it is in two."""
    assert class_numbers("15р") == class_numbers("30к") == class_numbers("сто рублей") == [NUMBER, MONEY]


def test_words_that_only_begin_alike_are_no_numbers() -> None:
    """Shirts, a millionaire, a magpie's family, 1C."""
    text = normalize("рубашка миллионер семью стоит 1с")
    assert class_numbers(text) == words(text)
