"""Frequent phrases and their examples."""

import random
from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.report import wordings as module
from service.report.function_words import FUNCTION_WORDS
from service.report.wordings import Wordings, phrases

PRICE = ["для нас это слишком дорого", "Слишком дорого!", "ой, СЛИШКОМ дорого", "слишком дорого, подумаю"]
OTHER = ["добрый день", "а доставка когда", "да, это верно", "хорошо", "жду счёт", "адрес прежний"] * 2


def _collect(price: list[str], other: list[str]) -> Wordings:
    wordings = Wordings()
    for text in price:
        wordings.add("цена", text)
    for text in other:
        wordings.add("нет возражения", text)
    return wordings


def test_a_phrase_of_many_lines_is_found_with_its_count() -> None:
    """Whatever its case and the marks around it."""
    (wording,) = _collect(PRICE, OTHER).find("цена")
    assert (wording.phrase, wording.lines, wording.elsewhere) == ("слишком дорого", 4, 0)


def test_examples_are_real_lines_that_differ() -> None:
    """No more than three, the phrase marked as the line writes it."""
    (wording,) = _collect([*PRICE, PRICE[0], PRICE[1]], OTHER).find("цена")
    texts = [example.text for example in wording.examples]
    assert texts == PRICE[:3]
    assert [example.phrase for example in wording.examples] == [
        "слишком дорого",
        "Слишком дорого",
        "СЛИШКОМ дорого",
    ]


def test_a_phrase_is_counted_once_a_line() -> None:
    """However often a client repeats it."""
    (wording,) = _collect(["очень дорого, очень дорого, очень дорого"] * 3, OTHER).find("цена")
    assert wording.lines == 3


def test_what_is_as_frequent_elsewhere_is_not_typical() -> None:
    """A greeting stands in every kind of line."""
    found = _collect(["добрый день, дорого"] * 5, ["добрый день, жду счёт"] * 5).find("цена")
    assert found == []


def test_a_piece_of_a_longer_phrase_is_left_out() -> None:
    """Where it hardly occurs without it."""
    found = _collect(["у конкурентов заметно дешевле"] * 5, OTHER).find("цена")
    assert [wording.phrase for wording in found] == ["у конкурентов заметно дешевле"]


def test_the_spelling_of_the_lines_comes_back() -> None:
    """Normalizing takes ё and doubled letters."""
    (wording,) = _collect(["расчёт суммы неверный"] * 4, OTHER).find("цена")
    assert wording.phrase == "расчёт суммы неверный"


def test_personal_data_are_neither_counted_nor_shown() -> None:
    """A number that many lines hold is no wording."""
    found = _collect(["дорого выходит, звоните 8 900 000-00-00 или a@b.ru"] * 5, OTHER).find("цена")
    shown = " ".join(example.text for wording in found for example in wording.examples)
    assert "000" not in shown + " ".join(wording.phrase for wording in found)
    assert "дорого выходит, звоните [телефон] или [почта]" in shown


def test_lines_that_repeat_nothing_give_examples_only() -> None:
    """As in a small file."""
    wordings = _collect(["дорого", "дорого", "а скидка будет?"], OTHER)
    assert wordings.find("цена") == []
    assert [example.text for example in wordings.find_lines("цена")] == ["дорого", "а скидка будет?"]


def test_a_long_line_is_cut_around_the_phrase() -> None:
    """At spaces, with dots that say so."""
    text = "слово " * 100 + "слишком дорого" + " слово" * 100
    (wording,) = _collect([text] * 4, OTHER).find("цена")
    (example,) = wording.examples
    assert example.text.startswith("… слово")
    assert example.text.endswith("слово …")
    assert len(example.text) < 220


def test_memory_stays_bounded_and_frequent_phrases_stay() -> None:
    """Rare ones are let go."""
    noise = random.Random(1)
    wordings = Wordings(most_phrases=1000)
    for number in range(5000):
        rare = " ".join(f"слово{noise.randrange(100_000)}" for _ in range(4))
        wordings.add("цена", "слишком дорого" if number % 20 == 0 else rare)
        wordings.add("нет возражения", rare)
    assert [(wording.phrase, wording.lines) for wording in wordings.find("цена")] == [("слишком дорого", 250)]
    assert all(len(counter) <= 1000 for counter in wordings._phrases.values())  # noqa: SLF001 (the bound)


def test_the_same_lines_give_the_same_wordings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though examples are drawn."""
    monkeypatch.setattr(module, "SAMPLED_LINES", 5)
    lines = [f"слишком дорого для {number} штук" for number in range(100)]
    assert _collect(lines, OTHER).find("цена") == _collect(lines, OTHER).find("цена")


@given(st.text())
def test_any_text_has_phrases_of_two_to_four_words_that_say_something(text: str) -> None:
    """Never of function words alone."""
    for phrase in phrases(text):
        words = phrase.split()
        assert 2 <= len(words) <= 4
        assert not FUNCTION_WORDS.issuperset(words)


def test_examples_in_docstrings_hold(doctest_module: Callable[[ModuleType], None]) -> None:
    """What the docstrings show is what comes out."""
    doctest_module(module)
