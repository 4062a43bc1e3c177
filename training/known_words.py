"""The words that the compiled pass knows, and what they and their pairs are to the model."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from objections.arrays import Ints
from objections.kernel import LATER_STEM, NEXT_STEM, NEXT_WORD, NONE
from objections.model import pack
from training.stems import GAP, LINE_END, LINE_START, STEM_LENGTH

_MARKS: Final = ",.?!"
"""Counted words are known with one of these behind them too: nearly four in five of the runs between spaces
that are no bare word (1,689 of 2,147 in the evaluation lines)."""

BLOCKS: Final = ("word", "stem", "char")


def number_words(words: Sequence[str], stems: Sequence[str], lexicon: Sequence[str]) -> dict[str, int]:
    """Give numbers to the known words: those of n-grams, the lexicon, stems, and words with a mark.

    Parameters
    ----------
    words, stems : sequence of str
        The n-grams, most frequent first: what a line needs then lies close together.
    lexicon : sequence of str
        The words that have a vector.
    """
    counted = dict.fromkeys(part for ngram in words for part in ngram.split(" "))
    stemmed = (part for ngram in stems for part in ngram.replace(GAP, " ").split(" "))
    marked = (word + mark for word in counted for mark in _MARKS)
    known = dict.fromkeys(chain(counted, lexicon, stemmed, marked))
    return {word: number for number, word in enumerate(known)}


def word_arrays(
    numbers: Mapping[str, int], ngrams: Mapping[str, Sequence[str]], features: Mapping[str, Ints]
) -> dict[str, npt.NDArray[np.generic]]:
    """Give ``words``, ``word_features``, ``stem_features``, ``word_stems``, ``pairs`` and ``line_edges``.

    Parameters
    ----------
    numbers : mapping
        From `number_words`.
    ngrams, features : mappings from the names of blocks
        N-grams and the number of each.

    Raises
    ------
    ValueError
        Where an n-gram has more than two words: the compiled pass looks for pairs.
    """
    singles = {block: np.full(len(numbers), NONE, np.int32) for block in ("word", "stem")}
    pairs: list[tuple[int, int, int, int]] = []
    for block, single in singles.items():
        for ngram, feature in zip(ngrams[block], features[block].tolist(), strict=True):
            match ngram.replace(GAP, " ").split(" "):
                case [word]:
                    single[numbers[word]] = feature
                case [left, right]:
                    kind = NEXT_WORD if block == "word" else LATER_STEM if GAP in ngram else NEXT_STEM
                    pairs.append((numbers[left], kind, numbers[right], feature))
                case _:
                    raise ValueError(f"the {block} n-gram «{ngram}» has more than two words")
    return {
        "words": pack(numbers),
        "word_features": singles["word"],
        "stem_features": singles["stem"],
        "word_stems": np.array([numbers.get(word[:STEM_LENGTH], NONE) for word in numbers], np.int32),
        "pairs": np.array(pairs, np.int64).reshape(-1, 4),
        "line_edges": np.array([numbers.get(mark, NONE) for mark in (LINE_START, LINE_END)], np.int32),
    }
