"""What every door calls."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from objections.classifier import Classifier
from objections.labels import CATEGORIES, NO_OBJECTION
from objections.line import Line

RUSSIAN = st.text(st.sampled_from("абвгдеёжзиклмнопрстуя ,.?!"), max_size=60)
LINES = st.lists(RUSSIAN | st.builds(Line, RUSSIAN, st.sampled_from([None, "client", "seller"])), max_size=5)
ENOUGH = settings(max_examples=60)


@ENOUGH
@given(st.text(max_size=200))
def test_any_text_gets_an_answer(small: Classifier, text: str) -> None:
    """Scores sum to 1, the category leads, every objection has an entry."""
    (prediction,) = small.classify([text])
    assert prediction.scores is not None
    assert sum(prediction.scores.values()) == pytest.approx(1, abs=1e-9)
    assert tuple(prediction.scores) == CATEGORIES
    assert prediction.category is not None
    assert prediction.confidence == prediction.scores[prediction.category]
    assert prediction.suggestion is not None or prediction.category == NO_OBJECTION


@ENOUGH
@given(RUSSIAN)
def test_case_yo_and_spaces_change_nothing(small: Classifier, text: str) -> None:
    """The same words get the same answer however they are typed."""
    variants = [text.upper(), text.replace("ё", "е"), f"  {text.replace(' ', chr(9) + '  ')}\n"]
    expected = small.classify([text])
    assert [small.classify([variant]) for variant in variants] == [expected] * 3


@ENOUGH
@given(LINES, LINES)
def test_lines_are_answered_each_on_its_own(
    small: Classifier, a: list[str | Line], b: list[str | Line]
) -> None:
    """classify(a + b) == classify(a) + classify(b)."""
    assert small.classify(a + b) == small.classify(a) + small.classify(b)


def test_lines_of_the_seller_are_not_scored(small: Classifier) -> None:
    """They keep their place and have no category."""
    answers = small.classify([Line("дорого", "менеджер"), Line("дорого", "клиент"), Line("дорого", "Иван")])
    assert [answer.category is None for answer in answers] == [True, False, False]
    assert (answers[0].scores, answers[0].confidence, answers[0].suggestion) == (None, None, None)


def test_every_answer_names_its_model(small: Classifier) -> None:
    """The seller's lines too."""
    answers = small.classify(["да", Line("да", "seller")])
    assert {answer.model for answer in answers} == {small.card.id}


def test_advice_is_the_one_for_the_category(shipped: Classifier) -> None:
    """«Возражение» is advised on by kind of objection."""
    (answer,) = shipped.classify(["нет, спасибо, не интересно"])
    assert answer.suggestion is not None
    assert answer.suggestion.advice == shipped.glossary["Возражение"].advice_by_category["отказ"]


def test_no_lines_no_answers(small: Classifier) -> None:
    """An empty call is a call."""
    assert small.classify([]) == []
