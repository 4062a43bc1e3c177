"""Which words the compiled pass knows."""

import numpy as np
import pytest

from objections.kernel import LATER_STEM, NEXT_STEM, NEXT_WORD, NONE
from objections.model import unpack
from training.known_words import number_words, word_arrays

WORDS = ["не", "дорого", "не дорого"]
STEMS = ["не", "дорог", "< не", "не дорог", "не…дорог"]


def _numbered(lexicon: list[str]) -> dict[str, int]:
    return number_words(WORDS, STEMS, lexicon)


def test_counted_words_come_first_then_those_with_a_vector() -> None:
    """So that rows of vectors end early, and frequent words lie together."""
    numbers = _numbered(["скидка", "не"])
    assert list(numbers)[:3] == ["не", "дорого", "скидка"]
    assert {"<", "дорог", "не,", "дорого?"} <= set(numbers)
    assert sorted(numbers.values()) == list(range(len(numbers)))


def test_words_stems_and_pairs_lead_to_their_features() -> None:
    """Whatever kind of pair it is."""
    numbers = _numbered(["скидка"])
    features = {"word": np.arange(3), "stem": 10 + np.arange(5)}
    arrays = word_arrays(numbers, {"word": WORDS, "stem": STEMS}, features)
    assert unpack(arrays["words"]) == list(numbers)
    assert arrays["word_features"][numbers["дорого"]] == 1
    assert arrays["stem_features"][numbers["дорог"]] == 11
    assert arrays["word_features"][numbers["скидка"]] == NONE
    assert arrays["word_stems"][numbers["дорого"]] == numbers["дорог"]
    no, dear, stem, edge = (numbers[word] for word in ("не", "дорого", "дорог", "<"))
    assert arrays["pairs"].tolist() == [
        [no, NEXT_WORD, dear, 2],
        [edge, NEXT_STEM, no, 12],
        [no, NEXT_STEM, stem, 13],
        [no, LATER_STEM, stem, 14],
    ]
    assert arrays["line_edges"].tolist() == [edge, NONE]


def test_three_words_are_too_many() -> None:
    """The compiled pass looks for pairs: a model with more is refused and not served wrongly."""
    words = ["не так дорого"]
    numbers = number_words(words, [], [])
    features = {"word": np.arange(1), "stem": np.arange(0)}
    with pytest.raises(ValueError, match="«не так дорого» has more than two words"):
        word_arrays(numbers, {"word": words, "stem": []}, features)
