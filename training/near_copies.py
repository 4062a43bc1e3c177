"""Pairs of lines that are nearly the same, found exactly: character 5-gram Jaccard similarity."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer

from objections.arrays import Ints
from objections.text import normalize, words

NEAR: Final = 0.8
"""Lines at least this similar are near-copies: a typo or a particle apart."""

_SIZE: Final = 5
_ROWS_AT_ONCE: Final = 512


def find_near_copies(texts: Sequence[str], others: Sequence[str]) -> Ints:
    """Find the near-copies of `others` among `texts`.

    Similarity is ``|A ∩ B| / |A ∪ B|`` of the sets of character 5-grams, case and punctuation folded.

    Returns
    -------
    array of int, shape (n_found, 2)
        Pairs (number in `texts`, number in `others`).
    """
    found = [np.empty((0, 2), dtype=np.int64)]
    if not texts or not others:
        return found[0]
    vectorizer = CountVectorizer(analyzer=_shingles, binary=True, dtype=np.float32)
    if others is texts:  # a whole file is compared with itself each time a model is trained
        left = right = vectorizer.fit_transform(texts)
    else:
        every = vectorizer.fit_transform([*texts, *others])
        left, right = every[: len(texts)], every[len(texts) :]
    right_sizes = np.asarray(right.sum(axis=1)).ravel()
    turned = right.T.tocsr()
    for start in range(0, len(texts), _ROWS_AT_ONCE):
        chunk = left[start : start + _ROWS_AT_ONCE]
        common = sp.coo_array(chunk @ turned)
        sizes = np.asarray(chunk.sum(axis=1)).ravel()
        union = sizes[common.row] + right_sizes[common.col] - common.data
        near = common.data >= NEAR * union
        found.append(np.column_stack((common.row[near] + start, common.col[near])).astype(np.int64))
    return np.concatenate(found)


def _shingles(text: str) -> set[str]:
    folded = f" {' '.join(words(normalize(text)))} "
    return {folded[start : start + _SIZE] for start in range(max(1, len(folded) - _SIZE + 1))}
