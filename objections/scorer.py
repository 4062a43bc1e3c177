"""TF-IDF and logistic regression as plain arrays: scikit-learn's numbers without scikit-learn.

The workshop fits scikit-learn's vectorizers and regressions and writes their vocabularies, idf and
coefficients as arrays; this module turns texts into the same probabilities (to 1e-9; the sums run in
another order). Two heads, category and glossary term, share one set of features:

- n-grams of words, of stems and of characters (`ngrams`). Their value is ``(1 + ln tf) · idf``, each of
  the three blocks scaled to length 1, as ``TfidfVectorizer`` does with ``sublinear_tf=True``;
- word vectors, so that a word never seen in training borrows from its neighbours. A regression over the
  sum of the vectors of a line is a sum over its words, so each word's scores are folded into a table and
  the vectors stay in the workshop.

Long lines are scored with their parts (`parts`).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from objections.arrays import Arrays, Floats, Ints, Raw
from objections.errors import ModelError
from objections.labels import NO_OBJECTION
from objections.ngrams import Occurring, Place, char_ngrams, stem_ngrams, word_ngrams
from objections.parts import with_parts
from objections.text import normalize, word_spans

SCORED_AT_ONCE: Final = 1024
"""Lines per block of work: keeps the gathered coefficients near 20 MB."""

BLOCKS: Final = ("word", "stem", "char")
HEADS: Final = ("category", "glossary")
_NGRAMS_OF: Final[dict[str, Callable[[str, tuple[int, ...]], Iterator[Occurring]]]] = {
    "word": word_ngrams,
    "stem": stem_ngrams,
    "char": char_ngrams,
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An n-gram where it stands in a normalized text.

    Attributes
    ----------
    feature : int
        Its number among all features.
    places : tuple of (start, end)
        The stretches it covers, the padding of ``char_wb`` left out.
    """

    feature: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One vectorizer: n-grams with their numbers and idf.

    Attributes
    ----------
    ngrams : dict
        From n-gram to its place in the block.
    idf : array, shape (n_ngrams,)
    sizes : tuple of int
        What `ngrams_of` is told: the shortest and the longest n, or the gaps between stems.
    offset : int
        Number of the block's first feature among all features.
    ngrams_of : callable
        From a normalized text and `sizes` to its n-grams.
    """

    ngrams: dict[str, int]
    idf: Floats
    sizes: tuple[int, ...]
    offset: int
    ngrams_of: Callable[[str, tuple[int, ...]], Iterator[Occurring]]


@dataclass(frozen=True, slots=True)
class Head:
    """One logistic regression.

    Attributes
    ----------
    classes : tuple of str
    coef : array, shape (n_features, n_classes)
    table : array, shape (n_words, n_classes)
        What each word of the lexicon adds, before the division by the root of the line's words.
    intercept : array, shape (n_classes,)
    """

    classes: tuple[str, ...]
    coef: Floats
    table: Floats
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
    blocks : tuple of Block
        Vocabularies of word, stem and character n-grams.
    lexicon : dict
        From a word that has a vector to its row in the tables of the heads.
    category, glossary : Head
        The two regressions over the features of all blocks and the vectors.
    """

    def __init__(
        self, blocks: tuple[Block, ...], lexicon: dict[str, int], category: Head, glossary: Head
    ) -> None:
        self.blocks = blocks
        self.lexicon = lexicon
        self.category = category
        self.glossary = glossary

    @property
    def silent(self) -> int:
        """Column of "no objection"."""
        return self.category.classes.index(NO_OBJECTION)

    def score(self, texts: Sequence[str]) -> Scores:
        """Give the probabilities of each text; a text's numbers do not depend on its neighbours.

        Parameters
        ----------
        texts : sequence of str, ``n_lines`` long
            As sent; normalized here.
        """
        normalized = [normalize(text) for text in texts]
        raw = [
            with_parts(normalized[start : start + SCORED_AT_ONCE], self.silent, self.decision_function)
            for start in range(0, max(1, len(texts)), SCORED_AT_ONCE)
        ]
        return Scores(*(_softmax(np.concatenate(part)) for part in zip(*raw, strict=True)))

    def decision_function(self, texts: Sequence[str]) -> Raw:
        """Give the raw scores of both heads for normalized texts as they are, without their parts."""
        rows, features, values = self.features(texts)
        word_rows, word_numbers, word_values = self._known_words(texts)
        category, glossary = (
            _sum_rows(len(texts), rows, head.coef, features, values)
            + _sum_rows(len(texts), word_rows, head.table, word_numbers, word_values)
            + head.intercept
            for head in (self.category, self.glossary)
        )
        return category, glossary

    def occurrences(self, text: str) -> list[Occurrence]:
        """Find every n-gram of the vocabularies in a normalized text."""
        return [
            Occurrence(block.offset + number, places)
            for block in self.blocks
            for ngram, places in block.ngrams_of(text, block.sizes)
            if (number := block.ngrams.get(ngram)) is not None
        ]

    def known_words(self, text: str) -> list[tuple[int, float, Place]]:
        """Find the words of the lexicon in a normalized text: row of the tables, factor, place."""
        spans = word_spans(text)
        factor = 1 / max(1, len(spans)) ** 0.5
        found = [(self.lexicon.get(text[start:end]), (start, end)) for start, end in spans]
        return [(row, factor, span) for row, span in found if row is not None]

    def features(self, texts: Sequence[str]) -> tuple[Ints, Ints, Floats]:
        """Give the TF-IDF matrix of normalized texts in coordinate form: rows, features, values."""
        found = [_block_features(block, texts) for block in self.blocks]
        rows, features, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return rows, features, values

    def _known_words(self, texts: Sequence[str]) -> tuple[Ints, Ints, Floats]:
        """Give the words of the lexicon in coordinate form: rows, rows of the tables, factors."""
        rows: list[int] = []
        numbers: list[int] = []
        factors: list[float] = []
        for row, text in enumerate(texts):
            for number, factor, _ in self.known_words(text):
                rows.append(row)
                numbers.append(number)
                factors.append(factor)
        return np.array(rows, np.int64), np.array(numbers, np.int64), np.array(factors, np.float64)

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Build a scorer from what `to_arrays` gave, checking every shape.

        Raises
        ------
        ModelError
            Where an array is missing or does not fit the others.
        """
        try:
            blocks: tuple[Block, ...] = ()
            n_features = 0
            for name in BLOCKS:
                blocks = (*blocks, _block_from(arrays, name, n_features))
                n_features += len(blocks[-1].ngrams)
            lexicon = _numbered(_unpack(arrays["lexicon"]))
            heads = [_head_from(arrays, name, n_features, len(lexicon)) for name in HEADS]
        except KeyError as error:
            raise ModelError(f"the array {error} is missing; train again with `objections train`") from None
        except (ValueError, TypeError) as error:
            raise ModelError(f"an array is unfit ({error}); train again with `objections train`") from None
        return cls(blocks, lexicon, *heads)

    def to_arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Give everything as plain arrays; strings as UTF-8 bytes, one to a line."""
        arrays: dict[str, npt.NDArray[np.generic]] = {}
        for name, block in zip(BLOCKS, self.blocks, strict=True):
            arrays[f"{name}_ngrams"] = _pack(sorted(block.ngrams, key=block.ngrams.__getitem__))
            arrays[f"{name}_idf"] = block.idf
            arrays[f"{name}_sizes"] = np.array(block.sizes, dtype=np.int64)
        arrays["lexicon"] = _pack(sorted(self.lexicon, key=self.lexicon.__getitem__))
        for name, head in zip(HEADS, (self.category, self.glossary), strict=True):
            arrays[f"{name}_classes"] = _pack(head.classes)
            arrays[f"{name}_coef"] = head.coef
            arrays[f"{name}_table"] = head.table
            arrays[f"{name}_intercept"] = head.intercept
        return arrays


def make_block(name: str, ngrams: dict[str, int], idf: Floats, sizes: tuple[int, ...], offset: int) -> Block:
    """Make the block of that name, one of `BLOCKS`."""
    return Block(ngrams, idf, sizes, offset, _NGRAMS_OF[name])


def _block_features(block: Block, texts: Sequence[str]) -> tuple[Ints, Ints, Floats]:
    rows: list[int] = []
    numbers: list[int] = []
    counts: list[int] = []
    for row, text in enumerate(texts):
        found = Counter(ngram for ngram, _ in block.ngrams_of(text, block.sizes))
        for ngram, count in found.items():
            if (number := block.ngrams.get(ngram)) is not None:
                rows.append(row)
                numbers.append(number)
                counts.append(count)
    row_of, number_of = np.array(rows, dtype=np.int64), np.array(numbers, dtype=np.int64)
    values = (1.0 + np.log(np.array(counts, dtype=np.float64))) * block.idf[number_of]
    length = np.sqrt(np.bincount(row_of, weights=values * values, minlength=len(texts)))
    return row_of, number_of + block.offset, values / length[row_of]


def _sum_rows(n_lines: int, rows: Ints, weights: Floats, numbers: Ints, values: Floats) -> Floats:
    """Sum value × weight over each line, shape (n_lines, n_classes).

    bincount adds each line's terms in their order, so neighbours cannot change a line's sum.
    """
    columns = [
        np.bincount(rows, weights=values * weights[numbers, column], minlength=n_lines)
        for column in range(weights.shape[1])
    ]
    return np.stack(columns, axis=1)


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
    ngrams = _numbered(_unpack(arrays[f"{name}_ngrams"]))
    first, second = (int(size) for size in arrays[f"{name}_sizes"].tolist())
    idf = _floats(arrays, f"{name}_idf", (len(ngrams),))
    return make_block(name, ngrams, idf, (first, second), offset)


def _head_from(arrays: Arrays, name: str, n_features: int, n_words: int) -> Head:
    classes = tuple(_unpack(arrays[f"{name}_classes"]))
    coef = _floats(arrays, f"{name}_coef", (n_features, len(classes)))
    table = _floats(arrays, f"{name}_table", (n_words, len(classes)))
    return Head(classes, coef, table, _floats(arrays, f"{name}_intercept", (len(classes),)))


def _numbered(strings: Sequence[str]) -> dict[str, int]:
    return {string: number for number, string in enumerate(strings)}
