"""The words that a model has learned from, to measure how strange lines are to it."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from objections.arrays import Arrays
from objections.kernel import NEXT_WORD, NONE
from objections.model import unpack
from objections.text import normalize, words


@dataclass(frozen=True, slots=True)
class Unseen:
    """How much of some lines a model has not learned from.

    Attributes
    ----------
    words, pairs : float
        Shares of all words, and of all pairs of neighbouring words, from 0 to 1.
    """

    words: float
    pairs: float


class Vocabulary:
    """Words and pairs of words that stood in training often enough to be counted.

    A word that has only a vector, or only a known stem, was not learned from and is unseen.

    Parameters
    ----------
    numbers : dict of str to int
        The words.
    pairs : set of (int, int)
        Neighbours, by their numbers.
    """

    def __init__(self, numbers: dict[str, int], pairs: set[tuple[int, int]]) -> None:
        self._numbers = numbers
        self._pairs = pairs

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Take it out of the arrays of a model (`model` describes them)."""
        counted = (arrays["word_features"] != NONE).tolist()
        numbers = {
            word: number
            for number, (word, is_counted) in enumerate(zip(unpack(arrays["words"]), counted, strict=True))
            if is_counted
        }
        left, kind, right, _ = arrays["pairs"].T
        next_to = kind == NEXT_WORD
        return cls(numbers, set(zip(left[next_to].tolist(), right[next_to].tolist(), strict=True)))

    def measure(self, texts: Iterable[str]) -> Unseen:
        """Measure how much of some lines is unseen; 0 where there is nothing to measure."""
        n_words = n_pairs = unseen_words = unseen_pairs = 0
        for text in texts:
            numbers = [self._numbers.get(word) for word in words(normalize(text))]
            pairs = list(itertools.pairwise(numbers))
            n_words += len(numbers)
            n_pairs += len(pairs)
            unseen_words += numbers.count(None)
            unseen_pairs += sum(pair not in self._pairs for pair in pairs)
        return Unseen(unseen_words / max(n_words, 1), unseen_pairs / max(n_pairs, 1))
