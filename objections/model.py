"""From the arrays that a training writes to the tables that the compiled pass reads.

``<block>_ngrams`` and ``<block>_idf`` for each block (word, stem, char); ``stem_sizes``, the letters of a
stem and the two gaps; ``lexicon``, the words that have a vector; ``<head>_classes``, ``_coef``, ``_table``
and ``_intercept`` for each head (category, glossary); ``part_sizes``, the words above which a line is
long, those of a part and those from one part to the next. Strings are UTF-8 bytes, one to a line.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
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
    NEXT_STEM,
    NEXT_WORD,
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

BLOCKS: Final = ("word", "stem", "char")
HEADS: Final = ("category", "glossary")
_MARKS: Final = ",.?!"
"""Words that are counted are known with these behind them too: nine runs in ten that are no bare word."""

_CACHE_LINE: Final = 8  # numbers of 8 bytes
LINE_START, LINE_END, GAP = "<", ">", "…"
"""How a stem n-gram writes the edges of the line, and the words between two stems."""


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
    n_classes = (len(categories), len(terms))
    ngrams = {block: unpack(arrays[f"{block}_ngrams"]) for block in BLOCKS}
    idf = np.concatenate([_floats(arrays, f"{name}_idf", (len(known),)) for name, known in ngrams.items()])
    # Frequent n-grams first: what a line needs then lies close together, in the cache of the processor.
    order = idf.argsort(kind="stable")
    numbers = np.empty(len(idf), np.int64)
    numbers[order] = np.arange(len(idf))
    coef = _of_both_heads(arrays, "coef", (len(idf),), n_classes)
    weights = _widen((idf[:, np.newaxis] * coef)[order])
    weights[:, -1] = idf[order] ** 2
    stem_length, first_gap, second_gap = _sizes(arrays, "stem_sizes")
    long_line, part, step = _sizes(arrays, "part_sizes")
    words = _Words.of(unpack(arrays["lexicon"]), ngrams, numbers, stem_length)
    letters, char_features = _build_trie(ngrams["char"], numbers[-len(ngrams["char"]) :])
    longest = max(map(len, ngrams["char"]))
    word_ngrams = list_ngrams(letters, char_features, longest, words.codes, words.table)
    vectors = _of_both_heads(arrays, "table", (len(words.lexicon),), n_classes)
    model = Model(
        word_places=words.places,
        words=words.table,
        word_codes=words.codes,
        ngrams=word_ngrams,
        ngram_sums=_aligned(sum_ngrams(weights, word_ngrams, words.table)),
        pairs=words.pairs,
        letters=letters,
        char_features=char_features,
        weights=weights,
        vectors=_widen(_spread(vectors, words.lexicon)),
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
            line_start=words.numbers.get(LINE_START, NONE),
            line_end=words.numbers.get(LINE_END, NONE),
            n_categories=len(categories),
            silent=categories.index(NO_OBJECTION),
            n_classes=sum(n_classes),
        ),
    )
    return model, categories, terms


def _spread(rows: Floats, places: Ints) -> Floats:
    """Put rows where they belong; zeros stay between them."""
    spread = np.zeros((places.max(initial=-1) + 1, *rows.shape[1:]))
    spread[places] = rows
    return spread


@dataclass(frozen=True, slots=True)
class _Words:
    """The known words: those of n-grams, the lexicon, stems, and words with a mark behind them.

    `lexicon` has the number of each word of the lexicon, `numbers` that of every known word.
    """

    numbers: Mapping[str, int]
    lexicon: Ints
    codes: Codes
    table: Numbers
    places: Keys
    pairs: Keys

    @classmethod
    def of(
        cls, lexicon: Sequence[str], ngrams: Mapping[str, Sequence[str]], features: Ints, stem_length: int
    ) -> "_Words":
        """Give numbers to them; `features` has those of all n-grams, block by block."""
        words = [ngram.split(" ") for ngram in ngrams["word"]]
        stems = [ngram.replace(GAP, " ").split(" ") for ngram in ngrams["stem"]]
        by_frequency = features[: len(words)].argsort().tolist()
        counted = dict.fromkeys(part for number in by_frequency for part in words[number])
        marked = (word + mark for word in counted for mark in _MARKS)
        stemmed = (part for parts in stems for part in parts)
        known = dict.fromkeys(chain(counted, lexicon, stemmed, marked))
        numbers = dict(zip(known, range(len(known)), strict=True))
        if len(set(lexicon)) != len(lexicon):
            raise ValueError("lexicon holds a word twice")
        codes, starts = encode(list(numbers))
        table = np.full((len(numbers) + 1, WORD_COLUMNS), NONE, np.int32)
        table[:, LETTERS] = starts
        table[:-1, STEM] = [numbers.get(word[:stem_length], NONE) for word in numbers]
        pairs: list[tuple[int, int, int, int]] = []
        numbered = iter(features.tolist())
        for column, block in ((AS_WORD, words), (AS_STEM, stems)):
            for ngram, parts in zip(ngrams["word" if column == AS_WORD else "stem"], block, strict=True):
                feature = next(numbered)
                if len(parts) == 1:
                    table[numbers[parts[0]], column] = feature
                else:
                    left, right = parts  # an n-gram of more words cannot be served: the array is unfit
                    kind = NEXT_WORD if column == AS_WORD else LATER_STEM if GAP in ngram else NEXT_STEM
                    pairs.append((numbers[left], kind, numbers[right], feature))
        places = np.zeros(_table_size(len(numbers)), np.uint64)
        add_words(places, codes, table)
        return cls(numbers, np.array([numbers[word] for word in lexicon]), codes, table, places, _join(pairs))


def _join(pairs: Sequence[tuple[int, int, int, int]]) -> Keys:
    edges = np.zeros((_table_size(len(pairs)), 2), np.uint64)
    left, kind, right, feature = np.array(pairs, np.int64).reshape(-1, 4).T.copy()
    join(edges, left, kind, right, feature)
    return edges


def _build_trie(ngrams: Sequence[str], numbers: Ints) -> tuple[Keys, Numbers]:
    """Put character n-grams into a trie; give it and each node's feature."""
    codes, starts = encode(ngrams)
    nodes = np.zeros(len(ngrams), np.int64)
    letters, n_nodes = spell(np.zeros((_table_size(len(ngrams)), 2), np.uint64), 1, codes, starts, nodes)
    features = np.full(n_nodes, NONE, np.int32)
    features[nodes] = numbers
    return letters, features


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


def _sizes(arrays: Arrays, name: str) -> list[int]:
    sizes = arrays[name]
    if sizes.dtype != np.int64 or sizes.shape != (3,) or sizes.min() < 1:
        raise ValueError(f"{name} is not three whole numbers from 1")
    return [int(size) for size in sizes.tolist()]


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
