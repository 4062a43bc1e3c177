"""The words that a model has learned from."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from objections.kernel import NEXT_STEM, NEXT_WORD, NONE
from objections.model import pack
from objections.vocabulary import Unseen, Vocabulary

WORDS = ("дорого", "очень", "не", "смета")
VOCABULARY = Vocabulary.from_arrays(
    {
        "words": pack(WORDS),
        "word_features": np.array([0, 1, 2, NONE], np.int32),  # «смета» has a vector alone
        "pairs": np.array([[1, NEXT_WORD, 0, 3], [2, NEXT_STEM, 0, 4]], np.int64),
    }
)


def test_words_that_were_not_learned_from_are_unseen() -> None:
    """Also one that has a vector; a word that comes twice counts twice."""
    assert VOCABULARY.measure(["очень дорого", "смета, смета!"]).words == 2 / 4


def test_pairs_that_were_not_learned_from_are_unseen() -> None:
    """Also those of known words and those known as stems; none goes over the end of a line."""
    assert VOCABULARY.measure(["Очень дорого не", "дорого"]) == Unseen(words=0, pairs=1 / 2)


def test_lines_are_read_as_the_model_reads_them() -> None:
    """Case, doubled letters and look-alikes fold away."""
    assert VOCABULARY.measure(["ДОРОООГО… oчень"]).words == 0


@given(st.lists(st.text()))
def test_shares_are_shares(texts: list[str]) -> None:
    """Whatever is measured."""
    unseen = VOCABULARY.measure(texts)
    assert 0 <= unseen.words <= 1
    assert 0 <= unseen.pairs <= 1
