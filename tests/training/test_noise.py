"""What happens to lines on their way."""

from random import Random

import pytest

from objections.text import normalize
from training.noise import (
    CORRUPTIONS,
    LEARNED_FILLERS,
    MEASURED_FILLERS,
    bare,
    corrupt,
    double,
    look_alike,
    misspell,
    noisy_copies,
    pad,
    plain_e,
)

LINE = "Слушайте, ещё раз повторяю: нам ваша система совершенно не нужна, спасибо большое!"


def test_letters_are_dropped_or_swapped_in_some_words() -> None:
    """Words stay as many; short ones stay whole; over many lines about one word in ten changes."""
    random = Random(1)
    changed = sum(
        before != after
        for _ in range(300)
        for before, after in zip(LINE.split(), misspell(LINE, random).split(), strict=True)
    )
    long_words = sum(len(word.strip(",:!")) >= 4 for word in LINE.split())
    assert changed / (300 * long_words) == pytest.approx(0.1, abs=0.025)


def test_case_and_punctuation_go() -> None:
    """A line of marks alone stays."""
    assert bare("Да, ДОРОГО!", Random(1)) == "да дорого"
    assert bare("?!", Random(1)) == "?!"


def test_fillers_are_added() -> None:
    """At least one, from the list."""
    padded = pad("дорого", Random(1))
    assert padded != "дорого"
    assert padded.replace("дорого", "").strip() in MEASURED_FILLERS


def test_learned_and_measured_fillers_differ() -> None:
    """What is measured was not learned by heart."""
    assert not set(LEARNED_FILLERS) & set(MEASURED_FILLERS)


@pytest.mark.parametrize("corruption", [double, look_alike, plain_e])
def test_what_is_folded_changes_nothing(corruption: object) -> None:
    """Doubled letters, look-alikes and ё are read as the line was meant."""
    random = Random(2)
    for _ in range(50):
        assert normalize(corrupt(LINE, (corruption,), random)) == normalize(LINE)  # type: ignore[arg-type]


def test_corruptions_are_deterministic() -> None:
    """The same seed, the same lines."""
    for corruptions in CORRUPTIONS.values():
        assert corrupt(LINE, corruptions, Random(3)) == corrupt(LINE, corruptions, Random(3))


def test_copies_are_a_share_of_the_lines_and_differ_from_them() -> None:
    """And name the line they were made of."""
    texts = [f"{LINE} и так {number} раз" for number in range(400)]
    numbers, copies = noisy_copies(texts, 0.5, 1)
    assert len(numbers) == len(copies) == pytest.approx(190, abs=40)
    for number, copy in zip(numbers, copies, strict=True):
        assert normalize(copy) != normalize(texts[number])
        assert str(number) in copy
    assert noisy_copies(texts, 0.0, 1) == ([], [])
