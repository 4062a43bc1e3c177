"""TF-IDF and logistic regression as plain arrays: scikit-learn's numbers without scikit-learn.

The workshop fits scikit-learn's vectorizers and regressions and writes their vocabularies, idf and
coefficients as arrays; this module turns texts into the same probabilities (to 1e-12; the sums run in
another order). Two heads, category and glossary term, share one set of features.

A feature is a word n-gram or a ``char_wb`` n-gram of the normalized text. Its value is
``(1 + ln tf) · idf``, each of the two blocks scaled to length 1, as ``TfidfVectorizer`` does with
``sublinear_tf=True``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from objections.errors import ModelError
from objections.text import normalize, word_spans

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Arrays = Mapping[str, npt.NDArray[np.generic]]

SCORED_AT_ONCE: Final = 1024
"""Lines per block of work: keeps the gathered coefficients near 20 MB."""

BLOCKS: Final = ("word", "char")
HEADS: Final = ("category", "glossary")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An n-gram where it stands in a normalized text.

    Attributes
    ----------
    feature : int
        Its number among all features.
    start, end : int
        ``text[start:end]``, the padding of ``char_wb`` left out.
    """

    feature: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One vectorizer: n-grams with their numbers and idf.

    Attributes
    ----------
    ngrams : dict
        From n-gram to its place in the block.
    idf : array, shape (n_ngrams,)
    ngram_range : tuple of int
        Shortest and longest n, both included.
    offset : int
        Number of the block's first feature among all features.
    """

    ngrams: dict[str, int]
    idf: Floats
    ngram_range: tuple[int, int]
    offset: int


@dataclass(frozen=True, slots=True)
class Head:
    """One logistic regression.

    Attributes
    ----------
    classes : tuple of str
    coef : array, shape (n_features, n_classes)
    intercept : array, shape (n_classes,)
    """

    classes: tuple[str, ...]
    coef: Floats
    intercept: Floats


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities of both heads.

    Attributes
    ----------
    category : array, shape (n_lines, n_categories)
    glossary : array, shape (n_lines, n_terms + 1)
    """

    category: Floats
    glossary: Floats


class Scorer:
    """The fitted model as arrays.

    Parameters
    ----------
    word, char : Block
        Vocabularies of word n-grams and of character n-grams within words.
    category, glossary : Head
        The two regressions over the features of both blocks.
    """

    def __init__(self, word: Block, char: Block, category: Head, glossary: Head) -> None:
        self.word = word
        self.char = char
        self.category = category
        self.glossary = glossary

    def score(self, texts: Sequence[str]) -> Scores:
        """Give the probabilities of each text; a text's numbers do not depend on its neighbours.

        Parameters
        ----------
        texts : sequence of str, ``n_lines`` long
            As sent; normalized here.
        """
        parts = [
            self._score(texts[start : start + SCORED_AT_ONCE])
            for start in range(0, len(texts), SCORED_AT_ONCE)
        ]
        empty = [np.empty((0, len(head.classes))) for head in (self.category, self.glossary)]
        return Scores(
            np.concatenate([empty[0], *(part.category for part in parts)]),
            np.concatenate([empty[1], *(part.glossary for part in parts)]),
        )

    def occurrences(self, text: str) -> list[Occurrence]:
        """Find every n-gram of the vocabulary in a normalized text."""
        return [
            Occurrence(block.offset + number, start, end)
            for block, ngrams in ((self.word, word_ngrams), (self.char, char_ngrams))
            for ngram, start, end in ngrams(text, block.ngram_range)
            if (number := block.ngrams.get(ngram)) is not None
        ]

    def features(self, texts: Sequence[str]) -> tuple[Ints, Ints, Floats]:
        """Give the TF-IDF matrix of normalized texts in coordinate form: rows, features, values."""
        word, char = self._block_features(self.word, texts), self._block_features(self.char, texts)
        rows, features, values = (np.concatenate(pair) for pair in zip(word, char, strict=True))
        return rows, features, values

    def _score(self, texts: Sequence[str]) -> Scores:
        rows, features, values = self.features([normalize(text) for text in texts])
        category, glossary = (
            _softmax(_decision_function(head, len(texts), rows, features, values))
            for head in (self.category, self.glossary)
        )
        return Scores(category, glossary)

    def _block_features(self, block: Block, texts: Sequence[str]) -> tuple[Ints, Ints, Floats]:
        ngrams_of = word_ngrams if block is self.word else char_ngrams
        rows: list[int] = []
        numbers: list[int] = []
        counts: list[int] = []
        for row, text in enumerate(texts):
            found = Counter(ngram for ngram, _, _ in ngrams_of(text, block.ngram_range))
            for ngram, count in found.items():
                if (number := block.ngrams.get(ngram)) is not None:
                    rows.append(row)
                    numbers.append(number)
                    counts.append(count)
        row_of, number_of = np.array(rows, dtype=np.int64), np.array(numbers, dtype=np.int64)
        values = (1.0 + np.log(np.array(counts, dtype=np.float64))) * block.idf[number_of]
        length = np.sqrt(np.bincount(row_of, weights=values * values, minlength=len(texts)))
        return row_of, number_of + block.offset, values / length[row_of]

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Build a scorer from what `to_arrays` gave, checking every shape.

        Raises
        ------
        ModelError
            Where an array is missing or does not fit the others.
        """
        try:
            word = _block_from(arrays, "word", 0)
            char = _block_from(arrays, "char", len(word.ngrams))
            n_features = len(word.ngrams) + len(char.ngrams)
            heads = [_head_from(arrays, name, n_features) for name in HEADS]
        except KeyError as error:
            raise ModelError(f"the array {error} is missing; train again with `objections train`") from None
        except (ValueError, TypeError) as error:
            raise ModelError(f"an array is unfit ({error}); train again with `objections train`") from None
        return cls(word, char, *heads)

    def to_arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Give everything as plain arrays; strings as UTF-8 bytes, one to a line."""
        arrays: dict[str, npt.NDArray[np.generic]] = {}
        for name, block in zip(BLOCKS, (self.word, self.char), strict=True):
            arrays[f"{name}_ngrams"] = _pack(sorted(block.ngrams, key=block.ngrams.__getitem__))
            arrays[f"{name}_idf"] = block.idf
            arrays[f"{name}_range"] = np.array(block.ngram_range, dtype=np.int64)
        for name, head in zip(HEADS, (self.category, self.glossary), strict=True):
            arrays[f"{name}_classes"] = _pack(head.classes)
            arrays[f"{name}_coef"] = head.coef
            arrays[f"{name}_intercept"] = head.intercept
        return arrays


def word_ngrams(text: str, ngram_range: tuple[int, int]) -> Iterator[tuple[str, int, int]]:
    """Yield (n-gram, start, end) of a normalized text; the words of an n-gram joined by one space."""
    spans = word_spans(text)
    found = [text[start:end] for start, end in spans]
    shortest, longest = ngram_range
    for size in range(shortest, longest + 1):
        for first in range(len(found) - size + 1):
            last = first + size - 1
            yield " ".join(found[first : last + 1]), spans[first][0], spans[last][1]


def char_ngrams(text: str, ngram_range: tuple[int, int]) -> Iterator[tuple[str, int, int]]:
    """Yield (n-gram, start, end) of a normalized text, as scikit-learn's ``char_wb`` analyzer does.

    Each run between spaces is padded with one space on either side; a run shorter than n gives
    itself once, and longer n-grams are not tried on it.
    """
    shortest, longest = ngram_range
    start = 0
    for run in text.split(" "):
        end = start + len(run)
        padded = f" {run} "
        for size in range(shortest, longest + 1):
            for first in range(max(1, len(padded) - size + 1) if run else 0):
                left = start + first - 1
                yield padded[first : first + size], max(left, start), min(left + size, end)
            if len(padded) <= size:
                break
        start = end + 1


def _decision_function(head: Head, n_lines: int, rows: Ints, features: Ints, values: Floats) -> Floats:
    """Give the raw scores, shape (n_lines, n_classes).

    bincount adds each line's terms in their order, so neighbours cannot change a line's sum.
    """
    columns = [
        np.bincount(rows, weights=values * head.coef[features, number], minlength=n_lines)
        for number in range(len(head.classes))
    ]
    return np.stack(columns, axis=1) + head.intercept


def _softmax(raw: Floats) -> Floats:
    shifted = np.exp(raw - raw.max(axis=1, keepdims=True))
    normalized: Floats = shifted / shifted.sum(axis=1, keepdims=True)
    return normalized


def _pack(strings: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(strings).encode(), dtype=np.uint8)


def _unpack(packed: npt.NDArray[np.generic]) -> list[str]:
    if packed.dtype != np.uint8:
        raise ValueError(f"strings are stored as bytes, not as {packed.dtype}")
    return packed.tobytes().decode().split("\n")


def _floats(arrays: Arrays, name: str, shape: tuple[int, ...]) -> Floats:
    array = arrays[name]
    if array.dtype != np.float64 or array.shape != shape:
        raise ValueError(f"{name} is {array.dtype}{array.shape}, not float64{shape}")
    values = np.ascontiguousarray(array, dtype=np.float64)
    if not np.isfinite(values).all():
        raise ValueError(f"{name} holds values that are not finite")
    return values


def _block_from(arrays: Arrays, name: str, offset: int) -> Block:
    ngrams = {ngram: number for number, ngram in enumerate(_unpack(arrays[f"{name}_ngrams"]))}
    shortest, longest = (int(size) for size in arrays[f"{name}_range"].tolist())
    return Block(ngrams, _floats(arrays, f"{name}_idf", (len(ngrams),)), (shortest, longest), offset)


def _head_from(arrays: Arrays, name: str, n_features: int) -> Head:
    classes = tuple(_unpack(arrays[f"{name}_classes"]))
    coef = _floats(arrays, f"{name}_coef", (n_features, len(classes)))
    return Head(classes, coef, _floats(arrays, f"{name}_intercept", (len(classes),)))
