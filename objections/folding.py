"""`text.normalize` for many texts at once, compiled; equal to it on every text.

Characters with marks that combine, and rare ones, are left to `text.normalize` itself.
"""

import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Final

import numpy as np

from objections.arrays import Bools, Bytes, Codes, Ints
from objections.compiling import compiled
from objections.text import LOOK_ALIKES, fold, normalize

_WORD: Final = 1
r"""``\w``: letters, digits and underscores."""
_LETTER: Final = 2
r"""``[^\W\d_]``: of a run of one letter only the first is kept."""
_LATIN: Final = 4
"""``[a-z]``"""
_CYRILLIC: Final = 8
"""``[а-я]``"""

_MOST_FOLDED: Final = 4
"""Longest fold that the tables hold; a character with a longer one is left to `text.normalize`."""

_NOT_HERE: Final = 255
"""Stands for the length of such a fold."""

_UNCHANGED: Final = range(0x3400, 0xA000)
"""Chinese characters, which are their own folds."""

_FOLDED_HERE: Final = (range(0x3400), range(0x1F000, 0x1FB00))
"""All alphabets and signs below the Chinese characters, and pictures; the rest is left to `normalize`."""

_SPACE: Final = 32
_N_ASCII: Final = 128
_UTF_32: Final = "utf-32-le"


def encode(texts: Sequence[str]) -> tuple[Codes, Ints]:
    """Write texts as code points, one after another.

    Returns
    -------
    codes : array of uint32, shape (n_characters,)
    offsets : array, shape (n_texts + 1,)
        Text i is ``codes[offsets[i]:offsets[i + 1]]``.
    """
    codes = np.frombuffer("".join(texts).encode(_UTF_32, "surrogatepass"), np.uint32)
    return codes, np.fromiter(accumulate(map(len, texts), initial=0), np.int64, len(texts) + 1)


def normalize_all(texts: Sequence[str]) -> tuple[Codes, Ints]:
    """Normalize texts; give them as `encode` does."""
    codes, offsets = encode(texts)
    tables = fold_tables()
    folded, ends, left = _fold_all(
        codes, offsets, tables.single, tables.lengths, tables.folds, tables.look_alikes, character_kinds()
    )
    return _with_rare(texts, folded, ends, left) if left.any() else (folded, ends)


def _with_rare(texts: Sequence[str], folded: Codes, ends: Ints, left: Bools) -> tuple[Codes, Ints]:
    """Put in the texts that were left out."""
    pieces: list[Codes] = []
    sizes = np.diff(ends)
    start = 0
    for number in np.flatnonzero(left).tolist():
        rare, _ = encode([normalize(texts[number])])
        pieces += [folded[start : ends[number]], rare]
        sizes[number] = len(rare)
        start = ends[number]
    return np.concatenate([*pieces, folded[start:]]), np.concatenate(([0], np.cumsum(sizes)))


@compiled
def _fold_all(
    codes: Codes,
    offsets: Ints,
    single: Codes,
    lengths: Bytes,
    folds: Codes,
    look_alikes: Codes,
    kinds: Bytes,
) -> tuple[Codes, Ints, Bools]:
    n_texts = len(offsets) - 1
    folded = np.empty(_MOST_FOLDED * len(codes), np.uint32)
    ends = np.zeros(n_texts + 1, np.int64)
    left = np.zeros(n_texts, np.bool_)
    for number in range(n_texts):
        start = ends[number]
        end = _fold_one(codes[offsets[number] : offsets[number + 1]], single, lengths, folds, folded, start)
        left[number] = end < start
        ends[number + 1] = _write_words(folded, start, max(start, end), look_alikes, kinds)
    return folded[: ends[n_texts]], ends, left


@compiled
def _fold_one(codes: Codes, single: Codes, lengths: Bytes, folds: Codes, folded: Codes, start: int) -> int:
    """Fold each character and squeeze spaces; give the end, or -1 for a text that is left to `normalize`."""
    end = start
    for code in codes:
        if code >= len(single):
            return -1
        if single[code] > _SPACE:
            folded[end] = single[code]
            end += 1
            continue
        if lengths[code] == _NOT_HERE:
            return -1
        for place in range(lengths[code]):
            character = folds[code, place]
            if character != _SPACE or (end > start and folded[end - 1] != _SPACE):
                folded[end] = character
                end += 1
    if end > start and folded[end - 1] == _SPACE:
        end -= 1
    return end


@compiled
def _write_words(folded: Codes, start: int, end: int, look_alikes: Codes, kinds: Bytes) -> int:
    """Write Latin look-alikes as Cyrillic and one letter for each run, in place; give the new end."""
    write = read = start
    while read < end:
        stop, met = read, 0
        while stop < end and kinds[folded[stop]] & _WORD:
            met |= kinds[folded[stop]]
            stop += 1
        mixed = met & _LATIN and met & _CYRILLIC
        for place in range(read, max(stop, read + 1)):
            character = folded[place]
            if mixed and character < _N_ASCII:
                character = look_alikes[character]
            if write == start or character != folded[write - 1] or not kinds[character] & _LETTER:
                folded[write] = character
                write += 1
        read = max(stop, read + 1)
    return write


@dataclass(frozen=True, slots=True)
class FoldTables:
    """What each character becomes on its own.

    Attributes
    ----------
    single : array of uint32, shape (n_code_points,)
        The one character that it becomes; 0 where it becomes a space, none or several.
    lengths : array of uint8, shape (n_code_points,)
        Characters that it becomes; `_NOT_HERE` where the tables do not say.
    folds : array of uint32, shape (n_code_points, _MOST_FOLDED)
        These characters; white space is a space.
    look_alikes : array of uint32, shape (128,)
        The Cyrillic letter for each Latin one, and every other character for itself.
    """

    single: Codes
    lengths: Bytes
    folds: Codes
    look_alikes: Codes


@cache
def character_kinds() -> Bytes:
    """Give the kind of each code point, shape (1,114,112,)."""
    codes = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    characters = codes.view("U1")
    alphanumeric = np.strings.isalnum(characters)
    kinds = np.where(alphanumeric, _WORD, 0) + np.where(
        alphanumeric & ~np.strings.isdecimal(characters), _LETTER, 0
    )
    kinds[ord("_")] = _WORD
    kinds[ord("a") : ord("z") + 1] += _LATIN
    kinds[ord("а") : ord("я") + 1] += _CYRILLIC
    return kinds.astype(np.uint8)


@cache
def in_words() -> Bools:
    """Say of each code point whether words consist of it."""
    return (character_kinds() & _WORD).astype(np.bool_)


@cache
def fold_tables() -> FoldTables:
    """Ask `text.fold` about every character that stands alone in `_FOLDED_HERE`."""
    n_codes = max(codes.stop for codes in _FOLDED_HERE)
    lengths = np.full(n_codes, _NOT_HERE, np.uint8)
    folds = np.zeros((n_codes, _MOST_FOLDED), np.uint32)
    for code in (code for codes in _FOLDED_HERE for code in codes):
        character = chr(code)
        folded = fold(character)
        if unicodedata.combining(character) or len(folded) > _MOST_FOLDED:
            continue
        lengths[code] = len(folded)
        folds[code, : len(folded)] = [ord(" " if one.isspace() else one) for one in folded]
    look_alikes = np.arange(128, dtype=np.uint32)
    for latin, cyrillic in LOOK_ALIKES.items():
        look_alikes[latin] = cyrillic
    lengths[_UNCHANGED.start : _UNCHANGED.stop] = 1
    folds[_UNCHANGED.start : _UNCHANGED.stop, 0] = _UNCHANGED
    single = np.where((lengths == 1) & (folds[:, 0] != ord(" ")), folds[:, 0], 0).astype(np.uint32)
    return FoldTables(single, lengths, folds, look_alikes)
