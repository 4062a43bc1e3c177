"""When new lines are said to be unlike the usual ones."""

from dataclasses import replace

import pytest

from objections.drift import LEAST_LINES, Drift, Profile, Sign, card_profile
from tests.support import make_evaluation, make_phrase, make_verdict

USUAL = Profile(
    lines=1792,
    unseen_words=0.09,
    unseen_pairs=0.62,
    confidence=0.92,
    uncertain=0.08,
    categories={"цена": 0.1, "отказ": 0.1, "сомнение в качестве": 0.1, "нет возражения": 0.7},
)


def test_the_usual_lines_need_no_retraining() -> None:
    """They are as usual."""
    drift = Drift(USUAL, USUAL)
    assert drift.is_due is False
    assert drift.moved == 0
    assert drift.advice == "Retraining is not due: these lines are as usual."


@pytest.mark.parametrize(
    ("here", "said"),
    [
        (replace(USUAL, unseen_words=0.18), "unseen words 18.0% against 9.0%"),
        (replace(USUAL, unseen_pairs=0.73), "unseen pairs of words 73.0% against 62.0%"),
        (replace(USUAL, confidence=0.86), "mean confidence 86.0% against 92.0%"),
        (replace(USUAL, uncertain=0.19), "uncertain answers 19.0% against 8.0%"),
    ],
)
def test_one_sign_beyond_its_limit_is_enough(here: Profile, said: str) -> None:
    """The sentence names it."""
    drift = Drift(USUAL, here)
    assert drift.is_due
    assert drift.advice.startswith(f"Retraining is due ({said})")


@pytest.mark.parametrize(
    "here",
    [
        replace(USUAL, unseen_words=0.16),
        replace(USUAL, unseen_words=0.0, unseen_pairs=0.3),
        replace(USUAL, confidence=0.99),
        replace(USUAL, confidence=0.88),
        replace(USUAL, uncertain=0.0),
    ],
)
def test_a_little_more_or_much_less_strangeness_is_no_sign(here: Profile) -> None:
    """Limits have one side."""
    assert Drift(USUAL, here).is_due is False


def test_another_mix_alone_asks_for_a_look() -> None:
    """Calls about prices hold more objections to prices; a category that is new counts."""
    here = replace(USUAL, categories={"цена": 0.3, "новая": 0.1, "нет возражения": 0.6})
    drift = Drift(USUAL, here)
    assert drift.is_due is False
    assert drift.moved == pytest.approx(0.3)
    assert "30.0% of the answers moved to other categories: look through" in drift.advice


def test_few_lines_say_nothing() -> None:
    """However strange they are."""
    few = replace(USUAL, lines=LEAST_LINES - 1, unseen_words=0.9)
    assert Drift(USUAL, few).is_due is None
    assert f"give {LEAST_LINES} or more" in Drift(USUAL, few).advice


def test_what_nobody_measured_is_no_sign() -> None:
    """As where only the card is there."""
    sign = Sign("unseen words", None, 0.9, 0.08)
    assert (sign.change, sign.is_over) == (None, False)


def test_a_card_tells_the_mix_of_answers() -> None:
    """Those given, not those that were right; nothing of words."""
    phrases = [make_phrase("цена"), make_phrase("цена"), make_phrase("отказ"), make_phrase("нет возражения")]
    verdicts = [
        make_verdict("цена"),
        make_verdict("отказ", uncertain=True),
        make_verdict("отказ"),
        make_verdict("отказ"),
    ]
    profile = card_profile(make_evaluation(phrases, verdicts).card)
    assert profile.categories == {
        "отказ": 0.75,
        "сомнение в качестве": 0,
        "цена": 0.25,
        "нет возражения": 0,
    }
    assert (profile.lines, profile.uncertain) == (4, 0.25)
    assert (profile.unseen_words, profile.unseen_pairs, profile.confidence) == (None, None, None)
