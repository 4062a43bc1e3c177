"""From the arrays that a training writes to the tables that the compiled pass reads.

- ``words``: the known words, no two alike: those that are counted, by frequency, then the others of the
  lexicon of vectors, then stems, then counted words with a mark behind; ``word_features``,
  ``stem_features``: which feature each is as a word and as a stem, -1 for none; ``word_stems``: the number
  of its stem;
- ``pairs``: rows of left word, kind of pair, right word, feature; ``line_edges``: the words that stand for
  the start and the end of a line;
- ``char_ngrams`` and ``char_features``; ``idf`` of all features;
- ``<head>_classes``, ``_coef``, ``_table``, ``_intercept`` for each head, category and glossary; a row of
  ``_table`` is what the vector of a word adds: rows end with the last word that has a vector, and are 0 for
  words before it that have none;
- ``stem_sizes``: the letters of a stem and the two gaps; ``part_sizes``: the words above which a line is
  long, those of a part, and those from one part to the next.

Strings are UTF-8 bytes, one to a line.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from objections.arrays import Arrays, Bytes, Codes, Floats, Ints
from objections.folding import encode, in_words
from objections.kernel import (
    AS_STEM,
    AS_WORD,
    LATER_STEM,
    LETTERS,
    MOST_FEATURES,
    MOST_NODES,
    MOST_WORDS,
    NONE,
    STEM,
    WORD_COLUMNS,
    Keys,
    Model,
    Numbers,
    Sizes,
    add_words,
    join,
    list_ngrams,
    spell,
    sum_ngrams,
)
from objections.labels import NO_OBJECTION

HEADS: Final = ("category", "glossary")

_CACHE_LINE: Final = 8  # numbers of 8 bytes


def pack(strings: Iterable[str]) -> Bytes:
    """Write strings, none of which holds a line feed, as one array."""
    return np.frombuffer("\n".join(strings).encode(), dtype=np.uint8)


def unpack(packed: npt.NDArray[np.generic]) -> list[str]:
    """Read what `pack` wrote.

    Raises
    ------
    ValueError
        Where it did not.
    """
    if packed.dtype != np.uint8:
        raise ValueError(f"strings are stored as bytes, not as {packed.dtype}")
    return packed.tobytes().decode().split("\n")


def read_model(arrays: Arrays) -> tuple[Model, tuple[str, ...], tuple[str, ...]]:
    """Make the tables; give them and the classes of both heads.

    Raises
    ------
    KeyError
        Where an array is missing.
    ValueError, TypeError
        Where one does not fit the others.
    """
    categories, terms = (tuple(unpack(arrays[f"{head}_classes"])) for head in HEADS)
    if NO_OBJECTION not in categories:
        raise ValueError(f"the categories are not those of this version: {NO_OBJECTION} is missing")
    n_classes = (len(categories), len(terms))
    n_features = len(arrays["idf"])
    idf = _floats(arrays, "idf", (n_features,))
    weights = _widen(idf[:, np.newaxis] * _of_both_heads(arrays, "coef", (n_features,), n_classes))
    weights[:, -1] = idf**2
    codes, words = _read_words(arrays, n_features)
    if len(words) > MOST_WORDS or n_features > MOST_FEATURES:
        raise ValueError(f"more than {MOST_WORDS} words or {MOST_FEATURES} features")
    places = np.zeros(_table_size(len(words)), np.uint64)
    add_words(places, codes, words)
    letters, char_features, longest = _read_trie(arrays, n_features)
    ngrams = list_ngrams(letters, char_features, longest, codes, words)
    n_vectors = len(arrays["category_table"])
    stem_length, first_gap, second_gap = _numbers(arrays, "stem_sizes", (3,), 1).tolist()
    long_line, part, step = _numbers(arrays, "part_sizes", (3,), 1).tolist()
    line_start, line_end = _numbers(arrays, "line_edges", (2,), NONE, len(words) - 1).tolist()
    model = Model(
        word_places=places,
        words=words,
        word_codes=codes,
        ngrams=ngrams,
        ngram_sums=_aligned(sum_ngrams(weights, ngrams, words)),
        pairs=_read_pairs(arrays, len(words) - 1, n_features),
        letters=letters,
        char_features=char_features,
        weights=weights,
        vectors=_widen(_of_both_heads(arrays, "table", (n_vectors,), n_classes)),
        intercept=_widen(_of_both_heads(arrays, "intercept", (), n_classes)),
        in_words=in_words(),
        sizes=Sizes(
            stem_length=stem_length,
            first_gap=first_gap,
            second_gap=second_gap,
            longest_chars=longest,
            long_line=long_line,
            part=part,
            step=step,
            line_start=line_start,
            line_end=line_end,
            n_categories=len(categories),
            silent=categories.index(NO_OBJECTION),
            n_classes=sum(n_classes),
        ),
    )
    return model, categories, terms


def _read_words(arrays: Arrays, n_features: int) -> tuple[Codes, Numbers]:
    codes, starts = encode(unpack(arrays["words"]))
    n_words = len(starts) - 1
    words = np.full((n_words + 1, WORD_COLUMNS), NONE, np.int32)
    words[:, LETTERS] = starts
    for column, name, most in (
        (AS_WORD, "word_features", n_features),
        (AS_STEM, "stem_features", n_features),
        (STEM, "word_stems", n_words),
    ):
        words[:-1, column] = _numbers(arrays, name, (n_words,), NONE, most)
    if len(arrays["category_table"]) > n_words:
        raise ValueError("category_table has more rows than there are words")
    return codes, words


def _read_pairs(arrays: Arrays, n_words: int, n_features: int) -> Keys:
    n_pairs = len(arrays["pairs"])
    pairs = _numbers(arrays, "pairs", (n_pairs, 4), 0)
    left, kind, right, feature = pairs.T.copy()
    if max(left.max(initial=0), right.max(initial=0)) >= n_words or feature.max(initial=0) >= n_features:
        raise ValueError("pairs names a word or a feature that there is not")
    if kind.max(initial=0) > LATER_STEM:
        raise ValueError("pairs holds a kind that there is not")
    edges = np.zeros(_table_size(n_pairs), np.uint64)
    join(edges, left, kind, right, feature)
    return edges


def _read_trie(arrays: Arrays, n_features: int) -> tuple[Keys, Numbers, int]:
    """Put the character n-grams into a trie; give it, each node's feature, and the longest n-gram."""
    codes, starts = encode(unpack(arrays["char_ngrams"]))
    n_ngrams = len(starts) - 1
    nodes = np.zeros(n_ngrams, np.int64)
    letters, n_nodes = spell(np.zeros(_table_size(n_ngrams), np.uint64), 1, codes, starts, nodes)
    if n_nodes > MOST_NODES:
        raise ValueError(f"char_ngrams has more than {MOST_NODES} beginnings")
    features = np.full(n_nodes, NONE, np.int32)
    features[nodes] = _numbers(arrays, "char_features", (n_ngrams,), 0, n_features)
    return letters, features, int(np.diff(starts).max())


def _table_size(n: int) -> int:
    """Give the size of a hash table that is at most half full."""
    return 1 << (2 * n).bit_length()


def _widen(rows: Floats) -> Floats:
    """Fill rows with zeros up to whole lines of the cache, one column at least."""
    width = (rows.shape[-1] // _CACHE_LINE + 1) * _CACHE_LINE
    wide = _aligned(np.zeros((*rows.shape[:-1], width)))
    wide[..., : rows.shape[-1]] = rows
    return wide


def _aligned(rows: Floats) -> Floats:
    """Copy rows to where a line of the processor's cache begins."""
    room = np.empty(rows.size + _CACHE_LINE)
    skipped = -room.ctypes.data // room.itemsize % _CACHE_LINE
    aligned = room[skipped : skipped + rows.size].reshape(rows.shape)
    aligned[...] = rows
    return aligned


def _numbers(arrays: Arrays, name: str, shape: tuple[int, ...], least: int, most: int | None = None) -> Ints:
    """Give an array of whole numbers from `least` to below `most`."""
    numbers = arrays[name]
    if numbers.dtype.kind != "i" or numbers.shape != shape:
        raise ValueError(f"{name} is {numbers.dtype}{numbers.shape}, not whole numbers{shape}")
    whole = np.asarray(numbers, dtype=np.int64)
    if whole.size and (whole.min() < least or (most is not None and whole.max() >= most)):
        raise ValueError(f"{name} holds numbers out of range")
    return whole


def _of_both_heads(arrays: Arrays, name: str, shape: tuple[int, ...], n_classes: tuple[int, int]) -> Floats:
    """Give an array of both heads, side by side."""
    parts = [_floats(arrays, f"{head}_{name}", (*shape, n)) for head, n in zip(HEADS, n_classes, strict=True)]
    return np.concatenate(parts, axis=-1)


def _floats(arrays: Arrays, name: str, shape: tuple[int, ...]) -> Floats:
    array = arrays[name]
    if array.dtype != np.float64 or array.shape != shape:
        raise ValueError(f"{name} is {array.dtype}{array.shape}, not float64{shape}")
    values = np.asarray(array, dtype=np.float64)
    if not np.isfinite(values).all():
        raise ValueError(f"{name} holds values that are not finite")
    return values
